"""Paints the list of changed regions."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from snapreview.ui.inspector.painting import paint_ground, paint_ring, paint_text, small_font
from snapreview.ui.inspector.regions_model import Column
from snapreview.ui.theme import Theme, colour

PAD = 6
"""Logical pixels before a text, and after the last."""

_RIGHT = {Column.SHARE}


class RegionDelegate(QStyledItemDelegate):
    """Paints a cell of the list; the ground of a row runs through all of them."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.set_font(QFont())

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme

    def set_font(self, font: QFont) -> None:
        """Write in letters a step below these."""
        self._font = small_font(font)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One cell."""
        painter.save()
        painter.setClipRect(option.rect)
        self._paint_row(painter, option, index.row())
        painter.setFont(self._font)
        column = Column(index.column())
        side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
        token = "text" if column == Column.SIZE else "text_muted"
        area = option.rect.adjusted(PAD, 0, -PAD if column in _RIGHT else 0, 0)
        paint_text(painter, area, index.data(), colour(self._theme, token), side)
        painter.restore()

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        view = option.widget
        area = QRect(0, option.rect.top(), view.viewport().width(), option.rect.height())
        if row == view.shown_region:
            paint_ground(painter, area, colour(self._theme, "selected"))
        elif row == view.hovered:
            paint_ground(painter, area, colour(self._theme, "hover"))
        if view.hasFocus() and row == view.currentIndex().row():
            paint_ring(painter, area, self._theme)
