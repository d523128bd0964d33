"""The menu bar, and the same groups for the sheet of shortcuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from snapreview.ui.actions import WindowActions

Groups = Mapping[str, Sequence[QAction | None]]
"""Title of a menu → its actions; None stands for a line between two groups."""


def groups_of(actions: WindowActions) -> dict[str, list[QAction | None]]:
    """The window's own actions by menu."""
    a = actions
    return {
        "&File": [a.open, a.reload, a.swap, None, a.export, None, a.quit],
        "&Edit": [
            *(a.undo, a.redo, None),
            *(a.copy_image, a.copy_details, a.select_all, a.filter, None, a.settings),
        ],
        "&Review": [
            *(a.approve, a.reject, a.clear, a.note, None, a.next_unreviewed, None),
            *(a.pair, a.split, a.retry, None),
            *(a.reveal, a.open_base, a.open_head, a.open_diff),
        ],
        "&Go": [a.previous, a.next, a.first, a.last, None, *a.isolate],
        "&View": [a.inspector],
        "&Help": [a.shortcuts, a.about],
    }


def fill_bar(bar: QMenuBar, groups: Groups) -> dict[str, QMenu]:
    """Make a menu of each group; the menus by title."""
    menus = {}
    for title, actions in groups.items():
        menus[title] = bar.addMenu(title)
        fill(menus[title], actions)
    return menus


def fill(menu: QMenu, actions: Sequence[QAction | None]) -> None:
    """Put actions into a menu."""
    for action in actions:
        menu.addSeparator() if action is None else menu.addAction(action)
