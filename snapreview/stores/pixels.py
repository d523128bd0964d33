"""Image files to pixels and back.

Pixels are arrays of shape (height, width, 4), uint8, red green blue alpha, alpha not multiplied
in. Masks are arrays of shape (height, width), bool, True where marked.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from snapreview.model.errors import UnreadableImage
from snapreview.stores.colourmodes import stored_mode, to_rgba

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_READERS: tuple[tuple[re.Pattern[bytes], Callable[[BinaryIO], ImageFile]], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PngImageFile),
    (re.compile(rb"\xff\xd8\xff"), JpegImageFile),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), WebPImageFile),
    (re.compile(rb"GIF8[79]a"), GifImageFile),
    (re.compile(rb"BM"), BmpImageFile),
    (re.compile(rb"II[*+]\0|MM\0[*+]"), TiffImageFile),
    (re.compile(rb".{4}ftyp", re.DOTALL), AvifImageFile),
)
"""First bytes of a file and what reads it.

Called directly and not through Image.open, which warns above 89 million pixels and refuses above
179 million: that limit can only be set for the whole process, and ours is checked here instead.
(Pillow's readers for WebP, GIF and TIFF keep their own, for files that no screen ever was.)
"""

_FAULTS = (
    OSError,
    RuntimeError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
"""What Pillow's readers raise on damaged files, found by flipping bytes."""

_RED = (255, 0, 0)


def decode_rgba(path: Path, *, upright: bool = False, max_pixels: int | None) -> Pixels:
    """The pixels of an image, of its first frame where it is animated. Read-only.

    16 bits per channel are reduced to the upper 8, whatever has other colours becomes RGB.
    `upright` applies EXIF orientation (TIFF is upright in any case: Pillow sees to it).
    `max_pixels` is checked by the header, before anything is decoded. Raises UnreadableImage,
    also where only a part of the image can be decoded.
    """
    with _opened(path) as image, _explained():
        _require_within(image.size, max_pixels)
        rawmode = stored_mode(image)
        image.load()
        turned = ImageOps.exif_transpose(image) if upright else image
        return np.asarray(to_rgba(turned, rawmode))


def png_bytes(pixels: Pixels, level: int = 1) -> bytes:
    """RGBA `pixels` as a PNG; `level` 0 to 9 is zlib's. Level 1 is 1.5 times as fast as 6."""
    out = BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=level)
    return out.getvalue()


def mask_png(mask: Mask) -> bytes:
    """`mask` as a PNG of 1 bit per pixel: opaque red where it is marked, transparent elsewhere."""
    image = Image.fromarray(mask.astype(np.uint8))
    image.putpalette([0, 0, 0, *_RED])
    out = BytesIO()
    image.save(out, "PNG", bits=1, transparency=0, compress_level=1)
    return out.getvalue()


def read_mask(path: Path) -> Mask:
    """True where the image's alpha is above 0. Raises UnreadableImage.

    Takes the one band out of the four, which is half the time of reading all pixels.
    """
    with _opened(path) as image, _explained():
        rawmode = stored_mode(image)
        image.load()
        return np.asarray(to_rgba(image, rawmode).getchannel("A")) > 0


@contextmanager
def _opened(path: Path) -> Iterator[ImageFile]:
    """The image with its header read."""
    try:
        file = path.open("rb")
    except OSError as fault:
        raise UnreadableImage(
            f"The file could not be opened ({fault.strerror or fault}). Check that it is still"
            " there and that you may read it."
        ) from fault
    with file:
        with _explained():
            image = _reader(file)(file)
        with image:
            yield image


def _reader(file: BinaryIO) -> Callable[[BinaryIO], ImageFile]:
    start = file.read(16)
    file.seek(0)
    if not start:
        raise UnreadableImage("The file is empty. Export the image again.")
    for pattern, reader in _READERS:
        if pattern.match(start):
            return reader
    raise UnreadableImage(
        "The file is not an image: its content is none of PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF."
    )


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except MemoryError as fault:
        raise UnreadableImage(
            "There is not enough memory to open the image. Close other programs and try again."
        ) from fault
    except _FAULTS as fault:
        reason = str(fault) or type(fault).__name__
        raise UnreadableImage(
            f"The image is damaged, cut short or of an unknown kind ({reason})."
            " Export the image again."
        ) from fault


def _require_within(size: tuple[int, int], max_pixels: int | None) -> None:
    width, height = size
    if max_pixels is not None and width * height > max_pixels:
        raise UnreadableImage(
            f"The image measures {width:,} × {height:,} pixels, more than the limit of"
            f" {max_pixels:,}. Raise the limit (--max-pixels) to open it."
        )
