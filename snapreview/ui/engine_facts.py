"""Which engine is used: found out in the background, since asking it starts a program."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QObject, Signal

from snapreview.model.errors import SnapReviewError


class EngineFacts(QObject):
    """Asks `find` for the engine's version and origin, in a thread.

    Signals: `known(str)`, in the thread that made the object: what was found, or why nothing was.
    """

    known = Signal(str)

    def __init__(self, find: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._thread: Thread | None = None

    def ask(self) -> None:
        """Have `known` told soon."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._tell, name="engine", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait for the thread, no longer than `seconds`."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _tell(self) -> None:
        try:
            text = self._find()
        except SnapReviewError as error:
            text = str(error)
        self.known.emit(text)
