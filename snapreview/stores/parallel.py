"""Doing the same with many things, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from snapreview.model.cancel import CancelToken

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 8


def in_parallel(
    work: Callable[[T], R], things: Iterable[T], token: CancelToken, at_once: int = AT_ONCE
) -> Iterator[R]:
    """What `work` returns for each thing, in their order; `at_once` are under way.

    Raises what `work` raises, and Cancelled before the next one begins; those that have begun are
    waited for.
    """
    waiting: deque[Future[R]] = deque()
    with ThreadPoolExecutor(at_once, thread_name_prefix="housekeeping") as pool:
        try:
            for thing in things:
                token.check()
                waiting.append(pool.submit(work, thing))
                if len(waiting) >= 2 * at_once:
                    yield waiting.popleft().result()
            while waiting:
                token.check()
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
