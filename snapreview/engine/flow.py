"""Threads and hand-over: a pool whose workers own something, and a mailbox between threads."""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from queue import Empty, SimpleQueue
from threading import Condition, Thread
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

Owned = TypeVar("Owned")
Item = TypeVar("Item")

Job = Callable[[Callable[[], Owned]], None]
"""Work for a pool. It is given a function that returns what the worker owns, or raises why it
could not be made; the job reports its outcome by itself, faults too."""


_SIGNAL_SECONDS = 0.5 if os.name == "nt" else None
"""Windows does not interrupt a wait without an end when Ctrl+C is pressed."""


def take(queue: SimpleQueue[Item]) -> Item:
    """The next item of `queue`; waits as long as it takes, but lets Ctrl+C through."""
    while True:
        with suppress(Empty):
            return queue.get(timeout=_SIGNAL_SECONDS)


class Pool(Generic[Owned]):
    """Threads that each own one thing, such as an odiff server, for as long as they live.

    The standard library's executor is not used because its threads cannot be left behind: one
    that waits for a host that never answers would keep the program from ending. These are
    daemons, started as they are needed, and `close` waits for them only so long.
    """

    def __init__(
        self, name: str, size: int, make: Callable[[], AbstractContextManager[Owned]]
    ) -> None:
        self._name = name
        self._size = size
        self._make = make
        self._jobs: SimpleQueue[Job[Owned] | None] = SimpleQueue()
        self._threads: list[Thread] = []

    @property
    def size(self) -> int:
        """How many jobs can run at once."""
        return self._size

    def submit(self, job: Job[Owned]) -> None:
        """Have a worker do `job`."""
        self._jobs.put(job)
        if len(self._threads) < self._size:
            thread = Thread(
                target=self._work, name=f"{self._name}-{len(self._threads)}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def close(self, seconds: float) -> None:
        """Let the workers end and wait for them, together no longer than `seconds`."""
        deadline = time.monotonic() + seconds
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                log.warning("%s is still busy and was left to end by itself", thread.name)
        self._threads = []

    def _work(self) -> None:
        with ExitStack() as stack:
            made: list[Owned] = []

            def own() -> Owned:
                if not made:
                    made.append(stack.enter_context(self._make()))
                return made[0]

            while (job := self._jobs.get()) is not None:
                job(own)


class Mailbox(Generic[Item]):
    """Items on their way from many threads to one, which must not be flooded.

    `put` waits while the box is full, so that producers run no faster than the receiver; closing
    the box frees them. `ready` is called, from the producer's thread, when an empty box gets its
    first item, and not again before it has been drained.
    """

    def __init__(self, capacity: int, ready: Callable[[], None] = lambda: None) -> None:
        self._capacity = capacity
        self._ready = ready
        self._items: deque[Item] = deque()
        self._changed = Condition()
        self._announced = False
        self._closed = False

    def put(self, item: Item) -> None:
        """Leave `item`; waits while the box is full, does nothing once it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or len(self._items) < self._capacity)
            if self._closed:
                return
            self._items.append(item)
            announce = not self._announced
            self._announced = True
        if announce:
            self._ready()

    def drain(self, most: int) -> list[Item]:
        """Take at most `most` items out, without waiting.

        When the box is left empty, the next `put` announces itself again; otherwise the
        receiver has to come back.
        """
        with self._changed:
            items = [self._items.popleft() for _ in range(min(most, len(self._items)))]
            self._announced = bool(self._items)
            self._changed.notify_all()
        return items

    @property
    def waiting(self) -> int:
        """How many items are in the box."""
        return len(self._items)

    def close(self) -> None:
        """Drop what is in the box and free everybody who waits to put something in."""
        with self._changed:
            self._closed = True
            self._items.clear()
            self._changed.notify_all()
