"""Paints the header of a group: an arrow, its name, and how many of what is below."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from snapreview.ui.changes.cells import GAP, GLYPH, RIGHT, Fonts, draw_icon, draw_text
from snapreview.ui.changes.group_texts import GroupText
from snapreview.ui.geometry import middle
from snapreview.ui.theme import Theme, colour, status_colour

_STATUS_GLYPH = 14
_BESIDE = 3
_BETWEEN = 10


def paint_name(painter: QPainter, area: QRect, fonts: Fonts, text: GroupText, theme: Theme) -> None:
    """Arrow, name, and below it the statuses of the members."""
    arrow = "chevron-right" if text.folded else "chevron"
    at = QPoint(area.left(), middle(area) + 1 - GLYPH // 2)
    draw_icon(painter, at, arrow, colour(theme, "text_secondary"), GLYPH)
    area = area.adjusted(GLYPH + GAP, 0, 0, 0)
    first, second = fonts.lines(area, fonts.bold, two=True)
    title = fonts.elided(fonts.bold, text.title, first.width(), Qt.TextElideMode.ElideMiddle)
    draw_text(painter, first, title, fonts.bold, colour(theme, "text"))
    _paint_statuses(painter, second, fonts, text, theme)


def paint_count(
    painter: QPainter, area: QRect, fonts: Fonts, text: GroupText, theme: Theme
) -> None:
    """How many images the group has, at the right."""
    draw_text(painter, area, text.count, fonts.small, colour(theme, "text_muted"), RIGHT)


def _paint_statuses(
    painter: QPainter, area: QRect, fonts: Fonts, text: GroupText, theme: Theme
) -> None:
    """Glyph and number side by side, as many as there is room for."""
    metrics, left = fonts.metrics(fonts.small), area.left()
    for category, number in text.statuses:
        shown = f"{number:,}"
        width = _STATUS_GLYPH + _BESIDE + metrics.horizontalAdvance(shown)
        if left + width > area.right():
            return
        at = QPoint(left, middle(area) + 1 - _STATUS_GLYPH // 2)
        draw_icon(painter, at, category.value, status_colour(theme, category.value), _STATUS_GLYPH)
        room = area.adjusted(left - area.left() + _STATUS_GLYPH + _BESIDE, 0, 0, 0)
        draw_text(painter, room, shown, fonts.small, colour(theme, "text_muted"))
        left += width + _BETWEEN
