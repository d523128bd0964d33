"""The changed regions of an image as a list to go to them."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from snapreview.model.change import ImageDiff
from snapreview.ui.inspector.facts_view import set_up_quiet_table
from snapreview.ui.inspector.keys import ARROWS, ENTER, claims
from snapreview.ui.inspector.painting import small_font
from snapreview.ui.inspector.regions_delegate import PAD, RegionDelegate
from snapreview.ui.inspector.regions_model import Column, RegionsModel
from snapreview.ui.theme import Theme

ROWS_AT_ONCE = 8
"""Rows in sight; more of them scroll in the list."""

_ROW_PADDING = 8
_WIDEST_NUMBER = "200"
_WIDEST_SHARE = "0.0088 %"


class RegionsView(QTableView):
    """A list of regions: a click, or Enter on one, goes there.

    `shown_region` is the one that the viewer shows, or -1. The pointer takes no focus to the list.

    Signals: `chosen(int)`, a place in the list.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(objectName="inspectorRegions")
        self.setAccessibleName("Changed regions")
        self.setAccessibleDescription("Enter shows a region in the viewer")
        self.shown_region = -1
        self.hovered = -1
        self._regions = RegionsModel()
        self._delegate = RegionDelegate(theme, self)
        self.setModel(self._regions)
        self.setItemDelegate(self._delegate)
        set_up_quiet_table(self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.horizontalHeader().hide()
        self._fit_to_font()
        self.hide()

    def show_regions(self, diff: ImageDiff | None) -> None:
        """Replace the list; an empty one takes no room."""
        if self._regions.show(diff):
            self.shown_region = self.hovered = -1
            self._fit_height()
            self.setVisible(self._regions.rowCount() > 0)

    def show_region(self, number: int) -> None:
        """Mark the one that the viewer shows; nothing is told of it."""
        known = 0 <= number < self._regions.rowCount()
        self.shown_region = number if known else -1
        if known:
            self.setCurrentIndex(self._regions.index(number, Column.SIZE))
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._delegate.set_theme(theme)
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, self.height())

    def event(self, event: QEvent) -> bool:
        """Arrows walk here and not through the images."""
        return claims(event, ARROWS | ENTER) or super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow and shrink with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go there; letters are shortcuts, Escape leads out of here."""
        if event.key() in ENTER:
            self._choose(self.currentIndex().row())
        elif event.key() in ARROWS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to what was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.rowAt(round(event.position().y())))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer is lit as a whole."""
        self._hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a row to stand on."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._regions.index(0, Column.SIZE))
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """The ring leaves a whole row."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _choose(self, row: int) -> None:
        if 0 <= row < self._regions.rowCount():
            self.show_region(row)
            self.chosen.emit(row)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def _fit_to_font(self) -> None:
        self._delegate.set_font(self.font())
        metrics = QFontMetrics(small_font(self.font()))
        self._row_height = metrics.height() + _ROW_PADDING
        self.verticalHeader().setDefaultSectionSize(self._row_height)
        self.verticalScrollBar().setSingleStep(self._row_height)
        across = self.horizontalHeader()
        for column, text in ((Column.NUMBER, _WIDEST_NUMBER), (Column.SHARE, _WIDEST_SHARE)):
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            across.resizeSection(column, metrics.horizontalAdvance(text) + 2 * PAD - 2)
        for column in (Column.SIZE, Column.POSITION):
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._fit_height()

    def _fit_height(self) -> None:
        self.setFixedHeight(min(self._regions.rowCount(), ROWS_AT_ONCE) * self._row_height)
