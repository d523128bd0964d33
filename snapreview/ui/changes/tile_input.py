"""Keys and mouse of a grid of tiles, as in any icon view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication

from snapreview.ui.changes.tile_view import TileView

_Key = Qt.Key
_MOVES = {
    *(_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down),
    *(_Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown),
}
_TO_FIRST = {_Key.Key_Up, _Key.Key_Home}
_TO_LAST = {_Key.Key_Down, _Key.Key_End}
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_OTHERS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_RUBBER_BAND = QAbstractItemView.State.DragSelectingState


class TileInput(TileView):
    """A grid to be operated.

    Signals: `opened(int)`: Enter or a double click on a row; `dragRequested()`: the selected
    tiles are being dragged, which is left to whoever knows the files. `hovered_row` is the one
    under the pointer, or -1.
    """

    opened = Signal(int)
    dragRequested = Signal()

    hovered_row = -1
    _band = QRect()
    _grip: QPoint | None = None
    _dragged = False

    def open_header(self, row: int) -> None:
        """The header of a block was clicked, or Enter pressed on it. To be overridden."""

    def keyboardSearch(self, _search: str) -> None:
        """Letters are shortcuts here; the filter field is for searching."""

    def event(self, event: QEvent) -> bool:
        """Keys that move in the grid are no shortcuts of the window while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and _moves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a grid; Space, Escape and those with Alt are left to the window."""
        key, held = event.key(), event.modifiers()
        if key in {_Key.Key_Return, _Key.Key_Enter}:
            self._open(self.currentIndex())
        elif key == _Key.Key_Escape or held & _OTHERS or (key == _Key.Key_Space and not held):
            event.ignore()
        elif held & _CONTROL and key in _TO_FIRST | _TO_LAST:
            # With Control, Qt would move the current row and not the selection.
            end = _Key.Key_Home if key in _TO_FIRST else _Key.Key_End
            super().keyPressEvent(QKeyEvent(event.type(), end, held & _SHIFT))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A header is opened; all else is as in any list."""
        place, left = event.position().toPoint(), event.button() == Qt.MouseButton.LeftButton
        row = self._header_at(place)
        self._grip, self._dragged = None, False
        if row is None:
            super().mousePressEvent(event)
            grips = left and self.selectionModel().isSelected(self.indexAt(place))
            self._grip = place if grips else None
        elif left:
            self.open_header(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what was double-clicked."""
        place = event.position().toPoint()
        if self._header_at(place) is not None:
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The tile under the pointer is lit. Moved with the button held, it is dragged."""
        place = event.position().toPoint()
        if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._pull(place - self._grip)
            return
        self._grip = None
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(place).row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The rubber band goes."""
        self._grip = None
        super().mouseReleaseEvent(event)
        if not self._band.isNull():
            self._band = QRect()
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """No tile is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select tiles, and show the rubber band that does."""
        super().setSelection(rect, command)
        if self.state() == _RUBBER_BAND:
            self._band = rect.normalized()
            self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The rubber band stays with the pointer."""
        super().scrollContentsBy(dx, dy)
        if not self._band.isNull():
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring comes."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes, the selection pales."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """The ring moves."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            self.viewport().update(self.visualRect(index))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tiles, and above them the rubber band."""
        super().paintEvent(event)
        if self._band.isNull():
            return
        painter = QPainter(self.viewport())
        accent = self.palette().accent().color()
        painter.setPen(QPen(accent, 1))
        accent.setAlphaF(0.12)
        painter.setBrush(accent)
        painter.drawRect(self._band)
        painter.end()

    def _pull(self, way: QPoint) -> None:
        """Qt would ask the model whether it may be dragged, and for the data."""
        if not self._dragged and way.manhattanLength() >= QApplication.startDragDistance():
            self._dragged = True
            self.dragRequested.emit()

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if self.geometry_of_tiles.is_header(index.row()):
            self.open_header(index.row())
        else:
            self.opened.emit(index.row())

    def _header_at(self, place: QPoint) -> int | None:
        row = self.indexAt(place).row()
        return row if row >= 0 and self.geometry_of_tiles.is_header(row) else None

    def _hover(self, row: int) -> None:
        if row == self.hovered_row:
            return
        rows, self.hovered_row = {self.hovered_row, row}, row
        for changed in rows:
            if 0 <= changed < self.geometry_of_tiles.count:
                self.viewport().update(self.row_rect(changed))


def _moves(event: QKeyEvent) -> bool:
    return event.key() in _MOVES and not event.modifiers() & (_CONTROL | _OTHERS)
