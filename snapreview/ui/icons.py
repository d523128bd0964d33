"""SnapReview's own icons: drawn once as SVG, in any colour and at any density."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from snapreview.stores.resources import resource

GRID = 20
"""Logical pixels of the grid on which the icons are drawn."""

_DEVICE_SIZES = (16, 20, 24, 28, 32, 40, 48, 60)  # 16 and 20 px at 1, 1.25, 1.5, 2 and 3 times


def pixmap(name: str, colour: QColor | str, size: int = GRID, ratio: float = 1.0) -> QPixmap:
    """The icon `resources/icons/NAME.svg`, `size` logical pixels wide and high.

    `ratio` is the device pixels of a logical one. Pixmaps are kept in Qt's own cache, which
    the application owns. Raises FileNotFoundError for an unknown name.
    """
    tint = QColor(colour)
    key = f"snapreview/{name}/{tint.name(QColor.NameFormat.HexArgb)}/{size}/{ratio:.3f}"
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        found = _rendered(name, tint, round(size * ratio))
        found.setDevicePixelRatio(ratio)
        QPixmapCache.insert(key, found)
    return found


def icon(name: str, colour: QColor | str, checked: QColor | str | None = None) -> QIcon:
    """The icon for a button or an action; `checked` is its colour while that is on."""
    found = QIcon()
    for size in _DEVICE_SIZES:
        found.addPixmap(pixmap(name, colour, size))
        if checked is not None:
            found.addPixmap(pixmap(name, checked, size), QIcon.Mode.Normal, QIcon.State.On)
    return found


def _rendered(name: str, tint: QColor, device_size: int) -> QPixmap:
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", tint.name()).encode()))
    drawn = QPixmap(device_size, device_size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setOpacity(tint.alphaF())
    renderer.render(painter, QRectF(0, 0, device_size, device_size))
    painter.end()
    return drawn
