"""The viewer: every mode, and what can be pointed at in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from snapreview.model.change import Change, Side, Status
from snapreview.ui.viewer.colours import Backdrop
from snapreview.ui.viewer.modes import Mode

from .sample import LONG, SKIPPED
from .scenes import Scenes
from .stage import Stage

SCENES = Scenes()

WIDE = "trips/calendar-desktop-light.png"
TALL = "checkout/cart-phone-light.png"
RESIZED = "trips/itinerary-phone-light.png"
SMALL = "explore/stay-phone-light.png"
CLEAR = "brand/sticker.png"


def show(stage: Stage, name: str, mode: Mode = Mode.SPLIT) -> None:
    """Look at an image in this way."""
    stage.review(name=name)
    stage.page.viewer.set_mode(mode)
    stage.calm()


@SCENES.add
def mode_split(stage: Stage) -> None:
    """Side by side."""
    show(stage, TALL)


@SCENES.add
def mode_split_wide(stage: Stage) -> None:
    """Side by side, of wide images."""
    show(stage, WIDE)


@SCENES.add
def mode_wipe(stage: Stage) -> None:
    """The base left of a line, the head right of it."""
    show(stage, WIDE, Mode.WIPE)


@SCENES.add
def mode_onion(stage: Stage) -> None:
    """One shines through the other."""
    show(stage, WIDE, Mode.ONION)


def blink(stage: Stage, side: Side) -> None:
    """It is this side's turn, however long the drawing takes."""
    show(stage, WIDE, Mode.BLINK)
    stage.before_taking = lambda: _turn_to(stage, side)


def _turn_to(stage: Stage, side: Side) -> None:
    canvas = stage.page.viewer.canvas
    if canvas.panes()[0].side is not side:
        canvas.blink_now()


@SCENES.add
def mode_blink_base(stage: Stage) -> None:
    """The base's turn."""
    blink(stage, Side.BASE)


@SCENES.add
def mode_blink_head(stage: Stage) -> None:
    """The head's turn."""
    blink(stage, Side.HEAD)


@SCENES.add
def mode_difference(stage: Stage) -> None:
    """What changed, the rest dimmed."""
    show(stage, WIDE, Mode.DIFFERENCE)


@SCENES.add
def mode_base(stage: Stage) -> None:
    """The base alone."""
    show(stage, TALL, Mode.BASE)


@SCENES.add
def mode_head(stage: Stage) -> None:
    """The head alone."""
    show(stage, TALL, Mode.HEAD)


@SCENES.add
def overlay_off(stage: Stage) -> None:
    """No pixel is tinted."""
    show(stage, TALL)
    stage.page.viewer.set_overlay(visible=False)


def flash(stage: Stage, steps: int) -> None:
    """So many steps into a flash, whatever the clock says."""
    show(stage, TALL)
    inspection = stage.page.viewer.inspection

    def begin() -> None:
        inspection.flash(visible=True)
        for _ in range(steps):
            inspection.advance_flash()

    stage.before_taking = begin


@SCENES.add
def flash_off(stage: Stage) -> None:
    """The first step of a flash: the overlay is away."""
    flash(stage, 0)


@SCENES.add
def flash_on(stage: Stage) -> None:
    """The second: it is there, stronger than otherwise."""
    flash(stage, 1)


@SCENES.add
def regions(stage: Stage) -> None:
    """All boxes, of which one is the current one."""
    show(stage, TALL, Mode.HEAD)
    stage.page.viewer.set_boxes_shown(True)
    stage.page.viewer.go_to_region(0)


@SCENES.add
def boxes(stage: Stage) -> None:
    """All boxes, none of them the current one."""
    show(stage, WIDE)
    stage.page.viewer.set_boxes_shown(True)


@SCENES.add
def pinned_pixel(stage: Stage) -> None:
    """A pixel is held, enlarged sixteen times."""
    show(stage, SMALL)
    stage.page.viewer.go_to_region(0)
    canvas = stage.page.viewer.canvas
    canvas.zoom_to(16.0)
    at = QPoint(canvas.width() // 4, canvas.height() // 2)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)


@SCENES.add
def backdrop_checker(stage: Stage) -> None:
    """Transparent pixels over a checkerboard."""
    show(stage, CLEAR)
    stage.page.viewer.set_backdrop(Backdrop.CHECKER)


def row(wanted: Callable[[Change], bool]) -> Callable[[Stage], None]:
    """Looks at the first row for which `wanted` is true."""

    def prepare(stage: Stage) -> None:
        show(stage, next(c.name for c in stage.sample.comparison.changes if wanted(c)))

    return prepare


SCENES["row-added"] = row(lambda change: change.status is Status.ADDED)
SCENES["row-removed"] = row(lambda change: change.status is Status.REMOVED)
SCENES["row-renamed"] = row(lambda change: change.status is Status.RENAMED)
SCENES["row-subtle"] = row(lambda change: change.is_subtle)
SCENES["row-skipped"] = row(lambda change: change.name == SKIPPED)
SCENES["row-resized"] = row(lambda change: change.name == RESIZED)
SCENES["row-long-name"] = row(lambda change: change.name == LONG)


@SCENES.add
def narrow(stage: Stage) -> None:
    """Little room: the toolbar does without words."""
    show(stage, WIDE, Mode.WIPE)
    stage.window.resize(900, 600)


@SCENES.add
def without_inspector(stage: Stage) -> None:
    """The panel at the right is folded away."""
    show(stage, WIDE)
    stage.page.header.inspector.setChecked(False)
