"""A user at a window: sees, waits, and has hands.

It knows widgets by their object names only. Everything it does is followed by what comes of it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QMenu,
    QWidget,
)

from .hands import Hands, Place
from .screen import Screen, StuckError

MOST_TABS = 20
MOST_TURNS = 60


class Eyes:
    """What a user reads off the screen. For the window's thread."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def widget(self, name: str) -> QWidget:
        found = self._screen.visible(name)
        if found is None:
            raise StuckError(f"there is no {name} to be seen")
        return found

    def sees(self, name: str) -> bool:
        return self._screen.visible(name) is not None

    def text(self, name: str) -> str:
        widget = self.widget(name)
        for reading in ("toPlainText", "text"):
            if hasattr(widget, reading):
                return getattr(widget, reading)()
        return widget.accessibleName()

    def checked(self, name: str) -> bool:
        button = self.widget(name)
        return isinstance(button, QAbstractButton) and button.isChecked()

    def enabled(self, name: str) -> bool:
        return self.widget(name).isEnabled()

    def focused(self) -> str:
        """The name of what has the keyboard."""
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None else ""

    def rows(self, name: str = "changesTable") -> int:
        return self.view(name).model().rowCount()

    def current_row(self, name: str = "changesTable") -> int:
        return self.view(name).currentIndex().row()

    def selected_rows(self, name: str = "changesTable") -> list[int]:
        return sorted(index.row() for index in self.view(name).selectionModel().selectedRows())

    def view(self, name: str) -> QAbstractItemView:
        view = self.widget(name)
        assert isinstance(view, QAbstractItemView)
        return view

    def picture(self, name: str) -> QImage:
        return self.widget(name).grab().toImage()

    def menu(self) -> QMenu | None:
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, QMenu) and popup.isVisible() else None


class User:
    """One that does things at a window. For a thread of its own."""

    def __init__(self, screen: Screen, hands: Hands) -> None:
        self._screen = screen
        self.hands = hands
        self.eyes = Eyes(screen)

    # Seeing

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        self._screen.until(what, condition)
        print(f"ok: {what}", flush=True)

    def wait_for(self, name: str) -> None:
        self.wait(f"{name} to be seen", lambda: self.eyes.sees(name))

    def wait_for_text(self, name: str, *texts: str) -> None:
        """Wait until all of these are part of what a widget says."""
        eyes = self.eyes
        self.wait(
            f"{name} to say {texts}",
            lambda: eyes.sees(name) and all(text in eyes.text(name) for text in texts),
        )

    def read(self, name: str) -> str:
        return self._screen.ask(lambda: self.eyes.text(name))

    def look(self, seen: Callable[[Eyes], object]) -> object:
        return self._screen.ask(lambda: seen(self.eyes))

    def sees_change(self, name: str, act: Callable[[], None], what: str) -> None:
        """Do something that makes a widget look another way."""
        before = self._screen.ask(lambda: self.eyes.picture(name))
        act()
        self.wait(f"{what} to be seen", lambda: self.eyes.picture(name) != before)

    # The keyboard

    def press(self, keys: str) -> None:
        self._screen.until("the window to have the keyboard", self._screen.hears_keys)
        self.hands.chord(keys)

    def write(self, text: str) -> None:
        self._screen.until("the window to have the keyboard", self._screen.hears_keys)
        self.hands.write(text)

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until a widget has the keyboard."""
        for _ in range(MOST_TABS):
            before = self._screen.ask(self.eyes.focused)
            if before == name:
                print(f"ok: {name} by {key}", flush=True)
                return
            self.press(key)
            self.wait(f"{key} to leave {before}", lambda b=before: self.eyes.focused() != b)
        raise StuckError(f"{key} does not lead to {name}")

    def has_focus(self, name: str) -> None:
        self.wait(
            f"{name} to have the keyboard",
            lambda: self._screen.hears_keys() and self.eyes.focused() == name,
        )

    # The mouse

    def click(self, name: str, held: str = "") -> None:
        self.wait(f"{name} to be enabled", lambda: self.eyes.sees(name) and self.eyes.enabled(name))
        self.hands.click(self.place(name), held)

    def place(self, name: str, x: float = 0.5, y: float = 0.5) -> Place:
        """A point of a widget, as shares of its width and height."""
        return self._screen.ask(lambda: _point(self.eyes.widget(name), None, x, y))

    def row_place(self, row: int, name: str = "changesTable") -> Place:
        """The left part of a row, which is brought into sight."""

        def find() -> Place:
            view = self.eyes.view(name)
            area = view.visualRect(view.model().index(row, 0))
            return _point(view.viewport(), area, 0.4, 0.5)

        self._scroll_to(row, name)
        return self._screen.ask(find)

    def click_row(self, row: int, held: str = "", name: str = "changesTable") -> None:
        self.hands.click(self.row_place(row, name), held)

    def click_region(self, number: int) -> None:
        self.click_row(number, name="inspectorRegions")

    def _scroll_to(self, row: int, name: str) -> None:
        """Turn the wheel over a list until the row is in sight."""
        for _ in range(MOST_TURNS):
            way = self._screen.ask(lambda: _way_to(self.eyes.view(name), row))
            if way == 0:
                return
            at = self.place(name)
            before = self._screen.ask(lambda: self.eyes.view(name).verticalScrollBar().value())
            self.hands.wheel(at, way)
            self.wait(
                f"{name} to scroll",
                lambda v=before: self.eyes.view(name).verticalScrollBar().value() != v,
            )
        raise StuckError(f"row {row} of {name} does not come into sight")

    def close_window(self) -> None:
        """As the title bar's button does."""
        self._screen.post(lambda: self.eyes.widget("mainWindow").close())

    def choose(self, text: str) -> None:
        """Click an entry of the menu that is open."""
        self.wait(f"a menu with {text}", lambda: self._entry(text) is not None)
        self.hands.click(self._screen.ask(lambda: self._entry(text)))
        self.wait("the menu to close", lambda: self.eyes.menu() is None)

    def _entry(self, text: str) -> Place | None:
        menu = self.eyes.menu()
        for action in menu.actions() if menu is not None else ():
            if action.text() == text and action.isVisible() and action.isEnabled():
                return _point(menu, menu.actionGeometry(action), 0.5, 0.5)
        return None


def _point(widget: QWidget, area: QRect | None, x: float, y: float) -> Place:
    area = area or widget.rect()
    inside = QPoint(round(area.x() + x * area.width()), round(area.y() + y * area.height()))
    at = widget.mapToGlobal(inside)
    return at.x(), at.y()


def _way_to(view: QAbstractItemView, row: int) -> int:
    """-1 where a row is below what is in sight, 1 where it is above."""
    area, seen = view.visualRect(view.model().index(row, 0)), view.viewport().rect()
    if area.bottom() > seen.bottom():
        return -1
    return 1 if area.top() < 0 else 0
