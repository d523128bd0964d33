"""One window that decides, is closed, and opens the same comparison again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from snapreview.model.change import Change, Side, Status
from snapreview.model.decision import UNDECIDED, Decision, is_reviewable
from snapreview.review.edits import Edit, Write
from snapreview.review.events import DecisionsChanged, PairsChanged, StepRefused
from snapreview.review.pairs import Pair
from snapreview.review.progress import ReviewCounts
from snapreview.review.store import DecisionStore

from .makers import PATIENCE, A, R, Window, approved, digest, everything, key, row

OpenWindow = Callable[..., Window]


def rows(names: str, base: str = "old", head: str = "new") -> list[Change]:
    return [row(name, base, head) for name in names]


def test_a_decision_holds_at_once_and_is_kept(window: Window, path: Path) -> None:
    window.update(*rows("abc"))
    window.desk.decide("ab", A)
    assert [window.verdict(name) for name in "abc"] == [A, A, None]
    assert set(window.shown) == {"a", "b"}
    window.settle()
    assert {k.name: d.verdict for k, d in everything(path).items()} == {"a": A, "b": A}


def test_decisions_come_back_in_another_run(window: Window, open_window: OpenWindow) -> None:
    window.update(*rows("abc"))
    window.desk.decide("a", A)
    window.desk.annotate("b", "Too dark")
    assert window.desk.close(PATIENCE)
    other = open_window()
    other.update(row("a"), row("b"), row("c"))
    assert other.desk.decisions == {}
    other.settle()
    assert other.desk.decisions == window.desk.decisions == other.shown
    assert (other.verdict("a"), other.note("b")) == (A, "Too dark")


@pytest.mark.parametrize(
    "change",
    [
        row("b"),
        row("a", base="other"),
        row("a", head="other"),
        row("a", base=""),
        row("a", base="other", hashed=False),
    ],
)
def test_a_decision_never_applies_to_a_different_change(window: Window, change: Change) -> None:
    window.update(row("a"))
    window.desk.decide("a", A)
    window.settle()
    window.show(change)
    window.settle()
    assert window.desk.decisions == {} == window.shown


def test_a_row_with_other_images_loses_the_decision_until_they_return(window: Window) -> None:
    window.update(row(head="1"))
    window.desk.decide(["a.png"], A)
    window.update(row(head="2"))
    assert window.verdict() is None
    assert window.shown == {}
    window.desk.decide(["a.png"], R)
    window.update(row(head="1"))
    assert window.verdict() is A
    window.update(row(head="2"))
    assert window.verdict() is R
    assert window.shown == window.desk.decisions


def test_a_decision_does_not_depend_on_the_status(window: Window) -> None:
    window.update(row())
    window.desk.decide(["a.png"], A)
    window.update(row(status=Status.UNCHANGED))
    assert window.verdict() is A


def test_every_change_is_told_once(window: Window) -> None:
    window.update(*rows("abc"))
    window.desk.decide("abc", A)
    window.desk.decide("abc", A)
    window.settle()
    told = [event for event in window.events if isinstance(event, DecisionsChanged)]
    assert [set(event.decisions) for event in told] == [{"a", "b", "c"}]


def test_deciding_the_same_again_is_no_step(window: Window) -> None:
    window.update(*rows("ab"))
    window.desk.decide("a", A)
    window.desk.decide("ab", A)
    assert window.desk.undo() == "Approve 1 image"
    assert window.desk.undo() == "Approve 1 image"
    assert window.desk.undo() == ""


def test_unknown_names_are_passed_over(window: Window) -> None:
    window.update(row("a"))
    window.desk.decide(["nobody", "a"], A)
    window.desk.annotate("nobody", "x")
    assert set(window.desk.decisions) == {"a"}
    assert window.desk.undo_text == "Approve 1 image"


def test_when_it_was_decided_is_kept(window: Window, path: Path) -> None:
    window.update(row())
    window.desk.decide(["a.png"], A)
    assert window.desk.decision("a.png") == approved(decided="2025-03-01T12:00:01+00:00")
    window.settle()
    assert everything(path) == {key(): approved(decided="2025-03-01T12:00:01+00:00")}


def test_clearing_takes_the_verdict_and_leaves_the_note(window: Window) -> None:
    window.update(row())
    window.desk.decide(["a.png"], A)
    window.desk.annotate("a.png", "Why")
    window.desk.decide(["a.png"], None)
    assert (window.verdict(), window.note()) == (None, "Why")
    window.desk.annotate("a.png", "")
    assert window.desk.decisions == {} == window.shown


def test_steps_are_undone_and_done_again(window: Window, path: Path) -> None:
    window.update(*rows("ab"))
    assert (window.desk.undo_text, window.desk.redo_text) == ("", "")
    window.desk.decide("ab", A)
    window.desk.decide("b", R)
    window.desk.decide("a", None)
    assert window.desk.undo_text == "Clear 1 decision"
    assert [window.desk.undo() for _ in range(2)] == ["Clear 1 decision", "Reject 1 image"]
    assert [window.verdict(name) for name in "ab"] == [A, A]
    assert (window.desk.undo_text, window.desk.redo_text) == ("Approve 2 images", "Reject 1 image")
    window.desk.undo()
    assert window.desk.decisions == {}
    window.desk.redo()
    window.desk.redo()
    assert [window.verdict(name) for name in "ab"] == [A, R]
    window.settle()
    assert {k.name: d for k, d in everything(path).items()} == window.desk.decisions
    assert window.told(StepRefused) == []


def test_typing_a_note_is_undone_as_one(window: Window, path: Path) -> None:
    window.update(row())
    for end in range(1, 6):
        window.desk.annotate("a.png", "Hello"[:end])
    window.settle()
    assert everything(path)[key()].note == "Hello"
    assert window.desk.undo() == "Edit note"
    assert window.note() == ""
    window.settle()
    assert everything(path) == {}
    window.desk.redo()
    assert window.note() == "Hello"


def test_another_comparison_ends_what_can_be_undone(window: Window) -> None:
    window.update(row())
    window.desk.decide(["a.png"], A)
    window.show(row("b.png"))
    assert (window.desk.undo_text, window.desk.undo()) == ("", "")
    window.settle()
    window.show(row())
    window.settle()
    assert window.verdict() is A


def test_undoing_what_was_decided_before_the_file_was_read_gives_back_what_was_in_it(
    window: Window, store: DecisionStore
) -> None:
    store.apply([Write(1, {key(): Edit(UNDECIDED, Decision(R, "Old", "2024"))})])
    window.update(row())
    window.desk.decide(["a.png"], A)
    window.settle()
    assert (window.verdict(), window.note()) == (A, "Old")
    window.desk.undo()
    window.settle()
    assert window.desk.decision("a.png") == Decision(R, "Old", "2024")
    assert store.load(["a.png"]) == {key(): Decision(R, "Old", "2024")}


def test_a_wish_counts_before_the_file_was_read_and_after(
    window: Window, store: DecisionStore
) -> None:
    store.apply([Write(1, {key(): Edit(UNDECIDED, Decision(R, "", "2024"))})])
    window.update(row())
    window.desk.decide(["a.png"], A)
    window.settle()
    assert window.verdict() is A
    told = [event for event in window.events if isinstance(event, DecisionsChanged)]
    assert [event.decisions["a.png"].verdict for event in told] == [A]


def test_a_dropped_row_is_not_spoken_of(window: Window, path: Path) -> None:
    window.update(*rows("ab"))
    window.desk.decide("ab", A)
    window.update(dropped=["a"])
    assert set(window.desk.decisions) == {"b"} == set(window.shown)
    window.desk.decide("a", R)
    window.desk.undo()
    window.settle()
    assert everything(path) == {}


def test_a_pair_merged_from_two_rows_is_another_change(window: Window) -> None:
    window.update(row("new", "", "1"), row("old", "1", ""))
    window.desk.decide(["new", "old"], A)
    window.update(row("new", "1", "1", status=Status.RENAMED), dropped=["old"])
    assert window.desk.decisions == {}
    window.desk.decide(["new"], R)
    window.settle()
    assert window.verdict("new") is R


def test_the_counts_follow(window: Window) -> None:
    waiting = [row(name, status=Status.PENDING) for name in "abcd"]
    window.update(*waiting)
    window.desk.decide("a", A)
    assert window.desk.counts == ReviewCounts()
    window.update(*rows("abc"), row("d", status=Status.UNCHANGED))
    window.desk.decide("bd", R)
    assert window.desk.counts == ReviewCounts(3, 1, 1)
    assert window.desk.counts.left == 1
    window.desk.undo()
    window.update(dropped="c")
    assert window.desk.counts == ReviewCounts(2, 1, 0)
    window.show()
    assert window.desk.counts == ReviewCounts()


def test_many_rows_are_looked_up_and_decided_at_once(window: Window, store: DecisionStore) -> None:
    names = [f"screens/{number:05}.png" for number in range(50_000)]
    decided = {key(name): Edit(UNDECIDED, approved()) for name in names[::2]}
    store.apply([Write(1, decided)])
    for start in range(0, len(names), 64):
        window.update(*(row(name) for name in names[start : start + 64]))
    window.settle()
    assert set(window.desk.decisions) == set(names[::2]) == set(window.shown)
    assert window.desk.counts == ReviewCounts(50_000, 25_000, 0)
    window.desk.decide(names[1:10_000:2], R)
    assert window.desk.undo_text == "Reject 5,000 images"
    window.settle()
    assert {d.verdict for d in store.load(names[1:10_000:2]).values()} == {R}


def test_one_turn_takes_a_moment_only_and_asks_for_more(
    window: Window, store: DecisionStore
) -> None:
    """What is read of many rows comes home in parts, and each part wakes the window."""
    names = [str(number) for number in range(3000)]
    store.apply([Write(1, {key(name): Edit(UNDECIDED, approved()) for name in names})])
    window.update(*map(row, names))
    turns = 0
    while len(window.desk.decisions) < len(names):
        assert window.woken.wait(PATIENCE)
        window.woken.clear()
        window.desk.take()
        turns += 1
    assert turns >= 3
    assert window.shown == window.desk.decisions


def hinted(base: str = "old", head: str = "new", status: Status = Status.ERRORED) -> Change:
    return row(base=base, head=head, hashed=False, status=status)


def test_a_row_without_hashes_is_read_when_it_is_decided(window: Window, path: Path) -> None:
    window.update(hinted())
    window.settle()
    assert window.images.asked == []
    window.images.gate.clear()
    window.desk.decide(["a.png"], A)
    window.desk.annotate("a.png", "Broken")
    assert (window.verdict(), window.note()) == (A, "Broken")
    window.images.gate.set()
    window.settle()
    assert window.images.asked == [(Side.HEAD, "a.png"), (Side.BASE, "a.png")]
    assert everything(path) == {key(): window.desk.decision("a.png")}
    assert window.shown == window.desk.decisions


def test_a_row_without_hashes_is_read_when_its_name_has_decisions(
    window: Window, open_window: OpenWindow
) -> None:
    window.update(row())
    window.desk.decide(["a.png"], A)
    window.settle()
    other = open_window()
    other.update(hinted())
    other.settle()
    assert other.verdict() is A
    other.update(hinted())
    other.settle()
    assert len(other.images.asked) == 2


@pytest.mark.parametrize(
    "change",
    [hinted("same", "same"), hinted("", "new"), hinted(status=Status.PENDING)],
)
def test_nothing_is_read_for_a_row_that_cannot_have_the_decision(
    window: Window, change: Change
) -> None:
    window.update(row())
    window.desk.decide(["a.png"], A)
    window.settle()
    window.show(change)
    window.settle()
    assert window.images.asked == []
    assert window.desk.decisions == {}


def test_a_row_decided_while_it_is_pending_keeps_the_decision(window: Window, path: Path) -> None:
    """Its hashes come from the comparison before the desk has read the images itself."""
    window.images.gate.clear()
    window.update(hinted(status=Status.PENDING))
    window.desk.decide(["a.png"], A)
    window.desk.undo()
    window.desk.redo()
    known = row()
    base, head = hinted().base, hinted().head
    assert base is not None
    assert head is not None
    base, head = replace(base, sha256=digest("old")), replace(head, sha256=digest("new"))
    window.update(replace(known, base=base, head=head))
    assert window.verdict() is A
    window.images.gate.set()
    window.settle()
    assert everything(path) == {key(): window.desk.decision("a.png")}
    assert window.desk.undo() == "Approve 1 image"
    window.settle()
    assert everything(path) == {}


def test_what_is_found_for_one_image_never_goes_to_the_next(window: Window, path: Path) -> None:
    """The row's images are replaced while those that were decided about are being read."""
    window.images.gate.clear()
    window.update(hinted(head="1"))
    window.desk.decide(["a.png"], A)
    window.update(row(head="2"))
    assert window.verdict() is None
    window.images.gate.set()
    window.settle()
    assert window.verdict() is None
    assert set(everything(path)) == {key(head="1")}


