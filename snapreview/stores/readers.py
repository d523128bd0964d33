"""Opens image files by their content, whatever their names say."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from snapreview.model.errors import UnreadableImage

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
179 million: that limit can only be set for the whole process, and ours is checked
by those who decode.
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


@contextmanager
def opened(path: Path) -> Iterator[ImageFile]:
    """The image with its header read. Raises UnreadableImage with a sentence."""
    try:
        file = path.open("rb")
    except OSError as fault:
        raise UnreadableImage(
            f"The file could not be opened ({fault.strerror or fault}). Check that it is still"
            " there and that you may read it."
        ) from fault
    with file:
        with explained():
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
def explained() -> Iterator[None]:
    """What Pillow raises in here becomes UnreadableImage with a sentence."""
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
