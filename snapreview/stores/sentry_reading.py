"""Finds out which snapshot a place of Sentry's means, and reads it."""

from __future__ import annotations

from dataclasses import replace

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceNotFound
from snapreview.model.manifest import Manifest
from snapreview.stores.sentry_api import SentryApi
from snapreview.stores.sentry_json import Details
from snapreview.stores.sentry_snapshot import base_manifest, head_manifest
from snapreview.stores.sentry_source import App, Role, SentryPlace


class Reading:
    """One reading of a place. `project` is whose images they are, known once it was read."""

    def __init__(self, api: SentryApi, place: SentryPlace, token: CancelToken) -> None:
        self._api = api
        self._place = place
        self._token = token
        self._kept: list[str] = []
        self.project = ""

    def manifest(self) -> Manifest:
        """What the place means; `offline` where any of it is as it was kept, the oldest moment.

        Raises SourceError, SourceNotFound where there is no base, or Cancelled.
        """
        place = self._place
        named = self._details(self._latest(place.app) if place.app else place.snapshot_id)
        self.project = named.project_id
        found = head_manifest(named, place.text) if place.role is Role.ITSELF else self._base(named)
        return replace(found, offline=min(filter(None, self._kept), default=""))

    def _base(self, head: Details) -> Manifest:
        compared = head.base_artifact_id if self._place.role is Role.BASE else None
        base_id = compared or self._fitting(head)
        try:
            base = self._details(base_id)
        except SourceNotFound:
            if not compared or not head.is_compared:
                raise
            base = None  # it is gone, but what Sentry had of it is in the head's lists
        return base_manifest(head, base, base_id, self._place.text)

    def _fitting(self, head: Details) -> str:
        """The id of the newest base of the head's app, on the branch that it goes into."""
        vcs, latest = head.vcs_info, ""
        wanted = vcs.base_sha or self._place.role is Role.LATEST
        if wanted and head.app_id:
            latest = self._latest(App(head.project_id, head.app_id, vcs.base_ref or ""))
        if latest in ("", head.head_artifact_id):
            raise SourceNotFound(
                f"Snapshot {head.head_artifact_id} of {self._place.org} has no base at"
                f" {self._place.root.host}: nothing came before it. Name the snapshot to compare it"
                " with, or open it alone."
            )
        return latest

    def _details(self, snapshot_id: str) -> Details:
        read = self._api.details(snapshot_id, self._token)
        self._kept.append(read.offline)
        return read.details

    def _latest(self, app: App) -> str:
        found, offline = self._api.latest_base(app, self._token)
        self._kept.append(offline)
        return found
