"""Two windows on one file, doing anything in any order, against dicts that say what should be."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from snapreview.model.change import Change, Status
from snapreview.model.decision import UNDECIDED, Decision, DecisionKey, Verdict
from snapreview.review.events import DeskFailed, StepRefused
from snapreview.review.progress import ReviewCounts

from .makers import A, R, Window, everything, key, row

NAMES = "ab"
CONTENTS = [("1", "2"), ("1", "3"), ("", "2"), ("2", "2")]
Value = Verdict | str | None


def change(name: str, contents: tuple[str, str], hashed: bool) -> Change:
    base, head = contents
    status = Status.UNCHANGED if base == head else None if hashed else Status.ERRORED
    return row(name, base, head, hashed=hashed, status=status)


ROWS = st.builds(change, st.sampled_from(NAMES), st.sampled_from(CONTENTS), st.booleans())
VERDICTS = st.sampled_from([A, R, None])
NOTES = st.sampled_from(["", "x", "xy"])
WHO = st.integers(0, 1)


@dataclass
class Step:
    """`part` of some decisions became another: (old, new) by key."""

    part: str
    edits: dict[DecisionKey, tuple[Value, Value]]


@dataclass
class Expected:
    """What one window should know: its rows, what it has heard, what it can undo."""

    keys: dict[str, DecisionKey] = field(default_factory=dict)
    heard: dict[DecisionKey, Decision] = field(default_factory=dict)
    reviewable: set[str] = field(default_factory=set)
    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    typing: bool = False

    def said(self, name: str) -> Decision:
        return self.heard.get(self.keys[name], UNDECIDED)


def words(decision: Decision) -> tuple[Verdict | None, str]:
    return decision.verdict, decision.note


class Desks(RuleBasedStateMachine):
    """Every rule ends when everything is kept, so that there is one order in which it happened."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "decisions.sqlite"
        self.windows = [Window(self.path), Window(self.path)]
        self.expected = [Expected(), Expected()]
        self.kept: dict[DecisionKey, Decision] = {}
        self.refusals: list[list[str]] = [[], []]
        for who in (0, 1):
            self.put(who, [change(name, CONTENTS[0], hashed=True) for name in NAMES], anew=False)

    @rule(who=WHO, rows=st.lists(ROWS, max_size=3), anew=st.sampled_from([False, False, True]))
    def put(self, who: int, rows: list[Change], anew: bool) -> None:
        """Rows stream in, into another comparison or into the one that is open."""
        window = self.windows[who]
        if anew:
            self.expected[who] = Expected()
            window.show(*rows)
        else:
            window.update(*rows)
        expected = self.expected[who]
        for change in rows:
            if change.name not in expected.keys:
                self._hear(expected, lambda k, n=change.name: k.name == n)
            expected.keys[change.name] = _key(change)
            expected.reviewable.discard(change.name)
            if change.status is not Status.UNCHANGED:
                expected.reviewable.add(change.name)
        window.settle()

    @rule(who=WHO, name=st.sampled_from(NAMES))
    def drop(self, who: int, name: str) -> None:
        self.windows[who].update(dropped=[name])
        self.expected[who].keys.pop(name, None)
        self.expected[who].reviewable.discard(name)

    @rule(who=WHO, names=st.sets(st.sampled_from(NAMES), min_size=1), verdict=VERDICTS)
    def decide(self, who: int, names: set[str], verdict: Verdict | None) -> None:
        self.windows[who].desk.decide(sorted(names), verdict)
        expected = self.expected[who]
        chosen = [n for n in names & expected.keys.keys() if expected.said(n).verdict != verdict]
        edits = {
            expected.keys[n]: self._write(expected, expected.keys[n], "verdict", verdict)
            for n in chosen
        }
        if edits:
            self._did(expected, Step("verdict", edits))
        self.windows[who].settle()

    @rule(who=WHO, name=st.sampled_from(NAMES), notes=st.lists(NOTES, min_size=1, max_size=3))
    def annotate(self, who: int, name: str, notes: list[str]) -> None:
        expected = self.expected[who]
        for note in notes:
            self.windows[who].desk.annotate(name, note)
            self.windows[who].settle()
            if name not in expected.keys or expected.said(name).note == note:
                continue
            key = expected.keys[name]
            old, new = self._write(expected, key, "note", note)
            last = expected.done[-1] if expected.done and expected.typing else None
            if last is None or set(last.edits) != {key}:
                self._did(expected, Step("note", {key: (old, new)}))
                expected.typing = old != new
            elif last.edits[key][0] == note:
                expected.done.pop()
                expected.typing = False
            else:
                last.edits[key] = (last.edits[key][0], note)

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        self._take_back(who, "undone")

    @rule(who=WHO)
    def redo(self, who: int) -> None:
        self._take_back(who, "done again")

    @rule(who=WHO)
    def look(self, who: int) -> None:
        """The window comes to the front, and looks for what the other one did."""
        self.windows[who].desk.refresh()
        self._hear(self.expected[who], lambda _: True)
        self.windows[who].settle()

    @precondition(lambda self: any(expected.keys for expected in self.expected))
    @rule(who=WHO)
    def reopen(self, who: int) -> None:
        assert self.windows[who].desk.close(30)
        self.windows[who] = Window(self.path)
        self.expected[who] = Expected()
        self.refusals[who] = []

    @invariant()
    def windows_show_what_they_should(self) -> None:
        for window, expected in zip(self.windows, self.expected, strict=True):
            said = {n: words(expected.said(n)) for n in expected.keys}
            said = {name: what for name, what in said.items() if any(what)}
            assert {n: words(d) for n, d in window.desk.decisions.items()} == said
            assert window.shown == window.desk.decisions
            assert bool(window.desk.undo_text) is bool(expected.done)
            assert bool(window.desk.redo_text) is bool(expected.undone)
            verdicts = [expected.said(name).verdict for name in expected.reviewable]
            counts = ReviewCounts(len(verdicts), verdicts.count(A), verdicts.count(R))
            assert window.desk.counts == counts

    @invariant()
    def refusals_are_told(self) -> None:
        for window, refusals in zip(self.windows, self.refusals, strict=True):
            assert window.told(StepRefused) == refusals
            assert window.told(DeskFailed) == []

    def teardown(self) -> None:
        if hasattr(self, "windows"):
            for window in self.windows:
                assert window.desk.close(30)
            found = {key: words(decision) for key, decision in everything(self.path).items()}
            kept = {key: words(decision) for key, decision in self.kept.items()}
            shutil.rmtree(self.folder)
            assert found == {key: what for key, what in kept.items() if any(what)}

    def _hear(self, expected: Expected, about: Callable[[DecisionKey], bool]) -> None:
        expected.heard |= {k: d for k, d in self.kept.items() if about(k)}

    def _write(
        self, expected: Expected, key: DecisionKey, part: str, value: Value
    ) -> tuple[Value, Value]:
        """Give one part of what is kept another value; the other part may be somebody else's."""
        before = self.kept.get(key, UNDECIDED)
        self.kept[key] = replace(before, **{part: value})  # type: ignore[arg-type]  # either part
        expected.heard[key] = self.kept[key]
        return getattr(before, part), value

    def _did(self, expected: Expected, step: Step) -> None:
        """What the other window had said already is nothing that could be undone."""
        step.edits = {k: (old, new) for k, (old, new) in step.edits.items() if old != new}
        if step.edits:
            expected.done.append(step)
        expected.undone.clear()
        expected.typing = False

    def _take_back(self, who: int, verb: str) -> None:
        expected, window = self.expected[who], self.windows[who]
        source, target = expected.done, expected.undone
        if verb == "done again":
            source, target = target, source
        took = window.desk.undo() if verb == "undone" else window.desk.redo()
        window.settle()
        assert bool(took) is bool(source)
        if not source:
            return
        expected.typing = False
        step = source.pop()
        target.append(step)
        total = len(step.edits)
        refused = [k for k in step.edits if not self._is_taken_back(expected, step, k, verb)]
        if refused:
            were = "was" if len(refused) == 1 else "were"
            self.refusals[who].append(
                f"{total - len(refused)} of {total} {verb}; {len(refused)} {were} decided"
                " otherwise in another window."
            )
            self._end(expected, refused)

    def _is_taken_back(self, expected: Expected, step: Step, key: DecisionKey, verb: str) -> bool:
        there, then = step.edits[key] if verb == "done again" else step.edits[key][::-1]
        if getattr(expected.heard.get(key, UNDECIDED), step.part) != there:
            return False
        if getattr(self.kept[key], step.part) != there:
            expected.heard[key] = self.kept[key]
            return False
        self._write(expected, key, step.part, then)
        return True

    def _end(self, expected: Expected, refused: Iterable[DecisionKey]) -> None:
        for steps in (expected.done, expected.undone):
            for step in steps:
                for ended in refused:
                    step.edits.pop(ended, None)
            steps[:] = [step for step in steps if step.edits]


def _key(change: Change) -> DecisionKey:
    words = [
        "" if record is None else record.sha256 or record.hint.digest  # type: ignore[union-attr]  # one is there
        for record in (change.base, change.head)
    ]
    hashed = change.record is not None and change.record.sha256 is not None
    return DecisionKey(change.name, *words) if hashed else key(change.name, *words)


Desks.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestDesks = Desks.TestCase
