"""What to load before it is asked for: the rows that are likeliest next, as far as there is room.

No widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from snapreview.model.change import Change
from snapreview.ui.viewer.scene import Viewing
from snapreview.ui.viewer.source import Outcome, Request, image_requests

Peek = Callable[[Request], Outcome | None]
"""What is there at once, without any work."""

_ONWARDS = (1, 2, -1, 3, 4, 5, 6)
"""Steps from the current row for somebody who walks one way: who turns back finds one ready, and
the rest further back was seen a moment ago."""

_EITHER_WAY = (1, -1, 2, -2, 3)

_SHARE = 0.75
"""Of the cache's room; the rest keeps what was seen before."""

_PIXEL_BYTES = 5.4
"""Of an image with all its levels: 4 and a third of that."""

_MASK_BYTES = 1.4
_UNKNOWN_PIXELS = 4_000_000


def steps_ahead(step: int = 0) -> tuple[int, ...]:
    """Steps from the current row to those that are likely wanted next, the likeliest first.

    `step` is the last one that was made, negative where it was towards the beginning, and 0
    where there was none, or one from far away.
    """
    if step == 0:
        return _EITHER_WAY
    return tuple(way if step > 0 else -way for way in _ONWARDS)


class Lookahead:
    """The neighbours of the current row, and what of them is still to be loaded."""

    def __init__(
        self, current: Change | None = None, neighbours: Sequence[Change] = (), room: int = 0
    ) -> None:
        self._neighbours = affordable(current, neighbours, room)
        self._answered: set[Hashable] = set()

    def answered(self, key: Hashable) -> None:
        """An answer has come: a failure is not asked for again, nor what the cache let go."""
        self._answered.add(key)

    def requests(self, peek: Peek, *, difference: bool = False) -> list[Request]:
        """What is missing, the likeliest neighbour's first. A mask follows its images."""
        missing: list[Request] = []
        for change in self._neighbours:
            viewing = Viewing(change)
            viewing.difference_wanted = difference
            viewing.take(peek)
            missing += viewing.missing()
        return [request for request in missing if request.key not in self._answered]


def affordable(
    current: Change | None, neighbours: Sequence[Change], room: int
) -> tuple[Change, ...]:
    """Those neighbours that fit into `room` bytes of cache together with the current row.

    Loading more would push out what is on screen, or one another.
    """
    left = room * _SHARE - (likely_bytes(current) if current is not None else 0)
    chosen: list[Change] = []
    for change in neighbours:
        cost = likely_bytes(change)
        if cost <= left:
            left -= cost
            chosen.append(change)
    return tuple(chosen)


def likely_bytes(change: Change) -> int:
    """About how much a row's images and mask take once they are decoded."""
    sizes = [request.record.size for request in image_requests(change).values()]
    pixels = sum(size[0] * size[1] if size else _UNKNOWN_PIXELS for size in sizes)
    masked = change.diff.total_pixels if change.diff is not None and change.diff.mask else 0
    return round(pixels * _PIXEL_BYTES + masked * _MASK_BYTES)
