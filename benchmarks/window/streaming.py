"""The longest gap of the event loop while results stream into the open list."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event as Gate
from threading import Thread

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from benchmarks.window.laps import Line
from benchmarks.window.rows import pending, rows
from snapreview.engine.events import Event, RowsChanged
from snapreview.model.change import Change
from snapreview.ui.bridge import Bridge
from snapreview.ui.changes.panel import ChangesPanel
from snapreview.ui.collecting import QuietCollection
from snapreview.ui.theme_tokens import LIGHT

COUNT = 40_000
THREADS = 4
TARGET_MS = 16
_SIZE = 400, 800
_PAINTED_MS = 500


class Gaps(QObject):
    """Notes how long the event loop is away from a timer that is always due."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self, interval=0, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to look."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


def measure(count: int) -> list[Line]:
    """One line: the longest gap, in milliseconds."""
    gaps = streamed(count)
    longest = max(gaps)
    late = sum(gap > TARGET_MS for gap in gaps)
    detail = f"{count:,} results from {THREADS} threads; {late} gaps above {TARGET_MS} ms"
    title = "longest gap of the event loop while streaming"
    return [Line(title, longest, "ms", TARGET_MS, at_most=True, detail=detail)]


def streamed(count: int) -> list[float]:
    """The gaps, in milliseconds, while `count` rows settle in a list that somebody looks at."""
    changes = rows(count)
    panel = ChangesPanel(LIGHT)
    panel.resize(*_SIZE)
    panel.show()
    panel.replace(pending(changes))
    collection = QuietCollection()  # as the application
    collection.pause()
    bridge, loop, gaps = Bridge(), QEventLoop(), Gaps()
    left = count

    def take(events: list[Event]) -> None:
        nonlocal left
        rows_told = [event for event in events if isinstance(event, RowsChanged)]
        batch = [change for event in rows_told for change in event.changes]
        panel.update_rows(batch)
        left -= len(batch)
        if not left:
            loop.quit()

    bridge.arrived.connect(take)
    parts = [changes[part::THREADS] for part in range(THREADS)]
    gate = Gate()  # a session's threads run before there is something to tell
    threads = [Thread(target=_post, args=(bridge.post, gate, part)) for part in parts]
    for thread in threads:
        thread.start()

    def begin() -> None:
        gaps.start()
        gate.set()

    QTimer.singleShot(_PAINTED_MS, begin)  # an open list has been laid out and painted
    loop.exec()
    gaps.stop()
    for thread in threads:
        thread.join()
    bridge.close()
    collection.end()
    return gaps.gaps


def _post(post: Callable[[Event], None], gate: Gate, changes: list[Change]) -> None:
    gate.wait()
    for change in changes:
        post(RowsChanged(1, (change,), ()))
