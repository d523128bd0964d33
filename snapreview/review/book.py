"""Which decision each row of the open comparison has. Dicts only: no threads, no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from snapreview.model.change import Change, Status
from snapreview.model.decision import UNDECIDED, Decision, DecisionKey, decision_key
from snapreview.review.edits import Target, Unkeyed
from snapreview.review.keys import could_be, is_continued
from snapreview.review.progress import ReviewCounts, ReviewProgress


class Book:
    """Rows by name, what is known to be said of their names, and what that makes of each row.

    What a change to it means for rows gathers until somebody takes it.
    """

    def __init__(self) -> None:
        self._rows: dict[str, Change] = {}
        self._said: dict[str, dict[Target, Decision]] = {}
        # What a row turned out to be that does not tell its key by itself; None where nobody knows.
        self._found: dict[str, tuple[Change, Target | None]] = {}
        self._shown: dict[str, Decision] = {}
        self._changed: dict[str, Decision] = {}
        self._doubtful: dict[str, Change] = {}
        self._keyed: dict[Unkeyed, DecisionKey] = {}
        self._progress = ReviewProgress()

    @property
    def shown(self) -> Mapping[str, Decision]:
        """Decisions by row name, without the rows of which nothing is said."""
        return self._shown

    @property
    def counts(self) -> ReviewCounts:
        """How far the review has come."""
        return self._progress.counts

    def row(self, name: str) -> Change | None:
        """The row of this name."""
        return self._rows.get(name)

    def put(self, changes: Iterable[Change]) -> list[str]:
        """Take rows that are new or replace others; the names that were not here before."""
        rows, said, found = self._rows, self._said, self._found
        new: list[str] = []
        for change in changes:
            name = change.name
            if name not in rows:
                new.append(name)
            rows[name] = change
            if name in said or name in found:
                self._attach(name)
            self._progress.put(change, self._shown.get(name, UNDECIDED))
        return new

    def drop(self, names: Iterable[str]) -> None:
        """Rows are gone."""
        for name in names:
            self._rows.pop(name, None)
            for kept in (self._found, self._shown, self._changed, self._doubtful):
                kept.pop(name, None)
            self._progress.drop(name)

    def target(self, name: str) -> Target | None:
        """What a decision about this row belongs to, as far as that is known."""
        change = self._rows[name]
        return decision_key(change) or self._found_for(change)

    def find(self, name: str, target: Target | None) -> None:
        """The row of this name turned out to be about `target`, or is being looked at (None)."""
        self._found[name] = (self._rows[name], target)
        self._attach(name)

    def found(self, name: str) -> Target | None:
        """What the row of this name was last found to be about."""
        found = self._found.get(name)
        return found[1] if found is not None else None

    def said(self, target: Target) -> Decision:
        """What is said of `target`."""
        return self._said.get(target.name, {}).get(target, UNDECIDED)

    def say(self, decisions: Mapping[DecisionKey, Decision] | Mapping[Target, Decision]) -> None:
        """Something is said of these from now on; those of other names than the rows' are no use.

        Names of rows that were dropped are kept, since their decisions can still be undone.
        """
        for target, decision in decisions.items():
            name = target.name
            if name in self._rows:
                self._said.setdefault(name, {})[target] = decision
                self._attach(name)
            elif name in self._said:
                self._said[name][target] = decision

    def take_changed(self) -> dict[str, Decision]:
        """The rows of which something else is said than when this was asked before."""
        changed, self._changed = self._changed, {}
        return changed

    def take_doubtful(self) -> dict[str, Change]:
        """Rows that may have a decision: only their images can tell."""
        doubtful, self._doubtful = self._doubtful, {}
        return doubtful

    def take_keyed(self) -> dict[Unkeyed, DecisionKey]:
        """Stand-ins whose rows have got their key."""
        keyed, self._keyed = self._keyed, {}
        return keyed

    def _found_for(self, change: Change) -> Target | None:
        found = self._found.get(change.name)
        return found[1] if found is not None and is_continued(found[0], change) else None

    def _attach(self, name: str) -> None:
        change = self._rows[name]
        key = decision_key(change)
        target = self._found_for(change)
        self._doubtful.pop(name, None)  # it was about the images before
        if key is not None and isinstance(target, Unkeyed):
            self._keyed[target] = key  # until it is taken the row shows what was said of both
        elif key is not None:
            target = key
        elif target is None:
            self._doubt(name, change)
        decision = UNDECIDED if target is None else self.said(target)
        if decision != self._shown.get(name, UNDECIDED):
            self._show(name, decision)

    def _doubt(self, name: str, change: Change) -> None:
        """A row that is not settled yet gets its key in due course; any other is looked up once."""
        found = self._found.get(name)
        looked = found is not None and is_continued(found[0], change)
        if not looked and change.status is not Status.PENDING and self._may_have_one(change):
            self._doubtful[name] = change

    def _may_have_one(self, change: Change) -> bool:
        said = self._said.get(change.name, {})
        return any(
            isinstance(key, DecisionKey) and not decision.is_empty and could_be(change, key)
            for key, decision in said.items()
        )

    def _show(self, name: str, decision: Decision) -> None:
        if decision.is_empty:
            self._shown.pop(name, None)
        else:
            self._shown[name] = decision
        self._changed[name] = decision
        self._progress.decide(name, decision)
