"""Paints a row of the list: glyph, two lines, and at the right what changed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from snapreview.ui import icons
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.model import Column, Role
from snapreview.ui.changes.texts import RowText
from snapreview.ui.theme import Theme, colour, status_colour

GLYPH = 20
MARGIN = 6
"""Between the edge of the list and the ground of a row, in logical pixels."""
PADDING = 10
"""Between the ground of a row and what stands on it."""
_GAP = 10
_LEADING = 1
_QUIET = {Category.PENDING, Category.UNCHANGED, Category.SKIPPED}
_SMALL = 12 / 13


def small_font(font: QFont) -> QFont:
    """The font of the second line, a step below the given one."""
    small = QFont(font)
    small.setPixelSize(max(round(QFontInfo(font).pixelSize() * _SMALL), 1))
    return small


def row_height(font: QFont) -> int:
    """Height of a row with two lines, in logical pixels."""
    first, second = QFontMetrics(font).height(), QFontMetrics(small_font(font)).height()
    return first + _LEADING + second + 2 * 7


class RowDelegate(QStyledItemDelegate):
    """Paints every cell of the list; the ground of a row runs through both of them."""

    def __init__(self, theme: Theme, parent: object = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Use other colours from the next painting on."""
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as every other row."""
        return QSize(option.rect.width(), row_height(option.font))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        painter.save()
        painter.setClipRect(option.rect)
        self._paint_ground(painter, option, index.row())
        text: RowText = index.data(Role.TEXT)
        category: Category = index.data(Role.CATEGORY)
        if index.column() == Column.NAME:
            self._paint_name(painter, option, text, category)
        else:
            self._paint_change(painter, option, text, category)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        view = option.widget
        focused = view.hasFocus()
        ground = self._ground(option, focused, hovered=view.hovered_row == row)
        ring = focused and view.currentIndex().row() == row
        if not ground and not ring:
            return
        width = view.viewport().width()
        area = QRectF(0, option.rect.top(), width, option.rect.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colour(self._theme, ground) if ground else Qt.BrushStyle.NoBrush)
        pen = QPen(colour(self._theme, "focus"), 1.5)
        painter.setPen(pen if ring else Qt.PenStyle.NoPen)
        inset = 0.75 if ring else 0.0
        painter.drawRoundedRect(
            area.adjusted(MARGIN + inset, 1 + inset, -MARGIN - inset, -1 - inset), 6, 6
        )

    @staticmethod
    def _ground(option: QStyleOptionViewItem, focused: bool, *, hovered: bool) -> str:
        if option.state & QStyle.StateFlag.State_Selected:
            return "selected" if focused else "selected_idle"
        return "hover" if hovered else ""

    def _paint_name(
        self, painter: QPainter, option: QStyleOptionViewItem, text: RowText, category: Category
    ) -> None:
        area = option.rect.adjusted(MARGIN + PADDING, 0, 0, 0)
        if not text.plain:
            self._paint_glyph(painter, area, category)
            area.setLeft(area.left() + GLYPH + _GAP)
        main, small = option.font, small_font(option.font)
        first, second = _lines(area, main, small, two=bool(text.detail))
        metrics = QFontMetrics(main)
        title = metrics.elidedText(text.title, Qt.TextElideMode.ElideMiddle, first.width())
        token = "text_secondary" if category in _QUIET else "text"
        _draw(painter, first, title, main, colour(self._theme, token))
        if text.detail:
            shown = _shown_detail(text, category, QFontMetrics(small), second.width())
            _draw(painter, second, shown, small, self._detail_colour(category))

    def _detail_colour(self, category: Category) -> QColor:
        if category is Category.ERRORED:
            return status_colour(self._theme, category.value)
        return colour(self._theme, "text_muted")

    def _paint_glyph(self, painter: QPainter, area: QRect, category: Category) -> None:
        glyph = icons.pixmap(
            category.value,
            status_colour(self._theme, category.value),
            GLYPH,
            painter.device().devicePixelRatioF(),
        )
        painter.drawPixmap(area.left(), area.center().y() - GLYPH // 2 + 1, glyph)

    def _paint_change(
        self, painter: QPainter, option: QStyleOptionViewItem, text: RowText, category: Category
    ) -> None:
        area = option.rect.adjusted(0, 0, -MARGIN - PADDING, 0)
        main, small = option.font, small_font(option.font)
        number = category is Category.CHANGED
        font = QFont(main) if number else small
        if number:
            font.setWeight(QFont.Weight.DemiBold)
        first, second = _lines(area, font, small, two=bool(text.note))
        right = Qt.AlignmentFlag.AlignRight
        ink = colour(self._theme, "text_muted")
        if category not in _QUIET and not text.plain:
            ink = status_colour(self._theme, category.value)
        _draw(painter, first, text.badge, font, ink, right)
        if text.note:
            _draw(painter, second, text.note, small, colour(self._theme, "text_muted"), right)


def _lines(area: QRect, main: QFont, small: QFont, *, two: bool) -> tuple[QRect, QRect]:
    """Where the lines stand: two in the middle of the area, or one."""
    first, second = QFontMetrics(main).height(), QFontMetrics(small).height() if two else 0
    top = area.top() + (area.height() - first - second - _LEADING * two) // 2
    upper = QRect(area.left(), top, area.width(), first)
    return upper, QRect(area.left(), upper.bottom() + 1 + _LEADING, area.width(), second)


def _shown_detail(text: RowText, category: Category, metrics: QFontMetrics, width: int) -> str:
    """A sentence loses its end, a path its middle."""
    sentence = category is Category.ERRORED
    mode = Qt.TextElideMode.ElideRight if sentence else Qt.TextElideMode.ElideMiddle
    return metrics.elidedText(text.detail, mode, width)


def _draw(
    painter: QPainter,
    area: QRect,
    text: str,
    font: QFont,
    ink: QColor,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    painter.setPen(ink)
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(area, flags | Qt.TextFlag.TextDontClip, text)
