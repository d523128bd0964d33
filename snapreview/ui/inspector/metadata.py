"""Extra fields of an image as a tree of texts. Whoever wrote them may mean harm. No Qt.

A manifest may hold anything: a million keys, lists in lists without end, texts of megabytes. What
is shown has an end in every direction, and says so where it stops.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from snapreview.ui.inspector.shown import counted, one_line

MOST_NODES = 200
DEEPEST = 6
LONGEST_KEY = 80
LONGEST_VALUE = 300

_DEEPEST_COPY = 32
_CUT = "… nested too deeply"


@dataclass(frozen=True, slots=True)
class Node:
    """A key with a value or with `children`; `value` then says how many there are.

    Both are fit to be shown. `text` is the whole value where it is one, to be copied.
    """

    key: str
    value: str
    text: str = ""
    children: tuple[Node, ...] = ()


def tree(extra: Mapping[str, Any]) -> tuple[Node, ...]:
    """The fields of `extra`, at most MOST_NODES of them on all levels together."""
    return _nodes(extra.items(), len(extra), _Budget(MOST_NODES), 1)


def bounded(value: Any, depth: int = _DEEPEST_COPY) -> Any:  # noqa: ANN401 - whatever JSON holds
    """`value` in JSON's own types, cut off where it nests deeper than any reader bears."""
    if isinstance(value, Mapping | list | tuple) and depth == 0:
        return _CUT
    if isinstance(value, Mapping):
        return {str(key): bounded(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [bounded(item, depth - 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | None) else str(value)


@dataclass(slots=True)
class _Budget:
    """How many nodes may still be made."""

    left: int


def _nodes(
    items: Iterable[tuple[object, Any]], count: int, budget: _Budget, depth: int
) -> tuple[Node, ...]:
    return tuple(_made(items, count, budget, depth))


def _made(
    items: Iterable[tuple[object, Any]], count: int, budget: _Budget, depth: int
) -> Iterator[Node]:
    for made, (key, value) in enumerate(items):
        if budget.left <= 0:
            yield Node("…", f"{count - made:,} more")
            return
        budget.left -= 1
        yield _node(one_line(str(key), LONGEST_KEY), value, budget, depth)


def _node(key: str, value: Any, budget: _Budget, depth: int) -> Node:  # noqa: ANN401 - as above
    if isinstance(value, Mapping):
        inside: Iterable[tuple[object, Any]] = value.items()
        noun = "field"
    elif isinstance(value, list | tuple):
        inside = enumerate(value, 1)
        noun = "item"
    else:
        text = value if isinstance(value, str) else _scalar(value)
        return Node(key, one_line(text, LONGEST_VALUE), text)
    size = len(value)
    if depth == DEEPEST:
        return Node(key, f"{counted(size, noun)}, nested too deeply to show")
    children = _nodes(islice(inside, MOST_NODES + 1), size, budget, depth + 1)
    return Node(key, counted(size, noun), "", children)


def _scalar(value: Any) -> str:  # noqa: ANN401 - as above
    """A number, true, false or null as JSON writes it."""
    return json.dumps(value) if isinstance(value, bool | int | float | None) else str(value)
