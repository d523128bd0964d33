"""How an export gets on, in words. No Qt."""

from __future__ import annotations

import time
from collections.abc import Callable

from snapreview.ui.status_line import time_left

_TELLING_FILES = 8
_TELLING_SECONDS = 1.0
"""Before that, a rate would promise what it cannot keep."""


class Pace:
    """Counts from the moment when it is made. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._started = clock()

    def text(self, done: int, total: int) -> str:
        """Files done of all, how many a second, and how long the rest will take."""
        if done >= total:
            return f"{done:,} of {total:,} files · finishing…"
        count = f"{done:,} of {total:,} files"
        seconds = self._clock() - self._started
        if done < _TELLING_FILES or seconds < _TELLING_SECONDS:
            return count
        rate = done / seconds
        return f"{count} · {_rate(rate)} · {time_left((total - done) / rate)} left"


def _rate(rate: float) -> str:
    return f"{rate:,.0f} a second" if rate >= 1 else f"{rate * 60:,.0f} a minute"
