"""Which panes a scene takes in a mode, and where they lie. No Qt widgets, no state."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect

from snapreview.model.change import Side
from snapreview.ui.viewer.message import LOADING
from snapreview.ui.viewer.modes import (
    INK_OF,
    WHOLE,
    Clip,
    Ink,
    Looks,
    Mode,
    Pane,
    panes_for,
)
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.view_state import Size, ViewState


def panes_of(scene: Scene, looks: Looks, opacity: float | None, blinked: Side) -> tuple[Pane, ...]:
    """The panes of a scene. `opacity` is the overlay's, None where it is not seen.

    Differences that the engine did not count are only tinted where they are looked for.
    """
    counted = scene.mask is not None
    sought = scene.difference is not None and looks.mode is Mode.DIFFERENCE
    shown = replace(looks, mode=mode_shown(scene, looks.mode))
    return panes_for(shown, scene.sides, opacity if counted or sought else None, blinked)


def mode_shown(scene: Scene, mode: Mode) -> Mode:
    """The mode asked for, unless it takes two images and one of them is not there: then side by
    side, so that it is seen which one, and why."""
    if len(scene.sides) < 2 or len(scene.pictures) == 2 or mode in {Mode.BASE, Mode.HEAD}:
        return mode
    waiting = all(message == LOADING for message in scene.messages.values())
    return mode if waiting and not scene.pictures else Mode.SPLIT


def areas_of(canvas: Size, count: int, top: int, gap: int) -> list[QRect]:
    """Where `count` panes lie below their captions, in device pixels; all of one size."""
    width, height = canvas
    count = max(1, count)
    each = (width - gap * (count - 1)) // count
    size = (max(1, each), max(1, height - top))
    # What is left over when an odd width is halved goes to the divider.
    starts = [i * (width - each) // max(1, count - 1) for i in range(count)]
    return [QRect(start, top, *size) for start in starts]


def clipped(area: QRect, clip: Clip, view: ViewState) -> QRect:
    """The part of a pane's area that a plane may draw on."""
    start, stop = clip
    left = area.left() if start == 0 else area.left() + view.line_at(start)
    right = area.right() + 1 if stop == 1 else area.left() + view.line_at(stop)
    return area & QRect(left, area.top(), max(0, right - left), area.height())


def frames(scene: Scene, pane: Pane) -> set[tuple[Size, Clip]]:
    """Sizes of the images whose edges are drawn in a pane, and how far across."""
    clips = {plane.ink: plane.clip for plane in pane.planes}
    if pane.mode is Mode.DIFFERENCE:
        clips |= {Ink.BASE: WHOLE}
    pictures = scene.pictures
    return {(pictures[s].size, clips[INK_OF[s]]) for s in pictures if INK_OF[s] in clips}
