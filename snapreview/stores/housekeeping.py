"""Removing snapshots from a store, and the images that nothing refers to after that.

The order makes it safe to be killed at any moment: the index forgets a snapshot, then its manifest
goes, then images that no manifest refers to which is there by then. What is left behind is never
missing, only of no use, and goes with the next `prune`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import PublishError, SourceNotFound
from snapreview.model.layout import IMAGES, image_of, manifest_key, snapshot_of
from snapreview.model.listing import Entry, newest_first
from snapreview.model.names import quoted
from snapreview.stores.index import refresh_index
from snapreview.stores.parallel import in_parallel
from snapreview.stores.root import Key, Root
from snapreview.stores.survey import Survey, require_store, survey

YOUNG_SECONDS = 24 * 3600.0
"""Images written, or relied upon by a publish, within this time stay whoever refers to them."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Which snapshots stay: those of the last `days`, and the newest `last`; None keeps none so."""

    days: float | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Doomed:
    """Images that nothing refers to. `young` counts those that stay for now."""

    images: tuple[Key, ...] = ()
    young: int = 0


@dataclass(frozen=True, slots=True)
class Tidied:
    """What went, or in a dry run would go.

    `images` and `size` (bytes) are of images, `young` is how many more nothing refers to that stay
    for now. `damaged` says of manifests, by key, why they cannot be read: while there are any, all
    images stay. `failed` says of keys why they could not be removed.
    """

    snapshots: tuple[str, ...] = ()
    images: int = 0
    size: int = 0
    young: int = 0
    damaged: Mapping[str, str] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)


def expired(entries: Iterable[Entry], keeping: Keeping, now: float) -> tuple[Entry, ...]:
    """The snapshots that `keeping` does not keep; those without a date count as oldest."""
    found = newest_first(entries)
    old = found[keeping.last or 0 :]
    if keeping.days is None:
        return old
    limit = now - keeping.days * 24 * 3600
    return tuple(entry for entry in old if entry.moment < limit)


def doomed(
    images: Iterable[Key], needed: frozenset[str], among: frozenset[str] | None, before: float
) -> Doomed:
    """Those of `images` that are not `needed`, written before a time in seconds of the epoch.

    `among` are the hashes that may go at all; None: any. What is not named by a hash never goes.
    """
    unused = [
        (key, digest)
        for key in images
        if (digest := image_of(key.name)) is not None and digest not in needed
    ]
    allowed = [key for key, digest in unused if among is None or digest in among]
    old = tuple(key for key in allowed if key.modified < before)
    return Doomed(old, len(allowed) - len(old))


def delete_snapshots(
    root: Root, ids: Iterable[str], token: CancelToken, *, dry_run: bool = False
) -> Tidied:
    """Remove snapshots, and those of their images that no other one refers to.

    Raises SourceNotFound for one that is not there (then nothing is removed), SourceError where
    the store cannot be read, PublishError where its index cannot be written, and Cancelled.
    """
    found = survey(root, token)
    wanted = dict.fromkeys(ids)
    names = {snapshot_of(key) for key in found.damaged} | found.snapshots.keys()
    missing = next((name for name in wanted if name not in names), None)
    if missing is not None:
        raise SourceNotFound(
            f"There is no snapshot {quoted(missing)} in {root.shown}. See what there is with"
            " snapreview store list."
        )
    shots = [found.snapshots[name] for name in wanted if name in found.snapshots]
    among = frozenset[str]().union(*(shot.images for shot in shots))
    return _Tidying(root, token, found, among).done(tuple(wanted), dry_run=dry_run)


def prune(root: Root, keeping: Keeping, token: CancelToken, *, dry_run: bool = False) -> Tidied:
    """Remove the snapshots that `keeping` does not keep, and all images that nothing refers to.

    Those too that an interrupted publish or removal left. A snapshot that cannot be read stays.
    Raises as `delete_snapshots`, and SourceNotFound where nothing was ever published.
    """
    require_store(root, token)
    found = survey(root, token)
    entries = (shot.entry for shot in found.snapshots.values())
    old = expired(entries, keeping, time.time())
    tidying = _Tidying(root, token, found, None)
    return tidying.done(tuple(entry.id for entry in old), dry_run=dry_run)


class _Tidying:
    """One run. `among` are the hashes of images that may go; None: any."""

    def __init__(
        self, root: Root, token: CancelToken, found: Survey, among: frozenset[str] | None
    ) -> None:
        self._root = root
        self._token = token
        self._found = found
        self._among = among
        self._before = time.time() - YOUNG_SECONDS

    def done(self, ids: tuple[str, ...], *, dry_run: bool) -> Tidied:
        """Remove the snapshots `ids` and what is of no use then; or only tell."""
        if dry_run:
            left = {n: shot for n, shot in self._found.snapshots.items() if n not in ids}
            gone = {manifest_key(name) for name in ids}
            damaged = {k: why for k, why in self._found.damaged.items() if k not in gone}
            return self._tidied(ids, self._of_no_use(Survey(left, damaged)), damaged)
        failed = self._remove_snapshots(ids)
        left_now = survey(self._root, self._token, self._found)
        useless = self._of_no_use(left_now)
        removed, kept = self._remove_images(useless)
        gone_ids = tuple(name for name in ids if manifest_key(name) not in failed)
        tidied = self._tidied(gone_ids, removed, left_now.damaged)
        return replace(tidied, failed={**failed, **kept})

    def _of_no_use(self, left: Survey) -> Doomed:
        """What nothing refers to; none where a manifest that might do so cannot be read."""
        if left.damaged:
            return Doomed()
        needed = frozenset[str]().union(*(shot.images for shot in left.snapshots.values()))
        if self._among is not None and self._among <= needed:
            return Doomed()
        return doomed(self._root.keys(IMAGES, self._token), needed, self._among, self._before)

    def _remove_snapshots(self, ids: tuple[str, ...]) -> dict[str, str]:
        """Why some manifests could not be removed, by key."""
        if ids:
            refresh_index(self._root, self._token, without=frozenset(ids))
        keys = [manifest_key(name) for name in ids]
        answers = in_parallel(self._remove_manifest, keys, self._token)
        failed = {key: why for key, why in answers if why}
        refresh_index(self._root, self._token)  # whatever failed, or others did meanwhile
        return failed

    def _remove_manifest(self, key: str) -> tuple[str, str]:
        try:
            self._root.delete(key, self._token)
        except PublishError as fault:
            return key, str(fault)
        return key, ""

    def _remove_images(self, useless: Doomed) -> tuple[Doomed, dict[str, str]]:
        """What went, and why some could not go, by key."""
        removed: list[Key] = []
        young, failed = useless.young, dict[str, str]()
        for key, answer in in_parallel(self._remove_image, useless.images, self._token):
            if isinstance(answer, str):
                failed[key.name] = answer
            elif answer:
                removed.append(key)
            else:
                young += 1
        return Doomed(tuple(removed), young), failed

    def _remove_image(self, key: Key) -> tuple[Key, bool | str]:
        try:
            return key, self._root.delete(key.name, self._token, self._before)
        except PublishError as fault:
            return key, str(fault)

    def _tidied(self, ids: tuple[str, ...], went: Doomed, damaged: Mapping[str, str]) -> Tidied:
        size = sum(key.size for key in went.images)
        return Tidied(ids, len(went.images), size, went.young, damaged)
