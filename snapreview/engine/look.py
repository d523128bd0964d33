"""The exact second look at what odiff calls a match (architecture, rule 7)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from snapreview.stores.pixels import decode_rgba

_STRIP = 256
"""Rows looked at in one go: small enough to stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Look:
    """Pixels that differ in any way, and where alpha differs (shape (height, width)), if at all."""

    differing: int
    alpha: npt.NDArray[np.bool_] | None


def second_look(base: Path, head: Path, *, upright: bool) -> Look:
    """Compare two images of one size byte for byte of their RGBA. Raises UnreadableImage."""
    a = decode_rgba(base, upright=upright, max_pixels=None)
    b = decode_rgba(head, upright=upright, max_pixels=None)
    return look_at(a, b)


def look_at(a: npt.NDArray[np.uint8], b: npt.NDArray[np.uint8]) -> Look:
    """The same for pixels: two arrays of shape (height, width, 4)."""
    differing = 0
    strips = []
    for top in range(0, a.shape[0], _STRIP):
        one, other = a[top : top + _STRIP], b[top : top + _STRIP]
        unequal = one.view(np.uint32) != other.view(np.uint32)
        found = int(np.count_nonzero(unequal))
        differing += found
        if found and np.any(one[..., 3] != other[..., 3]):
            strips.append(top)
    if not strips:
        return Look(differing, None)
    return Look(differing, a[..., 3] != b[..., 3])
