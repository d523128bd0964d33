"""Stopping work that is under way."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled


def test_checking_raises_only_after_cancelling() -> None:
    token = CancelToken()
    token.check()
    assert not token.cancelled
    token.cancel()
    token.cancel()
    assert token.cancelled
    with pytest.raises(Cancelled):
        token.check()


def test_a_callback_is_called_once() -> None:
    token, calls = CancelToken(), []
    token.on_cancel(lambda: calls.append(1))
    token.on_cancel(lambda: calls.append(2))
    token.cancel()
    token.cancel()
    assert calls == [1, 2]


def test_a_removed_callback_is_not_called() -> None:
    token, calls = CancelToken(), []
    forget = token.on_cancel(lambda: calls.append("removed"))
    token.on_cancel(lambda: calls.append("kept"))
    forget()
    forget()
    token.cancel()
    assert calls == ["kept"]


def test_registering_after_cancelling_calls_at_once() -> None:
    token, calls = CancelToken(), []
    token.cancel()
    forget = token.on_cancel(lambda: calls.append(1))
    forget()
    assert calls == [1]


def test_a_callback_may_register_and_remove_others() -> None:
    token, calls = CancelToken(), []
    forget = token.on_cancel(lambda: calls.append("second"))
    token.on_cancel(lambda: (forget(), token.on_cancel(lambda: calls.append("late"))))
    token.cancel()
    assert sorted(calls) == ["late", "second"]


def test_one_function_registered_twice_is_called_twice() -> None:
    token, calls = CancelToken(), []

    def note() -> None:
        calls.append(1)

    forget = token.on_cancel(note)
    token.on_cancel(note)
    forget()
    token.cancel()
    assert calls == [1]


def test_waiting_ends_when_cancelled() -> None:
    token, waiting, ended = CancelToken(), Event(), Event()

    def wait() -> None:
        waiting.set()
        try:
            token.wait(600)
        except Cancelled:
            ended.set()

    thread = Thread(target=wait)
    thread.start()
    assert waiting.wait(30)
    token.cancel()
    thread.join(30)
    assert ended.is_set()


def test_waiting_without_cancelling_just_ends() -> None:
    CancelToken().wait(0)
