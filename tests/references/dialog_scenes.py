"""The dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtWidgets import QAbstractButton, QDialog, QTabWidget

from snapreview.export.entries import ExportResult, Missing, Part
from snapreview.export.run import ExportChoice
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled
from snapreview.model.options import DiffOptions
from snapreview.ui.dialogs.about import AboutBox
from snapreview.ui.dialogs.export_dialog import ExportDialog
from snapreview.ui.dialogs.forget_dialog import ForgetDialog
from snapreview.ui.dialogs.settings_dialog import SettingsDialog
from snapreview.ui.dialogs.settings_values import Compared, Preferences
from snapreview.ui.engine_facts import EngineFacts
from snapreview.ui.export_job import ExportJob, Work

from .scenes import Scenes, Shots
from .stage import Stage

SCENES = Scenes()

MISSING = (
    Missing(
        "checkout/receipt-phone-light.png", Part.OVERLAY, "It cannot be decoded: it ends too early."
    ),
    Missing("brand/sticker.png", Part.HEAD, "It could not be downloaded: HTTP 503."),
)
ENGINE = "odiff 4.5.0, came with SnapReview"
DESKTOP = Path("/home/ada/Desktop")
"""Which is not there: nothing is written."""


def opened(stage: Stage, dialog: QDialog) -> QDialog:
    """The dialog, once keys go to it."""
    dialog.open()
    stage.wait("the dialog to be active", dialog.isActiveWindow)
    return dialog


def exporting(stage: Stage, work: Work | None = None) -> ExportDialog:
    """The dialog for an export, which does this work."""
    changes = stage.page.changes

    def make(_: ExportChoice) -> ExportJob:
        return ExportJob(work)

    listed = list(changes.model.changes)
    dialog = ExportDialog(changes.table.selected_changes(), listed, DESKTOP, make, stage.window)
    opened(stage, dialog)
    return dialog


@SCENES.add
def export(stage: Stage) -> Shots:
    """What can be written: a zip, a page, a table of decisions."""
    stage.review()
    dialog = exporting(stage)
    yield "export-zip", dialog
    for name, kind in (("export-html", "Html"), ("export-decisions", "Csv")):
        dialog.findChild(QAbstractButton, f"exportKind{kind}").click()
        yield name, dialog


@SCENES.add
def export_progress(stage: Stage) -> Shots:
    """Some files are written. So few that no rate is told yet."""
    told = Event()

    def work(token: CancelToken, progress: Callable[[int, int], None]) -> ExportResult:
        progress(5, 96)
        told.set()
        ended = Event()
        token.on_cancel(ended.set)
        ended.wait()
        raise Cancelled

    stage.review()
    dialog = exporting(stage, work)
    dialog.start()
    stage.wait("the export to begin", told.is_set)
    yield "export-progress", dialog


@SCENES.add
def export_outcome(stage: Stage) -> Shots:
    """All of it was written; another time something could not be had."""
    stage.review()
    yield "export-outcome", outcome(stage, ExportResult(DESKTOP, 96), "exportKindHtml")
    yield "export-incomplete", outcome(stage, ExportResult(DESKTOP, 94, MISSING), "exportKindZip")


def outcome(stage: Stage, result: ExportResult, kind: str) -> QDialog:
    """How an export went."""
    dialog = exporting(stage, lambda _token, _progress: result)
    dialog.findChild(QAbstractButton, kind).click()
    dialog.start()
    done = dialog.findChild(QAbstractButton, "exportDone")
    stage.wait("the export to end", done.isVisible)
    return dialog


@SCENES.add
def settings(stage: Stage) -> Shots:
    """Its pages; what is on screen was compared otherwise."""
    stage.review()
    compared = Compared(DiffOptions(0.1), "")
    dialog = SettingsDialog(Preferences(), compared, stage.window)
    dialog.show_engine("", ENGINE)
    opened(stage, dialog)
    for page, name in enumerate(("appearance", "review", "outdated")):
        dialog.findChild(QTabWidget, "settingsTabs").setCurrentIndex(page)
        yield f"settings-{name}", dialog


@SCENES.add
def helping(stage: Stage) -> Shots:
    """All keys; what could not be compared."""
    stage.review()
    stage.window.show_shortcuts()
    yield "shortcuts", stage.window.findChild(QDialog, "shortcutsSheet")
    stage.window.show_faults()
    yield "faults", stage.window.findChild(QDialog, "faultDialog")


@SCENES.add
def small_dialogs(stage: Stage) -> Shots:
    """Whether decisions go, too; which SnapReview this is."""
    yield "forget", opened(stage, ForgetDialog(12, stage.window))
    facts = EngineFacts(lambda: ENGINE, stage.window)
    box = AboutBox(facts, stage.window)
    stage.wait("the engine's answer", lambda: ENGINE in box.informativeText())
    box.setText("SnapReview 1.0")
    yield "about", opened(stage, box)