def looked_up(window: Window, *changes: Change) -> None:
    """The rows are there, and the images of the first are being read to find its decision."""
    window.images.gate.clear()
    window.update(*changes)
    assert window.woken.wait(PATIENCE)  # what the file has to say of their names is there
    window.desk.take()
    assert window.images.begun.wait(PATIENCE)


def test_what_is_looked_up_for_one_image_never_goes_to_the_next(
    window: Window, store: DecisionStore
) -> None:
    store.apply([Write(1, {key(head="1"): Edit(UNDECIDED, approved())})])
    looked_up(window, hinted(head="1"))
    window.woken.clear()
    window.images.gate.set()
    assert window.woken.wait(PATIENCE)  # the answer is there, but has not been taken
    window.update(hinted(head="2"))
    window.settle()
    assert window.verdict() is None
    window.update(hinted(head="1"))
    window.settle()
    assert window.verdict() is A


def test_a_row_that_is_itself_again_keeps_its_decision(window: Window) -> None:
    window.update(hinted())
    window.desk.decide(["a.png"], A)
    window.settle()
    window.update(hinted(head="2"), hinted())
    window.settle()
    assert window.verdict() is A


def test_nothing_more_is_looked_up_for_a_comparison_that_is_closed(
    window: Window, store: DecisionStore
) -> None:
    names = [f"{number}.png" for number in range(50)]
    store.apply([Write(1, {key(name): Edit(UNDECIDED, approved()) for name in names})])
    looked_up(window, *(row(n, hashed=False, status=Status.ERRORED) for n in names))
    window.show()
    window.images.gate.set()
    window.settle()
    assert len(window.images.asked) < 10


