"""What a file says about the image in it, without decoding its pixels."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, UnreadableImage
from snapreview.stores.readers import explained, opened

log = logging.getLogger(__name__)

CHUNK_BYTES = 1024 * 1024

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
    with opened(path) as image, explained():
        header = _header(image)
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
    return Header(
        format=str(image.format),
        width=image.width,
        height=image.height,
        frames=getattr(image, "n_frames", 1),
        mode=image.mode,
        # Pillow turns a TIFF upright by itself, and tells its size so.
        orientation=1 if image.format == "TIFF" else _orientation(image),
    )


def _orientation(image: Image.Image) -> int:
    """EXIF's orientation; 1 where there is none, or none that makes sense."""
    try:
        # The base class's method: the one of PNG decodes all pixels to find a late chunk.
        value = Image.Image.getexif(image).get(_ORIENTATION_TAG, 1)
    except Exception as fault:  # noqa: BLE001 - broken EXIF data, in any way, leaves it upright
        log.info("An image's EXIF data cannot be read, so it counts as upright: %s", fault)
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
