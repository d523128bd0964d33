"""Reads images of which nobody knows the hash yet, so that what was decided has its key."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from snapreview.engine.flow import Pool
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change
from snapreview.model.decision import DecisionKey
from snapreview.model.errors import SnapReviewError
from snapreview.review.edits import Edit, Unkeyed
from snapreview.review.errands import Errands
from snapreview.review.keys import HashOf, found_key

log = logging.getLogger(__name__)

_THREADS = 2


@dataclass(frozen=True, slots=True)
class HeldEdit:
    """An edit that waits for its key. `step` is the action's serial, `verb` what undoing is."""

    edit: Edit
    step: int
    verb: str = ""


class KeyReader:
    """Finds keys in threads of its own, and holds the edits that wait for them."""

    def __init__(self, errands: Errands) -> None:
        self._pool = Pool[None]("review-hash", _THREADS, lambda: nullcontext(None))
        self._errands = errands
        self._held: dict[Unkeyed, list[HeldEdit]] = {}
        self._closing = CancelToken()
        self._shown = CancelToken()

    @property
    def held(self) -> tuple[str, ...]:
        """Names of the rows whose decisions wait for a key."""
        return tuple(target.name for target in self._held)

    def begin(self) -> None:
        """Another comparison is open: what is looked up for the one before is of no use."""
        self._shown.cancel()
        self._shown = CancelToken()

    def ask(
        self,
        target: Unkeyed,
        change: Change,
        hash_of: HashOf,
        came: Callable[[DecisionKey | SnapReviewError], None],
    ) -> None:
        """Find the key that `target` stands for, and hold its edits until they are taken."""
        self._held[target] = []
        self._errands.send(self._pool, self._finding(change, hash_of, self._closing), came)

    def look_up(self, change: Change, hash_of: HashOf, came: Callable[[DecisionKey], None]) -> None:
        """Find the key of a row that may have a decision; without one it is none the worse."""

        def home(outcome: DecisionKey | SnapReviewError) -> None:
            if isinstance(outcome, DecisionKey):
                came(outcome)
            else:
                log.info("Whether %s has a decision cannot be told: %s", change.name, outcome)

        self._errands.send(self._pool, self._finding(change, hash_of, self._shown), home)

    def hold(self, target: Unkeyed, edit: HeldEdit) -> None:
        """Hold one more edit."""
        self._held[target].append(edit)

    def release(self, target: Unkeyed) -> list[HeldEdit] | None:
        """The edits of `target` in their order, once; None when they were taken before."""
        return self._held.pop(target, None)

    def close(self, seconds: float) -> None:
        """End the threads and wait for them, together no longer than `seconds`."""
        self._closing.cancel()
        self._shown.cancel()
        self._pool.close(seconds)

    @staticmethod
    def _finding(
        change: Change, hash_of: HashOf, token: CancelToken
    ) -> Callable[[Callable[[], None]], DecisionKey]:
        def find(_: Callable[[], None]) -> DecisionKey:
            token.check()
            return found_key(change, hash_of)

        return find
