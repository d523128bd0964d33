"""Files that cannot be written and images that cannot be read: said in a sentence, never lost."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from snapreview.model.change import Change, Status
from snapreview.model.decision import UNDECIDED, Decision
from snapreview.review.edits import Edit, Write
from snapreview.review.events import DeskFailed, Saved
from snapreview.review.pairs import Pair
from snapreview.review.store import DecisionStore

from .makers import PATIENCE, A, R, Window, approved, at_once, everything, key, row

OpenWindow = Callable[..., Window]


class Disk:
    """Makes room, or takes it away, on the disk that a window writes to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connections: list[sqlite3.Connection] = []

    def open_store(self) -> DecisionStore:
        return DecisionStore(self._path, self._connect)

    def fill(self) -> None:
        self._connections[-1].execute("PRAGMA max_page_count = 1")

    def empty(self) -> None:
        self._connections[-1].execute("PRAGMA max_page_count = 1000000")

    def _connect(self, path: Path) -> sqlite3.Connection:
        self._connections.append(at_once(path))
        return self._connections[-1]


@pytest.fixture
def disk(path: Path) -> Disk:
    return Disk(path)


@pytest.fixture
def full(open_window: OpenWindow, disk: Disk) -> Window:
    """A window with 200 rows whose disk is full."""
    window = open_window(open_store=disk.open_store)
    window.update(*(row(f"{number:03}") for number in range(200)))
    window.settle()
    disk.fill()
    return window


