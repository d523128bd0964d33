"""Export from the window: possible once all is settled, remembered by its folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from snapreview.export.run import ExportChoice
from snapreview.model.change import Comparison
from snapreview.model.decision import Decision
from snapreview.ui.actions import WindowActions
from snapreview.ui.dialogs.export_dialog import ExportDialog
from snapreview.ui.export_job import ExportJob
from snapreview.ui.review_page import ReviewPage

MakeExport = Callable[[ExportChoice, Comparison, Mapping[str, Decision]], ExportJob]
"""Makes the job that writes what is chosen of a comparison with what was decided about it."""


class Exporting(QObject):
    """Opens the dialog for what is selected and shown.

    Signals: `exported(Path)`: something was written there. `folder` is where the next one is
    proposed to go.
    """

    exported = Signal(object)

    def __init__(
        self,
        window: QWidget,
        page: ReviewPage,
        actions: WindowActions,
        make_export: MakeExport,
        decisions: Callable[[], Mapping[str, Decision]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._action = actions.export
        self._make_export = make_export
        self._decisions = decisions
        self._comparison: Comparison | None = None
        self.folder = Path.home()
        actions.export.triggered.connect(self.open)
        page.header.exportRequested.connect(self.open)
        self.offer(None)

    def offer(self, comparison: Comparison | None) -> None:
        """Only what is settled can be exported."""
        self._comparison = comparison
        self._action.setEnabled(comparison is not None)
        self._page.header.export.setEnabled(comparison is not None)

    def open(self) -> None:
        """Ask what to export, and do it."""
        comparison = self._comparison
        if comparison is None:
            return
        self._page.inspector.commit_note()
        decisions = self._decisions()
        dialog = ExportDialog(
            self._page.changes.table.selected_changes(),
            list(self._page.changes.model.changes),
            self.folder,
            lambda choice: self._make_export(choice, comparison, decisions),
            self._window,
        )
        dialog.exported.connect(self.exported)
        dialog.open()
