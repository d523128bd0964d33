"""Ways to look at two images. A mode is panes, and a pane is planes on one another.

Everything a mode can do is said here in values: which sources, in which order, how strong and
how far across. A new mode is a function more in `_PANES`; the canvas and the layers stay.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from snapreview.model.change import Side

LEAST_BLINK_MS = 200
"""Swaps come no faster: WCAG 2.1 (2.3.1) allows three flashes a second, and this makes 2.5."""

MOST_BLINK_MS = 2000

_WIPE_STEP = 0.02
_ONION_STEP = 0.05
_BLINK_STEP_MS = 100


class Mode(Enum):
    """The ways to look, by the words of the window."""

    SPLIT = "Split"
    WIPE = "Wipe"
    ONION = "Onion skin"
    BLINK = "Blink"
    DIFFERENCE = "Difference"
    BASE = "Base"
    HEAD = "Head"


ADJUSTABLE = frozenset({Mode.WIPE, Mode.ONION, Mode.BLINK})
"""Modes that have a number of their own: where, how strong, how fast."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How two images are compared: the mode, and what the modes remember.

    `wipe` is the share of the image's width (0 to 1) left of the line, where the base is; `grip`
    is how far down the canvas (0 to 1) the line's grip sits. `onion` is the opacity (0 to 1) of
    the head over the base. `blink_ms` is how long each image is shown.
    """

    mode: Mode = Mode.SPLIT
    wipe: float = 0.5
    onion: float = 0.5
    blink_ms: int = 500
    grip: float = 0.5

    def within_limits(self) -> Looks:
        """The nearest looks whose numbers are all in range."""
        return replace(
            self,
            wipe=_share(self.wipe),
            onion=_share(self.onion),
            grip=_share(self.grip),
            blink_ms=min(max(self.blink_ms, LEAST_BLINK_MS), MOST_BLINK_MS),
        )

    def nudged(self, steps: int) -> Looks:
        """What the mode's own control gives when moved by steps, to the left where negative.

        Other modes have nothing to move.
        """
        if self.mode is Mode.WIPE:
            changed = replace(self, wipe=round(self.wipe + steps * _WIPE_STEP, 4))
        elif self.mode is Mode.ONION:
            changed = replace(self, onion=round(self.onion + steps * _ONION_STEP, 4))
        elif self.mode is Mode.BLINK:
            changed = replace(self, blink_ms=self.blink_ms + steps * _BLINK_STEP_MS)
        else:
            return self
        return changed.within_limits()


class Ink(Enum):
    """What a plane draws."""

    BASE = "base"
    HEAD = "head"
    SHADE = "shade"
    MASK = "mask"


INK_OF = {Side.BASE: Ink.BASE, Side.HEAD: Ink.HEAD}

Clip = tuple[float, float]
"""From where to where across the image, as shares of its width. 0 and 1 stand for the edges of
the pane: what lies beside the image belongs to the nearer part."""

WHOLE: Clip = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Plane:
    """One source drawn over what is below it. `opacity` runs from 0 to 1."""

    ink: Ink
    opacity: float = 1.0
    clip: Clip = WHOLE


@dataclass(frozen=True, slots=True)
class Pane:
    """A part of the canvas with its planes from the lowest up.

    `mode` is what it shows: BASE or HEAD for one image on its own. `side` is that image; where
    there are two, the one on top.
    """

    mode: Mode
    side: Side
    planes: tuple[Plane, ...]


def panes_for(
    looks: Looks,
    sides: tuple[Side, ...],
    overlay_opacity: float | None = None,
    blinked: Side = Side.BASE,
) -> tuple[Pane, ...]:
    """The panes from left to right. Rows with one side show it whatever the mode.

    `overlay_opacity` lays the mask over every pane; None leaves it out. `blinked` is the side
    that blinking shows now.
    """
    if len(sides) < 2:
        panes = tuple(_alone(side) for side in sides)
    else:
        panes = _PANES[looks.mode](looks, blinked)
    if overlay_opacity is None:
        return panes
    mask = Plane(Ink.MASK, overlay_opacity)
    return tuple(replace(pane, planes=(*pane.planes, mask)) for pane in panes)


def _alone(side: Side) -> Pane:
    mode = Mode.BASE if side is Side.BASE else Mode.HEAD
    return Pane(mode, side, (Plane(INK_OF[side]),))


def _split(_looks: Looks, _blinked: Side) -> tuple[Pane, ...]:
    return _alone(Side.BASE), _alone(Side.HEAD)


def _wipe(looks: Looks, _blinked: Side) -> tuple[Pane, ...]:
    left, right = Plane(Ink.BASE, clip=(0.0, looks.wipe)), Plane(Ink.HEAD, clip=(looks.wipe, 1.0))
    return (Pane(Mode.WIPE, Side.HEAD, (left, right)),)


def _onion(looks: Looks, _blinked: Side) -> tuple[Pane, ...]:
    return (Pane(Mode.ONION, Side.HEAD, (Plane(Ink.BASE), Plane(Ink.HEAD, looks.onion))),)


def _blink(_looks: Looks, blinked: Side) -> tuple[Pane, ...]:
    return (Pane(Mode.BLINK, blinked, (Plane(INK_OF[blinked]),)),)


def _difference(_looks: Looks, _blinked: Side) -> tuple[Pane, ...]:
    return (Pane(Mode.DIFFERENCE, Side.HEAD, (Plane(Ink.HEAD), Plane(Ink.SHADE))),)


_PANES: dict[Mode, Callable[[Looks, Side], tuple[Pane, ...]]] = {
    Mode.SPLIT: _split,
    Mode.WIPE: _wipe,
    Mode.ONION: _onion,
    Mode.BLINK: _blink,
    Mode.DIFFERENCE: _difference,
    Mode.BASE: lambda _looks, _blinked: (_alone(Side.BASE),),
    Mode.HEAD: lambda _looks, _blinked: (_alone(Side.HEAD),),
}


def _share(number: float) -> float:
    return min(max(number, 0.0), 1.0)
