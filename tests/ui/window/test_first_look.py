"""Which row comes up by itself while results come in, and when all are there."""

from __future__ import annotations

import pytest

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.changes.panel import ChangesPanel
from snapreview.ui.first_look import UNSEEN_SECONDS, FirstLook
from snapreview.ui.theme import LIGHT


def pending(name: str) -> Change:
    record = ImageRecord(name)
    return Change(name, Status.PENDING, base=record, head=record)


def changed(name: str, pixels: int) -> Change:
    record = ImageRecord(name)
    return Change(name, Status.CHANGED, record, record, ImageDiff((100, 100), pixels))


NAMES = ("most", "more", "some")
DONE = [changed(name, pixels) for name, pixels in zip(NAMES, (900, 500, 100), strict=True)]


class Comparison:
    """One that a test goes through step by step, with a clock of its own."""

    def __init__(self, panel: ChangesPanel) -> None:
        self.now = 100.0
        self.panel = panel
        self.look = FirstLook(panel.table)
        self.look.clock = lambda: self.now

    def begin(self, *, again: bool = False) -> None:
        self.look.begin(again=again)
        self.panel.replace(())
        self.arrive(*map(pending, NAMES))

    def arrive(self, *changes: Change) -> None:
        self.panel.update_rows(changes)
        self.look.offer(changes)

    def finish(self) -> bool:
        self.panel.model.reorder()
        return self.look.settle()

    @property
    def current(self) -> str | None:
        change = self.panel.table.current_change()
        return change.name if change is not None else None


@pytest.fixture
def comparison(qtbot) -> Comparison:
    panel = ChangesPanel(LIGHT)
    qtbot.addWidget(panel)
    return Comparison(panel)


def test_the_first_change_that_is_found_comes_up(comparison: Comparison) -> None:
    comparison.begin()
    assert comparison.current is None
    comparison.arrive(DONE[2])
    assert comparison.current == "some"
    comparison.arrive(DONE[0])
    assert comparison.current == "some"


def test_what_was_looked_at_stays(comparison: Comparison) -> None:
    comparison.begin()
    comparison.arrive(DONE[2])
    comparison.now += UNSEEN_SECONDS
    comparison.arrive(DONE[0], DONE[1])
    assert comparison.finish()
    assert comparison.current == "some"


def test_what_nobody_can_have_looked_at_gives_way_to_the_first(comparison: Comparison) -> None:
    comparison.begin()
    comparison.arrive(DONE[2])
    comparison.now += UNSEEN_SECONDS / 2
    comparison.arrive(DONE[0], DONE[1])
    assert comparison.finish()
    assert comparison.current == "most"


def test_where_somebody_went_is_kept(comparison: Comparison) -> None:
    comparison.begin()
    comparison.arrive(*DONE)
    comparison.panel.table.go_to("more")
    assert comparison.finish()
    assert comparison.current == "more"


@pytest.mark.parametrize(
    ("again", "first", "last"), [(True, "more", "more"), (False, None, "most")]
)
def test_compared_again_it_stays_where_it_was(
    comparison: Comparison, again: bool, first: str | None, last: str
) -> None:
    comparison.begin()
    comparison.arrive(*DONE)
    comparison.finish()
    comparison.panel.table.go_to("more")
    comparison.begin(again=again)
    assert comparison.current == first
    comparison.arrive(*DONE)
    assert comparison.finish()
    assert comparison.current == last


def test_what_is_gone_when_compared_again_gives_way(comparison: Comparison) -> None:
    comparison.begin()
    comparison.arrive(*DONE)
    comparison.panel.table.go_to("more")
    comparison.look.begin(again=True)
    comparison.panel.replace(())
    comparison.arrive(DONE[0], DONE[2])
    assert comparison.finish()
    assert comparison.current == "most"


def test_where_nothing_is_listed_there_is_nothing_to_look_at(comparison: Comparison) -> None:
    assert not comparison.finish()
