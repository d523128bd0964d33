"""What happened to an image between base and head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.names import folder_of
from snapreview.model.options import DiffOptions

Box = tuple[int, int, int, int]
"""x, y, width, height in pixels of the canvas."""


class Side(Enum):
    """Which of the two snapshots."""

    BASE = "base"
    HEAD = "head"

    @property
    def title(self) -> str:
        """The word that the window shows."""
        return self.value.capitalize()


class Status(Enum):
    """The seven statuses in the order in which they are shown, and the one before them."""

    CHANGED = "changed"
    ERRORED = "errored"
    REMOVED = "removed"
    ADDED = "added"
    RENAMED = "renamed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    PENDING = "pending"

    @property
    def rank(self) -> int:
        """Place in the order of the list."""
        return _RANK[self]


_RANK = {status: rank for rank, status in enumerate(Status)}
STATUSES = tuple(status for status in Status if status is not Status.PENDING)
"""The seven statuses that a finished comparison knows."""


@dataclass(frozen=True, slots=True)
class ImageDiff:
    """The measured difference of two images on their common canvas.

    `changed_pixels` is odiff's count over the canvas, united with what only one image has.
    `subtle_pixels` are pixels that differ although odiff calls the pair a match.
    `mask` is a PNG whose changed pixels have an alpha above 0, as large as the canvas, or None
    when nothing is marked. `notes` are sentences about how the pair was read.
    """

    canvas: tuple[int, int]
    changed_pixels: int = 0
    subtle_pixels: int = 0
    size_changed: bool = False
    alpha_changed: bool = False
    mask: Path | None = None
    regions: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def total_pixels(self) -> int:
        """Pixels of the canvas."""
        return self.canvas[0] * self.canvas[1]

    @property
    def ratio(self) -> float:
        """Share of the canvas that changed, 0 to 1."""
        return self.changed_pixels / self.total_pixels if self.total_pixels else 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a comparison. Never altered: an update replaces it.

    `name` is the head's name, or the base's where there is no head; it is unique in a
    comparison. `previous_name` is the base's name of a renamed image. `error` is a sentence.
    """

    name: str
    status: Status
    base: ImageRecord | None = None
    head: ImageRecord | None = None
    diff: ImageDiff | None = None
    error: str | None = None
    previous_name: str | None = None

    @property
    def record(self) -> ImageRecord | None:
        """The record that describes the row: the head's, else the base's."""
        return self.head or self.base

    @property
    def title(self) -> str:
        """What the list shows: the display name, else the file name."""
        return (self.record and self.record.display_name) or self.name

    @property
    def group(self) -> str:
        """The group it belongs to: as declared, else its folder."""
        return (self.record and self.record.group) or folder_of(self.name)

    @property
    def ratio(self) -> float:
        """Share of changed pixels, 0 where nothing was compared."""
        return self.diff.ratio if self.diff else 0.0

    @property
    def subtle_pixels(self) -> int:
        """Pixels that differ in a row that counts as unchanged, for whatever reason."""
        if self.status is not Status.UNCHANGED or self.diff is None:
            return 0
        return self.diff.changed_pixels or self.diff.subtle_pixels

    @property
    def is_subtle(self) -> bool:
        """Whether it counts as unchanged although pixels differ."""
        return self.subtle_pixels > 0


def is_paired_by_hand(change: Change) -> bool:
    """Whether somebody said which removed image this one was; renames are found by content."""
    return change.previous_name is not None and change.status is not Status.RENAMED


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two snapshots and what happened to every image between them, in the order of the list."""

    base: Manifest
    head: Manifest
    options: DiffOptions
    changes: tuple[Change, ...]
    engine: str = ""
    elapsed_seconds: float = 0.0

    @property
    def complete(self) -> bool:
        """Whether no row is pending."""
        return all(change.status is not Status.PENDING for change in self.changes)

    def counts(self) -> Mapping[Status, int]:
        """How many rows have each status."""
        return Counter(change.status for change in self.changes)

    @property
    def subtle(self) -> int:
        """How many unchanged rows differ below what counts."""
        return sum(change.is_subtle for change in self.changes)
