"""One pixel of base and head, and how far apart the two are. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from snapreview.model.change import Side
from snapreview.model.percent import percent
from snapreview.ui.viewer.source import Colour, Picture

_Y = (0.29889531, 0.58662247, 0.11448223)
_I = (0.59597799, -0.27417610, -0.32180189)
_Q = (0.21147017, -0.52261711, 0.31114694)
_WEIGHTS = ((_Y, 0.5053), (_I, 0.299), (_Q, 0.1957))
_LARGEST = 35215.0
"""The distance of colours that odiff measures (as pixelmatch does, which it is taken from): the
squared distance in YIQ, weighted as in Kotsarenko and Ramos, "Measuring perceived color difference
using YIQ NTSC transmission color space in mobile applications" (2009); the largest is 35,215.
A pixel counts where that is above 35,215 times the square of the colour sensitivity."""

_ABSENT = "—"
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Probe:
    """The pixel in column `x` and row `y` of the common canvas, from 0, upright.

    `base` and `head` are None where there is no such image, or it is smaller. `in_srgb`: a colour
    profile was applied to one of them, so its numbers are not those in its file. `pinned`: it
    stays until it is released.
    """

    x: int
    y: int
    base: Colour | None
    head: Colour | None
    in_srgb: bool = False
    pinned: bool = False

    @property
    def levels(self) -> int | None:
        """The largest difference in one channel, 0 to 255."""
        if self.base is None or self.head is None:
            return None
        return max(abs(b - h) for b, h in zip(self.base, self.head, strict=True))

    @property
    def distance(self) -> float | None:
        """odiff's distance of the two, 0 to 1: it counts where above the colour sensitivity."""
        if self.base is None or self.head is None:
            return None
        return colour_distance(self.base, self.head)


def probe_at(
    pictures: Mapping[Side, Picture], x: int, y: int, *, pinned: bool = False
) -> Probe | None:
    """The pixels at a place, or None where no picture has one."""
    base, head = (
        pictures[side].colour_at(x, y) if side in pictures else None
        for side in (Side.BASE, Side.HEAD)
    )
    if base is None and head is None:
        return None
    converted = any(picture.converted for picture in pictures.values())
    return Probe(x, y, base, head, converted, pinned)


def colour_distance(one: Colour, other: Colour) -> float:
    """odiff's distance of two colours, 0 to 1; what lets light through is seen on white."""
    if one[3] == other[3] == 0:
        return 0.0
    channels = [a - b for a, b in zip(_on_white(one), _on_white(other), strict=True)]
    squared = sum(
        weight * sum(share * channel for share, channel in zip(shares, channels, strict=True)) ** 2
        for shares, weight in _WEIGHTS
    )
    return min(1.0, sqrt(squared / _LARGEST))


def _on_white(colour: Colour) -> tuple[float, ...]:
    return tuple(255 + (channel - 255) * colour[3] / 255 for channel in colour[:3])


def probe_text(probe: Probe | None) -> str:
    """`x 312 y 88 · base #1A2B3C FF · head #1A2B40 FF · Δ 4 levels, 0.2 %`; empty for None.

    The last figure is `Probe.distance`, to be set against the colour sensitivity.
    """
    if probe is None:
        return ""
    parts = [f"x {probe.x} y {probe.y}"]
    parts += [f"base {_hex(probe.base)}", f"head {_hex(probe.head)}"]
    if probe.levels is not None and probe.distance is not None:
        apart = f"Δ {_levels(probe.levels)}, {percent(probe.distance)}"
        parts.append(apart if probe.levels else "equal")
    if probe.in_srgb:
        parts.append("as shown, in sRGB")
    return _SEPARATOR.join(parts)


def _hex(colour: Colour | None) -> str:
    if colour is None:
        return _ABSENT
    red, green, blue, alpha = colour
    return f"#{red:02X}{green:02X}{blue:02X} {alpha:02X}"


def _levels(count: int) -> str:
    return "1 level" if count == 1 else f"{count} levels"
