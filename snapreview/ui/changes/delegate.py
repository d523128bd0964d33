"""Paints a row of the list: glyph, two lines, and at the right what changed and what was said."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
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
    RIGHT,
    SMALL_GLYPH,
    THUMBNAIL,
    Fonts,
    draw_icon,
    draw_text,
    row_height,
)
from snapreview.ui.changes.group_texts import GroupText
from snapreview.ui.changes.model import ChangesModel, Column
from snapreview.ui.changes.row import Row
from snapreview.ui.changes.row_painting import paint_ground, paint_mark
from snapreview.ui.changes.texts import RowText
from snapreview.ui.changes.thumb_paint import ThumbPainter
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.geometry import middle
from snapreview.ui.theme import Theme, colour, status_colour

_QUIET = {Category.PENDING, Category.UNCHANGED, Category.SKIPPED}
_GLYPH_GAP = 6
_LEAST_WITH_THUMBNAIL = 180
_MIDDLE = Qt.TextElideMode.ElideMiddle
_END = Qt.TextElideMode.ElideRight


class RowDelegate(QStyledItemDelegate):
    """Paints every cell of the list; the ground of a row runs through both of them.

    `thumbnails` shows what it has of them; asking for others is the view's part.
    """

    def __init__(self, theme: Theme, parent: object = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbs = ThumbPainter.of(theme)
        self._fonts = Fonts(QFont())
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
        rows: ChangesModel = index.model()
        place, named = index.row(), index.column() == Column.NAME
        if option.font != self._fonts.main:
            self._fonts = Fonts(option.font)
        painter.save()
        painter.setClipRect(option.rect)
        paint_ground(painter, option, place, self._theme)
        header = rows.group_text(place)
        if header is not None:
            paint = self._paint_header if named else self._paint_members
            paint(painter, option.rect, header)
        else:
            paint = self._paint_image if named else self._paint_change
            paint(painter, option.rect, rows.changes.row(place), rows.text(place))
        painter.restore()

    def _paint_header(self, painter: QPainter, cell: QRect, text: GroupText) -> None:
        area = cell.adjusted(MARGIN + PADDING, 0, 0, 0)
        header_painting.paint_name(painter, area, self._fonts, text, self._theme)

    def _paint_members(self, painter: QPainter, cell: QRect, text: GroupText) -> None:
        area = self._beside_mark(painter, cell, text.verdict)
        header_painting.paint_count(painter, area, self._fonts, text, self._theme)

    def _paint_image(self, painter: QPainter, cell: QRect, row: Row, text: RowText) -> None:
        area = cell.adjusted(MARGIN + PADDING + INDENT * text.indented, 0, 0, 0)
        if self._has_room(cell):
            self._paint_thumbnail(painter, area, row.change)
            area.setLeft(area.left() + THUMBNAIL.width() + GAP)
        elif not text.plain:
            self._paint_glyph(painter, area, row.category, GLYPH)
            area.setLeft(area.left() + GLYPH + GAP)
        beside = self._has_room(cell) and not text.plain
        self._paint_name(painter, area, text, row.category, beside=beside)

    def _has_room(self, cell: QRect) -> bool:
        """Whether there is a thumbnail: never where it would leave no room for the name."""
        return self.thumbnails is not None and cell.width() >= _LEAST_WITH_THUMBNAIL

    def _paint_thumbnail(self, painter: QPainter, area: QRect, change: Change) -> None:
        room = QRect(QPoint(0, 0), THUMBNAIL)
        room.moveCenter(QPoint(area.left() + THUMBNAIL.width() // 2, middle(area)))
        ratio = painter.device().devicePixelRatioF()
        picture = self.thumbnails.pixmap(change, THUMBNAIL, ratio)
        canvas = change.record.canvas_theme if change.record is not None else None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._thumbs.paint(painter, room, picture, canvas)

    def _paint_name(
        self, painter: QPainter, area: QRect, text: RowText, category: Category, *, beside: bool
    ) -> None:
        """`beside` a thumbnail, which has the place of the glyph, that stands in the first line."""
        fonts = self._fonts
        first, second = fonts.lines(area, fonts.main, two=bool(text.detail))
        if beside:
            self._paint_glyph(painter, first, category, SMALL_GLYPH)
            first.setLeft(first.left() + SMALL_GLYPH + _GLYPH_GAP)
        title = fonts.elided(fonts.main, text.title, first.width(), _MIDDLE)
        done = category in _QUIET or text.verdict is Verdict.APPROVED
        ink = self._ink("text_secondary" if done else "text")
        draw_text(painter, first, title, fonts.main, ink)
        if text.detail:
            # A sentence loses its end, a path its middle.
            mode = _END if category is Category.ERRORED else _MIDDLE
            detail = fonts.elided(fonts.small, text.detail, second.width(), mode)
            draw_text(painter, second, detail, fonts.small, self._detail_ink(category))

    def _detail_ink(self, category: Category) -> QColor:
        if category is Category.ERRORED:
            return status_colour(self._theme, category.value)
        return self._ink("text_muted")

    def _ink(self, token: str) -> QColor:
        return colour(self._theme, token)

    def _paint_glyph(self, painter: QPainter, area: QRect, category: Category, size: int) -> None:
        """At the left, in the middle of the height."""
        ink = status_colour(self._theme, category.value)
        at = QPoint(area.left(), middle(area) + 1 - size // 2)
        draw_icon(painter, at, category.value, ink, size)

    def _paint_change(self, painter: QPainter, cell: QRect, row: Row, text: RowText) -> None:
        area = self._beside_mark(painter, cell, text.verdict, noted=text.noted)
        fonts, quiet = self._fonts, row.category in _QUIET or text.plain
        number = row.category is Category.CHANGED and not text.plain
        font = fonts.bold if number else fonts.small
        first, second = fonts.lines(area, font, two=bool(text.note))
        muted = self._ink("text_muted")
        ink = muted if quiet else status_colour(self._theme, row.category.value)
        draw_text(painter, first, text.badge, font, ink, RIGHT)
        if text.note:
            draw_text(painter, second, text.note, fonts.small, muted, RIGHT)

    def _beside_mark(
        self, painter: QPainter, cell: QRect, verdict: Verdict | None, *, noted: bool = False
    ) -> QRect:
        """Paint what was said at the right end; returns what is left of the cell."""
        area = cell.adjusted(0, 0, -MARGIN - PADDING, 0)
        paint_mark(painter, area, verdict, self._theme, noted=noted)
        return area.adjusted(0, 0, -MARK - MARK_GAP, 0)
