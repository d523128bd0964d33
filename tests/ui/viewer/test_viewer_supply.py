"""What is there is told of, in whichever order it came."""

from __future__ import annotations

from types import SimpleNamespace

from PySide6.QtCore import QObject, Signal

from snapreview.model.change import Change, Status
from snapreview.model.manifest import ImageRecord
from snapreview.ui.viewer.source import Failure
from snapreview.ui.viewer.supply import Supply

ROW = Change("new.png", Status.ADDED, head=ImageRecord("new.png", sha256="a" * 64))
THERE = Failure("As good as an image here.")


class Shelf(QObject):
    """A loader whose workers have put things on it without a word so far."""

    arrived = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.there: dict = {}
        self.wanted: list = []
        self.cache = SimpleNamespace(max_bytes=10**9)

    def peek(self, request):
        return self.there.get(request.key)

    def want(self, requests, ahead=()) -> None:
        self.wanted = list(requests)


def test_what_is_found_beside_a_neighbour_is_told_of_after_the_patience_too(qtbot):
    """Its worker has put it into the cache; of that nothing more will be heard once it is taken."""
    shelf = Shelf()
    supply = Supply(shelf)
    with qtbot.waitSignal(supply.ready):  # nothing has come: it says so
        supply.show(ROW)
    assert not supply.complete
    (wanted,) = shelf.wanted
    shelf.there[wanted.key] = THERE
    with qtbot.waitSignal(supply.ready, timeout=1000):
        shelf.arrived.emit("a neighbour's", THERE)
    assert supply.complete
    assert supply.viewing.failed


def test_a_neighbour_alone_is_no_news(qtbot):
    shelf = Shelf()
    supply = Supply(shelf)
    with qtbot.waitSignal(supply.ready):
        supply.show(ROW)
    with qtbot.assertNotEmitted(supply.ready):
        shelf.arrived.emit("a neighbour's", THERE)
