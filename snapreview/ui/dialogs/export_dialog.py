"""Export: what, of which images, where to; then how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from snapreview.export.entries import ExportResult
from snapreview.export.run import ExportChoice
from snapreview.model.change import Change
from snapreview.ui.dialogs.export_choice import ChoicePage
from snapreview.ui.dialogs.export_pages import OutcomePage, ProgressPage
from snapreview.ui.export_job import ExportJob

_END_SECONDS = 2.0
"""For a thread that has told how it ended and only has to return."""


MakeJob = Callable[[ExportChoice], ExportJob]


class ExportDialog(QDialog):
    """Three pages: the choice, the progress, the outcome.

    `folder` is where files go that are not given another. Closing the dialog while it writes
    cancels that, and the dialog stays until it has ended.

    Signals: `exported(Path)` when a file or folder is complete.
    """

    exported = Signal(object)

    def __init__(
        self,
        selected: Sequence[Change],
        shown: Sequence[Change],
        folder: Path,
        make_job: MakeJob,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export")
        self.setMinimumWidth(560)
        self._make_job = make_job
        self._job: ExportJob | None = None
        self._leaving = False
        self._pages = QStackedWidget()
        self._choice = ChoicePage(selected, shown, folder)
        self._progress = ProgressPage()
        self._outcome = OutcomePage()
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
        wanted = self._choice.choice
        self._job = job = self._make_job(wanted)
        job.progressed.connect(self._progress.show_progress)
        job.finished.connect(self._finished)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._stopped)
        self._progress.begin(wanted)
        self._outcome.begin(wanted)
        self._pages.setCurrentWidget(self._progress)
        job.start()

    def cancel(self) -> None:
        """Stop what is under way."""
        if self._job is not None:
            self._progress.show_stopping()
            self._job.cancel()

    def reject(self) -> None:
        """Escape or the window's own button: nothing goes on behind a closed dialog."""
        if self._job is None:
            super().reject()
        else:
            self._leaving = True
            self.cancel()

    def _finished(self, result: ExportResult) -> None:
        self._outcome.show_result(result)
        self.exported.emit(self._outcome.target)
        self._ended(self._outcome)
        self._outcome.primary.setFocus()

    def _failed(self, sentence: str) -> None:
        self._choice.show_fault(sentence)
        self._ended(self._choice)

    def _stopped(self) -> None:
        self._choice.show_fault("Cancelled. Nothing was written.")
        self._ended(self._choice)

    def _ended(self, page: QWidget) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.wait(_END_SECONDS)
        self._pages.setCurrentWidget(page)
        if self._leaving:
            super().reject()
