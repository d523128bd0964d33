"""Pixels of a QImage in the colours and the layout that are drawn.

Qt's conversions hold Python's lock, so they are done in strips; the rest is numpy.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from snapreview.ui.viewer.colour_profiles import SRGB, needs_conversion
from snapreview.ui.viewer.pixels import QImageMemory, premultiply
from snapreview.ui.viewer.pyramid import STRIP_ROWS, Check, Pixels

_FORMAT = QImage.Format


def pixels_of(image: QImage, check: Check) -> tuple[Pixels, Pixels | None]:
    """Premultiplied pixels, and straight ones unless all are opaque.

    Where Qt has read RGB, or ARGB that is opaque, its memory is used as it lies.
    """
    if _is_plain(image, _FORMAT.Format_RGB32):
        return QImageMemory(image).rows(), None
    if _is_plain(image, _FORMAT.Format_ARGB32):
        straight = QImageMemory(image).rows()
    else:
        straight = np.empty((image.height(), image.width()), np.uint32)
        for top, strip in strips(image, check):
            straight[top : top + len(strip)] = strip
    if _is_opaque(straight, check):
        return straight, None
    return _premultiplied(straight, check), straight


def _is_opaque(straight: Pixels, check: Check) -> bool:
    for top in range(0, len(straight), STRIP_ROWS):
        check()
        if straight[top : top + STRIP_ROWS].min(initial=0xFFFFFFFF) < 0xFF000000:
            return False
    return True


def _premultiplied(straight: Pixels, check: Check) -> Pixels:
    pixels = np.empty_like(straight)
    for top in range(0, len(straight), STRIP_ROWS):
        check()
        pixels[top : top + STRIP_ROWS] = premultiply(straight[top : top + STRIP_ROWS])[0]
    return pixels


def strips(image: QImage, check: Check) -> Iterator[tuple[int, Pixels]]:
    """First row and straight pixels in sRGB of each strip of `image`."""
    plain = _is_plain(image, _FORMAT.Format_ARGB32)
    rows = QImageMemory(image).rows() if plain else None
    for top in range(0, image.height(), STRIP_ROWS):
        check()
        bottom = min(top + STRIP_ROWS, image.height())
        if rows is None:
            yield top, _converted(image.copy(QRect(0, top, image.width(), bottom - top)))
        else:
            yield top, rows[top:bottom]


def _is_plain(image: QImage, pixel_format: QImage.Format) -> bool:
    """Whether an image lies in memory as `pixel_format` in sRGB, so that it need not be copied."""
    return image.format() == pixel_format and not needs_conversion(image.colorSpace())


def _converted(part: QImage) -> Pixels:
    """Some rows as ARGB32 in sRGB, whatever the format and profile."""
    if needs_conversion(part.colorSpace()):
        if part.format() == _FORMAT.Format_CMYK8888:
            part = part.convertedToColorSpace(SRGB, _FORMAT.Format_ARGB32)
        else:
            part.convertToColorSpace(SRGB)
    return QImageMemory(part.convertToFormat(_FORMAT.Format_ARGB32)).rows()
