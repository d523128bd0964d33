"""Keys and mouse: the X server's own (XTEST), and Qt's where there is no X server.

Places are points of the screen. Keys are written as in menus: `Ctrl+Shift+Z`, `Down`, `?`.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from .screen import Screen

Place = tuple[int, int]

_NOTCH = 120
_NONE = Qt.KeyboardModifier.NoModifier
_BUTTONS = {1: Qt.MouseButton.LeftButton, 3: Qt.MouseButton.RightButton}
_STEPS = 5
"""Moves of which a drag consists: one alone is no drag yet."""


class Hands(Protocol):
    """Does what hands can do. What comes of it comes later."""

    def chord(self, keys: str) -> None: ...
    def write(self, text: str) -> None: ...
    def move(self, to: Place) -> None: ...
    def click(self, at: Place, held: str = "", button: int = 1) -> None: ...
    def double_click(self, at: Place) -> None: ...
    def drag(self, start: Place, end: Place) -> None: ...
    def wheel(self, at: Place, notches: int, held: str = "") -> None: ...


def path(start: Place, end: Place) -> list[Place]:
    """Where a drag comes by; the end is the last place."""
    (x, y), (to_x, to_y) = start, end
    shares = [step / _STEPS for step in range(1, _STEPS + 1)]
    return [(round(x + (to_x - x) * s), round(y + (to_y - y) * s)) for s in shares]


_SYMBOLS = {
    "/": "slash",
    "?": "question",
    "[": "bracketleft",
    "]": "bracketright",
    ",": "comma",
    ".": "period",
    "-": "minus",
    "Esc": "Escape",
    "Space": "space",
}
"""What X calls keys that are written otherwise in menus."""


class XHands:
    """Input as of real devices, through xdotool."""

    def chord(self, keys: str) -> None:
        self._run("key", "--delay", "0", _symbols(keys))

    def write(self, text: str) -> None:
        self._run("type", "--delay", "0", "--", text)

    def move(self, to: Place) -> None:
        self._run(*_to(to))

    def click(self, at: Place, held: str = "", button: int = 1) -> None:
        self._run(*_to(at), *self._holding(held, *_pressed(button)))

    def double_click(self, at: Place) -> None:
        """Not in the same millisecond: Qt takes that for one press told twice."""
        self._run(*_to(at), "click", "--repeat", "2", "--delay", "20", "1")

    def drag(self, start: Place, end: Place) -> None:
        self.hold(start, end)
        self.release()

    def hold(self, start: Place, end: Place) -> None:
        """Drag, and do not let go yet."""
        way = [word for place in path(start, end) for word in _to(place)]
        self._run(*_to(start), "mousedown", "1", *way)

    def release(self) -> None:
        self._run("mouseup", "1")

    def wheel(self, at: Place, notches: int, held: str = "") -> None:
        turns = _pressed(4 if notches > 0 else 5, abs(notches))
        self._run(*_to(at), *self._holding(held, *turns))

    def _holding(self, held: str, *words: str) -> tuple[str, ...]:
        key = held.lower()
        return ("keydown", key, *words, "keyup", key) if key else words

    def _run(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], check=True, timeout=20)


class QtHands:
    """Input as Qt's own tests make it: to what lies under a place, or has the keyboard."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._before: Future[None] | None = None

    def chord(self, keys: str) -> None:
        made = QKeySequence(keys)[0]
        self._do(lambda: QTest.keyClick(_listener(), made.key(), made.keyboardModifiers()))

    def write(self, text: str) -> None:
        self._do(lambda: QTest.keyClicks(_listener(), text))

    def move(self, to: Place) -> None:
        self._do(lambda: QTest.mouseMove(*_under(to)))

    def click(self, at: Place, held: str = "", button: int = 1) -> None:
        self.move(at)
        self._do(lambda: _click(at, _BUTTONS[button], _modifiers(held)))

    def double_click(self, at: Place) -> None:
        self.click(at)
        self._do(lambda: _double_click(at))

    def drag(self, start: Place, end: Place) -> None:
        self.move(start)
        self._do(lambda: _drag(start, path(start, end)))

    def wheel(self, at: Place, notches: int, held: str = "") -> None:
        self.move(at)
        turn = _NOTCH if notches > 0 else -_NOTCH
        for _ in range(abs(notches)):
            self._do(lambda: _wheel(at, turn, _modifiers(held)))

    def _do(self, act: Callable[[], object]) -> None:
        """Not to be waited for: a menu returns when it is closed. A fault is told with the next."""
        before, self._before = self._before, self._screen.post(act)
        if before is not None and before.done():
            before.result()


def _to(place: Place) -> tuple[str, ...]:
    return "mousemove", str(place[0]), str(place[1])


def _symbols(keys: str) -> str:
    """A chord as X writes it: `Ctrl++` is `ctrl+plus`."""
    *held, key = keys.replace("++", "+plus").split("+")
    named = _SYMBOLS.get(key, key.lower() if len(key) == 1 else key)
    return "+".join([*(each.lower() for each in held), named])


def _pressed(button: int, times: int = 1) -> tuple[str, ...]:
    """Not xdotool's own click, which rests for a tenth of a second."""
    return ("mousedown", str(button), "mouseup", str(button)) * times


def _modifiers(held: str) -> Qt.KeyboardModifier:
    return QKeySequence(f"{held}+A")[0].keyboardModifiers() if held else _NONE


def _listener() -> QWidget:
    """What has the keyboard."""
    return QApplication.activePopupWidget() or QApplication.focusWidget()


def _under(place: Place) -> tuple[QWidget, QPoint]:
    """Not QApplication.widgetAt: the screen that is drawn in memory is smaller than the window."""
    app, at = QApplication, QPoint(*place)
    front = app.activePopupWidget() or app.activeModalWidget() or app.activeWindow()
    widget = front.childAt(front.mapFromGlobal(at)) or front
    return widget, widget.mapFromGlobal(at)


def _click(at: Place, button: Qt.MouseButton, held: Qt.KeyboardModifier) -> None:
    widget, place = _under(at)
    QTest.mouseClick(widget, button, held, place)
    if button == Qt.MouseButton.RightButton:  # which the system would turn into this
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, QPoint(*at))
        QApplication.sendEvent(widget, asked)


def _double_click(at: Place) -> None:
    widget, place = _under(at)
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, _NONE, place)


def _drag(start: Place, way: list[Place]) -> None:
    """The widget that is pressed gets all of it, as in life."""
    widget, place = _under(start)
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, _NONE, place)
    for step in way:
        place = widget.mapFromGlobal(QPoint(*step))
        QTest.mouseMove(widget, place)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, _NONE, place)


def _wheel(at: Place, turn: int, held: Qt.KeyboardModifier) -> None:
    widget, place = _under(at)
    event = QWheelEvent(
        QPointF(place),
        QPointF(*at),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
