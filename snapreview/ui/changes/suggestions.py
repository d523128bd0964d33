"""The list of suggestions below the filter field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from snapreview.model.query_complete import Candidate
from snapreview.ui.changes.cells import small_font
from snapreview.ui.theme import Theme, colour

_AT_ONCE = 9
_EDGE = 4 + 1
"""Between the outside of the list and its rows: padding and border of the style sheet."""
_PADDING = 8
_GAP = 12
_CANDIDATE = Qt.ItemDataRole.UserRole + 1


class Suggestions(QListView):
    """Candidates to choose from. The keyboard stays in the field, which moves the choice.

    Signal `taken(Candidate)`: one was clicked.
    """

    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("filterSuggestions")
        self.setAccessibleName("Suggestions for the filter")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self._paints = _SuggestionDelegate(theme, self)
        self.setItemDelegate(self._paints)
        self.entered.connect(self.setCurrentIndex)
        self.clicked.connect(lambda index: self.taken.emit(index.data(_CANDIDATE)))
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._paints.set_theme(theme)
        self.viewport().update()

    def fill(self, candidates: Sequence[Candidate]) -> None:
        """Offer these; none is chosen yet."""
        self._rows.clear()
        self._paints.align(candidates, self.font())
        for candidate in candidates:
            item = QStandardItem(candidate.label)
            item.setData(candidate, _CANDIDATE)
            item.setData(spoken(candidate), Qt.ItemDataRole.AccessibleTextRole)
            self._rows.appendRow(item)
        self.scrollToTop()

    def chosen(self) -> Candidate | None:
        """The one that is highlighted."""
        index = self.currentIndex()
        return index.data(_CANDIDATE) if index.isValid() else None

    def first(self) -> Candidate | None:
        """The likeliest one."""
        return self._rows.index(0, 0).data(_CANDIDATE)

    def step(self, rows: int) -> None:
        """Go so many rows down, or up; past either end to none, and from there round."""
        count = self._rows.rowCount()
        place = (self.currentIndex().row() + 1 + rows) % (count + 1)
        if abs(rows) > 1:
            place = max(1, min(self.currentIndex().row() + 1 + rows, count))
        self.setCurrentIndex(self._rows.index(place - 1, 0))

    def place_below(self, field: QWidget) -> None:
        """Stand below the field, at least as wide, inside the window."""
        window = self.parentWidget()
        corner = field.mapTo(window, field.rect().bottomLeft())
        wanted = max(self.sizeHintForColumn(0) + 2 * _EDGE + 12, field.width())
        rows = min(self._rows.rowCount(), _AT_ONCE)
        height = rows * self.sizeHintForRow(0) + 2 * _EDGE
        below = window.height() - corner.y() - 2 * _EDGE
        width = min(wanted, window.width() - corner.x() - _EDGE)
        self.setGeometry(corner.x(), corner.y() + _EDGE, width, min(height, below))


def spoken(candidate: Candidate) -> str:
    """A suggestion as a screen reader says it."""
    images = "" if candidate.count is None else f"{candidate.count:,} images"
    return ", ".join(part for part in (candidate.label, candidate.hint, images) if part)


class _SuggestionDelegate(QStyledItemDelegate):
    """Label, behind it the hint, and at the right the number."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = 0

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def align(self, candidates: Sequence[Candidate], font: QFont) -> None:
        """Let the hints of these begin below one another."""
        metrics = QFontMetrics(font)
        hinted = [metrics.horizontalAdvance(c.label) for c in candidates if c.hint]
        self._column = max(hinted, default=0)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        candidate, metrics = index.data(_CANDIDATE), QFontMetrics(option.font)
        small = QFontMetrics(small_font(option.font))
        beside = [text for text in (candidate.hint, _number(candidate)) if text]
        width = max(metrics.horizontalAdvance(candidate.label), self._column if beside else 0)
        width += sum(_GAP + small.horizontalAdvance(text) for text in beside)
        return QSize(width + 2 * _PADDING + 2, metrics.height() + 12)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colour(self._theme, "selected"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(option.rect), 4, 4)
        area = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        self._paint_texts(painter, area, option.font, index.data(_CANDIDATE))
        painter.restore()

    def _paint_texts(
        self, painter: QPainter, area: QRect, font: QFont, candidate: Candidate
    ) -> None:
        """The number first, which is never cut short, then what there is room for."""
        side, muted = Qt.AlignmentFlag, colour(self._theme, "text_muted")
        small = small_font(font)
        used = self._write(painter, area, _number(candidate), side.AlignRight, small, muted)
        area.adjust(0, 0, -used - _GAP if used else 0, 0)
        ink = colour(self._theme, "text")
        used = self._write(painter, area, candidate.label, side.AlignLeft, font, ink)
        area.adjust(max(used, self._column) + _GAP, 0, 0, 0)
        self._write(painter, area, candidate.hint, side.AlignLeft, small, muted)

    def _write(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        side: Qt.AlignmentFlag,
        font: QFont,
        ink: QColor,
    ) -> int:
        """Write what there is room for; returns its width."""
        painter.setFont(font)
        painter.setPen(ink)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(area.width(), 0))
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)


def _number(candidate: Candidate) -> str:
    return "" if candidate.count is None else f"{candidate.count:,}"
