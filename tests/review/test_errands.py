"""Work that is sent out comes home in the thread that asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from snapreview.engine.flow import Pool
from snapreview.model.errors import ReviewError, SnapReviewError
from snapreview.review.errands import Errands

from .makers import PATIENCE


@pytest.fixture
def pool() -> Iterator[Pool[None]]:
    pool = Pool[None]("review-test", 1, lambda: nullcontext(None))
    yield pool
    pool.close(PATIENCE)


def test_outcomes_are_taken_where_they_were_asked_for(pool: Pool[None]) -> None:
    errands, threads = Errands(lambda: None), []
    errands.send(
        pool,
        lambda _: threads.append(threading.current_thread()),
        lambda _: threads.append(threading.current_thread()),
    )
    assert not errands.idle
    assert errands.take_one(PATIENCE)
    assert errands.idle
    assert threads[0] is not threads[1] is threading.current_thread()


def test_what_one_turn_has_no_time_for_is_asked_for_again(pool: Pool[None]) -> None:
    three, woken, came = threading.Barrier(2), [], []

    def wake() -> None:
        woken.append(1)
        if len(woken) == 3:
            three.wait(PATIENCE)

    errands = Errands(wake)
    for number in range(3):
        errands.send(pool, lambda _, number=number: number, came.append)
    three.wait(PATIENCE)
    for turn in range(1, 4):
        errands.take(0)
        assert came == list(range(turn))
        assert len(woken) == 3 + min(turn, 2)
    errands.take(0)
    assert len(woken) == 5


def test_a_fault_is_an_outcome(pool: Pool[None]) -> None:
    fault, came = ReviewError("No."), []

    def work(_: object) -> None:
        raise fault

    errands = Errands(lambda: None)
    errands.send(pool, work, came.append)
    assert errands.take_one(PATIENCE)
    assert came == [fault]
    assert isinstance(came[0], SnapReviewError)


def test_waiting_ends_and_so_does_sending(pool: Pool[None]) -> None:
    errands = Errands(lambda: None)
    assert not errands.take_one(0)
    errands.close()
    errands.send(pool, lambda _: None, lambda _: None)
    assert errands.idle
