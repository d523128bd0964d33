"""The viewer: every mode, every kind of row, and what can be pointed at in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from snapreview.model.change import Side
from snapreview.ui.viewer.colours import Backdrop
from snapreview.ui.viewer.modes import Mode
from snapreview.ui.viewer.viewer import Viewer

from .sample import LONG, SKIPPED, TALLER, WIDE
from .scenes import Scenes, Shots
from .stage import Stage

SCENES = Scenes()

TALL = "checkout/cart-phone-light.png"
TINY_CHANGE = "explore/stay-phone-light.png"
ROWS = {
    "added": "account/notifications-phone-light.png",
    "removed": "account/rail-pass-phone-light.png",
    "renamed": "trips/saved-empty-phone-light.png",
    "resized": TALLER,
    "subtle": "trips/calendar-phone-dark.png",
    "skipped": SKIPPED,
    "long-name": LONG,
}


@SCENES.add
def split(stage: Stage) -> Shots:
    """Side by side, in the whole window."""
    stage.review(name=TALL)
    yield "mode-split", stage.window


@SCENES.add
def modes(stage: Stage) -> Shots:
    """The other ways to look, all with an overlay."""
    stage.review(name=WIDE)
    viewer = stage.page.viewer
    for mode in (Mode.WIPE, Mode.ONION, Mode.DIFFERENCE, Mode.BASE, Mode.HEAD):
        viewer.set_mode(mode)
        yield f"mode-{mode.name.lower()}", viewer
    viewer.set_mode(Mode.BLINK)
    for side in Side:
        stage.before_taking = turn_to(viewer, side)
        yield f"mode-blink-{side.value}", viewer


def turn_to(viewer: Viewer, side: Side) -> Callable[[], None]:
    """Makes it this side's turn, however long the drawing takes."""

    def turn() -> None:
        if viewer.canvas.panes()[0].side is not side:
            viewer.canvas.blink_now()

    return turn


@SCENES.add
def overlays(stage: Stage) -> Shots:
    """Weak, flashing, away."""
    stage.review(name=WIDE)
    viewer = stage.page.viewer
    viewer.set_overlay(opacity=0.3)
    for name, steps in (("flash-off", 0), ("flash-on", 1)):
        stage.before_taking = flash(viewer, steps)
        yield name, viewer
    viewer.inspection.forget()
    viewer.set_overlay(visible=False)
    yield "overlay-off", viewer


def flash(viewer: Viewer, steps: int) -> Callable[[], None]:
    """Begins a flash and goes so many steps, whatever the clock says: first the overlay is away,
    then it is there, stronger than otherwise."""

    def begin() -> None:
        viewer.inspection.flash(visible=True)
        for _ in range(steps):
            viewer.inspection.advance_flash()

    return begin


@SCENES.add
def regions(stage: Stage) -> Shots:
    """All boxes; then one of them is the current one, and the inspector marks it."""
    stage.review(name=WIDE)
    viewer = stage.page.viewer
    viewer.set_mode(Mode.HEAD)
    viewer.set_boxes_shown(True)
    yield "boxes", viewer
    viewer.go_to_region(1)
    yield "regions", stage.window


@SCENES.add
def pinned(stage: Stage) -> Shots:
    """A pixel is held, enlarged sixteen times; the status line tells its colours."""
    stage.review(name=TINY_CHANGE)
    stage.calm()
    viewer = stage.page.viewer
    viewer.go_to_region(0)
    canvas = viewer.canvas
    canvas.zoom_to(16.0)
    at = QPoint(canvas.width() // 4, canvas.height() // 2)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    yield "pinned-pixel", viewer
    yield "pinned-pixel-colours", stage.page.status


@SCENES.add
def rows(stage: Stage) -> Shots:
    """One of each kind, in the viewer and in the inspector."""
    stage.review()
    for kind, name in ROWS.items():
        stage.page.changes.table.go_to(name)
        yield f"row-{kind}", stage.page.viewer
        if kind in {"renamed", "resized", "skipped", "long-name"}:
            yield f"inspector-{kind}", stage.page.inspector


@SCENES.add
def transparency(stage: Stage) -> Shots:
    """Pixels that let a checkerboard through."""
    stage.review(name="brand/sticker.png")
    stage.page.viewer.set_backdrop(Backdrop.CHECKER)
    yield "backdrop-checker", stage.page.viewer


@SCENES.add
def room(stage: Stage) -> Shots:
    """With more of it the toolbar shows all it has; with less it does without words, and the list
    without thumbnails."""
    stage.review(name=WIDE)
    stage.page.header.inspector.setChecked(False)
    yield "without-inspector", stage.page.viewer
    stage.page.header.inspector.setChecked(True)
    stage.page.viewer.set_mode(Mode.WIPE)
    stage.window.resize(900, 600)
    yield "narrow", stage.window
