"""The list: groups, grid, selection, decisions, filter."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from snapreview.model.decision import Verdict
from snapreview.ui.changes.list_strip import ViewKind

from .sample import TALLER, WIDE
from .scenes import Scenes
from .stage import Stage

SCENES = Scenes()

NOTED = WIDE
NOTE = "The cards moved down, and the button is orange now. Is that meant, or left over?"
APPROVED = (TALLER, "account/settings-phone-light.png", "account/rail-pass-phone-light.png")
REJECTED = ("brand/sticker.png", NOTED)


def decide(stage: Stage) -> None:
    """Some images are judged, and of one something is written."""
    desk = stage.window.deciding.desk
    desk.decide(APPROVED, Verdict.APPROVED)
    desk.decide(REJECTED, Verdict.REJECTED)
    desk.annotate(NOTED, NOTE)
    stage.wait("the decisions", lambda: desk.decision(NOTED).note == NOTE)


@SCENES.add
def list_grouped(stage: Stage) -> QWidget:
    """Images by the group they belong to."""
    stage.review()
    stage.page.changes.set_grouping(True)
    stage.page.changes.table.go_first()
    return stage.page.changes


@SCENES.add
def list_folded(stage: Stage) -> QWidget:
    """All groups but the first are folded."""
    stage.review()
    changes = stage.page.changes
    changes.set_grouping(True)
    changes.model.fold_all(True)
    model = changes.model
    place = next(row for row in range(model.rowCount()) if model.group(row) is not None)
    model.fold(model.group(place).name, False)
    changes.table.go_to_row(place)
    return changes


@SCENES.add
def grid(stage: Stage) -> QWidget:
    """Thumbnails."""
    stage.review()
    decide(stage)
    stage.page.changes.set_view_kind(ViewKind.GRID)
    return stage.page.changes


@SCENES.add
def grid_grouped(stage: Stage) -> QWidget:
    """Small thumbnails in groups."""
    stage.review()
    stage.page.changes.set_grouping(True)
    stage.page.changes.set_view_kind(ViewKind.GRID)
    stage.page.grid.set_tile_size(0)
    return stage.page.changes


@SCENES.add
def selected(stage: Stage) -> None:
    """Several rows at once."""
    stage.review()
    decide(stage)
    table = stage.page.changes.table
    names = [stage.page.changes.model.change(place).name for place in range(5)]
    table.go_to(names[0])
    table.select_names(names)


@SCENES.add
def decided(stage: Stage) -> None:
    """Verdicts in the list, and one with a note in the inspector."""
    stage.review()
    decide(stage)
    stage.page.changes.table.go_to(NOTED)


@SCENES.add
def filter_fault(stage: Stage) -> QWidget:
    """A term that cannot be read is marked and explained."""
    stage.review()
    stage.page.changes.bar.field.setText("status:chnged phone")
    return stage.page.changes


@SCENES.add
def filter_suggestions(stage: Stage) -> None:
    """What fits where the cursor is."""
    stage.review()
    stage.page.changes.bar.focus_field()
    QTest.keyClicks(stage.page.changes.bar.field, "hero is:")


@SCENES.add
def context_menu(stage: Stage) -> QWidget:
    """What can be done with an image."""
    stage.review()
    stage.calm()
    viewport = stage.page.changes.table.viewport()
    at = QPoint(120, 60)
    reason = QContextMenuEvent.Reason.Mouse
    stage.app.sendEvent(viewport, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))
    return stage.app.activePopupWidget()