@pytest.fixture
def other(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program on the same file."""
    DecisionStore(path).close()
    connection = at_once(path)
    yield connection
    connection.close()


ALL = [f"{number:03}" for number in range(200)]


def test_a_full_disk_is_told_and_the_decisions_stay(full: Window, path: Path) -> None:
    full.desk.decide(ALL, A)
    assert not full.desk.flush(PATIENCE)
    assert len(full.desk.decisions) == 200
    assert "full" in full.told(DeskFailed)[0]
    assert everything(path) == {}


@pytest.mark.parametrize("next_thing", ["decision", "refresh", "close"])
def test_what_could_not_be_kept_is_kept_as_soon_as_it_can(
    full: Window, disk: Disk, path: Path, next_thing: str
) -> None:
    full.desk.decide(ALL, A)
    full.desk.annotate("000", "Why")
    full.desk.decide(["001"], R)
    assert not full.desk.flush(PATIENCE)
    disk.empty()
    if next_thing == "decision":
        full.desk.decide(["002"], R)
    elif next_thing == "refresh":
        full.desk.refresh()
    if next_thing == "close":
        assert full.desk.close(PATIENCE)
    else:
        full.settle()
    assert {k.name: d for k, d in everything(path).items()} == full.desk.decisions
    assert full.heard(Saved) == 1
    assert full.desk.decision("000").note == "Why"


def test_undoing_what_could_not_be_kept_leaves_nothing(
    full: Window, disk: Disk, path: Path
) -> None:
    full.desk.decide(ALL, A)
    assert not full.desk.flush(PATIENCE)
    full.desk.undo()
    disk.empty()
    full.settle()
    assert full.desk.decisions == {}
    assert everything(path) == {}


def test_a_window_that_closes_with_a_full_disk_says_what_it_lost(
    full: Window, caplog: pytest.LogCaptureFixture
) -> None:
    full.desk.decide(ALL, A)
    with caplog.at_level(logging.WARNING):
        assert not full.desk.close(PATIENCE)
    assert "could not be kept before the window was closed" in full.told(DeskFailed)[-1]
    assert "could not be kept" in caplog.text


def test_a_fault_is_told_once_for_each_thing_that_is_decided(full: Window) -> None:
    for _ in range(3):
        full.desk.decide(ALL, A)
        full.desk.flush(PATIENCE)
        full.desk.refresh()
        full.desk.flush(PATIENCE)
    assert len(full.told(DeskFailed)) == 1
    full.desk.decide(ALL, R)
    full.desk.flush(PATIENCE)
    assert len(full.told(DeskFailed)) == 2


def test_reading_goes_on_while_nothing_can_be_written(full: Window, path: Path) -> None:
    store = DecisionStore(path)
    store.apply([Write(1, {key("new"): Edit(UNDECIDED, approved("Theirs"))})])
    store.close()
    full.desk.decide(ALL, A)
    full.update(row("new"))
    assert not full.desk.flush(PATIENCE)
    assert full.note("new") == "Theirs"


def test_a_locked_file_is_waited_for(
    open_window: OpenWindow, path: Path, other: sqlite3.Connection
) -> None:
    window = open_window(open_store=lambda: DecisionStore(path, at_once))
    window.update(row())
    window.settle()
    other.execute("BEGIN IMMEDIATE")
    window.desk.decide(["a.png"], A)
    assert not window.desk.flush(PATIENCE)
    assert "locked" in window.told(DeskFailed)[0]
    other.execute("ROLLBACK")
    window.settle()
    assert set(everything(path)) == {key()}


def test_decisions_that_could_not_be_read_are_read_later(
    open_window: OpenWindow, path: Path, tmp_path: Path
) -> None:
    """The folder of decisions is there again, such as on a drive that is plugged in."""
    place = tmp_path / "drive"
    place.touch()
    window = open_window(open_store=lambda: DecisionStore(place / path.name))
    window.update(*(row(name) for name in "ab"))
    window.desk.decide("b", R)
    assert not window.desk.flush(PATIENCE)
    assert window.verdict("b") is R
    place.unlink()
    store = DecisionStore(place / path.name)
    store.apply([Write(1, {key("a"): Edit(UNDECIDED, approved())})])
    store.close()
    window.desk.refresh()
    window.settle()
    assert (window.verdict("a"), window.verdict("b")) == (A, R)
    assert window.shown == window.desk.decisions
    assert set(everything(place / path.name)) == {key("a"), key("b")}
    assert window.heard(Saved) == 1


def test_a_newer_file_is_told_and_left_alone(
    open_window: OpenWindow, path: Path, other: sqlite3.Connection
) -> None:
    other.execute("PRAGMA user_version = 9")
    window = open_window()
    window.update(row("a"))
    window.update(row("b"))
    window.desk.decide("a", A)
    assert not window.desk.flush(PATIENCE)
    assert window.verdict("a") is A
    assert "newer SnapReview" in window.told(DeskFailed)[-1]
    assert other.execute("SELECT count(*) FROM decisions").fetchone() == (0,)


def test_a_damaged_file_is_told_and_decisions_go_into_a_new_one(
    open_window: OpenWindow, path: Path
) -> None:
    path.write_bytes(b"damaged" * 100)
    window = open_window()
    window.update(row())
    window.desk.decide(["a.png"], A)
    window.settle()
    assert ["damaged" in sentence for sentence in window.told(DeskFailed)] == [True]
    assert set(everything(path)) == {key()}


def test_a_fault_of_ours_is_told_too(
    open_window: OpenWindow, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    faults = [ZeroDivisionError("oops")]

    def open_store() -> DecisionStore:
        if faults:
            raise faults.pop()
        return DecisionStore(path)

    window = open_window(open_store=open_store)
    window.update(row())
    window.desk.decide(["a.png"], A)
    window.settle()
    assert "ZeroDivisionError: oops" in window.told(DeskFailed)[0]
    assert "ZeroDivisionError" in caplog.text
    assert set(everything(path)) == {key()}


def hinted(name: str = "a.png") -> Change:
    return row(name, hashed=False, status=Status.ERRORED)


def test_a_decision_about_an_image_that_cannot_be_read_is_taken_back(
    window: Window, path: Path
) -> None:
    window.images.broken = {"a.png"}
    window.update(hinted(), row("b.png"))
    window.desk.decide(["a.png", "b.png"], A)
    window.desk.annotate("a.png", "Why is it broken?")
    window.settle()
    assert set(window.desk.decisions) == {"b.png"} == set(window.shown)
    assert window.told(DeskFailed) == [
        "The decision about a.png was taken back, because its image cannot be read: a.png is gone."
    ]
    assert window.desk.undo() == "Approve 1 image"
    window.settle()
    assert everything(path) == {}
    window.images.broken = set()
    window.desk.decide(["a.png"], R)
    window.settle()
    assert set(everything(path)) == {key()}


def test_many_that_cannot_be_read_are_told_together(window: Window) -> None:
    names = [f"{number}.png" for number in range(50)]
    window.images.broken = set(names)
    window.images.gate.clear()
    window.update(*map(hinted, names))
    window.desk.decide(names, A)
    window.images.gate.set()
    window.settle()
    assert window.desk.decisions == {}
    assert all(" cannot be read: " in sentence for sentence in window.told(DeskFailed))
    assert window.desk.undo_text == ""


def test_a_row_whose_decision_cannot_be_looked_up_is_none_the_worse(window: Window) -> None:
    window.update(row())
    window.desk.decide(["a.png"], A)
    window.settle()
    window.images.broken = {"a.png"}
    window.show(hinted())
    window.settle()
    window.update(hinted())
    window.settle()
    assert window.desk.decisions == {}
    assert window.told(DeskFailed) == []
    assert len(window.images.asked) == 1


def test_a_window_does_not_wait_for_an_image_when_it_closes(
    window: Window, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    window.images.gate.clear()
    window.update(hinted(), row("b.png"))
    window.desk.decide(["a.png", "b.png"], A)
    assert window.images.begun.wait(PATIENCE)
    with caplog.at_level(logging.WARNING):
        assert not window.desk.close(0)
    window.images.gate.set()
    assert "before the window was closed" in window.told(DeskFailed)[-1]
    assert "a.png" in caplog.text
    assert {k.name for k in everything(path)} <= {"b.png"}


def test_closing_waits_for_images_that_come(window: Window, path: Path) -> None:
    window.update(hinted())
    window.desk.decide(["a.png"], A)
    assert window.desk.close(PATIENCE)
    assert set(everything(path)) == {key()}


def test_a_row_that_is_decided_before_any_comparison_is_open(path: Path) -> None:
    window = Window(path)
    assert window.desk.decision("a.png") == Decision()
    assert window.desk.close(PATIENCE)
    assert not path.exists()


def test_a_pair_that_could_not_be_kept_is_kept_later(full: Window, disk: Disk, path: Path) -> None:
    pair = Pair("a" * 5000, "1", "b", "2")
    full.desk.pair(pair)
    assert not full.desk.flush(PATIENCE)
    assert full.desk.pairs == (pair,)
    disk.empty()
    full.settle()
    store = DecisionStore(path)
    assert store.pairs() == (pair,)
    store.close()
