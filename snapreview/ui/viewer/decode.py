"""Image files to pixels. Runs in worker threads, and lets others run meanwhile.

Qt reads most files, and fastest; Pillow reads what Qt does not (AVIF) or refuses (wrong
checksums). Qt's conversions hold Python's lock, so they are done in strips; the rest is numpy.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QColorSpace, QImage, QImageReader

from snapreview.model.errors import UnreadableImage
from snapreview.model.options import DEFAULT_MAX_PIXELS
from snapreview.stores.imagefile import read_header
from snapreview.stores.pixels import decode_rgba, read_mask
from snapreview.ui.viewer.pixels import EXIF_OF_QT, QImageMemory, from_rgba, oriented, premultiply
from snapreview.ui.viewer.pyramid import (
    STRIP_ROWS,
    Check,
    Mask,
    Pixels,
    Pyramid,
    image_pyramid,
    mask_pyramid,
)
from snapreview.ui.viewer.source import UPRIGHT, Picture

_QT_FORMATS = frozenset({"png", "jpeg", "jpg", "jfif", "gif", "bmp", "webp", "tif", "tiff"})
_ALLOCATION_LIMIT_MB = 1024
"""Above what MAX_PIXELS need at 8 bytes each: the limit in pixels is the one that is told."""

_TIFF_STARTS = {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}

_SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
_SRGB_LIKE = {QColorSpace.TransferFunction.SRgb, QColorSpace.TransferFunction.Gamma}
_FORMAT = QImage.Format


def decode_picture(path: Path, check: Check) -> Picture:
    """The image in `path`, upright, as a pyramid; the first frame of an animation.

    `check` is called between steps and may raise. Raises UnreadableImage.
    """
    image, orientation = _read_with_qt(path)
    check()
    if image is not None:
        stored, opaque = _pixels_of(image, check)
        pixels = oriented(stored, orientation)
    else:
        pixels, opaque, orientation = _read_with_pillow(path)
    if _is_tiff(path):
        orientation = UPRIGHT  # comparing reads TIFF upright in any case, so its mask is too
    return Picture(image_pyramid(pixels, opaque=opaque, check=check), orientation)


def decode_mask(path: Path, orientation: int, check: Check) -> Pyramid:
    """The pixels of a mask that have an alpha above 0, turned by an EXIF orientation.

    `check` is called between steps and may raise. Raises UnreadableImage.
    """
    image, _ = _read_with_qt(path)
    check()
    mask = read_mask(path).astype(np.uint8) if image is None else _marked(image, check)
    return mask_pyramid(oriented(mask, orientation), check=check)


def _marked(image: QImage, check: Check) -> Mask:
    mask: Mask = np.empty((image.height(), image.width()), np.uint8)
    for top, strip, _ in _strips(image, check):
        np.greater(strip, 0x00FFFFFF, out=mask[top : top + len(strip)], casting="unsafe")
    return mask


def _read_with_qt(path: Path) -> tuple[QImage | None, int]:
    """The image as stored and its EXIF orientation, or None where Qt cannot read it."""
    QImageReader.setAllocationLimit(_ALLOCATION_LIMIT_MB)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    if not reader.canRead() or bytes(reader.format().data()).decode() not in _QT_FORMATS:
        return None, UPRIGHT
    if reader.size().isValid():
        _require_showable(*reader.size().toTuple())
    orientation = EXIF_OF_QT[reader.transformation().value]
    image = reader.read()
    return (None if image.isNull() else image), orientation


def _read_with_pillow(path: Path) -> tuple[Pixels, bool, int]:
    """Upright pixels and whether all are opaque. Embedded profiles are not applied."""
    rgba = decode_rgba(path, upright=True, max_pixels=DEFAULT_MAX_PIXELS)
    return *premultiply(from_rgba(rgba)), read_header(path).orientation


def _require_showable(width: int, height: int) -> None:
    if width * height > DEFAULT_MAX_PIXELS:
        raise UnreadableImage(
            f"It is too large to be shown: {width:,} × {height:,} pixels are more than"
            f" {DEFAULT_MAX_PIXELS // 1_000_000} million."
        )


def _is_tiff(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in _TIFF_STARTS


def _pixels_of(image: QImage, check: Check) -> tuple[Pixels, bool]:
    """Premultiplied pixels and whether all are opaque. RGB is used where it lies, uncopied."""
    if image.format() == _FORMAT.Format_RGB32 and not _needs_colours(image):
        return QImageMemory(image).rows(), True
    pixels = np.empty((image.height(), image.width()), np.uint32)
    opaque = True
    for top, strip, strip_opaque in _strips(image, check):
        pixels[top : top + len(strip)] = strip
        opaque = opaque and strip_opaque
    return pixels, opaque


def _strips(image: QImage, check: Check) -> Iterator[tuple[int, Pixels, bool]]:
    """First row, premultiplied pixels and opacity of each strip of `image`."""
    direct = image.format() == _FORMAT.Format_ARGB32 and not _needs_colours(image)
    rows = QImageMemory(image).rows() if direct else None
    for top in range(0, image.height(), STRIP_ROWS):
        check()
        bottom = min(top + STRIP_ROWS, image.height())
        part = _converted(image, top, bottom) if rows is None else rows[top:bottom]
        yield top, *premultiply(part)


def _converted(image: QImage, top: int, bottom: int) -> Pixels:
    """Some rows as ARGB32 in sRGB, whatever the format and profile."""
    part = image.copy(QRect(0, top, image.width(), bottom - top))
    if _needs_colours(part):
        part.convertToColorSpace(_SRGB)
    return QImageMemory(part.convertToFormat(_FORMAT.Format_ARGB32)).rows()


def _needs_colours(image: QImage) -> bool:
    """Whether an embedded profile asks for other colours than sRGB's.

    sRGB's primaries with a plain gamma are what many tools write and mean sRGB by: converting
    those would only shift values that a pixel-exact comparison has already judged.
    """
    space = image.colorSpace()
    if not space.isValid():
        return False
    is_srgb = space.primaries() == QColorSpace.Primaries.SRgb
    return not (is_srgb and space.transferFunction() in _SRGB_LIKE)
