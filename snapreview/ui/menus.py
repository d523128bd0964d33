"""The menu bar, and the same groups for the sheet of shortcuts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from snapreview.ui.actions import WindowActions
from snapreview.ui.review_page import ReviewPage


def groups_of(actions: WindowActions, page: ReviewPage) -> dict[str, list[QAction | None]]:
    """All actions by menu, the viewer's too; None stands for a line between two groups."""
    a, canvas = actions, _submenus(page)["Canvas"]
    return {
        "&File": [
            *(a.open, a.reload, a.swap, a.latest_base, None),
            *(a.export, None, a.forget, None, a.quit),
        ],
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
        "&View": [
            *(a.inspector, *page.changes.strip.toggles(), a.thumbnails, None),
            *(own for own in page.viewer.actions_for_menu() if own not in canvas),
        ],
        "&Help": [a.shortcuts, a.about],
    }


def fill_window(window: QMainWindow, actions: WindowActions, page: ReviewPage) -> None:
    """Give the window its menu bar: the window's own actions, the viewer's and the list's."""
    menus = {}
    folded = _submenus(page)
    inside = [action for group in folded.values() for action in group]
    for title, group in groups_of(actions, page).items():
        menus[title] = window.menuBar().addMenu(title)
        fill(menus[title], [action for action in group if action not in inside])
    view = menus["&View"]
    view.addSeparator()
    strip = page.changes.strip
    folds = [action for action in strip.actions_for_menu() if action not in strip.toggles()]
    fill(view.addMenu("List"), [*strip.sorts_for_menu(), None, *folds])
    for title, group in folded.items():
        fill(view.addMenu(title), group)
    fill(view.addMenu("Theme"), list(actions.themes.values()))


def _submenus(page: ReviewPage) -> dict[str, list[QAction]]:
    """What has a menu of its own within View, or that would be higher than many a screen."""
    c = page.viewer.commands
    return {
        "Zoom": [c.fit, c.actual, c.toggle_fit, c.zoom_in, c.zoom_out],
        "Overlay": [c.overlay, c.weaker, c.stronger, c.flash],
        "Canvas": c.backdrops.actions(),
    }


def fill(menu: QMenu, actions: Sequence[QAction | None]) -> None:
    """Put actions into a menu."""
    for action in actions:
        menu.addSeparator() if action is None else menu.addAction(action)
