"""Pixels as numpy arrays: seen inside a QImage, multiplied by alpha, turned upright."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from snapreview.ui.viewer.pyramid import Pixels

EXIF_OF_QT = {0: 1, 1: 2, 3: 3, 2: 4, 6: 5, 4: 6, 5: 7, 7: 8}
"""QImageIOHandler.Transformation to the value of EXIF's Orientation."""


class QImageMemory:
    """A 32-bit QImage's memory for numpy, kept alive for as long as any array uses it."""

    def __init__(self, image: QImage) -> None:
        self._image = image
        memory = np.frombuffer(image.constBits(), np.uint8)
        self.__array_interface__: dict[str, Any] = {
            "version": 3,
            "typestr": "<u4",
            "shape": (image.height(), image.width()),
            "strides": (image.bytesPerLine(), 4),
            "data": (memory.ctypes.data, True),
        }

    def rows(self) -> Pixels:
        """Rows by columns, without a copy, not to be written to."""
        return np.asarray(self)


def from_rgba(rgba: NDArray[np.uint8]) -> Pixels:
    """Bytes of red, green, blue and alpha, of shape (height, width, 4), as 0xAARRGGBB."""
    height, width, _ = rgba.shape
    bgra = np.empty((height, width, 4), np.uint8)
    for target, source in enumerate((2, 1, 0, 3)):
        bgra[..., target] = rgba[..., source]
    return bgra.view("<u4").reshape(height, width)


def premultiply(argb: Pixels) -> tuple[Pixels, bool]:
    """Colour multiplied by alpha, rounded as Qt does; and whether every pixel is opaque."""
    alpha = argb >> 24
    if alpha.min(initial=255) == 255:
        return argb, True
    low = _scaled(argb & 0x00FF00FF, alpha)
    green = _scaled((argb >> 8) & 0x000000FF, alpha)
    return (alpha << 24) | (green << 8) | low, False


def _scaled(lanes: Pixels, alpha: Pixels) -> Pixels:
    """Each 16-bit lane times alpha / 255, to the nearest."""
    product = lanes * alpha + 0x00800080
    return ((product + ((product >> 8) & 0x00FF00FF)) >> 8) & 0x00FF00FF


def oriented(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """`pixels` as EXIF's Orientation (1 to 8) asks for them, C-contiguous."""
    if orientation >= 5:
        pixels = pixels.T
    flips = {2: (1, -1), 3: (-1, -1), 4: (-1, 1), 6: (1, -1), 7: (-1, -1), 8: (-1, 1)}
    rows, columns = flips.get(orientation, (1, 1))
    return np.ascontiguousarray(pixels[::rows, ::columns])
