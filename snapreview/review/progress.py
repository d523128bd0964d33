"""How far a review has come, counted as rows and decisions arrive."""

from __future__ import annotations

from dataclasses import dataclass

from snapreview.model.change import Change
from snapreview.model.decision import Decision, Verdict, is_reviewable


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """Rows that wait for somebody's word, and how many of them have it."""

    reviewable: int = 0
    approved: int = 0
    rejected: int = 0

    @property
    def left(self) -> int:
        """How many have no verdict yet."""
        return self.reviewable - self.approved - self.rejected


class ReviewProgress:
    """Keeps the counts of one comparison; each update costs the same, however many rows it has."""

    def __init__(self) -> None:
        self._verdicts: dict[str, Verdict | None] = {}
        self._tally: dict[Verdict | None, int] = dict.fromkeys((None, *Verdict), 0)

    @property
    def counts(self) -> ReviewCounts:
        """The counts as they are now."""
        approved, rejected = self._tally[Verdict.APPROVED], self._tally[Verdict.REJECTED]
        return ReviewCounts(len(self._verdicts), approved, rejected)

    def put(self, change: Change, decision: Decision) -> None:
        """A row is new, or has become another."""
        if is_reviewable(change):
            self._set(change.name, decision.verdict)
        else:
            self.drop(change.name)

    def decide(self, name: str, decision: Decision) -> None:
        """Something else is said of a row that was put."""
        if name in self._verdicts:
            self._set(name, decision.verdict)

    def drop(self, name: str) -> None:
        """A row is gone."""
        if name in self._verdicts:
            self._tally[self._verdicts.pop(name)] -= 1

    def _set(self, name: str, verdict: Verdict | None) -> None:
        self.drop(name)
        self._verdicts[name] = verdict
        self._tally[verdict] += 1
