"""Image files to pixels. Runs in worker threads, and lets others run meanwhile.

Qt reads most files, and fastest; Pillow reads what Qt does not (AVIF) or refuses (wrong
checksums).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage, QImageReader

from snapreview.model.errors import UnreadableImage
from snapreview.model.options import DEFAULT_MAX_PIXELS
from snapreview.stores.pixels import read_mask
from snapreview.ui.eager_types import make_types
from snapreview.ui.viewer.colour_profiles import profile_of
from snapreview.ui.viewer.conversion import pixels_of, strips
from snapreview.ui.viewer.pillow_reading import read_with_pillow
from snapreview.ui.viewer.pixels import EXIF_OF_QT, oriented
from snapreview.ui.viewer.pyramid import (
    Check,
    Mask,
    Pyramid,
    image_pyramid,
    mask_pyramid,
)
from snapreview.ui.viewer.reading import qt_format, reader_for
from snapreview.ui.viewer.soundness import is_damaged_png
from snapreview.ui.viewer.source import UPRIGHT, Picture

_ALLOCATION_LIMIT_MB = 1024
"""Above what MAX_PIXELS need at 8 bytes each: the limit in pixels is the one that is told."""

make_types()  # before a worker needs them


def decode_picture(path: Path, check: Check) -> Picture:
    """The image in `path`, upright, as a pyramid; the first frame of an animation.

    `check` is called between steps and may raise. Raises UnreadableImage.
    """
    kind = qt_format(path)
    image, orientation = _read_with_qt(path, kind)
    turn = orientation
    check()
    if image is None:
        image, orientation = read_with_pillow(path, require_showable)
        turn = UPRIGHT  # Pillow has done it
        check()
    shown, straight = pixels_of(image, check)
    profile = profile_of(image.colorSpace())
    if kind == b"tiff":
        orientation = UPRIGHT  # comparing reads TIFF upright in any case, so its mask is too
    return Picture(
        image_pyramid(oriented(shown, turn), opaque=straight is None, check=check),
        orientation,
        profile.name,
        profile.applied,
        None if straight is None else oriented(straight, turn),
    )


def decode_mask(path: Path, orientation: int, check: Check) -> Pyramid:
    """The pixels of a mask that have an alpha above 0, turned by an EXIF orientation.

    `check` is called between steps and may raise. Raises UnreadableImage.
    """
    image, _ = _read_with_qt(path, qt_format(path))
    check()
    mask = read_mask(path).astype(np.uint8) if image is None else _marked(image, check)
    return mask_pyramid(oriented(mask, orientation), check=check)


def _marked(image: QImage, check: Check) -> Mask:
    mask: Mask = np.empty((image.height(), image.width()), np.uint8)
    for top, strip in strips(image, check):
        np.greater(strip, 0x00FFFFFF, out=mask[top : top + len(strip)], casting="unsafe")
    return mask


def _read_with_qt(path: Path, kind: bytes | None) -> tuple[QImage | None, int]:
    """The image as stored and its EXIF orientation, or None where Qt cannot read it."""
    if kind is None or (kind == b"png" and is_damaged_png(path)):
        return None, UPRIGHT
    QImageReader.setAllocationLimit(_ALLOCATION_LIMIT_MB)
    reader = reader_for(path, kind)
    if not reader.canRead():
        return None, UPRIGHT
    if reader.size().isValid():
        require_showable(*reader.size().toTuple())
    orientation = EXIF_OF_QT[reader.transformation().value]
    image = reader.read()
    return (None if image.isNull() else image), orientation


def require_showable(width: int, height: int) -> None:
    """Raises UnreadableImage for an image of more pixels than are decoded."""
    if width * height > DEFAULT_MAX_PIXELS:
        raise UnreadableImage(
            f"It is too large to be shown: {width:,} × {height:,} pixels are more than"
            f" {DEFAULT_MAX_PIXELS // 1_000_000} million."
        )
