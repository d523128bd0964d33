"""How an offer is painted: two lines, numbers at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from snapreview.ui import icons
from snapreview.ui.changes.cells import small_font
from snapreview.ui.start.offer_texts import OfferRow
from snapreview.ui.theme import Theme, colour

ROW = Qt.ItemDataRole.UserRole + 1
_PADDING = 8
_ABOVE = 6
_ICON = 16
_GAP = 8
_LEADING = 2


class OfferDelegate(QStyledItemDelegate):
    """Title and date above, branch, commit and count below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Two lines, as wide as there is room."""
        lines = QFontMetrics(option.font).height() + QFontMetrics(small_font(option.font)).height()
        return QSize(0, lines + _LEADING + 2 * _ABOVE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The row as it was put into words."""
        row: OfferRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        area = option.rect.adjusted(_PADDING, _ABOVE, -_PADDING, -_ABOVE)
        self._paint_icon(painter, area, row)
        area.adjust(_ICON + _GAP, 0, 0, 0)
        first = QRect(area.topLeft(), QSize(area.width(), QFontMetrics(option.font).height()))
        second = QRect(area)
        second.setTop(first.bottom() + 1 + _LEADING)
        small, ink = small_font(option.font), QColor(self._theme.text)
        muted = QColor(self._theme.text_muted)
        self._paint_line(painter, first, (row.title, option.font, ink), (row.date, small, muted))
        self._paint_line(painter, second, (row.detail, small, muted), (row.count, small, muted))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not chosen and not hovered:
            return
        ring = chosen and option.widget.hasFocus()
        painter.setBrush(colour(self._theme, "selected" if chosen else "hover"))
        painter.setPen(QPen(colour(self._theme, "focus"), 1.5) if ring else Qt.PenStyle.NoPen)
        inset = 0.75 if ring else 0.0
        area = QRectF(option.rect).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, self._theme.radius - 1, self._theme.radius - 1)

    def _paint_icon(self, painter: QPainter, area: QRect, row: OfferRow) -> None:
        ratio = painter.device().devicePixelRatioF()
        drawn = icons.pixmap(row.icon, colour(self._theme, "text_muted"), _ICON, ratio)
        height = QFontMetrics(painter.font()).height()
        painter.drawPixmap(area.left(), area.top() + (height - _ICON) // 2, drawn)

    def _paint_line(
        self,
        painter: QPainter,
        area: QRect,
        left: tuple[str, QFont, QColor],
        right: tuple[str, QFont, QColor],
    ) -> None:
        """The right text is never cut short; the left one is in its middle."""
        side = Qt.AlignmentFlag
        text, font, ink = right
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(area, side.AlignRight | side.AlignVCenter, text)
        used = painter.fontMetrics().horizontalAdvance(text) + _GAP if text else 0
        text, font, ink = left
        painter.setFont(font)
        painter.setPen(ink)
        room = area.adjusted(0, 0, -used, 0)
        middle = Qt.TextElideMode.ElideMiddle
        shown = painter.fontMetrics().elidedText(text, middle, max(room.width(), 0))
        painter.drawText(room, side.AlignLeft | side.AlignVCenter, shown)
