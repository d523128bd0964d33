"""Work done side by side ahead of whoever needs it next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


@contextmanager
def worked_ahead(work: Callable[[A], B], items: Iterable[A], workers: int) -> Iterator[Iterator[B]]:
    """`work` of each item, in order, done on `workers` threads.

    At most 2 × `workers` items are begun and not yet taken, so that results cannot pile up. What
    `work` raises comes out where its result would. Leaving the block drops what was not begun and
    waits for what was.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="export")
    try:
        yield _results(pool, work, items, 2 * workers)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _results(
    pool: ThreadPoolExecutor, work: Callable[[A], B], items: Iterable[A], limit: int
) -> Iterator[B]:
    begun: deque[Future[B]] = deque()
    for item in items:
        begun.append(pool.submit(work, item))
        if len(begun) == limit:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()
