"""What is seen in a picture of a widget: inks, grounds, and how well they can be told apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QWidget

SCALE = 3
"""Device pixels of a logical one in `photograph`: thin letters reach their full ink."""

Pixels = NDArray[np.uint8]
"""Rows of columns of red, green and blue."""


def pixels_of(image: QImage) -> Pixels:
    """A picture's colours."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1, 4)
    return rows[:, : plain.width(), 2::-1].copy()


def photograph(widget: QWidget) -> Pixels:
    """A widget with what is in it and what is behind it, `SCALE` times as large."""
    window = widget.window()
    image = QImage(widget.size() * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(0)
    area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    window.render(image, QPoint(0, 0), QRegion(area))
    return pixels_of(image)


def part(picture: Pixels, area: QRect, scale: int = SCALE) -> Pixels:
    """The logical `area` of a picture."""
    left, top = max(area.x(), 0) * scale, max(area.y(), 0) * scale
    return picture[top : (area.bottom() + 1) * scale, left : (area.right() + 1) * scale]


def luminance(colours: NDArray) -> NDArray:
    """WCAG 2.1, relative luminance, of bytes in the last dimension."""
    shares = np.asarray(colours, float) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def ratios(one: NDArray, other: NDArray) -> NDArray:
    """WCAG 2.1, contrast ratio, from 1 to 21."""
    lums = luminance(one), luminance(other)
    return (np.maximum(*lums) + 0.05) / (np.minimum(*lums) + 0.05)


def contrast(one: QColor | str, other: QColor | str) -> float:
    """The contrast ratio of two colours."""
    pair = [np.array(QColor(colour).getRgb()[:3]) for colour in (one, other)]
    return float(ratios(*pair))


def ground_and_ink(picture: Pixels, least: int = 6) -> tuple[QColor, QColor]:
    """The commonest colour, and what stands out most from it on at least so many pixels."""
    packed, counts = np.unique(picture.reshape(-1, 3) @ (1 << 16, 1 << 8, 1), return_counts=True)
    colours = packed[:, None] >> (16, 8, 0) & 255
    ground = colours[counts.argmax()]
    solid = colours[counts >= least]
    ink = solid[ratios(solid, ground).argmax()]
    return QColor(*ground.tolist()), QColor(*ink.tolist())


def painted_contrast(picture: Pixels) -> float:
    """The contrast between what is written in a picture and its ground."""
    return contrast(*ground_and_ink(picture))


def changed_contrasts(one: QImage, other: QImage) -> list[float]:
    """How clearly each pixel changed that is another in the second picture."""
    before, after = pixels_of(one), pixels_of(other)
    places = (before != after).any(axis=-1)
    return ratios(before[places], after[places]).tolist()
