"""Image files to pixels and back.

Pixels are arrays of shape (height, width, 4), uint8, red green blue alpha, alpha not multiplied
in. Masks are arrays of shape (height, width), bool, True where marked.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from snapreview.model.errors import UnreadableImage
from snapreview.stores.colourmodes import stored_mode, to_rgba
from snapreview.stores.readers import explained, opened

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_RED = (255, 0, 0)


def decode_rgba(path: Path, *, upright: bool = False, max_pixels: int | None) -> Pixels:
    """The pixels of an image, of its first frame where it is animated. Read-only.

    16 bits per channel are reduced to the upper 8, whatever has other colours becomes RGB.
    `upright` applies EXIF orientation (TIFF is upright in any case: Pillow sees to it).
    `max_pixels` is checked by the header, before anything is decoded. Raises UnreadableImage,
    also where only a part of the image can be decoded.
    """
    with opened(path) as image, explained():
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
    with opened(path) as image, explained():
        rawmode = stored_mode(image)
        image.load()
        return np.asarray(to_rgba(image, rawmode).getchannel("A")) > 0


def _require_within(size: tuple[int, int], max_pixels: int | None) -> None:
    width, height = size
    if max_pixels is not None and width * height > max_pixels:
        raise UnreadableImage(
            f"The image measures {width:,} × {height:,} pixels, more than the limit of"
            f" {max_pixels:,}. Raise the limit (--max-pixels) to open it."
        )
