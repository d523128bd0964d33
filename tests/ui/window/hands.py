"""Hands and eyes of a user: find widgets by name, press them, read what is on screen."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QMimeData, QPointF, Qt, qVersion
from PySide6.QtGui import QDragMoveEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QWidget

from snapreview.app import Desktop
from snapreview.ui.changes.pill import Pill
from snapreview.ui.main_window import MainWindow

Dragged = TypeVar("Dragged", bound=QDragMoveEvent)

LEFT = Qt.MouseButton.LeftButton
_FINE = tuple(int(part) for part in qVersion().split(".")[:2]) >= (6, 12)
"""Whether a drag is where a QPointF says: up to 6.11 only a QPoint can, from 6.12 on it may not."""


def drag_event(kind: type[Dragged], at: QPointF, data: QMimeData) -> Dragged:
    """`data` dragged at `at` of a widget, with the left button."""
    place = at if _FINE else at.toPoint()
    action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    return kind(place, action, data, LEFT, keys)


CONTROL = Qt.KeyboardModifier.ControlModifier
SETTLES = 20_000
"""Milliseconds after which a test gives up; nothing waits that long."""


class Hands:
    """A user at a window."""

    def __init__(self, qtbot, desktop: Desktop) -> None:
        self.qtbot = qtbot
        self.desktop = desktop
        self.window: MainWindow = desktop.window

    # Doing

    def press(self, name: str, within: QWidget | None = None) -> None:
        button = (within or self.window).findChild(QAbstractButton, name)
        assert button is not None, name
        assert button.isVisible(), name
        assert button.isEnabled(), name
        self.qtbot.mouseClick(button, LEFT)

    def key(self, key: Qt.Key | str, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """A key to whatever has the focus; shortcuts go first, as in life."""
        if not self.window.isActiveWindow():  # nobody manages windows here
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)
        focused = self.window.focusWidget() or self.window
        if isinstance(key, str):
            self.qtbot.keyClicks(focused, key, modifier)
        else:
            self.qtbot.keyClick(focused, key, modifier)

    def compare(self, *sources: str) -> None:
        """Open, and wait until all is on screen."""
        with self.qtbot.waitSignal(self.window.settled, timeout=SETTLES):
            self.desktop.show(sources)

    def write_into(self, name: str, text: str, within: QWidget | None = None) -> None:
        """Type over what is in a field."""
        field = (within or self.window).findChild(QLineEdit, name)
        field.selectAll()
        self.qtbot.keyClicks(field, text)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.until(lambda: not self.desktop.presenter.busy)

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=SETTLES)

    # Seeing

    def listed(self) -> tuple[str, ...]:
        model = self.window.review.changes.model
        return tuple(model.change(row).name for row in range(model.rowCount()))

    def current(self) -> str | None:
        change = self.window.review.changes.table.current_change()
        return change.name if change else None

    def selected(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.window.review.changes.table.selected_changes())

    def text(self, name: str, within: QWidget | None = None) -> str:
        label = (within or self.window).findChild(QLabel, name)
        assert label is not None, name
        return label.text()

    def status(self) -> str:
        return self.text("statusText")

    def empty(self) -> tuple[str, str] | None:
        """What stands in place of the list."""
        state = self.window.findChild(QWidget, "changesEmptyState")
        return (self.text("emptyTitle"), self.text("emptyText")) if state.isVisible() else None

    def pills(self) -> list[str]:
        return [pill.text() for pill in self.window.findChildren(Pill) if pill.isVisible()]

    def offers(self) -> set[str]:
        """Buttons of the status line that can be pressed."""
        names = ("statusDetails", "statusRetry", "statusCancel")
        return {name for name in names if self.window.findChild(QPushButton, name).isVisible()}

    def dialog(self, name: str) -> QWidget:
        self.until(lambda: self.window.findChild(QWidget, name) is not None)
        return self.window.findChild(QWidget, name)
