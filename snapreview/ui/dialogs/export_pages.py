"""The second and third page of the export dialog: the progress, the outcome."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit, QProgressBar, QPushButton, QWidget

from snapreview.export.entries import ZipResult
from snapreview.ui.widgets import button, column_of, label, row_of, sentence


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
        column = column_of(self)
        column.addStretch(1)
        for part in (self._title, self._bar, self._text):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(row_of(None, self._cancel))

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
        column = column_of(self)
        for part in (self._title, self._text, self._missing):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(row_of(self._reveal, None, self._close))

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
