"""Manifests as they were read last: asked for again only if they changed, and there offline."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from snapreview.stores.atomic import sweep, write_whole

log = logging.getLogger(__name__)


class _Heading(BaseModel):
    """The first line of a kept file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    final: str
    saved: str
    sha256: str
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class KeptManifest:
    """The bytes of a manifest. `final` is the address that gave them, without its query.

    `saved` is when, as ISO 8601 in UTC; `etag` and `modified` are the host's own words for this
    version (RFC 9110, 8.8), empty where it gave none.
    """

    final: str
    saved: str
    data: bytes
    etag: str = ""
    modified: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for it only if it is another one by now."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in found.items() if value}


class ManifestCache:
    """Files in one folder, each named by the hash of the address that was asked.

    Nothing is shown or kept of the address itself, which may hold a signature. A folder that
    cannot be used costs the next start a download, and the log says so.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, url: str) -> KeptManifest | None:
        """What was kept for `url`; None where nothing was, or where it is damaged."""
        try:
            first, _, data = self._path(url).read_bytes().partition(b"\n")
            heading = _Heading.model_validate_json(first)
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as fault:
            log.warning("A kept manifest cannot be read: %s", fault)
            return None
        if hashlib.sha256(data).hexdigest() != heading.sha256:
            log.warning("A kept manifest is damaged and is not used")
            return None
        return KeptManifest(heading.final, heading.saved, data, heading.etag, heading.modified)

    def put(self, url: str, kept: KeptManifest) -> None:
        """Keep a manifest in place of the one before."""
        heading = _Heading(
            final=kept.final,
            saved=kept.saved,
            sha256=hashlib.sha256(kept.data).hexdigest(),
            etag=kept.etag,
            modified=kept.modified,
        )
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            sweep(self._folder)
            write_whole(self._path(url), heading.model_dump_json().encode() + b"\n" + kept.data)
        except OSError as fault:
            log.warning("A manifest could not be kept in %s: %s", self._folder, fault)

    def _path(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode()).hexdigest()