def test_a_decision_goes_on_to_be_kept_in_another_comparison(window: Window, path: Path) -> None:
    window.images.gate.clear()
    window.update(hinted())
    window.desk.decide(["a.png"], A)
    window.show(row(), row("b.png"))
    assert window.desk.decisions == {}
    window.images.gate.set()
    window.settle()
    assert set(everything(path)) == {key()}
    assert window.shown == window.desk.decisions == {"a.png": everything(path)[key()]}


def test_what_was_decided_of_a_row_is_found_again_once_it_is_read(
    window: Window, store: DecisionStore
) -> None:
    """The note of yesterday and today's verdict meet when the key is known."""
    note = Edit(UNDECIDED, Decision(None, "Yesterday", "2024"))
    store.apply([Write(1, {key(): note})])
    window.update(hinted(status=Status.PENDING))
    window.settle()
    assert window.note() == ""
    window.desk.decide(["a.png"], A)
    window.settle()
    assert (window.verdict(), window.note()) == (A, "Yesterday")
    assert store.load(["a.png"]) == {key(): window.desk.decision("a.png")}


PAIR = Pair("old.png", digest("1"), "new.png", digest("2"))


def test_pairs_come_back(window: Window, open_window: OpenWindow) -> None:
    window.desk.pair(PAIR)
    assert window.desk.pairs == (PAIR,)
    window.settle()
    other = open_window()
    other.update(row())
    other.settle()
    assert other.desk.pairs == (PAIR,)
    assert other.heard(PairsChanged) == 1
    other.desk.unpair(PAIR)
    other.settle()
    window.desk.refresh()
    window.settle()
    assert window.desk.pairs == () == other.desk.pairs


def test_nothing_is_kept_after_the_end(window: Window, path: Path) -> None:
    window.update(row())
    window.desk.decide(["a.png"], A)
    assert window.desk.close(PATIENCE)
    assert window.desk.close(PATIENCE)
    window.update(row("b.png"), hinted())
    window.desk.decide(["b.png", "a.png"], R)
    window.desk.refresh()
    window.desk.take()
    window.desk.flush(0)
    assert {k: d.verdict for k, d in everything(path).items()} == {key(): A}


def test_what_is_reviewable_is_what_is_counted(window: Window) -> None:
    changes = [row(status.value, status=status) for status in Status]
    window.update(*changes)
    assert window.desk.counts.reviewable == sum(map(is_reviewable, changes))
