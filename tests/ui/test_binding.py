"""That Qt's Python binding keeps count.

PySide6 6.12.0 on Python before 3.12 loses one reference to `True` (or `None`) with each signal
that carries or returns it, and ends the whole process after some hundreds. pyproject.toml keeps
it out; this finds it where somebody got it in anyway. From Python 3.12 on these objects are
immortal and have no count that could fall: there the test only shows that emitting works.
"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal

TIMES = 300
NOISE = 30
"""References that come and go meanwhile, in caches and other threads."""


class Sender(QObject):
    """Emits what the window's signals carry."""

    nothing = Signal()
    flag = Signal(bool)
    value = Signal(object)


@pytest.mark.parametrize("watched", [True, None], ids=["True", "None"])
def test_emitting_loses_no_reference(qapp, watched: object) -> None:
    sender = Sender()
    received: list[int] = []
    sender.value.connect(lambda value: received.append(id(value)))
    before = sys.getrefcount(watched)
    for _ in range(TIMES):
        sender.nothing.emit()
        sender.flag.emit(True)
        sender.value.emit(watched)
        lost = before - sys.getrefcount(watched)
        if lost > NOISE:  # said before the process is ended for it
            pytest.fail(f"{lost} references are gone: install the PySide6 that pyproject.toml asks")
    assert received == [id(watched)] * TIMES
    assert abs(sys.getrefcount(watched) - before) <= NOISE
