"""The second and third page of the export dialog: the progress, the outcome."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QProgressBar, QPushButton, QWidget

from snapreview.export.entries import INDEX_NAME, ExportResult
from snapreview.export.run import ExportChoice, Kind
from snapreview.ui.dialogs.export_pace import Pace
from snapreview.ui.system import open_file, reveal
from snapreview.ui.widgets import button, column_of, label, row_of, sentence


class ProgressPage(QWidget):
    """How far it is. Signals: `cancelled()`."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pace = Pace()
        self._title = label("Exporting", "title")
        self._bar = QProgressBar(objectName="exportProgress", textVisible=False)
        self._bar.setAccessibleName("Progress of the export")
        self._text = label("", "secondary", "exportProgressText")
        self._cancel = button("Cancel", "exportCancel", "Stop; nothing is left behind (Esc)")
        self._cancel.clicked.connect(self.cancelled)
        column = column_of(self)
        column.addStretch(1)
        for part in (self._title, self._bar, self._text):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(row_of(None, self._cancel))

    def begin(self, choice: ExportChoice) -> None:
        """It is not yet known how much there is to do."""
        self._pace = Pace()
        self._title.setText(f"Writing {choice.target.name}")
        self._bar.setRange(0, 0)
        self._text.setText("Writing…" if choice.kind.is_table else "Fetching the first images…")
        self._cancel.setEnabled(True)
        self._cancel.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """So many of so many files are dealt with."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        if self._cancel.isEnabled():
            self._text.setText(self._pace.text(done, total))

    def show_stopping(self) -> None:
        """It was cancelled and takes a moment."""
        self._cancel.setEnabled(False)
        self._text.setText("Stopping…")


class OutcomePage(QWidget):
    """How it went, with what is missing. Signals: `closed()`."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind = Kind.ZIP
        self.target = Path()
        self._title = label("", "title", "exportOutcome")
        self._text = sentence("", "exportOutcomeText")
        self._missing = QPlainTextEdit(objectName="exportMissing", readOnly=True)
        self._missing.setAccessibleName("What could not be exported")
        self._missing.setTabChangesFocus(True)
        self._reveal = button("Show in folder", "exportReveal", "Show it in the file manager")
        self._open = button("Open report", "exportOpen", "Open the page in the browser")
        self._close = button("Done", "exportDone", "Close (Enter)", look="primary")
        self._close.setDefault(True)
        self._reveal.clicked.connect(lambda: reveal(self.target))
        self._open.clicked.connect(lambda: open_file(self.target / INDEX_NAME))
        self._close.clicked.connect(self.closed)
        column = column_of(self)
        column.addStretch(1)
        for part in (self._title, self._text):
            column.addWidget(part)
        column.addWidget(self._missing, 64)  # all the room, as long as it is there
        column.addStretch(1)
        column.addLayout(row_of(self._reveal, self._open, None, self._close))

    @property
    def primary(self) -> QPushButton:
        """The button that is meant by Enter."""
        return self._close

    def begin(self, choice: ExportChoice) -> None:
        """This is what the outcome will be of."""
        self._kind, self.target = choice.kind, choice.target
        self._open.setVisible(choice.kind is Kind.HTML)

    def show_result(self, result: ExportResult) -> None:
        """Say what was written."""
        missing = result.missing
        self._title.setText("Exported, but not everything" if missing else "Exported")
        also = f" {len(missing):,} could not be had:" if missing else ""
        self._text.setText(f"{self._counted(result.entries)} in {self.target}.{also}")
        self._missing.setPlainText("\n\n".join(f"{m.name}\n{m.reason}" for m in missing))
        self._missing.setVisible(bool(missing))

    def _counted(self, count: int) -> str:
        noun = "decision" if self._kind.is_table else "file"
        return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
