"""Ctrl+C as a request to stop in order, not as an exception somewhere."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread

from snapreview.model.cancel import CancelToken


@contextmanager
def cancelled_by_interrupt() -> Iterator[CancelToken]:
    """A token that the first Ctrl+C cancels. A second one ends the program at once.

    The handler only leaves word for a thread: it may run while this very thread holds the lock
    of the token.
    """
    token = CancelToken()
    word: SimpleQueue[bool] = SimpleQueue()

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        word.put(True)

    def listen() -> None:
        if word.get():
            token.cancel()

    listener = Thread(target=listen, name="interrupt", daemon=True)
    listener.start()
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield token
    finally:
        signal.signal(signal.SIGINT, before)
        word.put(False)
        listener.join()
