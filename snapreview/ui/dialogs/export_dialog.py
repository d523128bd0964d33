"""Export: which images, which parts of them, where to; then how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from snapreview.export.entries import Part, ZipResult
from snapreview.model.change import Change
from snapreview.ui.export_job import ExportJob
from snapreview.ui.widgets import button, label

_CLOSE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the user wants: these rows, these parts, into this file."""

    changes: tuple[Change, ...]
    parts: frozenset[Part]
    target: Path


MakeJob = Callable[[ExportChoice], ExportJob]

_PART_NAMES = {
    Part.BASE: ("Base images", "As they were"),
    Part.HEAD: ("Head images", "As they are now"),
    Part.DIFF: ("Masks", "Changed pixels alone, on transparency"),
    Part.OVERLAY: ("Overlays", "The head with changed pixels tinted"),
}


class ExportDialog(QDialog):
    """Three pages: the choice, the progress, the outcome.

    Signals: `exported(Path)` when a zip is complete.
    """

    exported = Signal(object)

    def __init__(
        self,
        selected: Sequence[Change],
        shown: Sequence[Change],
        target: Path,
        make_job: MakeJob,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle("Export")
        self.setMinimumWidth(520)
        self._rows = {"selected": tuple(selected), "shown": tuple(shown)}
        self._make_job = make_job
        self._job: ExportJob | None = None
        self._pages = QStackedWidget()
        self._choice = _ChoicePage(len(selected), len(shown), target)
        self._progress = _ProgressPage()
        self._outcome = _OutcomePage()
        for page in (self._choice, self._progress, self._outcome):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.addWidget(self._pages)
        self._choice.accepted.connect(self.start)
        self._choice.rejected.connect(self.reject)
        self._progress.cancelled.connect(self.cancel)
        self._outcome.closed.connect(self.accept)

    def start(self) -> None:
        """Begin with what is chosen."""
        rows = self._rows["selected" if self._choice.only_selected else "shown"]
        choice = ExportChoice(rows, self._choice.parts, self._choice.target)
        self._job = job = self._make_job(choice)
        job.progressed.connect(self._progress.show_progress)
        job.finished.connect(self._finished)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._stopped)
        self._progress.begin(choice.target)
        self._pages.setCurrentWidget(self._progress)
        job.start()

    def cancel(self) -> None:
        """Stop what is under way."""
        if self._job is not None:
            self._job.cancel()

    def reject(self) -> None:
        """Escape or the window's own button: nothing goes on behind a closed dialog."""
        self.cancel()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """As above."""
        self.cancel()
        if self._job is not None:
            self._job.wait(_CLOSE_SECONDS)
        super().closeEvent(event)

    def _finished(self, result: ZipResult) -> None:
        self._outcome.show_result(result, self._choice.target)
        self._pages.setCurrentWidget(self._outcome)
        self.exported.emit(self._choice.target)

    def _failed(self, sentence: str) -> None:
        self._choice.show_fault(sentence)
        self._pages.setCurrentWidget(self._choice)

    def _stopped(self) -> None:
        self._choice.show_fault("Cancelled. Nothing was written.")
        self._pages.setCurrentWidget(self._choice)


