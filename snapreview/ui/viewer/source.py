"""What a viewer asks for and what it gets: sides, requests, pictures, failures. No Qt."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path

from snapreview.model.change import Change, Side, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.viewer.pyramid import Pixels, Pyramid

Colour = tuple[int, int, int, int]
"""Red, green, blue and alpha, 0 to 255, alpha not multiplied in."""

UPRIGHT = 1
"""The EXIF orientation of an image that is stored as it is shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded image, upright. `orientation` is the EXIF value (1 to 8) it was stored with.

    `profile` names the colour profile that the file carries, or is empty. `converted` tells that
    it asked for other colours than sRGB's and was followed: the pixels are those in sRGB.
    `straight` is level 0 before alpha was multiplied in, from which no exact value can be had
    back; there is none where the pyramid is opaque.
    """

    pyramid: Pyramid
    orientation: int = UPRIGHT
    profile: str = ""
    converted: bool = False
    straight: Pixels | None = None

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels, upright."""
        return self.pyramid.size

    @property
    def nbytes(self) -> int:
        """Bytes that the pixels take."""
        return self.pyramid.nbytes + (self.straight.nbytes if self.straight is not None else 0)

    def colour_at(self, x: int, y: int) -> Colour | None:
        """The pixel in column `x` and row `y`, or None outside of the image."""
        width, height = self.size
        if not (0 <= x < width and 0 <= y < height):
            return None
        rows = self.pyramid.levels[0] if self.straight is None else self.straight
        argb = int(rows[y, x])
        # What Qt leaves in the fourth byte of opaque pixels is not their alpha.
        alpha = 255 if self.pyramid.opaque else argb >> 24
        return argb >> 16 & 255, argb >> 8 & 255, argb & 255, alpha


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
        if record.hint is not None:
            return "image", record.hint
        return "image", self.side, record.name

    @property
    def names_content(self) -> bool:
        """Whether `key` stands for certain bytes: else the file behind it can be replaced."""
        return self.record.sha256 is not None or self.record.hint is not None


@dataclass(frozen=True, slots=True)
class MaskRequest:
    """The wish to see a mask. `orientation` turns it as the two images it belongs to are."""

    path: Path
    orientation: int = UPRIGHT

    @property
    def key(self) -> Hashable:
        """Equal for requests that have the same answer: masks are named by their content."""
        return "mask", self.path, self.orientation


@dataclass(frozen=True, slots=True, eq=False)
class DifferenceRequest:
    """The wish to see by how much two images differ, pixel by pixel."""

    base: Picture
    head: Picture
    key: Hashable
    names_content: bool


Request = ImageRequest | MaskRequest | DifferenceRequest
Outcome = Picture | Pyramid | Failure
"""A picture for an image, a pyramid for a mask or a difference, or why there is none."""


def shown_sides(change: Change) -> tuple[Side, ...]:
    """The sides that a row shows; a renamed image is one image, shown once."""
    if change.status is Status.RENAMED and change.head is not None:
        return (Side.HEAD,)
    return tuple(side for side in Side if record_of(change, side) is not None)


def difference_request(
    images: Mapping[Side, ImageRequest], pictures: Mapping[Side, Picture]
) -> DifferenceRequest:
    """What to compute for two images that are both loaded."""
    both = [images[side] for side in Side]
    return DifferenceRequest(
        pictures[Side.BASE],
        pictures[Side.HEAD],
        ("difference", *(request.key for request in both)),
        all(request.names_content for request in both),
    )


def record_of(change: Change, side: Side) -> ImageRecord | None:
    """The record of one side."""
    return change.base if side is Side.BASE else change.head


def image_requests(change: Change) -> dict[Side, ImageRequest]:
    """What to load for a row, by side."""
    records = {side: record_of(change, side) for side in shown_sides(change)}
    return {side: ImageRequest(record, side) for side, record in records.items() if record}
