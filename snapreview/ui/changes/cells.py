"""Where things stand in a row of the list, and how they are drawn there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter

from snapreview.ui import icons

MARGIN = 6
"""Between the edge of the list and the ground of a row, in logical pixels."""
PADDING = 10
"""Between the ground of a row and what stands on it."""
GAP = 10
GLYPH = 20
SMALL_GLYPH = 16
THUMBNAIL = QSize(44, 40)
"""The room of a thumbnail, in logical pixels."""
INDENT = 16
"""How much further in a member of a group stands."""
MARK = 16
MARK_GAP = 6
"""Between the badge and the mark of a decision, which has a column of its own."""
_BEFORE_BADGE = 6
_LEADING = 1
_SMALL = 12 / 13


def small_font(font: QFont) -> QFont:
    """The font of the second line, a step below the given one."""
    small = QFont(font)
    small.setPixelSize(max(round(QFontInfo(font).pixelSize() * _SMALL), 1))
    return small


def row_height(font: QFont, *, thumbnails: bool = False) -> int:
    """Height of a row with two lines, in logical pixels."""
    first, second = QFontMetrics(font).height(), QFontMetrics(small_font(font)).height()
    lines = first + _LEADING + second
    return max(lines + 2 * 7, THUMBNAIL.height() + 2 * 8 if thumbnails else 0)


def badge_width(font: QFont, badge: str) -> int:
    """Width of the column at the right, for badges as wide as this one."""
    text = QFontMetrics(small_font(font)).horizontalAdvance(badge)
    return _BEFORE_BADGE + text + MARK_GAP + MARK + PADDING + MARGIN


def reaches_arrow(x: int) -> bool:
    """Whether this distance from the left of the list is on the arrow of a header."""
    return MARGIN <= x < MARGIN + PADDING + GLYPH + GAP // 2


def lines(area: QRect, main: QFont, small: QFont, *, two: bool) -> tuple[QRect, QRect]:
    """Where the lines stand: two in the middle of the area, or one."""
    first, second = QFontMetrics(main).height(), QFontMetrics(small).height() if two else 0
    top = area.top() + (area.height() - first - second - _LEADING * two) // 2
    upper = QRect(area.left(), top, area.width(), first)
    return upper, QRect(area.left(), upper.bottom() + 1 + _LEADING, area.width(), second)


def draw_text(
    painter: QPainter,
    area: QRect,
    text: str,
    font: QFont,
    ink: QColor,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line of text, in the middle of the area's height."""
    painter.setFont(font)
    painter.setPen(ink)
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(area, flags | Qt.TextFlag.TextDontClip, text)


def draw_icon(painter: QPainter, at: QPoint, name: str, ink: QColor, size: int) -> None:
    """An icon with its top left corner at a point."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(at, icons.pixmap(name, ink, size, ratio))
