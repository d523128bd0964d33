"""Reads odiff's masks, which are most of what comparing costs beside odiff itself.

odiff writes RGBA with eight bits, without row filters and without interlacing. Its rows can be
taken as they are inflated, and nothing needs inflating below the last marked pixel.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from zlib_ng import zlib_ng

from snapreview.stores.pixels import read_mask

log = logging.getLogger(__name__)

Mask = npt.NDArray[np.bool_]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGBA8 = bytes((8, 6, 0, 0, 0))
"""Depth, colour type, compression, filter method and interlacing of odiff's masks."""

_STRIP = 64
"""Rows inflated in one go."""


def read_odiff_mask(path: Path, count: int) -> Mask:
    """Which pixels odiff has marked at `path`: an array of shape (height, width).

    `count` is how many it said they are; reading ends when they are found. A file that is not
    as odiff writes it, or that holds another number, is read whole. Raises UnreadableImage.
    """
    mask = _marked_until(path.read_bytes(), count)
    if mask is not None:
        return mask
    mask = read_mask(path)
    found = int(np.count_nonzero(mask))
    if found != count:
        log.warning("odiff counted %d pixels and marked %d in %s", count, found, path)
    return mask


def _marked_until(data: bytes, count: int) -> Mask | None:
    """The mask up to its `count`-th marked pixel, or None where the file has surprises."""
    if data[:8] != _SIGNATURE or data[12:16] != b"IHDR" or data[24:29] != _RGBA8:
        return None
    width, height = struct.unpack(">II", data[16:24])
    mask = np.zeros((height, width), np.bool_)
    top = 0
    for rows in _strips(b"".join(_pixel_data(data)), 1 + 4 * width, height):
        if not _is_blank(rows):
            if rows[:, 0].any():  # a row with a filter
                return None
            strip = mask[top : top + len(rows)]
            np.not_equal(rows[:, 4::4], 0, out=strip)
            count -= int(np.count_nonzero(strip))
            if count <= 0:
                break
        top += len(rows)
    return mask if count == 0 else None


def _is_blank(rows: npt.NDArray[np.uint8]) -> bool:
    """Whether all bytes are 0: most strips are, and eight at a time are looked at quickly."""
    flat = rows.reshape(-1)
    eights = flat.size // 8 * 8
    return not flat[:eights].view(np.uint64).any() and not flat[eights:].any()


def _pixel_data(data: bytes) -> Iterator[bytes]:
    """The contents of a PNG's IDAT chunks."""
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IDAT":
            yield data[at + 8 : at + 8 + length]
        at += 12 + length


def _strips(packed: bytes, stride: int, height: int) -> Iterator[npt.NDArray[np.uint8]]:
    """Rows of `stride` bytes, some at a time, as far as `packed` has whole ones."""
    inflate = zlib_ng.decompressobj()
    left = height
    while left:
        rows = min(_STRIP, left)
        try:
            raw = inflate.decompress(packed, rows * stride)
        except zlib_ng.error:  # type: ignore[misc]  # its stub calls the class an instance
            return
        if len(raw) < rows * stride:
            return
        packed = inflate.unconsumed_tail
        left -= rows
        yield np.frombuffer(raw, np.uint8).reshape(rows, stride)
