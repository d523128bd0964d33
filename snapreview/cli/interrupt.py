"""Ctrl+C, or a CI that ends a job, as a request to stop in order."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from snapreview.model.cancel import CancelToken

_REQUESTS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def cancelled_by_interrupt() -> Iterator[CancelToken]:
    """A token that the first Ctrl+C or SIGTERM cancels. A second one ends the program at once.

    To be entered in the main thread. The system's own signal handler leaves word for a thread:
    Python's handlers run in the main thread only, which does not get to them where it goes to
    sleep in the moment in which the signal arrives.
    """
    token = CancelToken()
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)

    def listen() -> None:
        while word := ours.recv(1):
            if word[0] in _REQUESTS:
                token.cancel()

    listener = Thread(target=listen, name="interrupt", daemon=True)
    listener.start()
    before = {request: signal.signal(request, _next_one_counts) for request in _REQUESTS}
    word_before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield token
    finally:
        signal.set_wakeup_fd(word_before)
        for request, handler in before.items():
            signal.signal(request, handler)
        theirs.close()
        listener.join()
        ours.close()


def _next_one_counts(*_: object) -> None:
    """Give the next one back its usual meaning."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
