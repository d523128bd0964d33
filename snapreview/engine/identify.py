"""Finds out what a row's images are: their content, whether it is equal, how large they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from snapreview.engine.results import Measured, ResultKey, ResultStore
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Status
from snapreview.model.errors import ImageError, UnreadableImage
from snapreview.model.manifest import ImageRecord
from snapreview.model.options import DiffOptions
from snapreview.stores.imagefile import read_header, sha256_file
from snapreview.stores.store import Store


@dataclass(frozen=True, slots=True)
class Identified:
    """A row whose images are known.

    `change` is settled unless it is pending; then either `known` is its remembered result, or
    `files` are base and head, on disk and ready to be compared. `key` names the result.
    """

    change: Change
    key: ResultKey | None = None
    known: Measured | None = None
    files: tuple[Path, Path] | None = None


class Identifier:
    """Looks rows up in two stores. Without state of its own: any thread may use it."""

    def __init__(
        self,
        base: Store,
        head: Store,
        options: DiffOptions,
        engine_version: str,
        results: ResultStore,
    ) -> None:
        self._base = base
        self._head = head
        self._options = options
        self._engine_version = engine_version
        self._results = results

    def identify(self, change: Change, token: CancelToken) -> Identified:
        """The row with all that is known of it. Raises ImageError or Cancelled.

        Nothing is fetched that is not needed: not an image whose hash and size the manifest
        tells, not a pair that is equal or whose result is remembered.
        """
        if change.base is None or change.head is None:
            return Identified(self._alone(change, token))
        base, head = self._hashed_pair(change.base, change.head, token)
        if base.same_content(head):
            at_hand = change.head.sha256 is None and head.sha256 is not None
            return Identified(self._equal(change, base, head, token, at_hand=at_hand))
        return self._unequal(replace(change, base=base, head=head), base, head, token)

    def _alone(self, change: Change, token: CancelToken) -> Change:
        """A row with one side: its content tells renames, its size is shown.

        One that is no image keeps its status, with the reason: it may yet turn out renamed.
        """
        store, record = (
            (self._head, change.head) if change.head is not None else (self._base, change.base)
        )
        if record is None or (record.sha256 is not None and record.size is not None):
            return change
        path = store.fetch(record, token)
        record = replace(record, sha256=record.sha256 or sha256_file(path, token))
        fault = None
        try:
            record = _measured(record, path)
        except UnreadableImage as unreadable:
            if change.status is not Status.SKIPPED:  # looked up only in case it was renamed
                fault = str(unreadable)
        if change.head is not None:
            return replace(change, head=record, error=fault)
        return replace(change, base=record, error=fault)

    def _hashed_pair(
        self, base: ImageRecord, head: ImageRecord, token: CancelToken
    ) -> tuple[ImageRecord, ImageRecord]:
        if base.hint is not None and base.hint == head.hint:
            return base, head
        return _hashed(self._base, base, token), _hashed(self._head, head, token)

    def _equal(
        self,
        change: Change,
        base: ImageRecord,
        head: ImageRecord,
        token: CancelToken,
        *,
        at_hand: bool,
    ) -> Change:
        """Equal content is unchanged, whatever it holds. Its size is read when it is at hand."""
        size = head.size or base.size
        if size is None and at_hand:
            size = _size_if_readable(self._head, head, token)
        return replace(
            change, status=Status.UNCHANGED, base=_sized(base, size), head=_sized(head, size)
        )

    def _unequal(
        self, change: Change, base: ImageRecord, head: ImageRecord, token: CancelToken
    ) -> Identified:
        if base.sha256 is None or head.sha256 is None:
            raise AssertionError("records are hashed before they are compared")
        key = ResultKey.of(base.sha256, head.sha256, self._options, self._engine_version)
        known = self._results.get(key)
        if known is not None:
            return Identified(change, key, known)
        files = self._base.fetch(base, token), self._head.fetch(head, token)
        return Identified(change, key, files=files)


def _hashed(store: Store, record: ImageRecord, token: CancelToken) -> ImageRecord:
    if record.sha256 is not None:
        return record
    return replace(record, sha256=sha256_file(store.fetch(record, token), token))


def _measured(record: ImageRecord, path: Path) -> ImageRecord:
    if record.size is not None:
        return record
    header = read_header(path)
    return replace(record, width=header.width, height=header.height)


def _sized(record: ImageRecord, size: tuple[int, int] | None) -> ImageRecord:
    if size is None or record.size is not None:
        return record
    return replace(record, width=size[0], height=size[1])


def _size_if_readable(
    store: Store, record: ImageRecord, token: CancelToken
) -> tuple[int, int] | None:
    """The size of an image that nothing is wrong with as long as nobody opens it."""
    try:
        header = read_header(store.fetch(record, token))
    except ImageError:
        return None
    return header.width, header.height
