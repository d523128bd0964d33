"""From many threads to the one that draws."""

from __future__ import annotations

from threading import Thread, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject, QTimer

from snapreview.engine.events import RowsChanged
from snapreview.ui.bridge import Bridge


@pytest.fixture
def bridge(qapp):
    made = Bridge()
    yield made
    made.close()


class Receiver(QObject):
    """Takes batches and notes the thread in which they come."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.batches: list[list[RowsChanged]] = []
        self.threads: set[str] = set()
        bridge.arrived.connect(self.take)

    def take(self, events: list[RowsChanged]) -> None:
        self.batches.append(events)
        self.threads.add(current_thread().name)

    @property
    def count(self) -> int:
        return sum(map(len, self.batches))


def produce(bridge: Bridge, producer: int, count: int) -> Thread:
    """A thread that posts `count` events, numbered by their `dropped`."""

    def post() -> None:
        for number in range(count):
            bridge.post(RowsChanged(producer, (), (str(number),)))

    thread = Thread(target=post)
    thread.start()
    return thread


def test_nothing_is_lost_and_each_producer_keeps_its_order(qtbot, bridge: Bridge) -> None:
    receiver = Receiver(bridge)
    producers, each = 4, 2_500  # more than the mailbox holds
    threads = [produce(bridge, number, each) for number in range(producers)]
    qtbot.waitUntil(lambda: receiver.count == producers * each, timeout=20_000)
    for thread in threads:
        thread.join()
    for producer in range(producers):
        numbers = [
            int(event.dropped[0])
            for batch in receiver.batches
            for event in batch
            if event.generation == producer
        ]
        assert numbers == list(range(each))
    assert max(map(len, receiver.batches)) <= 64
    assert receiver.threads == {main_thread().name}


def test_what_waits_comes_in_full_batches(qtbot, bridge: Bridge) -> None:
    receiver = Receiver(bridge)
    produce(bridge, 0, 150).join()
    assert receiver.count == 0
    qtbot.waitUntil(lambda: receiver.count == 150)
    assert [len(batch) for batch in receiver.batches] == [64, 64, 22]


def test_between_two_batches_others_have_their_turn(qtbot, bridge: Bridge) -> None:
    receiver = Receiver(bridge)
    seen: list[int] = []
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: seen.append(receiver.count))
    produce(bridge, 0, 1_000).join()
    timer.start()
    qtbot.waitUntil(lambda: receiver.count == 1_000)
    timer.stop()
    assert any(0 < count < 1_000 for count in seen)


def test_closing_frees_a_producer_that_waits(qtbot, bridge: Bridge) -> None:
    receiver = Receiver(bridge)
    thread = produce(bridge, 0, 5_000)  # nobody takes anything, so it gets stuck
    bridge.close()
    thread.join(20)
    assert not thread.is_alive()
    bridge.post(RowsChanged(0, ()))
    timer = QTimer(interval=0, singleShot=True)
    with qtbot.waitSignal(timer.timeout):  # comes after all that is queued
        timer.start()
    assert receiver.count == 0
