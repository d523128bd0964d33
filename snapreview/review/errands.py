"""Work in other threads whose outcomes come back to the thread that asked for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

from snapreview.engine.flow import Pool
from snapreview.model.errors import SnapReviewError

log = logging.getLogger(__name__)

Owned = TypeVar("Owned")
Outcome = TypeVar("Outcome")


class Errands:
    """Sends work out and takes the outcomes home. Used from one thread, but for `wake`.

    `wake` is called from the threads that work, each time that there is an outcome to take. It
    must not take it by itself, but have the one thread do so.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._answers: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._out = 0
        self._closed = False

    @property
    def idle(self) -> bool:
        """Whether nothing is under way, and nothing waits to be taken."""
        return not self._out

    def send(
        self,
        pool: Pool[Owned],
        work: Callable[[Callable[[], Owned]], Outcome],
        came: Callable[[Outcome | SnapReviewError], None],
    ) -> None:
        """Have `pool` do `work`; `came` is told the outcome, or the fault, when it is taken.

        Nothing happens any more after `close`.
        """
        if self._closed:
            return

        def do(own: Callable[[], Owned]) -> None:
            outcome = _outcome(lambda: work(own))
            self._answers.put(lambda: came(outcome))
            self._wake()

        self._out += 1
        pool.submit(do)

    def take(self, seconds: float) -> None:
        """Take outcomes that are there, for about `seconds`; asks to be called again for the rest.

        One at least is taken if there is any.
        """
        deadline = time.monotonic() + seconds
        while self.take_one(0):
            if time.monotonic() >= deadline:
                break
        if not self._answers.empty():
            self._wake()

    def take_one(self, seconds: float) -> bool:
        """Take the next outcome, for which is waited no longer than `seconds`; whether it came."""
        try:
            answer = self._answers.get(timeout=max(0.0, seconds))
        except Empty:
            return False
        self._out -= 1
        answer()
        return True

    def close(self) -> None:
        """Send nobody out any more."""
        self._closed = True


def _outcome(work: Callable[[], Outcome]) -> Outcome | SnapReviewError:
    try:
        return work()
    except SnapReviewError as error:
        log.info("Failed: %s", error, exc_info=True)
        return error
    except Exception as error:
        # A fault of ours must not end the thread that keeps decisions.
        log.exception("An unexpected fault while decisions were looked after")
        return SnapReviewError(
            f"SnapReview itself failed ({type(error).__name__}: {error}). The log has the details."
        )