class _ChoicePage(QWidget):
    accepted = Signal()
    rejected = Signal()

    def __init__(self, selected: int, shown: int, target: Path) -> None:
        super().__init__()
        self._selected = QRadioButton(f"Selected ({selected:,})", objectName="exportSelected")
        self._shown = QRadioButton(f"All in the list ({shown:,})", objectName="exportShown")
        self._group = QButtonGroup(self)
        self._group.addButton(self._selected)
        self._group.addButton(self._shown)
        self._selected.setEnabled(selected > 0)
        (self._selected if selected > 1 else self._shown).setChecked(True)
        self._parts = {part: _part_box(part) for part in Part}
        self._target = QLineEdit(str(target), objectName="exportTarget")
        self._target.setAccessibleName("File to write")
        self._browse = button("Browse…", "exportBrowse", "Choose where to write")
        self._fault = QLabel(objectName="exportFault", wordWrap=True)
        self._fault.setProperty("type", "fault")
        self._go = button("Export", "exportStart", look="primary")
        self._cancel = button("Cancel", "exportClose")
        self._go.setDefault(True)
        self._lay_out()
        self._connect()
        self.show_fault("")
        self._follow()

    @property
    def only_selected(self) -> bool:
        return self._selected.isChecked()

    @property
    def parts(self) -> frozenset[Part]:
        return frozenset(part for part, box in self._parts.items() if box.isChecked())

    @property
    def target(self) -> Path:
        path = Path(self._target.text().strip()).expanduser()
        return path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")

    def show_fault(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))

    def _follow(self) -> None:
        self._go.setEnabled(bool(self.parts and self._target.text().strip()))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Export to", str(self.target), "Zip (*.zip)")
        if chosen:
            self._target.setText(chosen)

    def _connect(self) -> None:
        for box in self._parts.values():
            box.toggled.connect(self._follow)
        self._target.textChanged.connect(self._follow)
        self._browse.clicked.connect(self._choose)
        self._go.clicked.connect(self.accepted)
        self._cancel.clicked.connect(self.rejected)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label("Which images", "title"))
        rows = QHBoxLayout()
        rows.setSpacing(20)
        rows.addWidget(self._selected)
        rows.addWidget(self._shown)
        rows.addStretch(1)
        column.addLayout(rows)
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
        where = QHBoxLayout()
        where.addWidget(self._target, 1)
        where.addWidget(self._browse)
        column.addLayout(where)
        column.addWidget(self._fault)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._go)
        column.addSpacing(8)
        column.addLayout(buttons)


class _ProgressPage(QWidget):
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label("Exporting", "title")
        self._bar = QProgressBar(objectName="exportProgress", textVisible=False)
        self._bar.setAccessibleName("Progress of the export")
        self._text = label("", "secondary", "exportProgressText")
        self._cancel = button("Cancel", "exportCancel", "Stop; nothing is left behind")
        self._cancel.clicked.connect(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addStretch(1)
        for part in (self._title, self._bar, self._text):
            column.addWidget(part)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        column.addLayout(buttons)

    def begin(self, target: Path) -> None:
        self._title.setText(f"Writing {target.name}")
        self._bar.setRange(0, 0)
        self._text.setText("Fetching the first images…")
        self._cancel.setEnabled(True)

    def show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._text.setText(f"{done:,} of {total:,} files")

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._text.setText("Stopping…")
        self.cancelled.emit()


class _OutcomePage(QWidget):
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path()
        self._title = label("", "title", "exportOutcome")
        self._text = QLabel(objectName="exportOutcomeText", wordWrap=True)
        self._missing = QPlainTextEdit(objectName="exportMissing", readOnly=True)
        self._missing.setAccessibleName("What is not in the zip")
        self._reveal = button("Show in folder", "exportReveal")
        self._close = button("Done", "exportDone", look="primary")
        self._reveal.clicked.connect(self._show_folder)
        self._close.clicked.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self._title, self._text, self._missing):
            column.addWidget(part)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._reveal)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column.addLayout(buttons)

    def show_result(self, result: ZipResult, target: Path) -> None:
        self._folder = target.parent
        missing = result.missing
        complete = "Exported" if not missing else "Exported, but not everything"
        self._title.setText(complete)
        files = f"{result.entries:,} files in {target}"
        also = f" {len(missing):,} could not be fetched:" if missing else ""
        self._text.setText(f"{files}.{also}")
        self._missing.setPlainText("\n".join(f"{m.name}: {m.reason}" for m in missing))
        self._missing.setVisible(bool(missing))
        self._close.setFocus()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _part_box(part: Part) -> QCheckBox:
    box = QCheckBox(_PART_NAMES[part][0], objectName=f"exportPart{part.value.capitalize()}")
    box.setAccessibleName(". ".join(_PART_NAMES[part]))
    box.setChecked(True)
    return box
