"""Labelled controls below one another, each with its help and its fault beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from snapreview.ui.widgets import label, sentence

Value = TypeVar("Value")

_LABEL_WIDTH = 180
_ROW_GAP = 18


class Form(QWidget):
    """A grid of labels and controls."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)

    def add(self, text: str, control: QWidget, note: str = "") -> QLabel:
        """One row: `text` names the control, `note` explains it below; returns the note."""
        row = self._next_row()
        if text:
            name = label(text)
            name.setBuddy(control)
            control.setAccessibleName(control.accessibleName() or text)
            if isinstance(control, QComboBox):
                control.view().setAccessibleName(text)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(name, row, 0, align)
        self._grid.addWidget(control, row, 1)
        below = sentence("caption", "")
        below.setText(note)
        below.setVisible(bool(note))
        control.setAccessibleDescription(note)
        self._grid.addWidget(below, row + 1, 1)
        return below

    def _next_row(self) -> int:
        row = self._grid.rowCount()
        if row > 1:
            self._grid.setRowMinimumHeight(row, _ROW_GAP - 2 * self._grid.verticalSpacing())
        return row + 1


class ReadField(QWidget):
    """A text field for a value of some kind; what cannot be read is told beside it.

    `read` makes the value, or raises ValueError with a sentence. Signals: `edited(object)`: the
    value that is written now; `faultChanged()`.
    """

    edited = Signal(object)
    faultChanged = Signal()

    def __init__(
        self, name: str, spoken: str, read: Callable[[str], Value], unit: str, wide: int = 88
    ) -> None:
        super().__init__()
        self._read = read
        self._fault = label("", "fault", f"{name}Fault")
        self.field = QLineEdit(objectName=name)
        self.field.setAccessibleName(spoken)
        self.field.setFixedWidth(wide)
        self.setFocusProxy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field)
        if unit:
            row.addWidget(label(unit, "secondary"))
        row.addWidget(self._fault, 1)
        self.field.textEdited.connect(self._take)

    @property
    def fault(self) -> str:
        """What is wrong with what is written, or nothing."""
        return self._fault.text()

    def show_text(self, text: str) -> None:
        """Write what is right."""
        self.field.setText(text)
        self._say("")

    def setAccessibleDescription(self, text: str) -> None:
        """The field is what is spoken of."""
        self.field.setAccessibleDescription(text)

    def _take(self, text: str) -> None:
        try:
            value = self._read(text)
        except ValueError as fault:
            self._say(str(fault))
        else:
            self._say("")
            self.edited.emit(value)

    def _say(self, fault: str) -> None:
        changed = bool(fault) != bool(self.fault)
        self._fault.setText(fault)
        if changed:
            self.faultChanged.emit()
