"""Paints facts: quiet labels, values that lose their middle, what differs in strong letters."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from snapreview.ui import icons
from snapreview.ui.geometry import middle
from snapreview.ui.inspector.facts_model import LABEL, Role
from snapreview.ui.inspector.painting import paint_ring, paint_text, small_font
from snapreview.ui.inspector.rows import Fact
from snapreview.ui.theme import Theme, colour, status_colour

GAP = 8
"""Logical pixels between columns."""

_GLYPH = 14
_RING = 4
_COPIED = "Copied"


class FactsDelegate(QStyledItemDelegate):
    """Paints one cell. `copied` is the row and column of what has just been copied, if anything."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.copied: tuple[int, int] | None = None
        self._theme = theme
        self.set_font(QFont())

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme

    def set_font(self, font: QFont) -> None:
        """Write in letters a step below these."""
        self._font, self._strong = small_font(font), small_font(font, strong=True)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """A label or a value."""
        painter.save()
        painter.setFont(self._font)
        if index.column() == LABEL:
            paint_text(painter, option.rect, index.data(), colour(self._theme, "text_muted"))
        else:
            self._paint_value(painter, option, index)
        painter.restore()

    def _paint_value(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        fact: Fact = index.data(Role.FACT)
        place = index.column() - 1
        if place >= len(fact.values):
            return
        area = option.rect.adjusted(0, 0, -GAP if place + 1 < len(fact.values) else 0, 0)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, area.adjusted(-_RING, 1, 0, -1), self._theme)
        painter.setFont(self._strong if fact.differs or fact.ink else self._font)
        copied = (index.row(), index.column()) == self.copied
        if fact.ink and not copied:
            self._paint_status(painter, area, fact)
            return
        hovered = fact.digest and option.state & QStyle.StateFlag.State_MouseOver
        quiet = fact.caption or fact.values[place].quiet
        token = "accent_text" if copied or hovered else "text_muted" if quiet else "text"
        text = _COPIED if copied else fact.values[place].shown
        paint_text(painter, area, text, colour(self._theme, token))

    def _paint_status(self, painter: QPainter, area: QRect, fact: Fact) -> None:
        """The glyph and the word, in the category's colour."""
        ink = status_colour(self._theme, fact.ink)
        ratio = painter.device().devicePixelRatioF()
        glyph = icons.pixmap(fact.ink, ink, _GLYPH, ratio)
        painter.drawPixmap(area.left(), middle(area) - _GLYPH // 2 + 1, glyph)
        paint_text(painter, area.adjusted(_GLYPH + 5, 0, 0, 0), fact.values[0].shown, ink)
