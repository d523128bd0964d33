"""Several windows and processes on one file, and processes that are killed."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from snapreview.model.decision import Decision
from snapreview.review.events import DeskFailed, StepRefused

from .makers import PATIENCE, A, R, Window, everything, key, row

OpenWindow = Callable[..., Window]


@pytest.fixture
def both(open_window: OpenWindow) -> tuple[Window, Window]:
    """Two windows that have the same comparison open."""
    windows = open_window(), open_window()
    for window in windows:
        window.update(*map(row, "abcde"))
        window.settle()
    return windows


def test_what_one_window_decides_the_other_shows_when_it_looks(
    both: tuple[Window, Window],
) -> None:
    one, other = both
    one.desk.decide("ab", A)
    one.settle()
    other.desk.decide("c", R)
    other.settle()
    assert other.verdict("a") is None
    for window in both:
        window.desk.refresh()
        window.settle()
        assert [window.verdict(name) for name in "abc"] == [A, A, R]
        assert window.shown == window.desk.decisions
    one.desk.decide("a", None)
    one.settle()
    other.desk.refresh()
    other.settle()
    assert other.verdict("a") is None
    assert "a" not in other.shown


def test_looking_when_nothing_happened_tells_nothing(both: tuple[Window, Window]) -> None:
    one, _ = both
    before = list(one.events)
    one.desk.refresh()
    one.settle()
    assert one.events == before


def test_verdict_and_note_of_two_windows_meet(both: tuple[Window, Window], path: Path) -> None:
    one, other = both
    one.desk.decide("a", A)
    one.settle()
    other.desk.annotate("a", "Seen")
    assert other.verdict("a") is None
    other.settle()
    assert (other.verdict("a"), other.note("a")) == (A, "Seen")
    assert everything(path)[key("a")] == other.desk.decision("a")


def test_undoing_leaves_alone_what_another_window_decided(
    both: tuple[Window, Window], path: Path
) -> None:
    one, other = both
    one.desk.decide("abcde", A)
    one.settle()
    other.desk.decide("ab", R)
    other.settle()
    assert one.desk.undo() == "Approve 5 images"
    one.settle()
    assert one.told(StepRefused) == ["3 of 5 undone; 2 were decided otherwise in another window."]
    assert {k.name: d.verdict for k, d in everything(path).items()} == {"a": R, "b": R}
    assert {n: d.verdict for n, d in one.desk.decisions.items()} == {"a": R, "b": R}
    assert one.shown == one.desk.decisions
    assert one.desk.redo() == "Approve 3 images"
    one.settle()
    assert len(one.told(StepRefused)) == 1
    assert [one.verdict(name) for name in "abcde"] == [R, R, A, A, A]


def test_undoing_what_the_window_knows_to_be_overtaken_is_told_too(
    both: tuple[Window, Window],
) -> None:
    one, other = both
    one.desk.decide("a", A)
    one.settle()
    other.desk.decide("a", R)
    other.settle()
    one.desk.refresh()
    one.settle()
    one.desk.undo()
    assert one.told(StepRefused) == ["0 of 1 undone; 1 was decided otherwise in another window."]
    one.settle()
    assert one.verdict("a") is R
    assert (one.desk.undo_text, one.desk.redo_text) == ("", "")


def test_undoing_a_verdict_does_not_touch_a_note_from_elsewhere(
    both: tuple[Window, Window],
) -> None:
    one, other = both
    one.desk.decide("a", A)
    one.settle()
    other.desk.annotate("a", "Seen")
    other.settle()
    one.desk.undo()
    one.settle()
    assert one.told(StepRefused) == []
    assert (one.verdict("a"), one.note("a")) == (None, "Seen")


def test_doing_again_is_held_back_in_the_same_way(both: tuple[Window, Window]) -> None:
    one, other = both
    one.desk.decide("ab", A)
    one.desk.undo()
    one.settle()
    other.desk.decide("a", R)
    other.settle()
    one.desk.redo()
    one.settle()
    assert one.told(StepRefused) == [
        "1 of 2 done again; 1 was decided otherwise in another window."
    ]
    assert (one.verdict("a"), one.verdict("b")) == (R, A)


def decide_many(path: Path, who: int, together: Barrier) -> None:
    window = Window(path)
    names = [f"{number}-{who}" for number in range(40)]
    window.update(row("shared"), *map(row, names))
    together.wait(PATIENCE * 2)
    for name in names:
        window.desk.decide([name], A)
    if who:
        window.desk.decide(["shared"], R)
    else:
        window.desk.annotate("shared", "Seen")
    assert window.desk.close(PATIENCE)
    assert window.told(DeskFailed) == []


def test_two_processes_lose_nothing_of_each_other(path: Path) -> None:
    """They open the file at the same time, too, when it is not there yet."""
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(2)
    processes = [context.Process(target=decide_many, args=(path, who, together)) for who in (0, 1)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE * 2)
    assert [process.exitcode for process in processes] == [0, 0]
    kept = everything(path)
    shared = kept.pop(key("shared"))
    assert (shared.verdict, shared.note) == (R, "Seen")
    assert len(kept) == 80
    assert {decision.verdict for decision in kept.values()} == {A}
    assert not list(path.parent.glob("*.broken*"))


_REVIEWER = """
import sys
from pathlib import Path
from tests.review.makers import A, PATIENCE, Window, row

window = Window(Path(sys.argv[1]))
window.update(*(row(str(number)) for number in range(10_000)))
for number in range(10_000):
    window.desk.decide([str(number)], A)
    window.desk.annotate(str(number), f"Note {number}")
    assert window.desk.flush(PATIENCE)
    print(number, flush=True)
"""


def test_what_was_kept_survives_a_kill(path: Path) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", _REVIEWER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(25)]
        process.kill()
        told += process.stdout.readlines()
    if sys.platform != "win32":
        assert process.returncode == -signal.SIGKILL
    numbers = [line.strip() for line in told if line.endswith("\n")]
    assert len(numbers) >= 25
    kept = everything(path)
    for number in numbers:
        decision = kept[key(number)]
        assert (decision.verdict, decision.note) == (A, f"Note {number}")
    assert all(isinstance(decision, Decision) for decision in kept.values())
    assert not list(path.parent.glob("*.broken*"))


def test_one_who_comes_after_a_kill_goes_on(path: Path, open_window: OpenWindow) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", _REVIEWER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
        process.stdout.read()
    window = open_window()
    window.update(row("0"))
    window.settle()
    assert window.note("0") == "Note 0"
    window.desk.decide("0", R)
    window.settle()
    assert everything(path)[key("0")].verdict is R
