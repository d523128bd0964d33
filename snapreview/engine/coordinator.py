"""Takes rows through their stages: look up, compare, judge."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock
from typing import TypeVar

from snapreview.engine.differ import Differ
from snapreview.engine.flow import Pool, take
from snapreview.engine.identify import Identified
from snapreview.engine.results import Measured
from snapreview.engine.rows import Rows, Waiting, reopened
from snapreview.engine.tasks import Job, outcome_of
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Status
from snapreview.model.errors import Cancelled, SnapReviewError
from snapreview.model.judge import failed

Outcome = TypeVar("Outcome")
Publish = Callable[[tuple[Change, ...], tuple[str, ...]], None]
"""Is told of rows that replace those of the same names, and of names that are gone."""

_GRACE_SECONDS = 1.0
"""How long cancelled work may take to come back; after that its answer is not waited for."""

_MOST_ANSWERS = 256
"""Answers put into one batch of rows."""


@dataclass(frozen=True, slots=True)
class Pools:
    """Who does the work: one pool waits for the network, one for odiff, one reads its answers.

    While an answer is read, the odiff that gave it has the next pair already.
    """

    fetch: Pool[None]
    diff: Pool[Differ]
    finish: Pool[None]


class Coordinator:
    """Keeps the rows of a comparison, in one thread; everything else hands it answers.

    At most twice as many jobs as there are workers are under way in each stage, and nothing more
    is looked up while that many pairs wait to be compared, so that memory and open files do not
    grow with the comparison.
    """

    def __init__(self, job: Job, pools: Pools, rows: Rows, publish: Publish) -> None:
        self._job = job
        self._pools = pools
        self.rows = rows
        self._publish = publish
        self._answers: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._token = CancelToken()
        self._unidentified = Waiting()
        self._uncompared = Waiting()
        self._ready: dict[str, Identified] = {}
        self._identifying: set[str] = set()
        self._comparing: set[str] = set()
        self._settled: dict[str, Change] = {}
        self._unmerged = False
        self._wishes: list[tuple[frozenset[str], Callable[[], None]]] = []
        self._lock = Lock()
        self._working = True  # what is asked before the work begins is done when it does

    def ask(self, request: Callable[[], None]) -> bool:
        """Have the working thread call `request`; False when none is at work, or about to stop.

        May be called from any thread.
        """
        with self._lock:
            listening = self._working and not self._token.cancelled
            if listening:
                self._answers.put(request)
            return listening

    def prefer(self, names: Sequence[str]) -> None:
        """Take these rows next."""
        self._unidentified.prefer(names)
        self._uncompared.prefer(names)

    def reopen(self, names: Sequence[str] | None) -> None:
        """Put rows that failed or were not reached, or those of `names`, back to the start."""
        wanted = None if names is None else set(names)
        chosen = [n for n in self.rows.unfinished() if wanted is None or n in wanted]
        busy = self._ready.keys() | self._identifying | self._comparing
        idle = [self.rows[name] for name in chosen if name not in busy]
        self._settle(*(reopened(row) for row in idle if row.status is Status.ERRORED))
        self._unidentified.add(row.name for row in idle)
        self._unmerged = True

    def pair(self, old: str, new: str) -> None:
        """Compare the removed row `old` with the added row `new`, as soon as neither is busy."""
        self._wishes.append((frozenset({old, new}), lambda: self._pair(old, new)))

    def split(self, name: str) -> None:
        """Take a pair apart that was made by hand, as soon as it is not busy."""
        self._wishes.append((frozenset({name}), lambda: self._split(name)))

    def work(self, names: Sequence[str], token: CancelToken) -> None:
        """Take `names` through all stages. Raises Cancelled when `token` is cancelled."""
        self._token = token
        self._working = self._unmerged = True
        self._unidentified.add(names)
        forget = token.on_cancel(lambda: self._answers.put(_nothing))
        try:
            self._listen()
            while not self._is_done():
                token.check()
                self._submit()
                self._collect()
            token.check()  # what was given up came back as if it were done
        except Cancelled:
            self._give_up()
            raise
        finally:
            self._working = False
            forget()

    def _is_done(self) -> bool:
        """Whether nothing is left. From then on nobody can ask for more, so nothing is missed."""
        with self._lock:
            busy = self._identifying or self._comparing or self._settled or self._unmerged
            waiting = len(self._unidentified) or len(self._uncompared) or len(self._wishes)
            self._working = bool(busy or waiting or not self._answers.empty())
            return not self._working

    def _submit(self) -> None:
        diff, fetch = self._pools.diff, self._pools.fetch
        while self._uncompared and len(self._comparing) < 2 * diff.size:
            self._compare(self._uncompared.take())
        while (
            self._unidentified
            and len(self._identifying) < 2 * fetch.size
            and len(self._uncompared) < 2 * diff.size
        ):
            self._identify(self._unidentified.take())

    def _collect(self) -> None:
        """Wait for an answer, take those that are there too, and tell of the rows."""
        if self._identifying or self._comparing:
            take(self._answers)()
        self._listen()
        self._grant()
        if self._unmerged and not self._unidentified and not self._identifying:
            self._merge()
        self._flush()

    def _listen(self) -> None:
        """Take the answers that are there, and what was asked."""
        with suppress(Empty):
            for _ in range(_MOST_ANSWERS):
                self._answers.get_nowait()()

    def _flush(self, dropped: tuple[str, ...] = ()) -> None:
        settled, self._settled = tuple(self._settled.values()), {}
        if settled or dropped:
            self._publish(settled, dropped)

    def _settle(self, *rows: Change) -> None:
        self.rows.put(rows)
        self._settled.update((row.name, row) for row in rows)

    def _merge(self) -> None:
        """Everything is looked up: added and removed rows of equal content become one."""
        self._unmerged = False
        changed, dropped = self.rows.settle()
        for name in dropped:
            self._settled.pop(name, None)
        self._settled.update((row.name, row) for row in changed)
        self._flush(dropped)

    def _grant(self) -> None:
        """Do what was wished for rows that nobody works on now."""
        busy = self._ready.keys() | self._identifying | self._comparing
        wishes, self._wishes = self._wishes, []
        for names, fulfil in wishes:
            if names & busy:
                self._wishes.append((names, fulfil))
            else:
                self._unidentified.discard(names)
                fulfil()

    def _pair(self, old: str, new: str) -> None:
        paired = self.rows.pair(old, new)
        if paired is None:
            return
        self._settled.pop(old, None)
        self._settled[new] = paired
        self._flush((old,))
        self._unidentified.add([new])

    def _split(self, name: str) -> None:
        parts = self.rows.split(name)
        self._settle(*parts)
        self._unidentified.add(row.name for row in parts)
        self._unmerged = bool(parts) or self._unmerged

    def _identify(self, name: str) -> None:
        row, token, identifier = self.rows[name], self._token, self._job.identifier
        self._identifying.add(name)

        def came(outcome: Identified | SnapReviewError | None) -> None:
            self._identifying.discard(name)
            if isinstance(outcome, Identified):
                self._identified(outcome)
            elif outcome is not None:
                self._failed(name, outcome)

        def identify(_: Callable[[], None]) -> None:
            found = outcome_of(lambda: identifier.identify(row, token), token)
            self._answer(found, token, came)

        self._pools.fetch.submit(identify)

    def _identified(self, found: Identified) -> None:
        row = found.change
        if found.known is not None:
            self._settle(self._job.judged(row, found.known))
        elif found.files is None:
            self._settle(row)
        else:
            self.rows.put([row])
            self._ready[row.name] = found
            self._uncompared.add([row.name])

    def _compare(self, name: str) -> None:
        found, token = self._ready.pop(name), self._token
        self._comparing.add(name)

        def came(outcome: Measured | SnapReviewError | None) -> None:
            self._comparing.discard(name)
            if isinstance(outcome, Measured):
                self._settle(self._job.judged(found.change, outcome))
            elif outcome is not None:
                self._failed(name, outcome)

        self._pools.diff.submit(self._comparison(found, token, came))

    def _comparison(
        self,
        found: Identified,
        token: CancelToken,
        came: Callable[[Measured | SnapReviewError | None], None],
    ) -> Callable[[Callable[[], Differ]], None]:
        """Ask in a thread that owns an odiff, finish in one that owns nothing.

        What has been asked is always finished, since that gives back what it took.
        """
        job, pools = self._job, self._pools

        def ask(own: Callable[[], Differ]) -> None:
            asked = outcome_of(lambda: job.ask(own(), found, token), token)
            if callable(asked):
                pools.finish.submit(lambda _: self._answer(outcome_of(asked), token, came))
            else:
                self._answer(asked, token, came)

        return ask

    def _answer(
        self,
        outcome: Outcome,
        token: CancelToken,
        came: Callable[[Outcome], None],
    ) -> None:
        """Tell the working thread. An answer that comes after its run was given up is dropped."""
        self._answers.put(lambda: came(outcome) if self._token is token else None)

    def _failed(self, name: str, error: SnapReviewError) -> None:
        row = self.rows[name]
        if row.status is not Status.SKIPPED:  # looked up only in case it was renamed
            self._settle(failed(row, str(error)))

    def _give_up(self) -> None:
        """Let what is under way come back, for a moment, and forget what waits."""
        deadline = time.monotonic() + _GRACE_SECONDS
        with suppress(Empty):
            while self._identifying or self._comparing:
                self._answers.get(timeout=max(0.0, deadline - time.monotonic()))()
        self._unidentified, self._uncompared = Waiting(), Waiting()
        self._ready.clear()
        self._identifying, self._comparing = set(), set()
        self._flush()


def _nothing() -> None:
    """Wakes a thread that waits for an answer."""
