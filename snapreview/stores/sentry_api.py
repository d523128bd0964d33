"""Sentry's endpoints for snapshots: what is asked where, and answers that have been checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

from pydantic import TypeAdapter
from requests.utils import parse_header_links

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import ManifestError, SourceError
from snapreview.model.listing import Entry, newest_first
from snapreview.model.names import quoted
from snapreview.stores.addresses import Address
from snapreview.stores.authorisation import Authorisation
from snapreview.stores.cache import ContentCache
from snapreview.stores.faults import Fault, Kind
from snapreview.stores.manifest_cache import ManifestCache
from snapreview.stores.revalidated import ManifestSource
from snapreview.stores.sentry_json import BUILDS, DETAILS, LATEST, Build, Details, parsed
from snapreview.stores.sentry_source import App, SentryPlace
from snapreview.stores.sentry_words import explaining
from snapreview.stores.settings import TransportSettings
from snapreview.stores.transport import Answer, Transport

T = TypeVar("T")

_CURSOR = re.compile(r"[A-Za-z0-9:_.-]{1,200}")
_MAX_PAGES = 20
_PAGE_SIZE = 100
_ALL_PROJECTS = "-1"


@dataclass(frozen=True, slots=True)
class Read:
    """A snapshot as told. `offline` is when, where Sentry cannot be reached now; else empty."""

    details: Details
    offline: str = ""


class SentryApi:
    """Asks one organisation's snapshots. Used from several threads at once.

    Every address ends with a slash, as Sentry wants it, and is made here of checked parts: none
    that an answer contains is ever asked.
    """

    def __init__(
        self,
        place: SentryPlace,
        manifests: ManifestCache,
        authorisation: Authorisation,
        settings: TransportSettings,
    ) -> None:
        self._place = place
        self._manifests = manifests
        self._settings = settings
        self._transport = Transport(authorisation, settings)

    def details(self, snapshot_id: str, token: CancelToken) -> Read:
        """The snapshot with that id. Raises SourceError or Cancelled."""
        what = f"snapshot {snapshot_id} of {self._place.org}"
        read, offline = self._kept(self._snapshots(f"{snapshot_id}/"), DETAILS, what, token)
        if read.head_artifact_id != snapshot_id:
            raise ManifestError(
                f"{self._place.root.host} answers with snapshot {read.head_artifact_id} where"
                f" {snapshot_id} was asked for."
            )
        return Read(read, offline)

    def latest_base(self, app: App, token: CancelToken) -> tuple[str, str]:
        """The id of the newest base of an app, and `offline` as in Read.

        Raises SourceError, SourceNotFound where it has none, or Cancelled.
        """
        query = {"app_id": app.app_id, "project": app.project}
        branch = f" on the branch {quoted(app.branch)}" if app.branch else ""
        if app.branch:
            query["branch"] = app.branch
        address = self._snapshots(f"latest-base/?{urlencode(query)}")
        what = f"base snapshot of the app {quoted(app.app_id)}{branch}"
        latest, offline = self._kept(address, LATEST, what, token)
        return latest.head_artifact_id, offline

    def image(self, project: str, sha256: str, cache: ContentCache, token: CancelToken) -> Path:
        """Download a content into `cache`. Raises Fault, IntegrityError, OSError or Cancelled."""
        address = self._address(f"projects/{self._place.org}/{project}/files/images/{sha256}/")
        limit = self._settings.max_image_bytes
        return self._transport.get(
            address, limit, lambda answer: cache.add(sha256, answer.chunks), token
        )

    def recent(self, project: str, token: CancelToken, most: int = 200) -> tuple[Entry, ...]:
        """The newest snapshots of a project by its id; else of the place's, else of all.

        The list is not part of Sentry's public API, and may be missing. Raises SourceError or
        Cancelled.
        """
        builds = self._builds(project, token)
        shots = (build for build in builds if build.snapshot_comparison_info)
        return newest_first(_entry(build) for build in islice(shots, most))

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _builds(self, project: str, token: CancelToken) -> Iterator[Build]:
        """All builds, page by page, newest first; at most _MAX_PAGES pages."""
        app = self._place.app
        within = {"projectSlug": app.project} if app else {"project": _ALL_PROJECTS}
        query = {"per_page": str(_PAGE_SIZE), **({"project": project} if project else within)}
        for _ in range(_MAX_PAGES):
            address = self._address(f"organizations/{self._place.org}/builds/?{urlencode(query)}")
            data, following = self._page(address, token)
            yield from parsed(data, BUILDS, address.host)
            if not following or following == query.get("cursor"):
                return
            query["cursor"] = following

    def _page(self, address: Address, token: CancelToken) -> tuple[bytes, str]:
        limit = self._settings.max_manifest_bytes
        try:
            return self._transport.get(address, limit, _with_cursor, token)
        except Fault as fault:
            if fault.kind is Kind.MISSING:
                raise SourceError(
                    f"{address.host} does not list its snapshots. Give the address of one."
                ) from fault
            raise explaining(f"the list of snapshots of {self._place.org}")(fault) from fault

    def _kept(
        self, address: Address, kind: TypeAdapter[T], what: str, token: CancelToken
    ) -> tuple[T, str]:
        """The answer, new or as it was kept, and `offline` as in Read."""
        source = ManifestSource(
            self._transport, self._manifests, self._settings.max_manifest_bytes, explaining(what)
        )
        found = source.read((address,), token)
        value = parsed(found.data, kind, address.host)
        source.keep(found)
        return value, found.offline

    def _snapshots(self, rest: str) -> Address:
        org = self._place.org
        return self._address(f"organizations/{org}/preprodartifacts/snapshots/{rest}")

    def _address(self, rest: str) -> Address:
        return self._place.root.join(f"/api/0/{rest}")


def _with_cursor(answer: Answer) -> tuple[bytes, str]:
    return b"".join(answer.chunks), _next_cursor(answer.headers.get("Link", ""))


def _next_cursor(links: str) -> str:
    """The cursor of the next page; empty where there is none. The link's address is not used."""
    for link in parse_header_links(links):
        cursor = link.get("cursor", "")
        if (
            link.get("rel") == "next"
            and link.get("results") == "true"
            and _CURSOR.fullmatch(cursor)
        ):
            return cursor
    return ""


def _entry(build: Build) -> Entry:
    vcs, snapshots = build.vcs_info, build.snapshot_comparison_info
    return Entry(
        id=build.id,
        date=build.app_info.date_added or "",
        sha=vcs.head_sha,
        branch=vcs.head_ref,
        base_sha=vcs.base_sha,
        base_branch=vcs.base_ref,
        app_id=build.app_info.app_id,
        count=snapshots.image_count if snapshots else 0,
    )
