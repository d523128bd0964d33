"""Paints a row of the list: glyph, two lines, and at the right what changed and what was said."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from snapreview.model.change import Change
from snapreview.model.decision import Verdict
from snapreview.ui.changes import header_painting
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.cells import (
    GAP,
    GLYPH,
    INDENT,
    MARGIN,
    MARK,
    MARK_GAP,
    PADDING,
    SMALL_GLYPH,
    THUMBNAIL,
    draw_icon,
    draw_text,
    lines,
    row_height,
    small_font,
)
from snapreview.ui.changes.group_texts import GroupText
from snapreview.ui.changes.model import Column, Role
from snapreview.ui.changes.row_painting import paint_ground, paint_mark
from snapreview.ui.changes.texts import RowText
from snapreview.ui.changes.thumb_paint import ThumbPainter
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.theme import Theme, colour, status_colour

_QUIET = {Category.PENDING, Category.UNCHANGED, Category.SKIPPED}
_GLYPH_GAP = 6


class RowDelegate(QStyledItemDelegate):
    """Paints every cell of the list; the ground of a row runs through both of them.

    `thumbnails` shows what it has of them; asking for others is the view's part.
    """

    def __init__(self, theme: Theme, parent: object = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbs = ThumbPainter.of(theme)
        self.thumbnails: Thumbnails | None = None

    def set_theme(self, theme: Theme) -> None:
        """Use other colours from the next painting on."""
        self._theme = theme
        self._thumbs = ThumbPainter.of(theme)

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as every other row."""
        height = row_height(option.font, thumbnails=self.thumbnails is not None)
        return QSize(option.rect.width(), height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        painter.save()
        painter.setClipRect(option.rect)
        paint_ground(painter, option, index.row(), self._theme)
        header: GroupText | None = index.data(Role.GROUP)
        if header is not None:
            self._paint_header(painter, option, index, header)
        else:
            self._paint_row(painter, option, index)
        painter.restore()

    def _paint_header(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        text: GroupText,
    ) -> None:
        if index.column() == Column.NAME:
            area = option.rect.adjusted(MARGIN + PADDING, 0, 0, 0)
            header_painting.paint_name(painter, area, option.font, text, self._theme)
        else:
            area = option.rect.adjusted(0, 0, -MARGIN - PADDING, 0)
            paint_mark(painter, area, text.verdict, self._theme)
            area.setRight(area.right() - MARK - MARK_GAP)
            header_painting.paint_count(painter, area, option.font, text, self._theme)

    def _paint_row(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        text: RowText = index.data(Role.TEXT)
        category: Category = index.data(Role.CATEGORY)
        if index.column() == Column.NAME:
            area = option.rect.adjusted(MARGIN + PADDING + INDENT * text.indented, 0, 0, 0)
            if self.thumbnails is not None:
                self._paint_thumbnail(painter, area, index)
                area.setLeft(area.left() + THUMBNAIL.width() + GAP)
            self._paint_name(painter, area, option.font, text, category)
        else:
            area = option.rect.adjusted(0, 0, -MARGIN - PADDING, 0)
            paint_mark(painter, area, text.verdict, self._theme, noted=text.noted)
            area.setRight(area.right() - MARK - MARK_GAP)
            self._paint_change(painter, area, option.font, text, category)

    def _paint_thumbnail(
        self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        change: Change = index.data(Role.CHANGE)
        room = QRect(QPoint(0, 0), THUMBNAIL)
        room.moveCenter(QPoint(area.left() + THUMBNAIL.width() // 2, area.center().y()))
        ratio = painter.device().devicePixelRatioF()
        picture = self.thumbnails.pixmap(change, THUMBNAIL, ratio)
        canvas = change.record.canvas_theme if change.record is not None else None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._thumbs.paint(painter, room, picture, canvas)

    def _paint_name(
        self, painter: QPainter, area: QRect, main: QFont, text: RowText, category: Category
    ) -> None:
        small = small_font(main)
        beside = self.thumbnails is None and not text.plain
        if beside:
            self._paint_glyph(painter, area.left(), area.center().y() + 1, category, GLYPH)
            area.setLeft(area.left() + GLYPH + GAP)
        first, second = lines(area, main, small, two=bool(text.detail))
        if not beside and not text.plain:  # the thumbnail has its place
            self._paint_glyph(painter, first.left(), first.center().y() + 1, category, SMALL_GLYPH)
            first.setLeft(first.left() + SMALL_GLYPH + _GLYPH_GAP)
        elide = Qt.TextElideMode.ElideMiddle
        title = QFontMetrics(main).elidedText(text.title, elide, first.width())
        done = category in _QUIET or text.verdict is Verdict.APPROVED
        draw_text(painter, first, title, main, self._ink("text_secondary" if done else "text"))
        if text.detail:
            shown = _shown_detail(text, category, QFontMetrics(small), second.width())
            draw_text(painter, second, shown, small, self._detail_ink(category))

    def _detail_ink(self, category: Category) -> QColor:
        if category is Category.ERRORED:
            return status_colour(self._theme, category.value)
        return self._ink("text_muted")

    def _ink(self, token: str) -> QColor:
        return colour(self._theme, token)

    def _paint_glyph(
        self, painter: QPainter, left: int, middle: int, category: Category, size: int
    ) -> None:
        ink = status_colour(self._theme, category.value)
        draw_icon(painter, QPoint(left, middle - size // 2), category.value, ink, size)

    def _paint_change(
        self, painter: QPainter, area: QRect, main: QFont, text: RowText, category: Category
    ) -> None:
        small = small_font(main)
        number = category is Category.CHANGED and not text.plain
        font = QFont(main) if number else small
        if number:
            font.setWeight(QFont.Weight.DemiBold)
        first, second = lines(area, font, small, two=bool(text.note))
        right = Qt.AlignmentFlag.AlignRight
        ink = self._ink("text_muted")
        if category not in _QUIET and not text.plain:
            ink = status_colour(self._theme, category.value)
        draw_text(painter, first, text.badge, font, ink, right)
        if text.note:
            draw_text(painter, second, text.note, small, self._ink("text_muted"), right)


def _shown_detail(text: RowText, category: Category, metrics: QFontMetrics, width: int) -> str:
    """A sentence loses its end, a path its middle."""
    sentence = category is Category.ERRORED
    mode = Qt.TextElideMode.ElideRight if sentence else Qt.TextElideMode.ElideMiddle
    return metrics.elidedText(text.detail, mode, width)
