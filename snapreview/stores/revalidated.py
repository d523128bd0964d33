"""A manifest over HTTP: downloaded, found unchanged, or, where nobody answers, as kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError
from snapreview.stores.addresses import Address, parse_address
from snapreview.stores.explain import source_error
from snapreview.stores.faults import Fault, Kind
from snapreview.stores.manifest_cache import KeptManifest, ManifestCache
from snapreview.stores.transport import Answer, Transport

_SILENT = frozenset({Kind.UNREACHABLE, Kind.STALLED, Kind.BROKEN, Kind.BUSY})
"""Faults of the way to the host, or of one that is out of order: what it said before holds."""


@dataclass(frozen=True, slots=True)
class Found:
    """A manifest's bytes and the address that its images' are relative to.

    `offline` is when it was kept, where its host does not answer now; else empty. `fresh` is what
    may be kept of one that its host gave or confirmed, for the address `asked`.
    """

    asked: Address
    address: Address
    data: bytes
    offline: str = ""
    fresh: KeptManifest | None = None


@dataclass(frozen=True, slots=True)
class ManifestSource:
    """Reads what is at the first of some addresses at which something is.

    `explain` puts into words why it could not be had.
    """

    transport: Transport
    kept: ManifestCache
    limit: int
    explain: Callable[[Fault], SourceError] = source_error

    def read(self, candidates: tuple[Address, ...], token: CancelToken) -> Found:
        """The manifest. Raises SourceError or Cancelled."""
        try:
            return self._first(candidates, token)
        except Fault as fault:
            found = self._as_kept(candidates) if fault.kind in _SILENT else None
            if found is None:
                raise self.explain(fault) from fault
            return found

    def keep(self, found: Found) -> None:
        """Keep a new one, once it has proved to be a manifest. Not where a token would be kept."""
        new = found.fresh
        if new is None:
            return
        said = (new.final, new.etag, new.modified, new.data.decode("utf-8", "replace"))
        if not self.transport.repeats_token(*said):
            self.kept.put(found.asked.url, new)

    def _first(self, candidates: tuple[Address, ...], token: CancelToken) -> Found:
        first, *others = candidates
        try:
            return self._current(first, token)
        except Fault as fault:
            # A bucket whose content may not be listed says 403 where nothing is.
            if not others or fault.kind not in (Kind.MISSING, Kind.REFUSED):
                raise
            missing = fault
        try:
            return self._current(others[0], token)
        except Fault as fault:
            raise (missing if fault.kind is Kind.MISSING else fault) from None

    def _current(self, address: Address, token: CancelToken) -> Found:
        kept = self.kept.get(address.url)
        conditions = kept.conditions if kept else {}
        try:
            final, new = self.transport.get(address, self.limit, _whole, token, conditions)
        except Fault as fault:
            if kept is None or fault.kind is not Kind.UNCHANGED:
                raise
            seen = replace(kept, saved=_now())
            return Found(address, parse_address(kept.final), kept.data, fresh=seen)
        return Found(address, final, new.data, fresh=new)

    def _as_kept(self, candidates: tuple[Address, ...]) -> Found | None:
        for address in candidates:
            kept = self.kept.get(address.url)
            if kept is not None:
                return Found(address, parse_address(kept.final), kept.data, kept.saved)
        return None


def _whole(answer: Answer) -> tuple[Address, KeptManifest]:
    """The address that answered, and the answer as it may be kept."""
    kept = KeptManifest(
        final=answer.address.without_query().url,
        saved=_now(),
        data=b"".join(answer.chunks),
        etag=answer.headers.get("ETag", ""),
        modified=answer.headers.get("Last-Modified", ""),
    )
    return answer.address, kept


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
