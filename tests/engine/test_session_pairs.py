"""Pairing a removed and an added image by hand, and taking them apart again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from snapreview.engine.events import Finished
from snapreview.model.change import ImageDiff, Status, is_paired_by_hand
from tests.fakes import PATIENCE, SIZE, Bench, followed, image, images, numbered, statuses


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()


BEFORE = {"old.png": "removed", "new.png": "added", "other.png": "added"}


def finished(bench: Bench, **head: int):
    """A session that has ended, with one removed image and two added ones."""
    base = bench.store("base", images(old=1))
    session = bench.session(base, bench.store("head", images(**(head or {"new": 2, "other": 3}))))
    session.run()
    return session


def test_a_removed_and_an_added_image_are_compared_as_one_row(bench: Bench) -> None:
    session = finished(bench)
    assert statuses(followed(bench.events).values()) == BEFORE
    session.pair("old.png", "new.png")
    assert session.wait_until_idle(PATIENCE)
    rows = followed(bench.events)
    assert statuses(rows.values()) == {"new.png": "changed", "other.png": "added"}
    assert rows["new.png"].previous_name == "old.png"
    assert rows["new.png"].ratio == 1
    assert is_paired_by_hand(rows["new.png"])
    assert bench.differs.asked == [(image(1), image(2))]
    last = bench.events[-1]
    assert isinstance(last, Finished)
    assert statuses(last.comparison.changes) == statuses(rows.values())


def test_taking_them_apart_gives_what_there_was(bench: Bench) -> None:
    session = finished(bench)
    before = followed(bench.events)
    session.pair("old.png", "new.png")
    session.split("new.png")
    assert session.wait_until_idle(PATIENCE)
    assert followed(bench.events) == before


def test_a_pair_without_a_difference_is_unchanged(bench: Bench) -> None:
    bench.differs.outcome = lambda _base, _head: ImageDiff(SIZE)
    session = finished(bench)
    session.pair("old.png", "new.png")
    assert session.wait_until_idle(PATIENCE)
    row = followed(bench.events)["new.png"]
    assert row.status is Status.UNCHANGED
    assert is_paired_by_hand(row)


@pytest.mark.parametrize(
    ("old", "new"),
    [("new.png", "old.png"), ("old.png", "unknown.png"), ("new.png", "other.png"), ("x", "y")],
)
def test_what_is_not_removed_and_added_stays_as_it_is(bench: Bench, old: str, new: str) -> None:
    session = finished(bench)
    session.pair(old, new)
    session.split(new)
    assert session.wait_until_idle(PATIENCE)
    assert statuses(followed(bench.events).values()) == BEFORE
    assert not bench.differs.asked


def test_a_renamed_row_is_not_taken_apart(bench: Bench) -> None:
    session = finished(bench, new=1)
    session.split("new.png")
    assert session.wait_until_idle(PATIENCE)
    assert statuses(followed(bench.events).values()) == {"new.png": "renamed"}


def test_an_image_is_paired_once(bench: Bench) -> None:
    session = finished(bench)
    session.pair("old.png", "new.png")
    session.pair("old.png", "other.png")
    assert session.wait_until_idle(PATIENCE)
    assert statuses(followed(bench.events).values()) == {"new.png": "changed", "other.png": "added"}


def test_pairing_while_the_rest_is_compared(bench: Bench) -> None:
    """Also while the two are still looked up."""
    base = bench.store("base", numbered(20) | images(old=700))
    head = bench.store("head", numbered(20, first=100) | images(new=800))
    bench.differs.gate.shut()
    base.gate.shut()
    session = bench.session(base, head)
    session.start()
    base.gate.wait_until_somebody_came()
    session.pair("old.png", "new.png")
    base.gate.open()
    bench.differs.gate.open()
    assert session.wait_until_idle(PATIENCE)
    rows = followed(bench.events)
    assert len(rows) == 21
    assert {row.status for row in rows.values()} == {Status.CHANGED}
    assert rows["new.png"].previous_name == "old.png"


def test_a_pair_that_failed_is_tried_again_as_one(bench: Bench) -> None:
    session = finished(bench)
    bench.differs.failing[image(2)] = OSError("no")
    session.pair("old.png", "new.png")
    assert session.wait_until_idle(PATIENCE)
    assert followed(bench.events)["new.png"].status is Status.ERRORED
    bench.differs.failing.clear()
    session.retry()
    assert session.wait_until_idle(PATIENCE)
    row = followed(bench.events)["new.png"]
    assert (row.status, row.previous_name) == (Status.CHANGED, "old.png")
