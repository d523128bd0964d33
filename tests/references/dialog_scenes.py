"""The dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtWidgets import QAbstractButton, QDialog, QTabWidget

from snapreview.export.entries import ExportResult, Missing, Part
from snapreview.export.run import ExportChoice
from snapreview.model.cancel import CancelToken
from snapreview.model.options import DiffOptions
from snapreview.ui.dialogs.about import AboutBox
from snapreview.ui.dialogs.export_dialog import ExportDialog
from snapreview.ui.dialogs.forget_dialog import ForgetDialog
from snapreview.ui.dialogs.settings_dialog import SettingsDialog
from snapreview.ui.dialogs.settings_values import Compared, Preferences
from snapreview.ui.engine_facts import EngineFacts
from snapreview.ui.export_job import ExportJob, Work

from .scenes import Scenes
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


def exporting(stage: Stage, kind: str = "", work: Work | None = None) -> QDialog:
    """The dialog for an export of this kind, which does this work."""
    stage.review()
    changes = stage.page.changes

    def make(_: ExportChoice) -> ExportJob:
        return ExportJob(work)

    listed = list(changes.model.changes)
    dialog = ExportDialog(changes.table.selected_changes(), listed, DESKTOP, make, stage.window)
    opened(stage, dialog)
    if kind:
        dialog.findChild(QAbstractButton, kind).click()
    if work is not None:
        dialog.start()
    return dialog


@SCENES.add
def export_zip(stage: Stage) -> QDialog:
    """Files in a zip."""
    return exporting(stage)


@SCENES.add
def export_html(stage: Stage) -> QDialog:
    """A page in a folder."""
    return exporting(stage, "exportKindHtml")


@SCENES.add
def export_decisions(stage: Stage) -> QDialog:
    """A table of decisions."""
    return exporting(stage, "exportKindCsv")


@SCENES.add
def export_progress(stage: Stage) -> QDialog:
    """Some files are written. So few that no rate is told yet."""
    told = Event()

    def work(token: CancelToken, progress: Callable[[int, int], None]) -> ExportResult:
        progress(5, 96)
        told.set()
        ended = Event()
        token.on_cancel(ended.set)
        ended.wait()
        token.check()
        raise AssertionError("nobody has cancelled")

    dialog = exporting(stage, work=work)
    stage.wait("the export to begin", told.is_set)
    return dialog


def outcome(stage: Stage, result: ExportResult, kind: str = "") -> QDialog:
    """How an export went."""
    dialog = exporting(stage, kind, lambda _token, _progress: result)
    done = dialog.findChild(QAbstractButton, "exportDone")
    stage.wait("the export to end", done.isVisible)
    return dialog


@SCENES.add
def export_outcome(stage: Stage) -> QDialog:
    """All of it was written."""
    return outcome(stage, ExportResult(DESKTOP, 96), "exportKindHtml")


@SCENES.add
def export_incomplete(stage: Stage) -> QDialog:
    """Something could not be had."""
    return outcome(stage, ExportResult(DESKTOP, 94, MISSING))


def settings(stage: Stage, page: int, compared: Compared | None = None) -> QDialog:
    """A page of the settings."""
    stage.review()
    dialog = SettingsDialog(Preferences(), compared, stage.window)
    dialog.findChild(QTabWidget, "settingsTabs").setCurrentIndex(page)
    dialog.show_engine("", ENGINE)
    return opened(stage, dialog)


@SCENES.add
def settings_appearance(stage: Stage) -> QDialog:
    """How it looks."""
    return settings(stage, 0)


@SCENES.add
def settings_review(stage: Stage) -> QDialog:
    """How one reviews."""
    return settings(stage, 1)


@SCENES.add
def settings_outdated(stage: Stage) -> QDialog:
    """What is on screen was compared otherwise."""
    return settings(stage, 2, Compared(DiffOptions(0.1), ""))


@SCENES.add
def shortcuts(stage: Stage) -> QDialog:
    """All keys."""
    stage.review()
    stage.window.show_shortcuts()
    return stage.window.findChild(QDialog, "shortcutsSheet")


@SCENES.add
def faults(stage: Stage) -> QDialog:
    """What could not be compared."""
    stage.review()
    stage.window.show_faults()
    return stage.window.findChild(QDialog, "faultDialog")


@SCENES.add
def forget(stage: Stage) -> QDialog:
    """Whether decisions go, too."""
    stage.window.show_start()
    return opened(stage, ForgetDialog(12, stage.window))


@SCENES.add
def about(stage: Stage) -> QDialog:
    """Which SnapReview this is."""
    stage.window.show_start()
    facts = EngineFacts(lambda: ENGINE, stage.window)
    box = AboutBox(facts, stage.window)
    stage.wait("the engine's answer", lambda: ENGINE in box.informativeText())
    box.setText("SnapReview 1.0")
    return opened(stage, box)
