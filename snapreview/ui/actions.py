"""Everything the window can be told to do, with its keys.

Single letters are safe beside text fields: Qt offers a plain key to the field that has the focus
before any shortcut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

_ISOLATE = ["Changed", "Errored", "Removed", "Added", "Renamed", "Unchanged", "Skipped", "Subtle"]
_THEMES = {"system": "As the system", "light": "Light", "dark": "Dark"}
_ROLE = QAction.MenuRole


class WindowActions:
    """The window's own actions. The viewer and the list bring more (menus.py)."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        make = self._make
        self.open = make("Open", "Open…", "Ctrl+O")
        self.reload = make("Reload", "Reload", "Ctrl+R")
        self.swap = make("Swap", "Swap base and head", "Ctrl+Shift+S")
        self.latest_base = make("LatestBase", "Compare with latest base", "Ctrl+Shift+B")
        self.export = make("Export", "Export…", "Ctrl+E")
        self.forget = make("Forget", "Forget this comparison…")
        self.quit = make("Quit", "Quit", "Ctrl+Q", role=_ROLE.QuitRole)
        self.undo = make("Undo", "Undo", "Ctrl+Z")
        self.redo = make("Redo", "Redo", "Ctrl+Shift+Z", "Ctrl+Y")
        self.filter = make("Filter", "Filter", "Ctrl+F", "/")
        self.select_all = make("SelectAll", "Select all shown", "Ctrl+A")
        self.copy_image = make("CopyImage", "Copy image", "Ctrl+C")
        self.copy_details = make("CopyDetails", "Copy details", "Ctrl+Shift+C")
        self.settings = make("Settings", "Settings…", "Ctrl+,", role=_ROLE.PreferencesRole)
        self.approve = make("Approve", "Approve", "A")
        self.reject = make("Reject", "Reject", "R")
        self.clear = make("ClearDecision", "Clear decision", "U")
        self.note = make("Note", "Note", "M")
        self.next_unreviewed = make("NextUnreviewed", "Next unreviewed", "N")
        self.pair = make("Pair", "Compare these two")
        self.split = make("Split", "Take this pair apart")
        self.retry = make("RetryImage", "Compare again")
        self.reveal = make("Reveal", "Show in folder")
        self.open_base = make("OpenBase", "Open base with the system's viewer")
        self.open_head = make("OpenHead", "Open head with the system's viewer")
        self.open_diff = make("OpenDiff", "Open difference with the system's viewer")
        self.previous = make("Previous", "Previous image", "Up")
        self.next = make("Next", "Next image", "Down")
        self.first = make("First", "First image", "Ctrl+Up", "Home")
        self.last = make("Last", "Last image", "Ctrl+Down", "End")
        self.inspector = make("Inspector", "Inspector", "I", checkable=True)
        self.thumbnails = make("Thumbnails", "Thumbnails in the list", checkable=True)
        self.shortcuts = make("Shortcuts", "Keyboard shortcuts", "?", "F1")
        self.about = make("About", "About SnapReview", role=_ROLE.AboutRole)
        self.isolate = [
            make(f"Isolate{name}", f"Only {name.lower()}", str(number))
            for number, name in enumerate(_ISOLATE, 1)
        ]
        self.theme_group = QActionGroup(window)
        self.themes = {choice: self._theme(choice, text) for choice, text in _THEMES.items()}

    @property
    def of_images(self) -> list[QAction]:
        """What is done with the selected images; for the context menu, too."""
        return [
            *(self.approve, self.reject, self.clear, self.note),
            *(self.copy_image, self.copy_details, self.export),
            *(self.reveal, self.open_base, self.open_head, self.open_diff),
            *(self.pair, self.split, self.retry),
        ]

    @property
    def of_review(self) -> list[QAction]:
        """What needs a list to act on. Exporting needs what was compared, on either page."""
        walking = [self.previous, self.next, self.first, self.last, self.next_unreviewed]
        of_all = [self.reload, self.latest_base, self.forget]
        others = [*of_all, self.filter, self.select_all, self.inspector, *walking]
        images = [action for action in self.of_images if action is not self.export]
        return [*others, *images, *self.of_decisions]

    @property
    def of_decisions(self) -> list[QAction]:
        """What needs two sides to decide about."""
        judging = [self.approve, self.reject, self.clear, self.note]
        return [*judging, self.next_unreviewed, self.undo, self.redo]

    def on_theme(self, called: Callable[[str], None]) -> None:
        """Call with `system`, `light` or `dark` when it is chosen."""
        self.theme_group.triggered.connect(lambda action: called(action.data()))

    def on_isolate(self, called: Callable[[int], None]) -> None:
        """Call with 0 to 7: the statuses in their order, then subtle."""
        for number, action in enumerate(self.isolate):
            action.triggered.connect(lambda _, n=number: called(n))

    def show_steps(self, undo: str, redo: str) -> None:
        """Say what would be undone and done again; empty where nothing would."""
        for action, word, text in ((self.undo, "Undo", undo), (self.redo, "Redo", redo)):
            action.setText(f"{word}: {text}" if text else word)

    def show_theme(self, choice: str) -> None:
        """Tick the theme in use."""
        self.themes[choice].setChecked(True)

    def _theme(self, choice: str, text: str) -> QAction:
        action = self._make(f"Theme{choice.capitalize()}", text, checkable=True)
        action.setData(choice)
        self.theme_group.addAction(action)
        return action

    def _make(
        self,
        name: str,
        text: str,
        *keys: str,
        role: QAction.MenuRole = _ROLE.NoRole,
        checkable: bool = False,
    ) -> QAction:
        action = QAction(text, self._window, objectName=f"action{name}")
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setMenuRole(role)
        action.setCheckable(checkable)
        return action


def enable(actions: Iterable[QAction], *, on: bool) -> None:
    """Make actions possible, or not."""
    for action in actions:
        action.setEnabled(on)
