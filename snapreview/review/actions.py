"""What the user does: done to the open comparison, remembered for undo, and sent to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count

from snapreview.model.change import Change, Side
from snapreview.model.decision import UNDECIDED, DecisionKey, Verdict
from snapreview.model.errors import ReviewError, SnapReviewError
from snapreview.model.manifest import ImageRecord
from snapreview.review.book import Book
from snapreview.review.edits import Applied, Edit, Target, Unkeyed, Write, edited
from snapreview.review.history import History, Step
from snapreview.review.keys import HashOf, is_continued
from snapreview.review.reader import HeldEdit, KeyReader
from snapreview.review.texts import refused_sentence

UNDONE = "undone"
REDONE = "done again"


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step that is being undone or done again."""

    verb: str
    total: int
    refused: int = 0


class Actions:
    """Edits of the open comparison's decisions. Used from one thread.

    Edits whose row has no key yet are held until its images have been read. What there is to
    write and to tell gathers until somebody takes it.
    """

    def __init__(self, reader: KeyReader, serials: count[int], book: Book) -> None:
        self._reader = reader
        self._serials = serials
        self._writes: list[Write] = []
        self._refusals: list[str] = []
        self._lost: list[tuple[str, SnapReviewError]] = []
        self._taken: dict[int, _Taken] = {}
        self.begin(book, _unreadable)

    def begin(self, book: Book, hash_of: HashOf) -> None:
        """Another comparison is open; what was done in the one before cannot be undone here."""
        self._book = book
        self._hash_of = hash_of
        self.history = History()
        self._taken.clear()

    def target(self, name: str) -> Target:
        """What a decision about the row `name` belongs to; its images are read if need be."""
        target = self._book.target(name)
        row = self._book.row(name)
        if target is not None or row is None:
            return target or Unkeyed(name, 0)
        standing = Unkeyed(name, next(self._serials))
        self._book.find(name, standing)
        self._reader.ask(standing, row, self._hash_of, partial(self._identified, standing))
        return standing

    def judge(self, edits: Mapping[Target, Edit], verdict: Verdict | None) -> None:
        """Give rows a verdict, as one step."""
        if edits:
            self._do(Step(edits, verdict, serial=next(self._serials)))

    def note(self, target: Target, edit: Edit) -> None:
        """Alter a note; what is typed in one go is one step."""
        self._do(Step({target: edit}, is_note=True, serial=next(self._serials)))

    def undo(self) -> str:
        """Take the last step back; what it was, or empty."""
        if not self.history.done:
            return ""
        step = self.history.done[-1]
        self.history = self.history.undo()
        self._take({t: edit.reversed for t, edit in step.edits.items()}, UNDONE)
        return step.text

    def redo(self) -> str:
        """Do again what was taken back last; what it was, or empty."""
        if not self.history.undone:
            return ""
        step = self.history.undone[-1]
        self.history = self.history.redo()
        self._take(step.edits, REDONE)
        return step.text

    def look_up(self, doubtful: Mapping[str, Change]) -> None:
        """Read the images of rows that may have a decision."""
        for name, change in doubtful.items():
            self._book.find(name, None)
            came = partial(self._looked_up, self._book, change)
            self._reader.look_up(change, self._hash_of, came)

    def keyed(self, keys: Mapping[Unkeyed, DecisionKey]) -> None:
        """Stand-ins have got their key: send what was held."""
        resolved: dict[Target, Target] = {}
        for target, key in keys.items():
            held = self._reader.release(target)
            if held is not None:
                resolved[target] = key
                self._send_held(target, key, held)
        if resolved:
            self.history = self.history.renamed(resolved)

    def applied(self, write: Write, applied: Applied) -> None:
        """A write has come back."""
        if not write.strict and applied.found:
            self.history = self.history.amended(write.step, applied.found)
        if applied.refused:
            self.history = self.history.without(applied.refused)
        taken = self._taken.pop(write.serial, None)
        if taken is not None:
            self._tell_refused(taken, taken.refused + len(applied.refused))

    def take_writes(self) -> list[Write]:
        """What there is to be kept."""
        writes, self._writes = self._writes, []
        return writes

    def take_refusals(self) -> list[str]:
        """Sentences about steps that could not be undone or done again as a whole."""
        refusals, self._refusals = self._refusals, []
        return refusals

    def take_lost(self) -> list[tuple[str, SnapReviewError]]:
        """Rows whose decision was taken back because they have no key, and why."""
        lost, self._lost = self._lost, []
        return lost

    def _do(self, step: Step) -> None:
        self.history = self.history.recorded(step)
        self._enact(step.serial, step.edits)

    def _take(self, edits: Mapping[Target, Edit], verb: str) -> None:
        """Do `edits` where nothing else was said meanwhile."""
        rest: dict[Target, Edit] = {}
        for target, edit in edits.items():
            there = self._book.said(target)
            after = edited(there, edit, strict=True)
            if after is not None:
                rest[target] = Edit(there, after)
        refused = edits.keys() - rest.keys()
        if refused:
            self.history = self.history.without(refused)
        taken = _Taken(verb, len(edits), len(refused))
        serial = next(self._serials)
        if any(isinstance(target, DecisionKey) for target in rest):
            self._taken[serial] = taken
        else:
            self._tell_refused(taken, len(refused))
        self._enact(serial, rest, verb)

    def _enact(self, serial: int, edits: Mapping[Target, Edit], verb: str = "") -> None:
        """Have the rows show it at once, and send what has a key."""
        said, strict = self._book.said, bool(verb)
        after = {
            target: edited(said(target), edit, strict=strict) or UNDECIDED
            for target, edit in edits.items()
        }
        keyed: dict[DecisionKey, Edit] = {}
        for target, edit in edits.items():
            if isinstance(target, DecisionKey):
                keyed[target] = edit
            else:
                self._reader.hold(target, HeldEdit(edit, serial, verb))
        self._book.say(after)
        if keyed:
            self._writes.append(Write(serial, keyed, strict=strict, step=serial))

    def _send_held(self, target: Unkeyed, key: DecisionKey, held: list[HeldEdit]) -> None:
        for one in held:
            strict = bool(one.verb)
            serial = next(self._serials)
            there, edit = self._book.said(key), one.edit
            after = edited(there, edit, strict=strict)
            if after is not None:
                self._book.say({key: after})
                edit = edit if after == there else Edit(there, after)
            if strict:
                self._taken[serial] = _Taken(one.verb, 1)
            self._writes.append(Write(serial, {key: edit}, strict=strict, step=one.step))
        self._settle(target, key)

    def _identified(self, target: Unkeyed, outcome: DecisionKey | SnapReviewError) -> None:
        if isinstance(outcome, DecisionKey):
            self.keyed({target: outcome})
        elif self._reader.release(target) is not None:
            self.history = self.history.without([target])
            self._lost.append((target.name, outcome))
            self._settle(target, None)

    def _settle(self, target: Unkeyed, key: DecisionKey | None) -> None:
        """The row stands for itself again."""
        row = self._book.row(target.name)
        if row is not None and self._book.found(target.name) == target:
            self._book.find(target.name, key)

    def _looked_up(self, book: Book, change: Change, key: DecisionKey) -> None:
        row = book.row(change.name)
        if book is not self._book or row is None or not is_continued(change, row):
            return
        target = book.target(change.name)
        if isinstance(target, Unkeyed):
            self.keyed({target: key})
        elif target is None:
            book.find(change.name, key)

    def _tell_refused(self, taken: _Taken, refused: int) -> None:
        if refused:
            self._refusals.append(refused_sentence(taken.verb, taken.total, refused))


def _unreadable(record: ImageRecord, side: Side) -> str:
    raise ReviewError(f"No comparison is open that has {record.name} as its {side.value}.")
