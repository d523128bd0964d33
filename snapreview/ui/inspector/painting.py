"""What the parts of the panel paint alike."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter, QPen

from snapreview.ui.theme import Theme, colour

_SMALL = 12 / 13
_RADIUS = 4
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def small_font(font: QFont, *, strong: bool = False) -> QFont:
    """The font of the panel's values, a step below the given one."""
    small = QFont(font)
    small.setPixelSize(max(round(QFontInfo(font).pixelSize() * _SMALL), 1))
    if strong:
        small.setWeight(QFont.Weight.DemiBold)
    return small


def paint_text(
    painter: QPainter,
    area: QRect,
    text: str,
    ink: QColor,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line in the painter's font; what does not fit loses its middle."""
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
    painter.setPen(ink)
    painter.drawText(area, _LINE | side, shown)


def paint_ring(painter: QPainter, area: QRect, theme: Theme) -> None:
    """The ring of what the keyboard stands on, just inside `area`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(theme, "focus"), 1.5))
    ring = QRectF(area).adjusted(0.75, 0.75, -0.75, -0.75)
    painter.drawRoundedRect(ring, _RADIUS, _RADIUS)


def paint_ground(painter: QPainter, area: QRect, ground: QColor) -> None:
    """The ground of a row that is chosen or under the pointer."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(area, _RADIUS, _RADIUS)
