"""What the manifests of a store say, all of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from sys import intern
from types import MappingProxyType

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError, SourceNotFound
from snapreview.model.layout import INDEX_KEY, SNAPSHOTS, snapshot_of
from snapreview.model.listing import Entry, entry_of
from snapreview.model.manifest_json import MAX_MANIFEST_BYTES, parse_manifest
from snapreview.stores.parallel import in_parallel
from snapreview.stores.root import Key, Root

log = logging.getLogger(__name__)

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A manifest that was read: its entry, its key, and the hashes of its images, each once.

    Snapshots share most of their images: a hash is one string for all of them.
    """

    entry: Entry
    key: Key
    images: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """The snapshots of a store by id. `damaged`: why a manifest cannot be read, by its key."""

    snapshots: Mapping[str, Snapshot]
    damaged: Mapping[str, str] = field(default_factory=lambda: _NONE)


def manifest_keys(root: Root, token: CancelToken) -> dict[str, Key]:
    """The keys of all manifests by their names. Raises SourceError or Cancelled."""
    found = root.keys(SNAPSHOTS, token)
    return {key.name: key for key in found if key.name.endswith("/manifest.json")}


def require_store(root: Root, token: CancelToken) -> None:
    """Raise SourceNotFound where `root` has neither a manifest nor an index, by a slip maybe.

    Else all that lies under `images/` there would count as of no use.
    """
    marks = (INDEX_KEY, "/manifest.json")
    if not any(key.name.endswith(marks) for key in root.keys(SNAPSHOTS, token)):
        raise SourceNotFound(
            f"{root.shown} is no store: nothing was published there. Name the place that you"
            " publish into."
        )


def survey(root: Root, token: CancelToken, known: Survey | None = None) -> Survey:
    """Read all manifests of `root`; those that `known` has, and are as they were, not again.

    Raises SourceError or Cancelled.
    """
    keys = manifest_keys(root, token)
    before = known.snapshots if known else {}
    same = {name: shot for name, shot in before.items() if keys.get(shot.key.name) == shot.key}
    kept = {shot.key.name for shot in same.values()}
    read = read_manifests(root, (key for name, key in keys.items() if name not in kept), token)
    return Survey(MappingProxyType({**same, **read.snapshots}), read.damaged)


def read_manifests(root: Root, keys: Iterable[Key], token: CancelToken) -> Survey:
    """Read the manifests of `keys`; one that is gone meanwhile is left out. Raises Cancelled."""
    snapshots: dict[str, Snapshot] = {}
    damaged: dict[str, str] = {}
    for key, found in in_parallel(lambda key: (key, _read(root, key, token)), keys, token):
        if isinstance(found, Snapshot):
            snapshots[found.entry.id] = found
        elif found is not None:
            log.warning("%s of %s cannot be used: %s", key.name, root.shown, found)
            damaged[key.name] = found
    return Survey(MappingProxyType(snapshots), MappingProxyType(damaged))


def _read(root: Root, key: Key, token: CancelToken) -> Snapshot | str | None:
    """The snapshot, or why it cannot be read; None where it is gone."""
    snapshot_id = snapshot_of(key.name)
    if snapshot_id is None:
        return "No snapshot can have the name of its folder. Rename that."
    try:
        data = root.read(key.name, MAX_MANIFEST_BYTES, token)
        manifest = parse_manifest(data, f"{root.shown}/{key.name}", snapshot_id)
    except SourceNotFound:
        return None
    except SourceError as fault:
        return str(fault)
    images = {intern(image.sha256) for image in manifest.images.values() if image.sha256}
    return Snapshot(entry_of(manifest, snapshot_id, key.modified), key, tuple(images))
