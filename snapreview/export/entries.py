"""Which files an export gets, and under which names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from snapreview.export.names import EntryNames
from snapreview.model.change import Change, Side
from snapreview.model.manifest import ImageRecord

MANIFEST_NAME = "manifest.json"
"""A zip's last entry: what is inside, and what is missing."""

INDEX_NAME = "index.html"
"""The page to open: the review for the eyes."""


class Part(Enum):
    """What can be exported of a row; also the export's top folders."""

    BASE = "base"
    HEAD = "head"
    DIFF = "diff"
    OVERLAY = "overlay"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an export.

    `image` is the name of its row or image, `name` its name in there, which is safe. It is made
    from the image that `record` describes and, where it shows differences, from `mask`. `part` is
    None where a whole snapshot is exported.
    """

    image: str
    part: Part | None
    name: str
    record: ImageRecord
    mask: Path | None = None

    @property
    def side(self) -> Side:
        """Where its image comes from."""
        return Side.BASE if self.part is Part.BASE else Side.HEAD


@dataclass(frozen=True, slots=True)
class Missing:
    """An image, or a part of its row, that was not exported; `reason` is a sentence."""

    name: str
    part: Part | None
    reason: str


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written: where (None for a stream), files of images in it, what is missing."""

    path: Path | None
    entries: int
    missing: tuple[Missing, ...] = ()


Row = tuple[Entry, ...]
"""The entries that are made of the same one or two images."""


def planned(changes: Iterable[Change], include: Set[Part]) -> list[Row]:
    """The entries of each change, in the order given.

    Rows without a mask have no diff and no overlay.
    """
    names = EntryNames()
    return [tuple(_entries(change, include, names)) for change in changes]


def _entries(change: Change, include: Set[Part], names: EntryNames) -> Iterator[Entry]:
    for part, record, mask in _parts(change):
        if part in include:
            wanted = record.name if mask is None else as_png(change.name)
            name = names.assign(f"{part.value}/{wanted}")
            yield Entry(change.name, part, name, record, mask)


def _parts(change: Change) -> Iterator[tuple[Part, ImageRecord, Path | None]]:
    if change.base is not None:
        yield Part.BASE, change.base, None
    if change.head is not None:
        yield Part.HEAD, change.head, None
        if change.diff is not None and change.diff.mask is not None:
            yield Part.DIFF, change.head, change.diff.mask
            yield Part.OVERLAY, change.head, change.diff.mask


def as_png(name: str) -> str:
    """`name` with the ending of a PNG."""
    return name if name.lower().endswith(".png") else f"{name}.png"
