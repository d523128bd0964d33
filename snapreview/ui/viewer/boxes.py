"""Boxes of changed regions: turned as their image is, in the order in which one reads. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from snapreview.model.change import Box
from snapreview.ui.viewer.view_state import ZOOM_STEPS, Size, ViewState

_MOST_ZOOM = 4.0
_ROOM = 0.6
"""Share of a pane, in either direction, that a region takes at most when it is jumped to."""


def turned(box: Box, canvas: Size, orientation: int) -> Box:
    """Where a box on a canvas as stored lies once EXIF's `orientation` (1 to 8) is applied.

    The same turn that `pixels.oriented` gives to pixels.
    """
    x, y, width, height = box
    canvas_width, canvas_height = canvas
    if orientation >= 5:
        x, y, width, height = y, x, height, width
        canvas_width, canvas_height = canvas_height, canvas_width
    if orientation in {2, 3, 6, 7}:
        x = canvas_width - x - width
    if orientation in {3, 4, 7, 8}:
        y = canvas_height - y - height
    return x, y, width, height


def reading_order(boxes: Sequence[Box]) -> tuple[int, ...]:
    """Indices of `boxes` from top to bottom, and from left to right within a line.

    A line is what lies beside one another: a box joins it when its middle is above the lowest
    point that all of the line reach. So a box that is wholly above another comes before it.
    """
    lines: list[list[int]] = []
    bottom = 0.0
    for index in sorted(range(len(boxes)), key=lambda i: (boxes[i][1], boxes[i][0], i)):
        _, y, _, height = boxes[index]
        if lines and y + height / 2 < bottom:
            lines[-1].append(index)
            bottom = min(bottom, y + height)
        else:
            lines.append([index])
            bottom = y + height
    return tuple(i for line in lines for i in sorted(line, key=lambda i: (boxes[i][0], i)))


def reading_numbers(boxes: Sequence[Box]) -> dict[int, int]:
    """What a box is called, by its index: its place in that order, from 1."""
    return {index: number for number, index in enumerate(reading_order(boxes), 1)}


def after(order: Sequence[int], current: int, step: int) -> int:
    """The index `step` places on in `order`; from the last on to the first, as Find does.

    From nowhere (-1) the first is next, and the last is before. -1 where there is none.
    """
    if not order:
        return -1
    if current not in order:
        return order[0] if step > 0 else order[-1]
    return order[(order.index(current) + step) % len(order)]


def view_of(box: Box, view: ViewState) -> ViewState:
    """`box` in the middle, with room around it, at most at 400 %: the largest step at which both
    hold, or all of the image where the box is too large for any."""
    fitting = min(room * _ROOM / side for room, side in zip(view.view, box[2:], strict=True))
    zoom = max((step for step in ZOOM_STEPS if step <= min(fitting, _MOST_ZOOM)), default=0.0)
    if zoom <= view.fit_zoom:
        return view.fit()
    zoomed = view.zoomed(zoom)
    delta = [
        round(room / 2 - origin - (start + side / 2) * zoom)
        for room, origin, start, side in zip(
            view.view, zoomed.origin, box[:2], box[2:], strict=True
        )
    ]
    return zoomed.panned(*delta)
