"""What was done, to be undone and done again. Values: nothing here is ever altered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from snapreview.model.decision import UNDECIDED, Decision, DecisionKey, Verdict
from snapreview.review.edits import Edit, Target, edited, noted
from snapreview.review.texts import NOTE_TEXT, verdict_text

MOST_STEPS = 1000
"""How many steps can be undone."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action: a verdict given to rows (None: taken away), or a note.

    `serial` is that of the write with which it began.
    """

    edits: Mapping[Target, Edit]
    verdict: Verdict | None = None
    is_note: bool = False
    serial: int = 0

    @property
    def text(self) -> str:
        """What it is called in a menu, after Undo."""
        return NOTE_TEXT if self.is_note else verdict_text(self.verdict, len(self.edits))

    def is_about(self, step: Step) -> bool:
        """Whether another step has the same rows."""
        return self.edits.keys() == step.edits.keys()

    def without(self, targets: Collection[Target]) -> Step:
        """The rest of the step."""
        if not any(target in self.edits for target in targets):
            return self
        gone = set(targets)
        return replace(self, edits={t: e for t, e in self.edits.items() if t not in gone})

    def renamed(self, keys: Mapping[Target, Target]) -> Step:
        """The step about the keys that its targets have turned out to have."""
        if keys.keys().isdisjoint(self.edits):
            return self
        return replace(self, edits={keys.get(t, t): edit for t, edit in self.edits.items()})

    def amended(self, found: Mapping[DecisionKey, Decision]) -> Step:
        """The step as if it had been known what was there before it."""
        edits = dict(self.edits)
        for key in found.keys() & edits.keys():
            edits[key] = _begun_from(edits[key], found[key])
            if edits[key].is_nothing:
                del edits[key]
        return replace(self, edits=edits)


@dataclass(frozen=True, slots=True)
class History:
    """Steps that were done, the last at the end, and those that were undone since.

    `open_note` is set while one more edit of the note that the last step is about belongs to it.
    """

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    open_note: bool = False

    def recorded(self, step: Step) -> History:
        """After `step`, which ends what could be done again. Typing one note is one step."""
        last = self.done[-1] if self.done else None
        if last is not None and self.open_note and step.is_note and last.is_about(step):
            return self._merged(last, step)
        return History((*self.done, step)[-MOST_STEPS:], open_note=step.is_note)

    def undo(self) -> History:
        """After the last step was taken back."""
        return History(self.done[:-1], (*self.undone, self.done[-1]))

    def redo(self) -> History:
        """After the step that was taken back last was done again."""
        return History((*self.done, self.undone[-1]), self.undone[:-1])

    def without(self, targets: Collection[Target]) -> History:
        """With nothing to undo of `targets`: somebody else has decided about them."""
        done = (step.without(targets) for step in self.done)
        undone = (step.without(targets) for step in self.undone)
        return replace(
            self,
            done=tuple(step for step in done if step.edits),
            undone=tuple(step for step in undone if step.edits),
        )

    def renamed(self, keys: Mapping[Target, Target]) -> History:
        """About the keys that targets have turned out to have."""
        done = tuple(step.renamed(keys) for step in self.done)
        return replace(self, done=done, undone=tuple(step.renamed(keys) for step in self.undone))

    def amended(self, serial: int, found: Mapping[DecisionKey, Decision]) -> History:
        """With the true beginning of the step that began with the write `serial`.

        Where it was there already there is nothing to undo.
        """
        done = tuple(s.amended(found) if s.serial == serial else s for s in self.done)
        kept = tuple(step for step in done if step.edits)
        return replace(self, done=kept, open_note=self.open_note and len(kept) == len(done))

    def _merged(self, last: Step, step: Step) -> History:
        edits = {t: _retyped(last.edits[t], edit) for t, edit in step.edits.items()}
        if all(edit.is_nothing for edit in edits.values()):
            return History(self.done[:-1])
        return History((*self.done[:-1], replace(last, edits=edits)), open_note=True)


def _begun_from(edit: Edit, found: Decision) -> Edit:
    return Edit(found, edited(found, edit) or UNDECIDED)


def _retyped(first: Edit, then: Edit) -> Edit:
    """Two edits of a note as one; a verdict that came between them is somebody else's."""
    return noted(first.before, then.after.note, then.after.decided or first.after.decided)
