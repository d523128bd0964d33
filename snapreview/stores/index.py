"""`ROOT/snapshots/index.json`: what a store has, for those who cannot list it.

The manifests are what counts. Whoever writes the index looks which of them are there, so that what
a killed run left undone, or was copied by other means, is made good by the next one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import ManifestError, SourceNotFound
from snapreview.model.index_json import MAX_INDEX_BYTES, dump_index, parse_index
from snapreview.model.layout import INDEX_KEY, snapshot_of
from snapreview.model.listing import Entry, newest_first
from snapreview.stores.root import Key, Root
from snapreview.stores.survey import manifest_keys, read_manifests, require_store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listing:
    """A store's snapshots, newest first. `damaged`: why a manifest cannot be read, by its key."""

    entries: tuple[Entry, ...]
    damaged: Mapping[str, str]


def listing(root: Root, token: CancelToken) -> Listing:
    """The snapshots that are in `root` now; nothing is written.

    Raises SourceNotFound where nothing was ever published, SourceError or Cancelled.
    """
    require_store(root, token)
    try:
        current = root.read(INDEX_KEY, MAX_INDEX_BYTES, token)
    except SourceNotFound:
        current = None
    return _brought_up_to_date(root, current, token)


def rebuild_index(root: Root, token: CancelToken) -> Listing:
    """Write the index anew from nothing but the manifests, and tell what is in it.

    Raises SourceNotFound as `listing`, SourceError, PublishError or Cancelled.
    """
    require_store(root, token)
    return _written(root, token, lambda _: _brought_up_to_date(root, None, token))


def refresh_index(
    root: Root, token: CancelToken, new: Entry | None = None, without: frozenset[str] = frozenset()
) -> Listing:
    """Bring the index up to date: with `new`, which was just published, and not with `without`.

    Two who do this at once lose nothing. Raises SourceError, PublishError or Cancelled.
    """

    def change(current: bytes | None) -> Listing:
        found = _brought_up_to_date(root, current, token, new)
        left = tuple(entry for entry in found.entries if entry.id not in without)
        return Listing(left, found.damaged)

    return _written(root, token, change)


def _written(root: Root, token: CancelToken, change: Callable[[bytes | None], Listing]) -> Listing:
    made: list[Listing] = []

    def data(current: bytes | None) -> bytes | None:
        made.append(change(current))
        new = dump_index(made[-1].entries)
        return None if new == current else new

    root.update(INDEX_KEY, data, token)
    return made[-1]


def _brought_up_to_date(
    root: Root, current: bytes | None, token: CancelToken, new: Entry | None = None
) -> Listing:
    """What `current` says of the manifests that are there, and what the others say themselves."""
    known = _known(root, current)
    if new is not None:
        known[new.id] = new
    keys = manifest_keys(root, token)
    there = {snapshot_of(name) for name in keys}
    read = read_manifests(root, _unknown(keys, known), token)
    entries = [entry for entry in known.values() if entry.id in there]
    entries += [shot.entry for shot in read.snapshots.values()]
    return Listing(newest_first(entries), read.damaged)


def _unknown(keys: Mapping[str, Key], known: Mapping[str, Entry]) -> Iterator[Key]:
    for name, key in keys.items():
        if snapshot_of(name) not in known:
            yield key


def _known(root: Root, current: bytes | None) -> dict[str, Entry]:
    if current is None:
        return {}
    try:
        entries = parse_index(current, f"{root.shown}/{INDEX_KEY}")
    except ManifestError as fault:
        log.warning("Made anew from the manifests: %s", fault)
        return {}
    return {entry.id: entry for entry in entries}
