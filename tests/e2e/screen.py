"""What is on screen, asked from another thread than the one that draws it.

A menu or a dialog may keep the window's thread in a loop of its own: the user, who waits in a
thread of its own, is answered from any such loop.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

Answer = TypeVar("Answer")

PATIENCE = 30.0
"""Seconds after which the user gives up; nothing takes that long."""

_LOOK_MS = 5


class StuckError(Exception):
    """A step did not succeed."""


@dataclass(frozen=True)
class _Wait:
    condition: Callable[[], bool]
    over: Future[None]


class Screen(QObject):
    """Answers questions about the application, in its own thread."""

    _asked = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._waits: list[_Wait] = []
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._asked.connect(lambda act: act(), Qt.ConnectionType.QueuedConnection)

    # For the user's thread

    def post(self, act: Callable[[], object]) -> Future[None]:
        """Have something done soon. Its future holds the fault if there is one."""
        done: Future[None] = Future()
        self._asked.emit(lambda: _settle(done, act))
        return done

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """The answer, which is given between two events."""
        return self.post(question).result(PATIENCE)

    def until(self, what: str, condition: Callable[[], bool]) -> None:
        """Wait until `condition` holds; raises StuckError when it does not."""
        wait = _Wait(condition, Future())
        self.post(lambda: self._begin(wait))
        try:
            wait.over.result(PATIENCE)
        except TimeoutError:
            raise StuckError(f"waited in vain for {what}") from None

    # For the window's thread

    def visible(self, name: str) -> QWidget | None:
        """The visible widget of this name."""
        for window in self._app.topLevelWidgets():
            for widget in (window, *window.findChildren(QWidget, name)):
                if widget.objectName() == name and widget.isVisible():
                    return widget
        return None

    def hears_keys(self) -> bool:
        """Whether what is in front has the keyboard; nobody else manages windows under Xvfb."""
        if self._app.activePopupWidget() is not None:
            return True
        front = self._app.activeModalWidget() or self.visible("mainWindow")
        if front is not None and not front.isActiveWindow():
            front.activateWindow()
        return front is not None and front.isActiveWindow()

    def _begin(self, wait: _Wait) -> None:
        self._waits.append(wait)
        self._looking.start()
        self._look()

    def _look(self) -> None:
        for wait in list(self._waits):
            try:
                held = wait.condition()
            except Exception as fault:  # noqa: BLE001 - told by whoever waits
                wait.over.set_exception(fault)
                self._waits.remove(wait)
                continue
            if held:
                self._waits.remove(wait)
                wait.over.set_result(None)
        if not self._waits:
            self._looking.stop()


def _settle(done: Future[None], act: Callable[[], object]) -> None:
    try:
        done.set_result(act())
    except Exception as fault:  # noqa: BLE001 - told by whoever waits
        done.set_exception(fault)
