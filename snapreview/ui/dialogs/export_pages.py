"""The pages of the export dialog: the choice, the progress, the outcome."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from snapreview.export.entries import Part, ZipResult
from snapreview.ui.dialogs.export_target import free_target, typed_target
from snapreview.ui.widgets import button, label, sentence

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
        column = _column(self)
        column.addWidget(label("Which images", "title"))
        column.addLayout(_row(self._selected, self._shown, None, spacing=20))
        column.addSpacing(8)
        column.addWidget(label("What of each", "title"))
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        for row, (part, box) in enumerate(self._parts.items()):
            grid.addWidget(box, row, 0)
            grid.addWidget(label(_PART_NAMES[part][1], "secondary"), row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addSpacing(8)
        column.addWidget(label("Where to", "title"))
        where = _row(self._target, self._browse)
        where.setStretch(0, 1)
        column.addLayout(where)
        column.addWidget(self._fault)
        column.addStretch(1)
        column.addSpacing(8)
        column.addLayout(_row(None, self._cancel, self._go))


class ProgressPage(QWidget):
    """How far it is. Signals: `cancelled()`."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label("Exporting", "title")
        self._bar = QProgressBar(objectName="exportProgress", textVisible=False)
        self._bar.setAccessibleName("Progress of the export")
        self._text = label("", "secondary", "exportProgressText")
        self._cancel = button("Cancel", "exportCancel", "Stop; nothing is left behind")
        self._cancel.clicked.connect(self.cancelled)
        column = _column(self)
        column.addStretch(1)
        for part in (self._title, self._bar, self._text):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(_row(None, self._cancel))

    def begin(self, target: Path) -> None:
        """It is not yet known how much there is to do."""
        self._title.setText(f"Writing {target.name}")
        self._bar.setRange(0, 0)
        self._text.setText("Fetching the first images…")
        self._cancel.setEnabled(True)

    def show_progress(self, done: int, total: int) -> None:
        """So many of so many files are dealt with."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        if self._cancel.isEnabled():
            self._text.setText(f"{done:,} of {total:,} files")

    def show_stopping(self) -> None:
        """It was cancelled and takes a moment."""
        self._cancel.setEnabled(False)
        self._text.setText("Stopping…")


class OutcomePage(QWidget):
    """How it went, with what is missing. Signals: `closed()`."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path()
        self._title = label("", "title", "exportOutcome")
        self._text = sentence("", "exportOutcomeText")
        self._missing = QPlainTextEdit(objectName="exportMissing", readOnly=True)
        self._missing.setAccessibleName("What is not in the zip")
        self._missing.setTabChangesFocus(True)
        self._reveal = button("Show in folder", "exportReveal")
        self._close = button("Done", "exportDone", look="primary")
        self._reveal.clicked.connect(self._show_folder)
        self._close.clicked.connect(self.closed)
        column = _column(self)
        for part in (self._title, self._text, self._missing):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(_row(self._reveal, None, self._close))

    @property
    def primary(self) -> QPushButton:
        """The button that is meant by Enter."""
        return self._close

    def show_result(self, result: ZipResult, target: Path) -> None:
        """Say what was written to `target`."""
        self._folder = target.parent
        missing = result.missing
        self._title.setText("Exported, but not everything" if missing else "Exported")
        noun = "file" if result.entries == 1 else "files"
        also = f" {len(missing):,} could not be had:" if missing else ""
        self._text.setText(f"{result.entries:,} {noun} in {target}.{also}")
        self._missing.setPlainText("\n\n".join(f"{m.name}\n{m.reason}" for m in missing))
        self._missing.setVisible(bool(missing))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _part_box(part: Part) -> QCheckBox:
    box = QCheckBox(_PART_NAMES[part][0], objectName=f"exportPart{part.value.capitalize()}")
    box.setAccessibleName(". ".join(_PART_NAMES[part]))
    box.setChecked(True)
    return box


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return column


def _row(*parts: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets beside one another; None takes what room is left."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for part in parts:
        row.addStretch(1) if part is None else row.addWidget(part)
    return row
