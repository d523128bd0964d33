"""What a row's thumbnail is made of. No Qt."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from snapreview.model.change import Box, Change, Side, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.changes.thumb_framing import Size

TINTED_FROM = 64
"""Logical pixels of width below which changed pixels are not tinted: they would be a blot, and
reading the mask costs as much as reading the image."""


@dataclass(frozen=True, slots=True, eq=False)
class ThumbRequest:
    """The wish to see a row's image, or the part of it that changed, in `room` device pixels.

    `focus` is the largest changed region and `canvas` what it is measured on; `mask` is given
    where changed pixels are to be tinted.
    """

    record: ImageRecord
    side: Side
    room: Size
    ratio: float
    canvas: Size | None = None
    focus: Box | None = None
    mask: Path | None = None

    @property
    def key(self) -> Hashable:
        """Equal for requests that have the same answer, as long as this one is kept.

        Contents that are not known yet are the same only for the same record.
        """
        content = self.record.sha256 or id(self.record)
        return content, self.room, self.ratio, self.canvas, self.focus, self.mask

    @property
    def nbytes(self) -> int:
        """Bytes that the answer takes at most."""
        return self.room[0] * self.room[1] * 4


def thumb_request(change: Change, room: Size, ratio: float) -> ThumbRequest | None:
    """The thumbnail of a row in so many device pixels, or None where the row has none (yet).

    The head is shown, and the base of what has no head.
    """
    record, side = (change.head, Side.HEAD) if change.head else (change.base, Side.BASE)
    if record is None or change.status is Status.PENDING:
        return None
    diff = change.diff
    if diff is None or change.head is None:
        return ThumbRequest(record, side, room, ratio)
    focus = diff.regions[0] if diff.regions else None
    mask = diff.mask if room[0] >= TINTED_FROM * ratio else None
    return ThumbRequest(record, side, room, ratio, diff.canvas, focus, mask)
