"""What is said above a pane: which image it shows, and how. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from snapreview.model.change import Side
from snapreview.ui.viewer.modes import Looks, Mode, Pane
from snapreview.ui.viewer.scene import Scene


@dataclass(frozen=True, slots=True)
class Caption:
    """A name and what there is to add."""

    title: str
    detail: str = ""


def captions_for(pane: Pane, looks: Looks, scene: Scene) -> tuple[Caption, ...]:
    """One caption, or two: for what is on the left and on the right."""
    if pane.mode is Mode.WIPE:
        return (
            _side(scene, Side.BASE, "left of the line"),
            _side(scene, Side.HEAD, "right of the line"),
        )
    if pane.mode is Mode.ONION:
        share = f"{round(looks.onion * 100)} % over the base"
        return _side(scene, Side.BASE), _side(scene, Side.HEAD, share)
    if pane.mode is Mode.DIFFERENCE:
        return Caption("Difference", _difference(scene)), _side(scene, Side.HEAD)
    return (_side(scene, pane.side),)


def _side(scene: Scene, side: Side, remark: str = "") -> Caption:
    words = (remark, scene.sizes.get(side, ""))
    return Caption(side.title, " · ".join(word for word in words if word))


def _difference(scene: Scene) -> str:
    if scene.mask is not None:
        return "changed pixels of the head, the rest dimmed"
    if scene.difference_fault:
        return f"cannot be shown: {scene.difference_fault}"
    if scene.difference is None:
        return "looking for pixels that differ…"
    if not scene.difference.levels[-1].any():
        return "no pixel differs"
    return "pixels of the head that differ at all, the rest dimmed"
