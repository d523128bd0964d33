"""Images and masks at every power of two, so that drawing never touches more than the screen.

Pure numpy, worked in strips: between two strips other threads run, and a caller may stop the work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STRIP_ROWS = 64
"""Rows worked on at once: even, small enough to stay in the processor's cache."""

_SMALLEST_IMAGE = 64
_SMALLEST_MASK = 1

_LANES = 0x00FF00FF
_HALF = 0x00020002

Pixels = NDArray[np.uint32]
"""Rows by columns, each 0xAARRGGBB with colour multiplied by alpha."""

Mask = NDArray[np.uint8]
"""Rows by columns, 1 where a pixel changed, else 0."""

Level = Pixels | Mask
Pool = Callable[[Level], Level]
"""Makes one cell of each 2 × 2."""

Check = Callable[[], None]
"""Called between strips; raises when nobody wants the result any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Pyramid:
    """Level k is 1/2^k of level 0 in both directions, rounded up. All levels are C-contiguous.

    `opaque`: no pixel lets through what is behind it.
    """

    levels: tuple[Level, ...]
    opaque: bool = True

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of level 0."""
        height, width = self.levels[0].shape
        return width, height

    @property
    def nbytes(self) -> int:
        """Bytes of all levels."""
        return sum(level.nbytes for level in self.levels)

    def finer(self, zoom: float) -> int:
        """The level to draw an image from: at least as fine as the screen, by less than twice."""
        level = 0
        while level + 1 < len(self.levels) and zoom * 2 ** (level + 1) <= 1:
            level += 1
        return level

    def coarser(self, zoom: float) -> int:
        """The level to draw a mask from: no finer than the screen, so that no cell is skipped."""
        level = 0
        while level + 1 < len(self.levels) and zoom * 2**level < 1:
            level += 1
        return level


def _never_stop() -> None:
    """The check of work that nobody stops."""


def image_pyramid(pixels: Pixels, *, opaque: bool, check: Check = _never_stop) -> Pyramid:
    """Averaged levels. `check` is called between strips and may raise to end the work."""
    return Pyramid(_levels(pixels, _average, _SMALLEST_IMAGE, check), opaque)


def mask_pyramid(mask: Mask, *, check: Check = _never_stop) -> Pyramid:
    """Levels in which a cell is set when any pixel below it is. `check` as above."""
    return Pyramid(_levels(mask, _maximum, _SMALLEST_MASK, check), opaque=False)


def _levels(pixels: Level, pool: Pool, smallest: int, check: Check) -> tuple[Level, ...]:
    levels = [np.ascontiguousarray(pixels)]
    while max(levels[-1].shape) > smallest:
        levels.append(_halved(levels[-1], pool, check))
    return tuple(levels)


def _halved(level: Level, pool: Pool, check: Check) -> Level:
    height, width = level.shape
    half = np.empty(((height + 1) // 2, (width + 1) // 2), level.dtype)
    for top in range(0, height, STRIP_ROWS):
        check()
        strip = pool(_even(level[top : top + STRIP_ROWS]))
        half[top // 2 : top // 2 + len(strip)] = strip
    return half


def _even(strip: Level) -> Level:
    """`strip` with its last row or column doubled where their number is odd."""
    height, width = strip.shape
    if height % 2 == 0 and width % 2 == 0:
        return strip
    return np.pad(strip, ((0, height % 2), (0, width % 2)), mode="edge")


def _average(strip: Pixels) -> Pixels:
    """2 × 2 box average of all four channels, two in each half of a 32-bit word."""
    low, high = _quad_sum(strip & _LANES), _quad_sum((strip >> 8) & _LANES)
    return (((low + _HALF) >> 2) & _LANES) | ((((high + _HALF) >> 2) & _LANES) << 8)


def _quad_sum(lanes: Pixels) -> Pixels:
    rows = lanes[0::2] + lanes[1::2]
    return rows[:, 0::2] + rows[:, 1::2]


def _maximum(strip: Mask) -> Mask:
    rows = np.maximum(strip[0::2], strip[1::2])
    return np.maximum(rows[:, 0::2], rows[:, 1::2])
