"""A user at a real window: types, clicks, presses keys. Run as a program.

    driver.py BASE HEAD ZIP

It knows widgets by their object names only, and does nothing that hands could not do. Progress is
printed line by line; the exit code is that of the application, or 3 when a step did not succeed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QWidget

from snapreview.app import application, open_window
from snapreview.cli.window import WindowRequest

PATIENCE_MS = 30_000
LOOK_MS = 5
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYS = Qt.Key


class StuckError(Exception):
    """A step did not succeed."""


class User:
    """Sees and does what a user can."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def widget(self, name: str) -> QWidget:
        """The visible widget of this name, as soon as there is one."""
        self.wait(f"{name} to be seen", lambda: self._visible(name) is not None)
        return self._visible(name)

    def write(self, name: str, text: str) -> None:
        field = self.widget(name)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        QTest.keyClick(field, KEYS.Key_A, CONTROL)
        QTest.keyClicks(field, text)
        self.wait(f"{name} to have the text", lambda: field.text() == text)

    def click(self, name: str) -> None:
        button = self.widget(name)
        self.wait(f"{name} to be enabled", button.isEnabled)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        """To the widget that has the keyboard, as the system would."""
        QTest.keyClick(self._app.focusWidget(), key, modifier)

    def text(self, name: str) -> str:
        label = self.widget(name)
        return label.text() if isinstance(label, QLabel | QLineEdit) else ""

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        loop = QEventLoop()
        looking = QTimer(interval=LOOK_MS)
        looking.timeout.connect(lambda: condition() and loop.quit())
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        looking.start()
        if not condition():
            loop.exec()
        if not condition():
            raise StuckError(f"waited in vain for {what}")
        print(f"ok: {what}", flush=True)

    def _visible(self, name: str) -> QWidget | None:
        for window in self._app.topLevelWidgets():
            candidates = [window, *window.findChildren(QWidget, name)]
            for widget in candidates:
                if widget.objectName() == name and widget.isVisible():
                    return widget
        return None


def review(user: User, base: str, head: str, target: str) -> None:
    """From the start page to a zip, and out."""
    window = user.widget("mainWindow")
    window.activateWindow()  # nobody manages windows under Xvfb
    user.wait("the window to be active", window.isActiveWindow)
    user.write("baseSource", base)
    user.write("headSource", head)
    user.click("startCompare")
    user.wait("the comparison to end", lambda: "differ" in user.text("statusText"))
    print(f"status: {user.text('statusText')}", flush=True)

    table = user.widget("changesTable")
    rows = table.model().rowCount()
    user.key(KEYS.Key_F, CONTROL)
    QTest.keyClicks(user.widget("filterField"), "home")
    user.wait("the filter to narrow", lambda: table.model().rowCount() < rows)
    user.key(KEYS.Key_Return, Qt.KeyboardModifier.NoModifier)
    user.wait("the list to have the keyboard", table.hasFocus)
    select_first_two(table)
    export(user, target)
    QTest.keyClick(window, KEYS.Key_Q, CONTROL)


def select_first_two(table: QTableView) -> None:
    first, second = (table.visualRect(table.model().index(row, 0)).center() for row in (0, 1))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, SHIFT, second)


def export(user: User, target: str) -> None:
    user.key(KEYS.Key_E, CONTROL)
    user.write("exportTarget", target)
    user.click("exportStart")
    user.wait("the export to end", lambda: user.text("exportOutcome") == "Exported")
    user.click("exportDone")
    window = user.widget("mainWindow")
    window.activateWindow()
    user.wait("the window to be active again", window.isActiveWindow)


class Driver(QObject):
    """Lets the user begin as soon as the application runs."""

    def __init__(self, app: QApplication, arguments: list[str]) -> None:
        super().__init__(app)
        self._arguments = arguments
        self.fault: Exception | None = None
        QTimer.singleShot(0, self._drive)

    def _drive(self) -> None:
        app = QApplication.instance()
        try:
            review(User(app), *self._arguments)
        except Exception as fault:  # noqa: BLE001 - told by main, whatever it is
            self.fault = fault
            app.closeAllWindows()


def main(arguments: list[str]) -> int:
    app = application()
    print(f"platform: {app.platformName()}", flush=True)
    driver = Driver(app, arguments)
    code = open_window(WindowRequest())
    if driver.fault is not None:
        print(f"stuck: {driver.fault!r}", flush=True)
        return 3
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
