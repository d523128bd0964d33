"""The line in which a source is written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

_BY_HAND = {
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
}


class SourceEdit(QLineEdit):
    """A field that leads down into a list.

    Signals: `listAsked()` by the arrow down, `entered()` by mouse or Tab, `left()`,
    `escaped()`.
    """

    listAsked = Signal()
    entered = Signal()
    left = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads into the list; Escape is ignored unless somebody stops it there."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers() & ~_KEYPAD:
            self.listAsked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody has come to write, or to choose."""
        super().focusInEvent(event)
        if event.reason() in _BY_HAND:
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nobody writes any more."""
        super().focusOutEvent(event)
        self.left.emit()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
