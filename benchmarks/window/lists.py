"""The list against Qt's own proxy: a keystroke, a pill, a sort, at 50,000 rows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

from benchmarks.window.laps import Line, Step, alternated, ratio_of
from benchmarks.window.proxy import ProxyList
from benchmarks.window.rows import rows
from snapreview.model.order import Sort
from snapreview.ui.changes.category import Category
from snapreview.ui.changes.model import ChangesModel
from snapreview.ui.changes.row import Row
from snapreview.ui.changes.table import ChangesTable
from snapreview.ui.theme_tokens import LIGHT

COUNT = 50_000
TARGET = 0.15
_SIZE = 400, 800
_TEXTS = "dialog", "hover", "checkout", "button", "e"


class DisagreementError(Exception):
    """The two lists show different numbers of rows: their times cannot be compared."""


class OurList:
    """The application's list with its view."""

    def __init__(self, count: int) -> None:
        self.model = ChangesModel()
        self.model.replace(rows(count))
        self.view = ChangesTable(self.model, LIGHT)

    def __len__(self) -> int:
        return self.model.rowCount()


def measure(count: int, rounds: int) -> list[Line]:
    """Three lines. Raises DisagreementError."""
    ours = OurList(count)
    peer = ProxyList([Row.of(change) for change in rows(count)])
    for view in (ours.view, peer.view):
        view.resize(*_SIZE)
        view.show()
    texts, peer_texts = cycle(_TEXTS), cycle(_TEXTS)
    pills = cycle([frozenset({Category.CHANGED}), frozenset()])
    peer_pills = cycle([frozenset({Category.CHANGED}), frozenset()])
    orders, peer_orders = cycle([Sort.NAME, Sort.DIFFERENCE]), cycle([True, False])
    keystroke = _painted(ours, lambda: ours.model.set_filter(next(texts)))
    peer_keystroke = _painted(peer, lambda: peer.type(next(peer_texts)))
    pair = _compared(ours, peer, keystroke, peer_keystroke, rounds)
    lines = [ratio_of("keystroke in the filter, 50,000 rows", *pair, TARGET)]
    ours.model.set_filter("")
    peer.type("")
    pill = _painted(ours, lambda: ours.model.set_pressed(next(pills)))
    peer_pill = _painted(peer, lambda: peer.press(next(peer_pills)))
    pair = _compared(ours, peer, pill, peer_pill, rounds)
    lines.append(ratio_of("pill, 50,000 rows", *pair, TARGET))
    ours.model.set_pressed(frozenset())
    peer.press(frozenset())
    sort = _painted(ours, lambda: ours.model.set_sort(next(orders)))
    peer_sort = _painted(peer, lambda: peer.sort(descending=next(peer_orders)))
    pair = _compared(ours, peer, sort, peer_sort, rounds)
    lines.append(ratio_of("sort, 50,000 rows", *pair, TARGET))
    return lines


def _painted(shown: OurList | ProxyList, act: Step) -> Step:
    """`act`, and what the eye waits for after it."""

    def step() -> None:
        act()
        shown.view.viewport().repaint()

    return step


def _compared(
    ours: OurList, peer: ProxyList, step: Callable[[], None], other: Callable[[], None], rounds: int
) -> tuple[float, float]:
    """Median milliseconds of both, after a round that nobody counts."""
    step()
    other()
    if len(ours) != len(peer):
        raise DisagreementError(f"{len(ours):,} rows here, {len(peer):,} there")
    one, two = alternated((step, other), rounds)
    return one, two
