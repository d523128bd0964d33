"""The viewer: every mode, every kind of row, and what can be pointed at in it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from snapreview.model.change import Side
from snapreview.ui.viewer.colours import Backdrop
from snapreview.ui.viewer.modes import Mode

from .sample import LONG, SKIPPED, TALLER, WIDE
from .scenes import Scenes
from .stage import Stage

SCENES = Scenes()

TALL = "checkout/cart-phone-light.png"
TINY_CHANGE = "explore/stay-phone-light.png"
TRANSPARENT = "brand/sticker.png"


def show(stage: Stage, name: str, mode: Mode = Mode.SPLIT) -> QWidget:
    """Look at an image in this way; returns the viewer."""
    stage.review(name=name)
    stage.page.viewer.set_mode(mode)
    stage.calm()
    return stage.page.viewer


@SCENES.add
def mode_split(stage: Stage) -> None:
    """Side by side, in the whole window."""
    show(stage, TALL)


@SCENES.add
def mode_wipe(stage: Stage) -> QWidget:
    """The base left of a line, the head right of it."""
    return show(stage, WIDE, Mode.WIPE)


@SCENES.add
def mode_onion(stage: Stage) -> QWidget:
    """One shines through the other."""
    return show(stage, WIDE, Mode.ONION)


@SCENES.add
def mode_blink_base(stage: Stage) -> QWidget:
    """The base's turn."""
    return blink(stage, Side.BASE)


@SCENES.add
def mode_blink_head(stage: Stage) -> QWidget:
    """The head's turn."""
    return blink(stage, Side.HEAD)


def blink(stage: Stage, side: Side) -> QWidget:
    """It is this side's turn, however long the drawing takes."""
    viewer = show(stage, WIDE, Mode.BLINK)

    def turn() -> None:
        if viewer.canvas.panes()[0].side is not side:
            viewer.canvas.blink_now()

    stage.before_taking = turn
    return viewer


@SCENES.add
def mode_difference(stage: Stage) -> QWidget:
    """What changed, the rest dimmed."""
    return show(stage, WIDE, Mode.DIFFERENCE)


@SCENES.add
def mode_base(stage: Stage) -> QWidget:
    """The base alone."""
    return show(stage, WIDE, Mode.BASE)


@SCENES.add
def mode_head(stage: Stage) -> QWidget:
    """The head alone."""
    return show(stage, WIDE, Mode.HEAD)


@SCENES.add
def overlay_off(stage: Stage) -> QWidget:
    """No pixel is tinted."""
    viewer = show(stage, WIDE)
    viewer.set_overlay(visible=False)
    return viewer


@SCENES.add
def flash_off(stage: Stage) -> QWidget:
    """The first step of a flash: the overlay is away."""
    return flash(stage, 0)


@SCENES.add
def flash_on(stage: Stage) -> QWidget:
    """The second: it is there, stronger than otherwise."""
    return flash(stage, 1)


def flash(stage: Stage, steps: int) -> QWidget:
    """So many steps into a flash, whatever the clock says."""
    viewer = show(stage, WIDE)
    viewer.set_overlay(opacity=0.3)

    def begin() -> None:
        viewer.inspection.flash(visible=True)
        for _ in range(steps):
            viewer.inspection.advance_flash()

    stage.before_taking = begin
    return viewer


@SCENES.add
def regions(stage: Stage) -> None:
    """All boxes, of which one is the current one; the inspector marks it."""
    viewer = show(stage, WIDE, Mode.HEAD)
    viewer.set_boxes_shown(True)
    viewer.go_to_region(1)


@SCENES.add
def boxes(stage: Stage) -> QWidget:
    """All boxes, none of them the current one."""
    viewer = show(stage, WIDE, Mode.HEAD)
    viewer.set_boxes_shown(True)
    return viewer


def pin(stage: Stage) -> None:
    """Hold a pixel, enlarged sixteen times."""
    viewer = show(stage, TINY_CHANGE)
    viewer.go_to_region(0)
    canvas = viewer.canvas
    canvas.zoom_to(16.0)
    at = QPoint(canvas.width() // 4, canvas.height() // 2)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)


@SCENES.add
def pinned_pixel(stage: Stage) -> QWidget:
    """Where it is."""
    pin(stage)
    return stage.page.viewer


@SCENES.add
def pinned_pixel_colours(stage: Stage) -> QWidget:
    """What it is."""
    pin(stage)
    return stage.page.status


@SCENES.add
def backdrop_checker(stage: Stage) -> QWidget:
    """Transparent pixels over a checkerboard."""
    viewer = show(stage, TRANSPARENT)
    viewer.set_backdrop(Backdrop.CHECKER)
    return viewer


@SCENES.add
def row_added(stage: Stage) -> QWidget:
    """Only the head has it."""
    return show(stage, "account/notifications-phone-light.png")


@SCENES.add
def row_removed(stage: Stage) -> QWidget:
    """Only the base has it."""
    return show(stage, "account/rail-pass-phone-light.png")


@SCENES.add
def row_renamed(stage: Stage) -> QWidget:
    """The same under another name."""
    return show(stage, "trips/saved-empty-phone-light.png")


@SCENES.add
def row_resized(stage: Stage) -> QWidget:
    """The head is taller."""
    return show(stage, TALLER)


@SCENES.add
def row_subtle(stage: Stage) -> QWidget:
    """Pixels differ by less than anybody sees."""
    return show(stage, "trips/calendar-phone-dark.png")


@SCENES.add
def row_skipped(stage: Stage) -> QWidget:
    """The head left it out, and says so."""
    return show(stage, SKIPPED)


@SCENES.add
def row_long_name(stage: Stage) -> QWidget:
    """A name too long for where it stands."""
    return show(stage, LONG)


@SCENES.add
def inspector_resized(stage: Stage) -> QWidget:
    """All that is told of an image that has grown."""
    show(stage, TALLER)
    return stage.page.inspector


@SCENES.add
def inspector_renamed(stage: Stage) -> QWidget:
    """What is told where nothing has changed but the name."""
    show(stage, "trips/saved-empty-phone-light.png")
    return stage.page.inspector


@SCENES.add
def inspector_long_name(stage: Stage) -> QWidget:
    """A name too long for the panel."""
    show(stage, LONG)
    return stage.page.inspector


@SCENES.add
def inspector_skipped(stage: Stage) -> QWidget:
    """Nothing to judge."""
    show(stage, SKIPPED)
    return stage.page.inspector


@SCENES.add
def narrow(stage: Stage) -> None:
    """Little room: the toolbar does without words, the list without thumbnails."""
    show(stage, WIDE, Mode.WIPE)
    stage.window.resize(900, 600)


@SCENES.add
def without_inspector(stage: Stage) -> QWidget:
    """The panel at the right is folded away: the toolbar has room for all it has."""
    viewer = show(stage, WIDE)
    stage.page.header.inspector.setChecked(False)
    return viewer
