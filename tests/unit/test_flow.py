"""Pools whose threads own something, and the mailbox between threads."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Barrier, Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.engine.flow import Mailbox, Pool, take

PATIENCE = 30
"""Seconds after which a test that fails ends."""


class Owners:
    """Counts what a pool's workers own."""

    def __init__(self) -> None:
        self.made: list[int] = []
        self.ended: list[int] = []

    @contextmanager
    def make(self) -> Iterator[int]:
        me = threading.get_ident()
        self.made.append(me)
        try:
            yield me
        finally:
            assert threading.get_ident() == me
            self.ended.append(me)


def threads(name: str) -> list[Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith(name)]


def noted(answers: SimpleQueue[object]) -> Callable[[Callable[[], int]], None]:
    return lambda own: answers.put(own())


def test_a_pool_starts_nothing_before_there_is_work() -> None:
    owners = Owners()
    pool = Pool("lazy", 3, owners.make)
    assert pool.size == 3
    assert not threads("lazy")
    pool.close(0)
    assert not owners.made


def test_a_worker_makes_what_it_owns_once_and_only_when_asked() -> None:
    owners, answers = Owners(), SimpleQueue()
    pool = Pool("once", 1, owners.make)
    pool.submit(lambda _: answers.put(None))
    assert answers.get(timeout=PATIENCE) is None
    assert not owners.made
    for _ in range(3):
        pool.submit(noted(answers))
    assert len({answers.get(timeout=PATIENCE) for _ in range(3)}) == 1
    pool.close(PATIENCE)
    assert len(owners.made) == 1
    assert owners.ended == owners.made
    assert not threads("once")


def test_as_many_jobs_run_at_once_as_the_pool_is_large() -> None:
    owners, together, answers = Owners(), Barrier(3), SimpleQueue()
    pool = Pool("many", 3, owners.make)

    def meet(own: Callable[[], int]) -> None:
        together.wait(PATIENCE)
        answers.put(own())

    for _ in range(6):
        pool.submit(meet)
    found = {answers.get(timeout=PATIENCE) for _ in range(6)}
    assert len(threads("many")) == len(found) == 3
    pool.close(PATIENCE)
    assert set(owners.ended) == found
    assert not threads("many")


def test_what_cannot_be_made_is_told_to_the_job_and_tried_again() -> None:
    tries: list[int] = []
    answers: SimpleQueue[object] = SimpleQueue()

    @contextmanager
    def make() -> Iterator[str]:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("not yet")
        yield "made"

    def job(own: Callable[[], str]) -> None:
        try:
            answers.put(own())
        except OSError as fault:
            answers.put(str(fault))

    pool = Pool("odd", 1, make)
    pool.submit(job)
    pool.submit(job)
    assert [answers.get(timeout=PATIENCE) for _ in range(2)] == ["not yet", "made"]
    pool.close(PATIENCE)


def test_closing_does_not_wait_for_who_does_not_come_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    owners, started, release = Owners(), Event(), Event()
    pool = Pool("stuck", 1, owners.make)

    def block(own: Callable[[], int]) -> None:
        own()
        started.set()
        release.wait(PATIENCE)

    pool.submit(block)
    assert started.wait(PATIENCE)
    (thread,) = threads("stuck")
    with caplog.at_level(logging.WARNING):
        pool.close(0)
    assert thread.is_alive()
    assert "stuck-0 is still busy" in caplog.text
    assert thread.daemon
    release.set()
    thread.join(PATIENCE)
    assert len(owners.ended) == 1


def test_closing_twice_is_allowed() -> None:
    owners, answers = Owners(), SimpleQueue()
    pool = Pool("twice", 1, owners.make)
    pool.submit(noted(answers))
    pool.close(PATIENCE)
    pool.close(PATIENCE)
    assert len(owners.ended) == 1


def test_taking_waits_for_the_next() -> None:
    queue: SimpleQueue[str] = SimpleQueue()
    thread = Thread(target=lambda: queue.put("late"))
    thread.start()
    assert take(queue) == "late"
    thread.join()


def test_a_mailbox_hands_over_in_order_and_in_portions() -> None:
    box: Mailbox[int] = Mailbox(10)
    for number in range(5):
        box.put(number)
    assert box.waiting == 5
    assert box.drain(3) == [0, 1, 2]
    assert box.drain(3) == [3, 4]
    assert box.drain(3) == []
    assert box.waiting == 0


def test_a_mailbox_announces_once_until_it_is_empty() -> None:
    calls: list[int] = []
    box: Mailbox[int] = Mailbox(10, lambda: calls.append(1))
    for number in range(4):
        box.put(number)
    assert len(calls) == 1
    box.drain(3)
    box.put(9)
    assert len(calls) == 1, "the receiver knows that it has to come back"
    assert box.drain(10) == [3, 9]
    box.put(10)
    assert len(calls) == 2


def test_a_full_mailbox_makes_its_producers_wait() -> None:
    arrived: SimpleQueue[int] = SimpleQueue()
    box: Mailbox[int] = Mailbox(2)

    def produce() -> None:
        for number in range(5):
            box.put(number)
            arrived.put(number)

    thread = Thread(target=produce)
    thread.start()
    assert [arrived.get(timeout=PATIENCE) for _ in range(2)] == [0, 1]
    assert arrived.empty()
    received: list[int] = []
    while len(received) < 5:
        drained = box.drain(1)
        assert box.waiting <= 2
        received += drained
    thread.join(PATIENCE)
    assert received == [0, 1, 2, 3, 4]


def test_closing_a_mailbox_frees_who_waits_and_drops_what_is_in_it() -> None:
    calls: list[int] = []
    box: Mailbox[int] = Mailbox(1, lambda: calls.append(1))
    box.put(1)
    threads = [Thread(target=box.put, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    box.close()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    box.put(5)
    assert box.drain(10) == []
    assert len(calls) == 1


@given(st.lists(st.integers(0, 20), min_size=1, max_size=4), st.integers(1, 5), st.integers(1, 5))
def test_nothing_is_lost_between_many_producers_and_one_receiver(
    counts: list[int], capacity: int, portion: int
) -> None:
    announced: SimpleQueue[None] = SimpleQueue()
    box: Mailbox[tuple[int, int]] = Mailbox(capacity, lambda: announced.put(None))

    def produce(me: int, count: int) -> None:
        for number in range(count):
            box.put((me, number))

    threads = [Thread(target=produce, args=given) for given in enumerate(counts)]
    for thread in threads:
        thread.start()
    received: list[tuple[int, int]] = []
    while len(received) < sum(counts):
        announced.get(timeout=PATIENCE)
        while drained := box.drain(portion):
            received += drained
    for thread in threads:
        thread.join(PATIENCE)
    for me, count in enumerate(counts):
        assert [n for who, n in received if who == me] == list(range(count))
