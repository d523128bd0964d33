"""Waiting for a call that cannot be interrupted, but not for longer than anybody wants it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event, Thread
from typing import TypeVar

from snapreview.model.cancel import CancelToken

T = TypeVar("T")


def call_abandonable(
    work: Callable[[], T],
    token: CancelToken,
    seconds: float | None = None,
    discard: Callable[[T], object] = lambda _: None,
) -> T:
    """What `work` returns or raises, run in a thread of its own.

    Name look-ups, connects and keychains can hang in the operating system, where nothing reaches
    them. Raises Cancelled at once when the token is cancelled, TimeoutError after `seconds`; the
    call is then left to end by itself, and `discard` gets its result.
    """
    token.check()
    call = begun(work)
    try:
        return outcome_of(call, token, seconds)
    finally:
        if not call.done():
            call.add_done_callback(lambda late: _discard(late, discard))


def begun(work: Callable[[], T]) -> Future[T]:
    """`work` under way in a thread of its own, which nobody has to wait for."""
    call: Future[T] = Future()
    Thread(target=_run, args=(work, call), name="abandonable", daemon=True).start()
    return call


def outcome_of(call: Future[T], token: CancelToken, seconds: float | None = None) -> T:
    """What a `begun` call returns or raises; it may be asked for again.

    Raises Cancelled at once when the token is cancelled, TimeoutError after `seconds`.
    """
    over = Event()
    call.add_done_callback(lambda _: over.set())
    forget = token.on_cancel(over.set)
    try:
        over.wait(seconds)
    finally:
        forget()
    if not call.done():
        token.check()
        raise TimeoutError
    return call.result()


def _run(work: Callable[[], T], future: Future[T]) -> None:
    try:
        result = work()
    except BaseException as fault:  # noqa: BLE001 - raised again where the caller waits
        future.set_exception(fault)
    else:
        future.set_result(result)


def _discard(late: Future[T], discard: Callable[[T], object]) -> None:
    if late.exception() is None:
        discard(late.result())
