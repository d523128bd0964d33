"""A user at a real window, as a program: prints what was seen step by step.

    python -m tests.e2e.driver SCENARIO ARGUMENTS...

The exit code is that of the application, or 3 when a step did not succeed.
"""

from __future__ import annotations

import sys
from threading import Thread

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from snapreview.app import application, open_window
from snapreview.cli.window import WindowRequest
from snapreview.stores.userdirs import user_dirs

from .coming_back import after_the_kill, coming_back
from .dragging import dragging
from .first_steps import first_steps
from .hands import QtHands, XHands
from .keyboard_review import keyboard_review
from .mouse_review import mouse_review
from .screen import Screen
from .user import User

SCENARIOS = {
    each.__name__: each
    for each in (
        *(after_the_kill, coming_back, dragging, first_steps),
        *(keyboard_review, mouse_review),
    )
}
_KEYS = Qt.Key
_MODIFIERS = {_KEYS.Key_Shift, _KEYS.Key_Control, _KEYS.Key_Meta, _KEYS.Key_Alt}
_LAST_SECONDS = 20.0


class Witness(QObject):
    """Sees what the window is really given: who has the keyboard when a key comes (modifiers
    apart), and how often the mouse is pressed or its wheel turned.
    """

    def __init__(self) -> None:
        super().__init__()
        self.keyed: set[str] = set()
        self.presses = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and event.key() not in _MODIFIERS:
            widget = QApplication.focusWidget()
            self.keyed.add(widget.objectName() if widget is not None else "")
        elif kind in {QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}:
            self.presses += 1
        return False


class Driver:
    """Lets a user work as soon as the application runs."""

    def __init__(self, app: QApplication, scenario: str, arguments: list[str]) -> None:
        self._app = app
        self._screen = Screen(app)
        self._scenario = SCENARIOS[scenario]
        self._arguments = arguments
        self.fault: Exception | None = None
        self.thread = Thread(target=self._work, name="user", daemon=True)

    def _work(self) -> None:
        hands = XHands() if self._app.platformName() == "xcb" else QtHands(self._screen)
        try:
            self._scenario(User(self._screen, hands), *self._arguments)
        except Exception as fault:  # noqa: BLE001 - told by main, whatever it is
            self.fault = fault
            self._screen.post(self._give_up)

    def _give_up(self) -> None:
        """Leave a picture, and end."""
        picture = user_dirs().data / "stuck.png"
        self._app.primaryScreen().grabWindow(0).save(str(picture))
        focus = self._app.focusWidget()
        print(f"see {picture}; {focus} has the keyboard", flush=True)
        self._app.exit(3)


def main(scenario: str, *arguments: str) -> int:
    app = application()
    print(f"platform: {app.platformName()}", flush=True)
    witness = Witness()
    app.installEventFilter(witness)
    driver = Driver(app, scenario, list(arguments))
    driver.thread.start()
    code = open_window(WindowRequest())
    driver.thread.join(_LAST_SECONDS)
    app.removeEventFilter(witness)
    print(f"keys to: {sorted(witness.keyed)}\npresses: {witness.presses}", flush=True)
    if driver.fault is not None:
        print(f"stuck: {driver.fault!r}", flush=True)
        return 3
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
