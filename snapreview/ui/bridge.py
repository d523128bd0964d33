"""From the threads that work to the one that draws."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from snapreview.engine.events import Event
from snapreview.engine.flow import Mailbox

_CAPACITY = 1024
_BATCH = 64


class Bridge(QObject):
    """Hands a session's events to the main thread, at most 64 in one turn of its loop.

    Between two batches the loop takes whatever else waits, above all input and painting: one
    queued signal per event was measured to stall it for hundreds of milliseconds.

    Signals: `arrived(object)`, a list of events, in the thread that made the bridge.
    """

    arrived = Signal(object)
    _waiting = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mailbox: Mailbox[Event] = Mailbox(_CAPACITY, ready=self._waiting.emit)
        self._waiting.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, event: Event) -> None:
        """Take `event` from any thread; waits while too many are on their way."""
        self._mailbox.put(event)

    def close(self) -> None:
        """Drop what is on its way, and free the threads that wait to post."""
        self._mailbox.close()

    @Slot()
    def _deliver(self) -> None:
        events = self._mailbox.drain(_BATCH)
        if self._mailbox.waiting:
            self._waiting.emit()
        if events:
            self.arrived.emit(events)
