"""Paints the header of a group: an arrow, its name, and how many of what is below."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from snapreview.ui.changes.cells import GAP, GLYPH, draw_icon, draw_text, lines, small_font
from snapreview.ui.changes.group_texts import GroupText
from snapreview.ui.theme import Theme, colour, status_colour

_STATUS_GLYPH = 14
_BESIDE = 3
_BETWEEN = 10


def paint_name(painter: QPainter, area: QRect, font: QFont, text: GroupText, theme: Theme) -> None:
    """Arrow, name, and below it the statuses of the members."""
    arrow = "chevron-right" if text.folded else "chevron"
    at = QPoint(area.left(), area.center().y() + 1 - GLYPH // 2)
    draw_icon(painter, at, arrow, colour(theme, "text_secondary"), GLYPH)
    area = area.adjusted(GLYPH + GAP, 0, 0, 0)
    main = QFont(font)
    main.setWeight(QFont.Weight.DemiBold)
    first, second = lines(area, main, small_font(font), two=True)
    elide = Qt.TextElideMode.ElideMiddle
    title = QFontMetrics(main).elidedText(text.title, elide, first.width())
    draw_text(painter, first, title, main, colour(theme, "text"))
    _paint_statuses(painter, second, small_font(font), text, theme)


def paint_count(painter: QPainter, area: QRect, font: QFont, text: GroupText, theme: Theme) -> None:
    """How many images the group has, at the right of the first line."""
    small = small_font(font)
    ink = colour(theme, "text_muted")
    draw_text(painter, area, text.count, small, ink, Qt.AlignmentFlag.AlignRight)


def _paint_statuses(
    painter: QPainter, area: QRect, font: QFont, text: GroupText, theme: Theme
) -> None:
    """Glyph and number side by side, as many as there is room for."""
    metrics, left = QFontMetrics(font), area.left()
    for category, number in text.statuses:
        shown = f"{number:,}"
        width = _STATUS_GLYPH + _BESIDE + metrics.horizontalAdvance(shown)
        if left + width > area.right():
            return
        at = QPoint(left, area.center().y() + 1 - _STATUS_GLYPH // 2)
        draw_icon(painter, at, category.value, status_colour(theme, category.value), _STATUS_GLYPH)
        room = area.adjusted(left - area.left() + _STATUS_GLYPH + _BESIDE, 0, 0, 0)
        draw_text(painter, room, shown, font, colour(theme, "text_muted"))
        left += width + _BETWEEN
