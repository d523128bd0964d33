"""What a file says about the image in it, without decoding its pixels."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, UnreadableImage

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""Pillow's readers that are asked; the others (PostScript, fonts, …) have no business here."""

CHUNK_BYTES = 1024 * 1024

# Pillow refuses a header above its own limit. The limit that counts here is the user's
# (DiffOptions.max_pixels): it is checked against the header before anything is decoded, and a
# row above it says so with the size that this module reads.
Image.MAX_IMAGE_PIXELS = None

_ORIENTATION_TAG = 0x0112


@dataclass(frozen=True, slots=True)
class Header:
    """A file's image: `format` as Pillow names it, size in pixels as decoded, before `orientation`.

    `mode` is Pillow's (RGBA, L, I;16, …); `orientation` is EXIF's, 1 (upright) to 8.
    """

    format: str
    width: int
    height: int
    frames: int
    mode: str
    orientation: int


def read_header(path: Path) -> Header:
    """The header of the image at `path`, by its content and not its name.

    Raises UnreadableImage with a sentence for whatever is not an image, is cut off or missing.
    """
    try:
        with Image.open(path, formats=FORMATS) as image:
            header = _header(image)
    except UnidentifiedImageError as fault:
        raise UnreadableImage(_not_an_image(path)) from fault
    except Exception as fault:  # a broken file trips Pillow's readers in any way
        raise UnreadableImage(f"The image cannot be read ({_reason(fault)}).") from fault
    if header.width < 1 or header.height < 1:
        raise UnreadableImage("The image has no pixels.")
    return header


def sha256_file(path: Path, token: CancelToken) -> str:
    """The SHA-256 of the file's bytes, in lower-case hex. Raises FetchError or Cancelled."""
    digest = hashlib.sha256()
    buffer = memoryview(bytearray(CHUNK_BYTES))
    try:
        with path.open("rb", buffering=0) as stream:
            while count := stream.readinto(buffer):
                token.check()
                digest.update(buffer[:count])
    except OSError as fault:
        raise FetchError(f"The file {path.name} cannot be read ({fault.strerror}).") from fault
    return digest.hexdigest()


def _header(image: Image.Image) -> Header:
    # A phone's multi-picture JPEG is the JPEG that comes first in it.
    several = image.format == "MPO"
    return Header(
        format="JPEG" if several else str(image.format),
        width=image.width,
        height=image.height,
        frames=1 if several else getattr(image, "n_frames", 1),
        mode=image.mode,
        # Pillow turns a TIFF upright by itself, and tells its size so.
        orientation=1 if image.format == "TIFF" else _orientation(image),
    )


def _orientation(image: Image.Image) -> int:
    """EXIF's orientation; 1 where there is none, or none that makes sense."""
    try:
        # The base class's method: the one of PNG decodes all pixels to find a late chunk.
        value = Image.Image.getexif(image).get(_ORIENTATION_TAG, 1)
    except Exception:  # noqa: BLE001 - broken EXIF data, in any way, leaves the image upright
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _not_an_image(path: Path) -> str:
    try:
        empty = path.stat().st_size == 0
    except OSError:
        empty = False
    if empty:
        return "The file is empty (0 bytes)."
    return "The file is not an image that can be read: its content is none of the known formats."


def _reason(fault: Exception) -> str:
    return (isinstance(fault, OSError) and fault.strerror) or str(fault) or type(fault).__name__
