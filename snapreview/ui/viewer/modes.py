"""Ways to look at two images. A mode is panes, and a pane is planes on one another.

Everything a mode can do is said here in values: which sources, in which order, how strong. A new
mode is a function more in `_PANES`; the canvas and the layers stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from snapreview.model.change import Side


class Mode(Enum):
    """The ways to look, by the words of the window."""

    SPLIT = "Split"
    BASE = "Base"
    HEAD = "Head"


class Ink(Enum):
    """What a plane draws."""

    BASE = "base"
    HEAD = "head"
    MASK = "mask"


INK_OF = {Side.BASE: Ink.BASE, Side.HEAD: Ink.HEAD}


@dataclass(frozen=True, slots=True)
class Plane:
    """One source drawn over what is below it. `opacity` runs from 0 to 1."""

    ink: Ink
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Pane:
    """A part of the canvas with its planes from the lowest up. `side` gives it its caption."""

    side: Side
    planes: tuple[Plane, ...]


def panes_for(
    mode: Mode, sides: tuple[Side, ...], overlay_opacity: float | None = None
) -> tuple[Pane, ...]:
    """The panes from left to right. Rows with one side show it whatever the mode.

    `overlay_opacity` lays the mask over every pane; None leaves it out.
    """
    panes = tuple(_alone(side) for side in sides) if len(sides) < 2 else _PANES[mode]()
    if overlay_opacity is None:
        return panes
    mask = Plane(Ink.MASK, overlay_opacity)
    return tuple(replace(pane, planes=(*pane.planes, mask)) for pane in panes)


def _alone(side: Side) -> Pane:
    return Pane(side, (Plane(INK_OF[side]),))


_PANES: dict[Mode, Callable[[], tuple[Pane, ...]]] = {
    Mode.SPLIT: lambda: (_alone(Side.BASE), _alone(Side.HEAD)),
    Mode.BASE: lambda: (_alone(Side.BASE),),
    Mode.HEAD: lambda: (_alone(Side.HEAD),),
}
