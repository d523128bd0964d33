"""Doing the same with many things, a few at a time."""

from __future__ import annotations

from itertools import count
from threading import Barrier, Lock

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled
from snapreview.stores.parallel import AT_ONCE, in_parallel


def test_eight_at_a_time_and_no_more_in_their_order() -> None:
    together, lock = Barrier(AT_ONCE, timeout=20), Lock()
    now, most = 0, 0

    def work(number: int) -> int:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        together.wait()  # for seven others: fewer would break it
        with lock:
            now -= 1
        return number * 2

    things = range(5 * AT_ONCE)
    assert list(in_parallel(work, things, CancelToken())) == [2 * number for number in things]
    assert most == AT_ONCE == 8


def test_no_more_is_taken_than_can_be_done() -> None:
    taken = count()
    results = in_parallel(int, taken, CancelToken())
    next(results)
    assert next(taken) <= 2 * AT_ONCE
    results.close()


def test_cancelled_nothing_more_begins() -> None:
    token, begun = CancelToken(), []

    def work(number: int) -> None:
        begun.append(number)
        token.cancel()

    with pytest.raises(Cancelled):
        list(in_parallel(work, range(1000), token))
    assert len(begun) <= 2 * AT_ONCE


def test_what_goes_wrong_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_parallel(lambda number: 1 // number, [1, 0, 1], CancelToken()))
