"""What a viewer asks for and what it gets: sides, requests, pictures, failures. No Qt."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from snapreview.model.change import Change, Side, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.viewer.pyramid import Pyramid

UPRIGHT = 1
"""The EXIF orientation of an image that is stored as it is shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded image, upright. `orientation` is the EXIF value (1 to 8) it was stored with."""

    pyramid: Pyramid
    orientation: int = UPRIGHT

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels, upright."""
        return self.pyramid.size

    @property
    def nbytes(self) -> int:
        """Bytes that the pixels take."""
        return self.pyramid.nbytes


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something cannot be shown, as a sentence for the user."""

    reason: str


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """The wish to see one side's image."""

    record: ImageRecord
    side: Side

    @property
    def key(self) -> Hashable:
        """Equal for requests that have the same answer."""
        record = self.record
        if record.sha256 is not None:
            return "image", record.sha256
        return "image", self.side, record.name, record.hint


@dataclass(frozen=True, slots=True)
class MaskRequest:
    """The wish to see a mask. `orientation` turns it as the two images it belongs to are."""

    path: Path
    orientation: int = UPRIGHT

    @property
    def key(self) -> Hashable:
        """Equal for requests that have the same answer: masks are named by their content."""
        return "mask", self.path, self.orientation


Request = ImageRequest | MaskRequest
Outcome = Picture | Pyramid | Failure
"""A picture for an image, a pyramid for a mask, or why there is none."""


def shown_sides(change: Change) -> tuple[Side, ...]:
    """The sides that a row shows; a renamed image is one image, shown once."""
    if change.status is Status.RENAMED and change.head is not None:
        return (Side.HEAD,)
    return tuple(side for side in Side if record_of(change, side) is not None)


def record_of(change: Change, side: Side) -> ImageRecord | None:
    """The record of one side."""
    return change.base if side is Side.BASE else change.head


def image_requests(change: Change) -> dict[Side, ImageRequest]:
    """What to load for a row, by side."""
    records = {side: record_of(change, side) for side in shown_sides(change)}
    return {side: ImageRequest(record, side) for side, record in records.items() if record}
