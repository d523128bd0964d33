"""Paints a tile of the grid: the thumbnail, below it glyph and title, and what changed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from snapreview.model.decision import Verdict
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.cells import SMALL_GLYPH, draw_icon, draw_text, small_font
from snapreview.ui.changes.group_texts import GroupText
from snapreview.ui.changes.row import Row
from snapreview.ui.changes.texts import RowText
from snapreview.ui.changes.thumb_paint import ThumbPainter
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.geometry import middle
from snapreview.ui.theme import Theme, colour, status_colour

PADDING = 8
"""Between the ground of a tile and what stands on it, in logical pixels."""

_GLYPH_GAP = 6
_CAPTION_GAP = 8
_LEADING = 1
_TITLE_SPACE = 20
_TITLE_DROP = 6
_TITLE_GAP = 8
_QUIET = {Category.PENDING, Category.UNCHANGED, Category.SKIPPED}
_MIDDLE, _END = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight


def tile_width(thumb: QSize) -> int:
    """Width of a tile with a thumbnail of this size, in logical pixels."""
    return thumb.width() + 2 * PADDING


def tile_height(thumb: QSize, font: QFont) -> int:
    """Height of such a tile, in logical pixels."""
    first, second = _line_heights(font)
    return thumb.height() + _CAPTION_GAP + first + _LEADING + second + 2 * PADDING


def header_height(font: QFont) -> int:
    """Height of the title of a group, in logical pixels."""
    return QFontMetrics(font).height() + _TITLE_SPACE


class TileDelegate(QStyledItemDelegate):
    """Paints tiles and the titles of groups. `thumb` is the room of a thumbnail."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, parent: object = None) -> None:
        super().__init__(parent)
        self.thumb = QSize(1, 1)
        self._thumbnails = thumbnails
        self._theme = theme
        self._painter = ThumbPainter.of(theme)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours from the next painting on."""
        self._theme, self._painter = theme, ThumbPainter.of(theme)

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As large as every other tile."""
        return QSize(tile_width(self.thumb), tile_height(self.thumb, option.font))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one tile, or the title of a group."""
        model, place = index.model(), index.row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        title = model.group_text(place)
        if title is not None:
            self._paint_title(painter, option, place, title)
        else:
            self._paint_ground(painter, option, place, option.rect)
            self._paint_tile(painter, option, model.changes.row(place), model.text(place))
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, place: int, area: QRect
    ) -> None:
        view, theme = option.widget, self._theme
        focused = view.hasFocus()
        token = "hover" if view.hovered_row == place else ""
        if option.state & QStyle.StateFlag.State_Selected:
            token = "selected" if focused else "selected_idle"
        ring = focused and view.currentIndex().row() == place
        painter.setBrush(colour(theme, token) if token else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(theme, "focus"), 1.5) if ring else Qt.PenStyle.NoPen)
        inset, radius = 0.75 if ring else 0.0, theme.radius + 2
        ground = QRectF(area).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(ground, radius, radius)

    def _paint_tile(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, text: RowText
    ) -> None:
        inner = option.rect.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        room, change = QRect(inner.topLeft(), self.thumb), row.change
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._thumbnails.pixmap(change, self.thumb, ratio)
        asked = change.record.canvas_theme if change.record is not None else None
        self._painter.paint(painter, room, pixmap, asked)
        if pixmap is None and self._thumbnails.has_none(change):
            self._painter.paint_instead(painter, room, row.category)
        self._painter.paint_marks(painter, room, text.verdict, noted=text.noted)
        caption = inner.adjusted(0, self.thumb.height() + _CAPTION_GAP, 0, 0)
        self._paint_caption(painter, caption, option.font, row.category, text)

    def _paint_caption(
        self, painter: QPainter, area: QRect, font: QFont, category: Category, text: RowText
    ) -> None:
        heights = _line_heights(font)
        first = QRect(area.left(), area.top(), area.width(), heights[0])
        if not text.plain:
            ink = status_colour(self._theme, category.value)
            at = first.topLeft() + QPoint(0, (heights[0] - SMALL_GLYPH) // 2)
            draw_icon(painter, at, category.value, ink, SMALL_GLYPH)
            first.setLeft(first.left() + SMALL_GLYPH + _GLYPH_GAP)
        second = QRect(first.left(), first.bottom() + 1 + _LEADING, first.width(), heights[1])
        done = category in _QUIET or text.verdict is Verdict.APPROVED
        ink = colour(self._theme, "text_secondary" if done else "text")
        _draw(painter, first, text.title, font, ink, _MIDDLE)
        said, small = " · ".join(filter(None, (text.badge, text.note))), small_font(font)
        if QFontMetrics(small).horizontalAdvance(said) > second.width():
            said = text.badge
        _draw(painter, second, said, small, self._badge_ink(category, text), _END)

    def _badge_ink(self, category: Category, text: RowText) -> QColor:
        if category in _QUIET or text.plain:
            return colour(self._theme, "text_muted")
        return status_colour(self._theme, category.value)

    def _paint_title(
        self, painter: QPainter, option: QStyleOptionViewItem, place: int, text: GroupText
    ) -> None:
        """Chevron, name and number, as wide as the grid."""
        area = option.rect.adjusted(PADDING, _TITLE_DROP, -PADDING, 0)
        self._paint_ground(painter, option, place, area)
        area.adjust(PADDING, 0, -PADDING, 0)
        arrow = "chevron-right" if text.folded else "chevron"
        at = QPoint(area.left(), middle(area) + 1 - SMALL_GLYPH // 2)
        draw_icon(painter, at, arrow, colour(self._theme, "text_secondary"), SMALL_GLYPH)
        area.setLeft(area.left() + SMALL_GLYPH + _GLYPH_GAP)
        font, small = QFont(option.font), small_font(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        room = area.width() - _TITLE_GAP - QFontMetrics(small).horizontalAdvance(text.count)
        title = QRect(area.topLeft(), QSize(room, area.height()))
        used = _draw(painter, title, text.title, font, colour(self._theme, "text"), _MIDDLE)
        area.setLeft(area.left() + used + _TITLE_GAP)
        draw_text(painter, area, text.count, small, colour(self._theme, "text_muted"))


def _line_heights(font: QFont) -> tuple[int, int]:
    """The heights of the two lines below a thumbnail."""
    return max(QFontMetrics(font).height(), SMALL_GLYPH), QFontMetrics(small_font(font)).height()


def _draw(
    painter: QPainter, area: QRect, text: str, font: QFont, ink: QColor, elide: Qt.TextElideMode
) -> int:
    """Draw a line of text, shortened where it is too long; returns how wide it is."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, elide, area.width())
    draw_text(painter, area, shown, font, ink)
    return metrics.horizontalAdvance(shown)
