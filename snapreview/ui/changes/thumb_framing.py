"""Which part of an image a thumbnail shows, and how large. Pure arithmetic.

A tall page fitted into a small tile is a grey strip, and the change in it a speck. So a thumbnail
fills its room with the part of the image that matters: what changed, else the page's beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from snapreview.model.change import Box

Size = tuple[int, int]
"""Width and height."""

_CONTEXT = 420
"""Image pixels that stay in view along the longer edge, however small the change."""

_FILL = 0.6
"""Share of the room that the change takes, as far as it may."""

_AIR = 0.04
"""Share of the room left above a change that is larger than the room."""

_ROOM_OF_ICONS = 0.75
_LARGEST_ICON_ZOOM = 8
_WIDEST_CUT = 2.0
"""How much larger than wholly visible a wide image may be shown."""

_SMALL = 1024
_SQUARISH = 2.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of an image that is shown, in `size` device pixels.

    `left`, `top`, `width` and `height` are in pixels of the image, `zoom` is device pixels for
    each of those.
    """

    left: int
    top: int
    width: float
    height: float
    zoom: float
    size: Size

    @property
    def pixelated(self) -> bool:
        """Whether every image pixel is a square of its own."""
        return self.zoom > 1 and self.zoom.is_integer()


def looks_like_an_icon(image: Size, *, opaque: bool) -> bool:
    """Whether an image is one figure, to be shown whole: it lets its ground through."""
    return not opaque and max(image) <= _SMALL and max(image) <= _SQUARISH * min(image)


def frame(image: Size, room: Size, ratio: float, focus: Box | None, *, whole: bool) -> Frame:
    """The frame for an image of this size in a room of so many device pixels.

    `ratio` is the device pixels of a logical one, `focus` the place that matters, in pixels of
    the image. `whole` images are never cut.
    """
    contain = min(room[0] / image[0], room[1] / image[1])
    if contain >= ratio:
        return _placed(image, room, _icon_zoom(contain, ratio), None)
    if whole:
        return _placed(image, room, contain, None)
    least = _least_zoom(image, room, ratio)
    return _placed(image, room, least if focus is None else _near(focus, room, ratio, least), focus)


def _icon_zoom(contain: float, ratio: float) -> float:
    """What is smaller than its room at 100 % is enlarged by a whole number, with air around it."""
    wanted = max(floor(contain * _ROOM_OF_ICONS), round(ratio), 1)
    return float(min(wanted, floor(contain), round(_LARGEST_ICON_ZOOM * ratio)))


def _least_zoom(image: Size, room: Size, ratio: float) -> float:
    """Fills the room; a tall image loses its lower part, a wide one only some of its right."""
    across, down = room[0] / image[0], room[1] / image[1]
    return min(across if across >= down else min(down, _WIDEST_CUT * across), ratio)


def _near(focus: Box, room: Size, ratio: float, least: float) -> float:
    """Close enough to see what changed, far enough to see where."""
    most = max(least, min(ratio, max(room) / _CONTEXT))
    wanted = _FILL * min(room[0] / max(focus[2], 1), room[1] / max(focus[3], 1))
    return min(max(wanted, least), most)


def _placed(image: Size, room: Size, zoom: float, focus: Box | None) -> Frame:
    width, height = (min(float(image[i]), room[i] / zoom) for i in (0, 1))
    left = _start(focus and (focus[0], focus[2]), width, image[0])
    top = _start(focus and (focus[1], focus[3]), height, image[1])
    size = (_pixels(width * zoom, room[0]), _pixels(height * zoom, room[1]))
    return Frame(left, top, width, height, zoom, size)


def _start(focus: tuple[int, int] | None, shown: float, total: int) -> int:
    """Where the shown stretch of an axis begins."""
    if focus is None:
        return 0
    begin, length = focus
    wanted = begin - shown * _AIR if length > shown else begin + length / 2 - shown / 2
    return floor(min(max(wanted, 0), total - shown))


def _pixels(length: float, room: int) -> int:
    return min(max(round(length), 1), room)
