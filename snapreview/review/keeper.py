"""The file of decisions, as a window sees it: nothing waits for it, and nothing is lost to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Generic, TypeVar

from snapreview.engine.flow import Pool
from snapreview.model.decision import Decision, DecisionKey
from snapreview.model.errors import ReviewError, SnapReviewError
from snapreview.review.edits import Applied, Write, edited
from snapreview.review.errands import Errands
from snapreview.review.pairs import Pair, PairEdit
from snapreview.review.store import DecisionStore

Outcome = TypeVar("Outcome")
_Said = dict[DecisionKey, Decision]

_MOST_NAMES = 500
"""Names looked up at once, so that taking the answer home costs the window a moment only."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Who is told what: what is said of keys, what became of a write, pairs, faults, their end."""

    said: Callable[[Mapping[DecisionKey, Decision]], None]
    applied: Callable[[Write, Applied], None]
    paired: Callable[[], None]
    failed: Callable[[str], None]
    saved: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Result(Generic[Outcome]):
    applied: list[tuple[Write | PairEdit, Applied]]
    outcome: Outcome | None
    notice: str
    fault: ReviewError | None


class Keeper:
    """Writes and looks up in a thread of its own, in the order in which it was asked.

    What cannot be written stays, here and in memory, and is tried again with whatever is asked
    next. Names that cannot be looked up are, with the next refresh or success.
    """

    def __init__(
        self, open_store: Callable[[], DecisionStore], errands: Errands, tell: Tell
    ) -> None:
        self._pool = Pool("review", 1, lambda: closing(open_store()))
        self._errands = errands
        self._tell = tell
        self._unsaved: dict[int, Write | PairEdit] = {}
        self._unwritten: list[Write | PairEdit] = []  # for the pool's one thread only
        self._names: deque[str] = deque()
        self._looking = False
        self._refreshing = False
        self._failing = False
        self._told = ""
        self._pairs: tuple[Pair, ...] = ()

    @property
    def unsaved(self) -> int:
        """How many writes have not been confirmed."""
        return len(self._unsaved)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs made by hand, the newest first."""
        return self._pairs

    def write(self, writes: Sequence[Write | PairEdit]) -> None:
        """Keep these, all or none of them."""
        self._unsaved.update((write.serial, write) for write in writes)
        self._told = ""  # who decides something is told again that it cannot be kept
        self._send(lambda _: (), lambda _: None, writes)
        if any(isinstance(write, PairEdit) for write in writes):
            self._pair(self._pairs)

    def want(self, names: Iterable[str]) -> None:
        """Look up what was said of these names."""
        self._names.extend(names)
        self._look_up()

    def forget_names(self) -> None:
        """Nobody wants the names any more that have not been looked up yet."""
        self._names.clear()

    def refresh(self) -> None:
        """Look for what other processes said, and try again what failed."""
        if not self._refreshing:
            self._refreshing = True
            self._send(lambda store: (*store.news(), store.pairs()), self._refreshed)
        self._look_up()

    def retry(self) -> None:
        """Try to write what could not be written."""
        if self._unsaved:
            self._send(lambda _: (), lambda _: None)

    def close(self, seconds: float) -> None:
        """End the thread and wait for it, no longer than `seconds`."""
        self._pool.close(seconds)

    def with_unsaved(self, said: Mapping[DecisionKey, Decision]) -> Mapping[DecisionKey, Decision]:
        """`said` as it will be once everything is written."""
        result = dict(said)
        for write in self._unsaved.values():
            if isinstance(write, Write):
                for key in write.edits.keys() & result.keys():
                    then = edited(result[key], write.edits[key], strict=write.strict)
                    result[key] = result[key] if then is None else then
        return result

    def _look_up(self) -> None:
        if self._looking or not self._names:
            return
        self._looking = True
        names = [self._names.popleft() for _ in range(min(_MOST_NAMES, len(self._names)))]

        def came(outcome: tuple[_Said, tuple[Pair, ...]] | None) -> None:
            self._looking = False
            if outcome is None:
                self._names.extendleft(reversed(names))
                return
            self._tell.said(self.with_unsaved(outcome[0]))
            self._pair(outcome[1])

        self._send(lambda store: (store.load(names), store.pairs()), came)

    def _refreshed(self, outcome: tuple[_Said, bool, tuple[Pair, ...]] | None) -> None:
        self._refreshing = False
        if outcome is None:
            return
        said, more, pairs = outcome
        self._tell.said(self.with_unsaved(said))
        self._pair(pairs)
        if more:
            self.refresh()

    def _pair(self, pairs: tuple[Pair, ...]) -> None:
        for write in self._unsaved.values():
            if isinstance(write, PairEdit):
                others = tuple(pair for pair in pairs if pair != write.pair)
                pairs = (write.pair, *others) if write.kept else others
        if pairs != self._pairs:
            self._pairs = pairs
            self._tell.paired()

    def _send(
        self,
        work: Callable[[DecisionStore], Outcome],
        came: Callable[[Outcome | None], None],
        writes: Sequence[Write | PairEdit] = (),
    ) -> None:
        """Write `writes` and what could not be written before, then do `work`.

        `came` is given None when it failed.
        """

        def do(own: Callable[[], DecisionStore]) -> _Result[Outcome]:
            self._unwritten += writes
            return self._done(own(), work)

        def home(result: _Result[Outcome] | SnapReviewError) -> None:
            if isinstance(result, SnapReviewError):
                came(None)
                self._failed(result)
            else:
                self._home(result, came)

        self._errands.send(self._pool, do, home)

    def _done(
        self, store: DecisionStore, work: Callable[[DecisionStore], Outcome]
    ) -> _Result[Outcome]:
        """What could not be written is no reason not to read."""
        applied: list[tuple[Write | PairEdit, Applied]] = []
        outcome, fault = None, None
        try:
            applied = list(zip(self._unwritten, store.apply(self._unwritten), strict=True))
            self._unwritten = []
        except ReviewError as error:
            fault = error
        try:
            outcome = work(store)
        except ReviewError as error:
            fault = error
        return _Result(applied, outcome, store.take_notice(), fault)

    def _home(self, result: _Result[Outcome], came: Callable[[Outcome | None], None]) -> None:
        if result.notice:
            self._tell.failed(result.notice)
        for write, applied in result.applied:
            self._unsaved.pop(write.serial, None)
            if isinstance(write, Write):
                self._tell.applied(write, applied)
        came(result.outcome)
        if result.fault is not None:
            self._failed(result.fault)
            return
        self._look_up()
        if self._failing and not self._unsaved:
            self._failing, self._told = False, ""
            self._tell.saved()

    def _failed(self, fault: SnapReviewError) -> None:
        """Told once, until somebody decides something or it is over."""
        self._failing = True
        if self._told != str(fault):
            self._told = str(fault)
            self._tell.failed(self._told)
