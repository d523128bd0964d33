"""Paints extra metadata: quiet keys, clear values."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from snapreview.ui.inspector.metadata_model import WHOLE, Column
from snapreview.ui.inspector.painting import paint_ring, paint_text, small_font
from snapreview.ui.theme import Theme, colour


class NodeDelegate(QStyledItemDelegate):
    """Paints a key, quiet, or a value. `row_height` is in logical pixels."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.row_height = 0
        self._theme = theme
        self.set_font(QFont())

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme

    def set_font(self, font: QFont) -> None:
        """Write in letters a step below these."""
        self._font = small_font(font)

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows are alike."""
        return QSize(0, self.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One cell."""
        painter.save()
        painter.setFont(self._font)
        area = option.rect.adjusted(2, 0, -4, 0)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, option.rect.adjusted(-1, 1, -1, -1), self._theme)
        quiet = index.column() == Column.KEY or not index.data(WHOLE)
        ink = colour(self._theme, "text_muted" if quiet else "text")
        paint_text(painter, area, index.data(), ink)
        painter.restore()
