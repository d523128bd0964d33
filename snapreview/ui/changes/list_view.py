"""A table view that looks and listens like a plain list with groups."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from snapreview.ui.changes.cells import badge_width, reaches_arrow, row_height
from snapreview.ui.changes.model import ChangesModel, Column

_LEFT_TO_OTHERS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Escape}
_FOLDS = {Qt.Key.Key_Left, Qt.Key.Key_Right}
_TO_FIRST = {Qt.Key.Key_Up, Qt.Key.Key_Home}
_TO_LAST = {Qt.Key.Key_Down, Qt.Key.Key_End}
_HELD = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class ListView(QTableView):
    """Rows of one fixed height, chosen as a whole, walked with the keyboard.

    A table because of what a change costs in a QListView (engine-facts, part 3). Signals:
    `opened(int)`: Enter or a double click on a row; on a header they fold it or unfold it, as
    does a click on its arrow, Left and Right. `hovered_row` is the one under the pointer, or -1.
    """

    opened = Signal(int)
    dragRequested = Signal()

    def __init__(self, model: ChangesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hovered_row = -1
        self._rows = model
        self._with_thumbnails = False
        self.setModel(model)
        self._set_up_looks()
        self._set_up_headers()

    def fit(self) -> None:
        """Give rows the height and the right column the width that font and texts need."""
        height = row_height(self.font(), thumbnails=self._with_thumbnails)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height // 2)
        width = badge_width(self.font(), self._rows.longest_badge)
        self.horizontalHeader().resizeSection(Column.CHANGE, width)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End mean the first and the last row."""
        actions = QAbstractItemView.CursorAction
        if action not in {actions.MoveHome, actions.MoveEnd}:
            return super().moveCursor(action, modifiers)
        row = 0 if action == actions.MoveHome else self.model().rowCount() - 1
        return self.model().index(row, Column.NAME)

    def event(self, event: QEvent) -> bool:
        """On a header, claim Left and Right before a shortcut of the window gets them."""
        if event.type() == QEvent.Type.ShortcutOverride and self._folds(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a list; those of the viewer are left to the window."""
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif self._folds(event):
            self._fold_or_enter(self.currentIndex().row(), folded=key == Qt.Key.Key_Left)
        elif key in _LEFT_TO_OTHERS:
            event.ignore()
        elif control and key in _TO_FIRST | _TO_LAST:
            # With Control, Qt would move the current row and not the selection.
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            end = Qt.Key.Key_Home if key in _TO_FIRST else Qt.Key.Key_End
            super().keyPressEvent(QKeyEvent(event.type(), end, shift))
        else:
            super().keyPressEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Somebody has to get the files first: the model has none."""
        self.dragRequested.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here; the filter field is for searching."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on an arrow folds and chooses nothing."""
        if not self._click_arrow(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was double-clicked. On an arrow these are two clicks."""
        if self._click_arrow(event):
            return
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
            self.fit()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """The ring leaves both cells of a row."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        group = self._rows.group(index.row()) if index.isValid() else None
        if group is not None:
            self._rows.fold(group.name, not group.folded)
        elif index.isValid():
            self.opened.emit(index.row())

    def _folds(self, event: QKeyEvent) -> bool:
        index = self.currentIndex()
        plain = event.key() in _FOLDS and not event.modifiers() & _HELD
        return plain and index.isValid() and self._rows.group(index.row()) is not None

    def _fold_or_enter(self, row: int, *, folded: bool) -> None:
        """Left folds. Right unfolds, and goes to the first member when that is done."""
        group = self._rows.group(row)
        if group.folded is not folded:
            self._rows.fold(group.name, folded)
        elif not folded:
            self.selectRow(row + 1)

    def _click_arrow(self, event: QMouseEvent) -> bool:
        """Fold or unfold where the left button went down on an arrow."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        left = event.button() == Qt.MouseButton.LeftButton
        if not (left and index.isValid() and reaches_arrow(at.x())):
            return False
        group = self._rows.group(index.row())
        if group is None:
            return False
        self._rows.fold(group.name, not group.folded)
        return True

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
        self.setDragEnabled(True)
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
        self.fit()
