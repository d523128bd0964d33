"""Everything the window can be told to do, with its keys, in its menus.

Single letters are safe beside text fields: Qt offers a plain key to the field that has the focus
before any shortcut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

_ISOLATE = ["Changed", "Errored", "Removed", "Added", "Renamed", "Unchanged", "Skipped", "Subtle"]
_THEMES = {"system": "As the system", "light": "Light", "dark": "Dark"}


class WindowActions:
    """The window's own actions, and the menus that hold them and the viewer's."""

    def __init__(self, window: QMainWindow, viewer_actions: Sequence[QAction]) -> None:
        self._window = window
        self.open = self._make("actionOpen", "Open…", "Ctrl+O")
        self.reload = self._make("actionReload", "Reload", "Ctrl+R")
        self.swap = self._make("actionSwap", "Swap base and head", "Ctrl+Shift+S")
        self.export = self._make("actionExport", "Export…", "Ctrl+E")
        self.quit = self._make("actionQuit", "Quit", "Ctrl+Q", role=QAction.MenuRole.QuitRole)
        self.filter = self._make("actionFilter", "Filter", "Ctrl+F", "/")
        self.select_all = self._make("actionSelectAll", "Select all shown", "Ctrl+A")
        self.first = self._make("actionFirst", "First image", "Ctrl+Up", "Home")
        self.last = self._make("actionLast", "Last image", "Ctrl+Down", "End")
        self.about = self._make("actionAbout", "About SnapReview", role=QAction.MenuRole.AboutRole)
        self._steps = {
            -1: self._make("actionPrevious", "Previous image", "Up"),
            1: self._make("actionNext", "Next image", "Down"),
        }
        self._isolate = [
            self._make(f"actionIsolate{name}", f"Only {name.lower()}", str(number))
            for number, name in enumerate(_ISOLATE, 1)
        ]
        self._themes, self._theme_group = self._theme_actions()
        self._reviewing = [
            self.reload,
            self.filter,
            self.select_all,
            self.first,
            self.last,
            *self._steps.values(),
            *viewer_actions,
        ]
        self._fill_menus(viewer_actions)

    def set_reviewing(self, reviewing: bool, *, comparing: bool = False) -> None:
        """Whether there is a list to act on, and whether its rows have statuses."""
        for action in self._reviewing:
            action.setEnabled(reviewing)
        for action in self._isolate:
            action.setEnabled(comparing)

    def on_theme(self, called: Callable[[str], None]) -> None:
        """Call with `system`, `light` or `dark` when it is chosen."""
        self._theme_group.triggered.connect(lambda action: called(action.data()))

    def on_isolate(self, called: Callable[[int], None]) -> None:
        """Call with 0 to 7: the statuses in their order, then subtle."""
        for number, action in enumerate(self._isolate):
            action.triggered.connect(lambda _, n=number: called(n))

    def on_step(self, called: Callable[[int], object]) -> None:
        """Call with 1 for the next image and -1 for the one before."""
        for step, action in self._steps.items():
            action.triggered.connect(lambda _, s=step: called(s))

    def show_theme(self, choice: str) -> None:
        """Tick the theme in use."""
        self._themes[choice].setChecked(True)

    def _theme_actions(self) -> tuple[dict[str, QAction], QActionGroup]:
        group = QActionGroup(self._window)
        actions = {}
        for choice, text in _THEMES.items():
            action = self._make(f"actionTheme{choice.capitalize()}", text)
            action.setCheckable(True)
            action.setData(choice)
            group.addAction(action)
            actions[choice] = action
        return actions, group

    def _make(
        self,
        name: str,
        text: str,
        *keys: str,
        role: QAction.MenuRole = QAction.MenuRole.NoRole,
    ) -> QAction:
        action = QAction(text, self._window, objectName=name)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setMenuRole(role)
        return action

    def _fill_menus(self, viewer_actions: Sequence[QAction]) -> None:
        bar = self._window.menuBar()
        groups = {
            "&File": [self.open, self.reload, self.swap, None, self.export, None, self.quit],
            "&Edit": [self.select_all, self.filter],
            "&Go": [*self._steps.values(), self.first, self.last, None, *self._isolate],
        }
        for title, actions in groups.items():
            _fill(bar.addMenu(title), actions)
        view = bar.addMenu("&View")
        view.addActions(list(viewer_actions))
        view.addSeparator()
        _fill(view.addMenu("Theme"), list(self._themes.values()))
        _fill(bar.addMenu("&Help"), [self.about])


def _fill(menu: QMenu, actions: Sequence[QAction | None]) -> None:
    for action in actions:
        menu.addSeparator() if action is None else menu.addAction(action)
