"""A table view that looks and listens like a plain list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from snapreview.ui.changes.delegate import MARGIN, PADDING, row_height, small_font
from snapreview.ui.changes.model import ChangesModel, Column

_LEFT_TO_OTHERS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Escape}
_TO_FIRST = {Qt.Key.Key_Up, Qt.Key.Key_Home}
_TO_LAST = {Qt.Key.Key_Down, Qt.Key.Key_End}
_WIDEST_BADGE = "unchanged"


class ListView(QTableView):
    """Rows of one fixed height, chosen as a whole, walked with the keyboard.

    A table because of what a change costs in a QListView (engine-facts, part 3). Signals:
    `opened(int)`: Enter or a double click on a row. `hovered_row` is the one under the
    pointer, or -1.
    """

    opened = Signal(int)

    def __init__(self, model: ChangesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hovered_row = -1
        self.setModel(model)
        self._set_up_looks()
        self._set_up_headers()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End mean the first and the last row."""
        actions = QAbstractItemView.CursorAction
        if action not in {actions.MoveHome, actions.MoveEnd}:
            return super().moveCursor(action, modifiers)
        row = 0 if action == actions.MoveHome else self.model().rowCount() - 1
        return self.model().index(row, Column.NAME)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a list; those of the viewer are left to the window."""
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif key in _LEFT_TO_OTHERS:
            event.ignore()
        elif control and key in _TO_FIRST | _TO_LAST:
            # With Control, Qt would move the current row and not the selection.
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            end = Qt.Key.Key_Home if key in _TO_FIRST else Qt.Key.Key_End
            super().keyPressEvent(QKeyEvent(event.type(), end, shift))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here; the filter field is for searching."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was double-clicked."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer is lit as a whole."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring comes, in both cells of the row."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes, the selection pales."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow and shrink with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_to_font()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """The ring leaves both cells of a row."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.row())

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def _set_up_looks(self) -> None:
        self.setObjectName("changesTable")
        self.setAccessibleName("Changes")
        self.setAccessibleDescription("Images of base and head, and what changed between them")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _set_up_headers(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        down.hide()
        across.setMinimumSectionSize(1)
        across.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(Column.CHANGE, QHeaderView.ResizeMode.Fixed)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_to_font()

    def _fit_to_font(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height(self.font()))
        self.verticalScrollBar().setSingleStep(row_height(self.font()) // 2)
        badge = QFontMetrics(small_font(self.font())).horizontalAdvance(_WIDEST_BADGE)
        self.horizontalHeader().resizeSection(Column.CHANGE, badge + MARGIN + 2 * PADDING)
