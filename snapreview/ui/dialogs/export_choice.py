"""The first page of the export dialog: what to write, of which images, where to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from snapreview.export.run import ExportChoice, Kind
from snapreview.model.change import Change
from snapreview.ui.dialogs.export_options import GAP, Contents, KindPicker, RowPicker
from snapreview.ui.dialogs.export_target import converted, free_target, typed_target
from snapreview.ui.widgets import button, column_of, label, row_of, sentence

_FILTERS = {Kind.ZIP: "Zip (*.zip)", Kind.CSV: "Table (*.csv)", Kind.JSON: "JSON (*.json)"}


class ChoicePage(QWidget):
    """What to write, of which rows, where to.

    Signals: `accepted()` when all of it can be used, `rejected()`. A file that is there already
    is only replaced when the user has said so twice.
    """

    accepted = Signal()
    rejected = Signal()

    def __init__(self, selected: Sequence[Change], shown: Sequence[Change], folder: Path) -> None:
        super().__init__()
        self._changes = {True: tuple(selected), False: tuple(shown)}
        self._folder = folder
        self._replaceable: Path | None = None
        self._picker = KindPicker()
        self._kind = self._picker.kind
        self._offered = str(free_target(folder, self._kind))
        self._rows = RowPicker(len(selected), len(shown))
        self._contents = Contents()
        self._target = QLineEdit(self._offered, objectName="exportTarget")
        self._browse = button("Browse…", "exportBrowse", "Choose where to write")
        self._fault = sentence("fault", "exportFault")
        self._go = button("Export", "exportStart", "Write it (Enter)", look="primary")
        self._cancel = button("Cancel", "exportClose", "Close and write nothing (Esc)")
        self._go.setDefault(True)
        self._lay_out()
        self._connect()
        self.show_fault("")
        self._name_target()
        self._contents.show_for(self._kind)
        self._follow()

    @property
    def choice(self) -> ExportChoice:
        """All that is chosen."""
        return ExportChoice(
            self._kind,
            self._changes[self._rows.only_selected],
            self.target,
            self._contents.parts,
            self._contents.with_page,
            self._contents.with_decisions,
        )

    @property
    def target(self) -> Path:
        """The file or folder to write."""
        return typed_target(self._target.text(), self._folder, self._kind)

    def show_fault(self, text: str) -> None:
        """Say why the last try failed; an empty text hides it."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    def _accept(self) -> None:
        target = self.target
        if self._kind is not Kind.HTML and target.exists() and target != self._replaceable:
            self._replaceable = target
            self.show_fault(f"{target.name} is there already. Press Replace to write over it.")
            self._go.setText("Replace")
            return
        self.show_fault("")
        self.accepted.emit()

    def _follow(self) -> None:
        enough = self._contents.parts or self._kind is not Kind.ZIP
        self._go.setEnabled(bool(self._rows.any and enough and self._target.text().strip()))

    def _turn_to(self, kind: Kind) -> None:
        """Another kind goes elsewhere: what was offered becomes another offer, a name stays."""
        before, self._kind = self._kind, kind
        if self._target.text() == self._offered:
            self._offered = str(free_target(self._folder, kind))
            self._target.setText(self._offered)
        else:
            self._target.setText(converted(self._target.text(), before, kind))
        self._name_target()
        self._contents.show_for(kind)
        self.show_fault("")
        self._follow()

    def _name_target(self) -> None:
        what = "Folder" if self._kind is Kind.HTML else "File"
        self._target.setAccessibleName(f"{what} to write")
        self._target.setToolTip(f"{what} to write")

    def _target_edited(self) -> None:
        self._replaceable = None
        self._go.setText("Export")
        self._follow()

    def _choose(self) -> None:
        """The system's dialog asks by itself before a file is replaced."""
        if self._kind is Kind.HTML:
            title = "Where to put the report's folder"
            within = QFileDialog.getExistingDirectory(self, title, str(self.target.parent))
            chosen = str(typed_target(within, self._folder, self._kind)) if within else ""
        else:
            filters = _FILTERS[self._kind]
            chosen, _ = QFileDialog.getSaveFileName(self, "Export to", str(self.target), filters)
        if chosen:
            self._target.setText(chosen)
            self._replaceable = Path(chosen)

    def _connect(self) -> None:
        self._picker.chosen.connect(self._turn_to)
        self._rows.changed.connect(self._follow)
        self._contents.changed.connect(self._follow)
        self._target.textChanged.connect(self._target_edited)
        self._browse.clicked.connect(self._choose)
        self._go.clicked.connect(self._accept)
        self._cancel.clicked.connect(self.rejected)

    def _lay_out(self) -> None:
        column = column_of(self)
        column.addWidget(label("Export as", "title"))
        column.addWidget(self._picker)
        column.addSpacing(GAP)
        column.addWidget(label("Which images", "title"))
        column.addWidget(self._rows)
        column.addWidget(self._contents)
        column.addSpacing(GAP)
        column.addWidget(label("Where to", "title"))
        where = row_of(self._target, self._browse)
        where.setStretch(0, 1)
        column.addLayout(where)
        column.addWidget(self._fault)
        column.addStretch(1)
        column.addSpacing(GAP)
        column.addLayout(row_of(None, self._cancel, self._go))
