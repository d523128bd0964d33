"""The list: groups, grid, selection, decisions, filter."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest

from snapreview.model.decision import Verdict
from snapreview.ui.changes.list_strip import ViewKind

from .sample import TALLER, WIDE
from .scenes import Scenes, Shots
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
def groups(stage: Stage) -> Shots:
    """Images by the group they belong to; then all but the first are folded; then small tiles."""
    stage.review()
    changes = stage.page.changes
    table, model = changes.table, changes.model
    changes.set_grouping(True)
    table.go_first()
    yield "list-grouped", changes
    place = next(row for row in range(model.rowCount()) if model.group(row) is not None)
    model.fold_all(True)
    model.fold(model.group(place).name, False)
    table.go_to_row(place)
    yield "list-folded", changes
    model.fold_all(False)
    table.go_first()
    changes.set_view_kind(ViewKind.GRID)
    stage.page.grid.set_tile_size(0)
    yield "grid-grouped", changes


@SCENES.add
def decisions(stage: Stage) -> Shots:
    """One with a note in the inspector; then several rows at once; then all as tiles."""
    stage.review()
    decide(stage)
    changes = stage.page.changes
    yield "decided", stage.window
    changes.table.select_names([changes.model.change(place).name for place in range(5)])
    yield "selected", stage.window
    changes.table.go_first()
    changes.set_view_kind(ViewKind.GRID)
    yield "grid", changes


@SCENES.add
def filtering(stage: Stage) -> Shots:
    """A term that cannot be read is marked and explained; then suggestions for another."""
    stage.review()
    bar = stage.page.changes.bar
    bar.field.setText("status:chnged phone")
    yield "filter-fault", stage.page.changes
    bar.clear()
    stage.page.changes.table.go_first()
    bar.focus_field()
    QTest.keyClicks(bar.field, "hero is:")
    yield "filter-suggestions", stage.window


@SCENES.add
def context_menu(stage: Stage) -> Shots:
    """What can be done with an image."""
    stage.review()
    stage.calm()
    viewport = stage.page.changes.table.viewport()
    at = QPoint(120, 60)
    reason = QContextMenuEvent.Reason.Mouse
    stage.app.sendEvent(viewport, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))
    yield "context-menu", stage.app.activePopupWidget()
