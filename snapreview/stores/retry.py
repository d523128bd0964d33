"""When a failed exchange is tried again.

tenacity repeats the whole exchange, its streamed body included; urllib3's own retry, which ends
at the headers of such a body, is off: the two would multiply.
"""

from __future__ import annotations

from collections import Counter

from tenacity import RetryCallState, Retrying, wait_exponential, wait_random

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import IntegrityError
from snapreview.stores.faults import Fault, Kind
from snapreview.stores.settings import TransportSettings

_ONCE_MORE = 2
"""Tries of what is slow to fail (a host that stops answering) or unlikely to pass (wrong bytes)."""


def retrying(settings: TransportSettings, token: CancelToken) -> Retrying:
    """Calls a function anew while its Fault or IntegrityError may pass; then raises the last."""
    policy = _Policy(settings)
    return Retrying(
        retry=policy.again,
        wait=policy.pause,
        sleep=lambda seconds: settings.wait(token, seconds),
        reraise=True,
    )


class _Policy:
    """Counts the faults of one download."""

    def __init__(self, settings: TransportSettings) -> None:
        self._settings = settings
        self._seen: Counter[object] = Counter()
        self._backoff = wait_exponential(
            multiplier=settings.backoff, max=settings.max_backoff
        ) + wait_random(0, settings.backoff)
        self._tries = {
            Kind.UNREACHABLE: settings.attempts,
            Kind.BROKEN: settings.attempts,
            Kind.BUSY: settings.attempts,
            Kind.STALLED: _ONCE_MORE,
            IntegrityError: _ONCE_MORE,
        }

    def again(self, state: RetryCallState) -> bool:
        """Whether the outcome of the last try is worth another one."""
        error = _error(state)
        kind = error.kind if isinstance(error, Fault) else type(error)
        self._seen[kind] += 1
        if self._seen[kind] >= self._tries.get(kind, 0):
            return False
        waited = state.seconds_since_start or 0.0
        return kind is not Kind.UNREACHABLE or waited < self._settings.unreachable_seconds / 2

    def pause(self, state: RetryCallState) -> float:
        """Seconds until the next try."""
        pause = self._backoff(state)
        error = _error(state)
        if isinstance(error, Fault) and error.retry_after is not None:
            return max(pause, min(error.retry_after, self._settings.max_retry_after))
        return pause


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
