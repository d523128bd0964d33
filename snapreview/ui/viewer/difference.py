"""By how much two images differ, for changes that no mask tells of. Runs in worker threads."""

from __future__ import annotations

import numpy as np

from snapreview.ui.viewer.pyramid import (
    STRIP_ROWS,
    Check,
    Mask,
    Pixels,
    Pyramid,
    mask_pyramid,
)
from snapreview.ui.viewer.source import Picture

_OPAQUE = np.uint32(0xFF000000)
_ENTIRELY = 255


def difference_map(base: Picture, head: Picture, check: Check) -> Pyramid:
    """|base − head| on the common canvas: each cell the largest of its channels and pixels.

    Subtracting comes before halving, since averages of what differs can be equal. One byte for a
    pixel, so that all levels together take no more than four-byte levels without the first.
    Pixels that one image has and the other has not differ by 255. `check` is called between
    strips and may raise.
    """
    width, height = (max(sides) for sides in zip(base.size, head.size, strict=True))
    shared_width, shared_height = (min(s) for s in zip(base.size, head.size, strict=True))
    levels: Mask = np.zeros((height, width), np.uint8)
    for picture in (base, head):
        own_width, own_height = picture.size
        levels[shared_height:own_height, :own_width] = _ENTIRELY
        levels[:own_height, shared_width:own_width] = _ENTIRELY
    for top in range(0, shared_height, STRIP_ROWS):
        check()
        rows = slice(top, min(top + STRIP_ROWS, shared_height))
        one, other = (_channels(p, rows, shared_width) for p in (base, head))
        apart = np.maximum(one, other) - np.minimum(one, other)
        levels[rows, :shared_width] = _largest(apart)
    return mask_pyramid(levels, check=check)


def _channels(picture: Picture, rows: slice, width: int) -> Mask:
    """Bytes of shape (rows, width, 4), alpha not multiplied in."""
    if picture.straight is not None:
        argb: Pixels = picture.straight[rows, :width]
    else:
        argb = picture.pyramid.levels[0][rows, :width] | _OPAQUE
    argb = np.ascontiguousarray(argb)
    return argb.view(np.uint8).reshape(*argb.shape, 4)


def _largest(channels: Mask) -> Mask:
    first, second = np.maximum(channels[..., 0], channels[..., 1]), channels[..., 2]
    return np.maximum(np.maximum(first, second), channels[..., 3])
