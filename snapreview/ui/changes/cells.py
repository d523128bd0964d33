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
_ONE_LINE = (
    Qt.AlignmentFlag.AlignVCenter.value
    | Qt.TextFlag.TextSingleLine.value
    | Qt.TextFlag.TextDontClip.value
)
# Put together once: combining Qt's flags for each text costs more than drawing a short one.
LEFT = _ONE_LINE | Qt.AlignmentFlag.AlignLeft.value
RIGHT = _ONE_LINE | Qt.AlignmentFlag.AlignRight.value
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


class Fonts:
    """The fonts of a list and their measures, made once for all of its rows."""

    def __init__(self, main: QFont) -> None:
        self.main = QFont(main)  # an option's own font ends with the option
        self.small = small_font(main)
        self.bold = QFont(main)
        self.bold.setWeight(QFont.Weight.DemiBold)
        fonts = self.main, self.small, self.bold
        self._metrics = {id(font): QFontMetrics(font) for font in fonts}

    def metrics(self, font: QFont) -> QFontMetrics:
        """The measures of one of these fonts."""
        return self._metrics[id(font)]

    def elided(self, font: QFont, text: str, width: int, mode: Qt.TextElideMode) -> str:
        """As much of a text as there is room for."""
        return self.metrics(font).elidedText(text, mode, width)

    def lines(self, area: QRect, main: QFont, *, two: bool) -> tuple[QRect, QRect]:
        """Where the lines stand: two in the middle of the area, or one."""
        first = self.metrics(main).height()
        second = self.metrics(self.small).height() if two else 0
        top = area.top() + (area.height() - first - second - _LEADING * two) // 2
        upper = QRect(area.left(), top, area.width(), first)
        return upper, QRect(area.left(), upper.bottom() + 1 + _LEADING, area.width(), second)


def draw_text(
    painter: QPainter,
    area: QRect,
    text: str,
    font: QFont,
    ink: QColor,
    flags: int = LEFT,
) -> None:
    """One line of text in the middle of the area's height, `LEFT` or `RIGHT`."""
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(area, flags, text)


def draw_icon(painter: QPainter, at: QPoint, name: str, ink: QColor, size: int) -> None:
    """An icon with its top left corner at a point."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(at, icons.pixmap(name, ink, size, ratio))
