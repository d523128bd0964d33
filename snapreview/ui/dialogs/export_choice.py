"""The first page of the export dialog: which images, what of each, where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from snapreview.export.entries import Part
from snapreview.ui.dialogs.export_target import free_target, typed_target
from snapreview.ui.widgets import button, column_of, label, row_of, sentence

_PART_NAMES = {
    Part.BASE: ("Base images", "As they were"),
    Part.HEAD: ("Head images", "As they are now"),
    Part.DIFF: ("Masks", "Changed pixels alone, on transparency"),
    Part.OVERLAY: ("Overlays", "The head with changed pixels tinted"),
}


class ChoicePage(QWidget):
    """Which rows, which parts, where to.

    Signals: `accepted()` when all of it can be used, `rejected()`. A file that is there already
    is only replaced when the user has said so twice.
    """

    accepted = Signal()
    rejected = Signal()

    def __init__(self, selected: int, shown: int, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._replaceable: Path | None = None
        self._selected = QRadioButton(f"Selected ({selected:,})", objectName="exportSelected")
        self._shown = QRadioButton(f"All in the list ({shown:,})", objectName="exportShown")
        self._group = QButtonGroup(self)
        for choice, count in ((self._selected, selected), (self._shown, shown)):
            self._group.addButton(choice)
            choice.setEnabled(count > 0)
        (self._selected if selected > 1 else self._shown).setChecked(True)
        self._parts = {part: _part_box(part) for part in Part}
        self._target = QLineEdit(str(free_target(folder)), objectName="exportTarget")
        self._target.setAccessibleName("File to write")
        self._browse = button("Browse…", "exportBrowse", "Choose where to write")
        self._fault = sentence("fault", "exportFault")
        self._go = button("Export", "exportStart", look="primary")
        self._cancel = button("Cancel", "exportClose")
        self._go.setDefault(True)
        self._lay_out()
        self._connect()
        self.show_fault("")
        self._follow()

    @property
    def only_selected(self) -> bool:
        """Whether it is the selected rows, not all that are listed."""
        return self._selected.isChecked()

    @property
    def parts(self) -> frozenset[Part]:
        """What is wanted of each row."""
        return frozenset(part for part, box in self._parts.items() if box.isChecked())

    @property
    def target(self) -> Path:
        """The file to write."""
        return typed_target(self._target.text(), self._folder)

    def show_fault(self, text: str) -> None:
        """Say why the last try failed; an empty text hides it."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    def _accept(self) -> None:
        target = self.target
        if target.exists() and target != self._replaceable:
            self._replaceable = target
            self.show_fault(f"{target.name} is there already. Press Replace to write over it.")
            self._go.setText("Replace")
            return
        self.show_fault("")
        self.accepted.emit()

    def _follow(self) -> None:
        rows = self._group.checkedButton().isEnabled()
        self._go.setEnabled(bool(rows and self.parts and self._target.text().strip()))

    def _target_edited(self) -> None:
        self._replaceable = None
        self._go.setText("Export")
        self._follow()

    def _choose(self) -> None:
        """The system's dialog asks by itself before a file is replaced."""
        chosen, _ = QFileDialog.getSaveFileName(self, "Export to", str(self.target), "Zip (*.zip)")
        if chosen:
            self._target.setText(chosen)
            self._replaceable = Path(chosen)

    def _connect(self) -> None:
        for box in self._parts.values():
            box.toggled.connect(self._follow)
        self._target.textChanged.connect(self._target_edited)
        self._browse.clicked.connect(self._choose)
        self._go.clicked.connect(self._accept)
        self._cancel.clicked.connect(self.rejected)

    def _lay_out(self) -> None:
        column = column_of(self)
        column.addWidget(label("Which images", "title"))
        column.addLayout(row_of(self._selected, self._shown, None, spacing=20))
        column.addSpacing(8)
        column.addWidget(label("What of each", "title"))
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        for row, (part, box) in enumerate(self._parts.items()):
            grid.addWidget(box, row, 0)
            grid.addWidget(label(_PART_NAMES[part][1], "secondary"), row, 1)
            grid.setRowMinimumHeight(row, box.sizeHint().height())
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addSpacing(8)
        column.addWidget(label("Where to", "title"))
        where = row_of(self._target, self._browse)
        where.setStretch(0, 1)
        column.addLayout(where)
        column.addWidget(self._fault)
        column.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row_of(None, self._cancel, self._go))


def _part_box(part: Part) -> QCheckBox:
    box = QCheckBox(_PART_NAMES[part][0], objectName=f"exportPart{part.value.capitalize()}")
    box.setAccessibleName(". ".join(_PART_NAMES[part]))
    box.setChecked(True)
    return box
