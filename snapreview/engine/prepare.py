"""Makes a pair of files something that odiff can compare rightly.

odiff goes by a file's extension, reads BMP with red and blue swapped and some TIFF wrongly, cannot
read GIF, AVIF, CMYK or animated WebP, ignores EXIF, and draws no mask where only the head has
pixels. So every file is sniffed, handed over under a short name of ours, and decoded and padded
here when odiff would go wrong.
"""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from snapreview.engine.budget import PixelBudget
from snapreview.model.errors import UnreadableImage
from snapreview.stores.imagefile import Header, read_header
from snapreview.stores.pixels import decode_rgba

Size = tuple[int, int]

_NATIVE = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
"""What odiff decodes as everybody else does, and the extension it wants to see."""

_SIDEWAYS = frozenset({5, 6, 7, 8})
"""EXIF orientations that swap width and height."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that odiff can compare as they are.

    `base_size` and `head_size` are those of the images (upright where `upright`), `canvas` is
    what both files measure. `upright` tells that EXIF orientation was applied.
    """

    base: Path
    head: Path
    base_size: Size
    head_size: Size
    canvas: Size
    upright: bool
    notes: tuple[str, ...]

    @property
    def size_changed(self) -> bool:
        """Whether the images differ in size."""
        return self.base_size != self.head_size


class Preparer:
    """Prepares pairs in a folder of its own. One per worker; names never repeat."""

    def __init__(self, folder: Path, budget: PixelBudget | None = None) -> None:
        self._folder = folder
        self._budget = budget or PixelBudget()
        self._numbers = count()
        folder.mkdir(parents=True, exist_ok=True)

    def pair(self, base: Path, head: Path, max_pixels: int) -> Pair:
        """The pair, ready to be compared; `release` it afterwards.

        Waits while the pairs that others have here are too large for both.

        Raises UnreadableImage, also for a canvas of more than `max_pixels`.
        """
        headers = read_header(base), read_header(head)
        upright = headers[0].orientation != headers[1].orientation
        base_size = _size(headers[0], upright=upright)
        head_size = _size(headers[1], upright=upright)
        canvas = max(base_size[0], head_size[0]), max(base_size[1], head_size[1])
        _require_within(canvas, max_pixels)
        with ExitStack() as undo:
            self._budget.take(_area(canvas))
            undo.callback(self._budget.give, _area(canvas))
            as_is = _as_is(headers, (base_size, head_size), canvas, upright=upright)
            base_file = self._file(base, headers[0], canvas, as_is=as_is[0], upright=upright)
            undo.callback(base_file.unlink)
            head_file = self._file(head, headers[1], canvas, as_is=as_is[1], upright=upright)
            undo.pop_all()
        notes = _notes(*headers, upright=upright)
        return Pair(base_file, head_file, base_size, head_size, canvas, upright, notes)

    def release(self, pair: Pair) -> None:
        """Remove what `pair` made."""
        pair.base.unlink(missing_ok=True)
        pair.head.unlink(missing_ok=True)
        self._budget.give(_area(pair.canvas))

    def _file(
        self, path: Path, header: Header, canvas: Size, *, as_is: bool, upright: bool
    ) -> Path:
        stem = self._folder / f"{next(self._numbers)}"
        if as_is:
            return _link(path, stem.with_suffix(_NATIVE[header.format]))
        pixels = decode_rgba(path, upright=upright, max_pixels=None)
        return write_stored_png(stem.with_suffix(".png"), padded(pixels, canvas))


def padded(pixels: npt.NDArray[np.uint8], canvas: Size) -> npt.NDArray[np.uint8]:
    """RGBA `pixels`, of shape (height, width, 4), at the top left of a transparent canvas."""
    width, height = canvas
    if pixels.shape[:2] == (height, width):
        return pixels
    result = np.zeros((height, width, 4), np.uint8)
    result[: pixels.shape[0], : pixels.shape[1]] = pixels
    return result


def write_stored_png(path: Path, pixels: npt.NDArray[np.uint8]) -> Path:
    """Write RGBA `pixels` as a PNG without compression.

    Three to five times quicker to write, and then to read, than any encoder at hand; the file is
    removed after one comparison.
    """
    height, width = pixels.shape[:2]
    rows = np.zeros((height, 1 + width * 4), np.uint8)  # filter type 0 before every row
    rows[:, 1:] = pixels.reshape(height, width * 4)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        _chunk(file, b"IHDR", header)
        _chunk(file, b"IDAT", zlib.compress(rows.data, 0))
        _chunk(file, b"IEND", b"")
    return path


def _chunk(file: BinaryIO, kind: bytes, data: bytes) -> None:
    file.write(struct.pack(">I", len(data)) + kind)
    file.write(data)
    file.write(struct.pack(">I", zlib.crc32(data, zlib.crc32(kind))))


def _as_is(
    headers: tuple[Header, Header], sizes: tuple[Size, Size], canvas: Size, *, upright: bool
) -> tuple[bool, bool]:
    """Which of the two files odiff may have without us decoding it.

    No two JPEG decoders give the same pixels: where one image is decoded here, so is a JPEG.
    """
    base, head = (
        size == canvas and not upright and _is_native(header)
        for header, size in zip(headers, sizes, strict=True)
    )
    if base and head:
        return True, True
    return base and headers[0].format != "JPEG", head and headers[1].format != "JPEG"


def _is_native(header: Header) -> bool:
    if header.format == "WEBP" and header.frames > 1:
        return False
    return header.format in _NATIVE and header.mode != "CMYK"


def _size(header: Header, *, upright: bool) -> Size:
    if upright and header.orientation in _SIDEWAYS:
        return header.height, header.width
    return header.width, header.height


def _area(canvas: Size) -> int:
    return canvas[0] * canvas[1]


def _require_within(canvas: Size, max_pixels: int) -> None:
    if _area(canvas) > max_pixels:
        raise UnreadableImage(
            f"Too large to compare: {canvas[0]:,} × {canvas[1]:,} pixels are more than the limit"
            f" of {max_pixels:,}. Raise the limit (--max-pixels) to compare it."
        )


def _notes(base: Header, head: Header, *, upright: bool) -> tuple[str, ...]:
    notes = []
    if base.frames > 1 or head.frames > 1:
        notes.append("Animated: only the first frames were compared.")
    if upright:
        notes.append("The EXIF orientation differs; both were turned upright to be compared.")
    return tuple(notes)


def _link(source: Path, target: Path) -> Path:
    """`target` as another name of `source`: hard link, else symbolic link, else a copy."""
    source = source.resolve()
    for make in (os.link, os.symlink):
        try:
            make(source, target)
        except OSError:
            continue  # another file system, or a system that does not allow it: the next way
        return target
    shutil.copyfile(source, target)
    return target
