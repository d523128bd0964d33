"""What somebody does to decisions, as values, and what that makes of what is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from snapreview.model.decision import UNDECIDED, Decision, DecisionKey, Verdict


@dataclass(frozen=True, slots=True)
class Unkeyed:
    """Stands for the key of a row whose images have to be read before it has one."""

    name: str
    serial: int


Target = DecisionKey | Unkeyed
"""What an edit is about."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A decision as it was and as it shall be. Only where the two differ is anything altered."""

    before: Decision
    after: Decision

    @property
    def reversed(self) -> Edit:
        """What takes it back."""
        return Edit(self.after, self.before)

    @property
    def is_nothing(self) -> bool:
        """Whether it alters neither verdict nor note."""
        return not (_alters_verdict(self) or _alters_note(self))


@dataclass(frozen=True, slots=True)
class Write:
    """Edits to be kept together. `serial` tells it from others of the same window, `step` which
    action of the user's it belongs to.

    A strict one leaves a decision alone that is no longer what it was when it was made: somebody
    else has decided meanwhile, and undoing must not undo that.
    """

    serial: int
    edits: Mapping[DecisionKey, Edit]
    strict: bool = False
    step: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a write, where it is not what the window believed.

    `found` is what was kept before, `now` what is kept from now on; `refused` are those that a
    strict write left alone.
    """

    found: Mapping[DecisionKey, Decision] = field(default_factory=dict)
    now: Mapping[DecisionKey, Decision] = field(default_factory=dict)
    refused: frozenset[DecisionKey] = frozenset()


def edited(there: Decision, edit: Edit, *, strict: bool = False) -> Decision | None:
    """What `edit` makes of `there`, or None when it is strict and has been overtaken.

    A verdict and a note are altered each by itself: two windows that each add one lose neither.
    """
    verdict, note = _alters_verdict(edit), _alters_note(edit)
    if strict and verdict and there.verdict is not edit.before.verdict:
        return None
    if strict and note and there.note != edit.before.note:
        return None
    return _decision(
        edit.after.verdict if verdict else there.verdict,
        edit.after.note if note else there.note,
        _decided(there, edit, strict=strict),
    )


def judged(before: Decision, verdict: Verdict | None, moment: str) -> Edit:
    """Another verdict, or none; the note stays."""
    return Edit(before, _decision(verdict, before.note, moment))


def noted(before: Decision, note: str, moment: str) -> Edit:
    """Another note, or none where there is nothing to read; the verdict stays."""
    # Half a surrogate pair, which a clipboard may hold, cannot be kept in any file.
    kept = note.encode("utf-8", "replace").decode("utf-8") if note.strip() else ""
    return Edit(before, _decision(before.verdict, kept, moment))


def utc(moment: datetime) -> str:
    """`moment` as a decision has it: ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _decided(there: Decision, edit: Edit, *, strict: bool) -> str:
    """When; what is undone gets the time back that it had, unless more was said since."""
    if strict and (there.decided != edit.before.decided or not edit.after.decided):
        return there.decided or edit.after.decided
    return edit.after.decided or there.decided


def _alters_verdict(edit: Edit) -> bool:
    return edit.before.verdict is not edit.after.verdict


def _alters_note(edit: Edit) -> bool:
    return edit.before.note != edit.after.note


def _decision(verdict: Verdict | None, note: str, moment: str) -> Decision:
    return UNDECIDED if verdict is None and not note else Decision(verdict, note, moment)
