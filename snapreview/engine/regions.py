"""Changed regions: boxes around the parts of a mask (architecture, rule 10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from snapreview.model.change import Box

MAX_GAP = 8
"""Unmarked pixels, in either direction, across which two marked pixels still belong together."""

MAX_REGIONS = 200
"""Boxes that are kept: more help nobody and would bloat every report."""

_REACH = MAX_GAP + 1
_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Runs:
    """Horizontal stretches of marked pixels, gaps of at most MAX_GAP included, row by row."""

    row: _Ints
    first: _Ints
    last: _Ints


def regions(mask: npt.NDArray[np.bool_]) -> tuple[Box, ...]:
    """Boxes (x, y, width, height) of the mask's components, largest area first.

    `mask` has the shape (height, width). Two marked pixels are of one component when a chain of
    marked pixels joins them in which each step crosses at most MAX_GAP unmarked ones, across or
    down. At most MAX_REGIONS boxes are returned.
    """
    runs = _find_runs(mask)
    if runs is None:
        return ()
    labels = _components(runs.row.size, *_links(runs, mask.shape[1]))
    return _boxes(runs, labels)


def _find_runs(mask: npt.NDArray[np.bool_]) -> _Runs | None:
    """The mask's runs, or None where nothing is marked.

    Edges are looked for and not marked pixels: a mask has few of the one and many of the other.
    """
    rows = np.flatnonzero(mask.any(axis=1))
    if not rows.size:
        return None
    top, width = int(rows[0]), mask.shape[1]
    flat = np.ascontiguousarray(mask[top : int(rows[-1]) + 1]).reshape(-1)
    edges = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    bounds = np.concatenate(([0] if flat[0] else [], edges, [flat.size] if flat[-1] else []))
    bounds = bounds.astype(np.int64) + top * width
    return _joined(_split_at_rows(bounds[0::2], bounds[1::2] - 1, width))


def _split_at_rows(starts: _Ints, ends: _Ints, width: int) -> _Runs:
    """Stretches of the rows laid end to end, cut where a row ends. Both ends are included."""
    top, bottom = starts // width, ends // width
    count = bottom - top + 1
    source = np.repeat(np.arange(starts.size), count)
    row = np.arange(source.size) - np.repeat(np.cumsum(count) - count, count) + top[source]
    left = row * width
    first = np.maximum(starts[source], left) - left
    last = np.minimum(ends[source] - left, width - 1)
    return _Runs(row, first, last)


def _joined(runs: _Runs) -> _Runs:
    """Runs with the gaps between them closed that are not too wide."""
    apart = (runs.row[1:] != runs.row[:-1]) | (runs.first[1:] - runs.last[:-1] > _REACH)
    breaks = np.flatnonzero(apart)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [runs.row.size - 1]))
    return _Runs(runs.row[starts], runs.first[starts], runs.last[ends])


def _links(runs: _Runs, width: int) -> tuple[_Ints, _Ints]:
    """Pairs of runs in different rows that are within reach of each other.

    Rows are laid end to end with so much room between them that one sorted search over all runs
    finds, for every run, the neighbours `step` rows below: they are consecutive.
    """
    stride = width + 2 * _REACH + 2
    firsts = runs.row * stride + runs.first
    lasts = runs.row * stride + runs.last
    above: list[_Ints] = []
    below: list[_Ints] = []
    for step in range(1, _REACH + 1):
        offset = step * stride
        low = np.searchsorted(lasts, firsts + offset - _REACH, side="left")
        high = np.searchsorted(firsts, lasts + offset + _REACH, side="right")
        count = np.maximum(high - low, 0)
        source = np.repeat(np.arange(firsts.size), count)
        within = np.arange(source.size) - np.repeat(np.cumsum(count) - count, count)
        above.append(source)
        below.append(np.repeat(low, count) + within)
    return np.concatenate(above), np.concatenate(below)


def _components(count: int, left: _Ints, right: _Ints) -> _Ints:
    """A label for each of `count` nodes, equal where links join them.

    Every round hangs the higher root of each link below the lower one and then flattens the
    trees, which ends after few rounds even for long chains and needs no loop over nodes.
    """
    root = np.arange(count)
    while True:
        a, b = root[left], root[right]
        apart = a != b
        if not apart.any():
            return root
        left, right, a, b = left[apart], right[apart], a[apart], b[apart]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while True:
            higher = root[root]
            if np.array_equal(higher, root):
                break
            root = higher


def _boxes(runs: _Runs, labels: _Ints) -> tuple[Box, ...]:
    order = np.argsort(labels, kind="stable")
    starts = np.concatenate(([0], np.flatnonzero(np.diff(labels[order])) + 1))
    x = np.minimum.reduceat(runs.first[order], starts)
    y = np.minimum.reduceat(runs.row[order], starts)
    width = np.maximum.reduceat(runs.last[order], starts) - x + 1
    height = np.maximum.reduceat(runs.row[order], starts) - y + 1
    largest = np.lexsort((x, y, -(width * height)))[:MAX_REGIONS]
    table = np.stack((x, y, width, height), axis=1)[largest]
    return tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in table)
