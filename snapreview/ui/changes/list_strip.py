"""The strip above the list: how it is sorted and grouped, how much of it is shown, and how."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from snapreview.model.order import Sort
from snapreview.ui.icons import icon
from snapreview.ui.theme import Theme
from snapreview.ui.viewer.heading import ElidedLabel

_ICON = QSize(16, 16)


class ViewKind(Enum):
    """How the rows are shown. The values are kept in settings."""

    LIST = "list"
    GRID = "grid"


class ListStrip(QWidget):
    """Buttons for order, groups and kind of view, and the number of images shown.

    Signals: `sortChanged(Sort)`, `groupingChanged(bool)` and `viewKindChanged(ViewKind)` when
    the user chose another, or a setter did; `foldAllRequested(bool)`.
    """

    sortChanged = Signal(object)
    groupingChanged = Signal(bool)
    viewKindChanged = Signal(object)
    foldAllRequested = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("listStrip")
        self._sorts = {sort: self._sort_action(sort) for sort in Sort}
        self._fold = self._fold_action("foldAll", "Fold all groups", folded=True)
        self._unfold = self._fold_action("unfoldAll", "Unfold all groups", folded=False)
        self._by_group = _toggle(self, "Group images", "Shift+G")
        self._as_grid = _toggle(self, "Grid of thumbnails", "G")
        self._sort = _tool("sortRows", "Sort by difference", "Order of the images")
        tip = "Group images that belong together (Shift+G)"
        self._group = _tool("groupRows", "Group images", tip)
        self._grid = _tool("showGrid", "Show as a grid", "Grid of thumbnails (G)")
        self._count = ElidedLabel()
        self._lay_out(theme)
        self._set_up_menu()
        self._group.toggled.connect(self._on_grouping)
        self._grid.toggled.connect(lambda: self.viewKindChanged.emit(self.view_kind))
        for button, action in ((self._group, self._by_group), (self._grid, self._as_grid)):
            action.toggled.connect(button.setChecked)
            button.toggled.connect(action.setChecked)
        self._grid.hide()
        self._show_sort(Sort.DIFFERENCE)
        self.set_theme(theme)

    @property
    def sort(self) -> Sort:
        """What the rows of each status are sorted by."""
        return next(sort for sort, action in self._sorts.items() if action.isChecked())

    @property
    def grouping(self) -> bool:
        """Whether rows are grouped."""
        return self._group.isChecked()

    @property
    def view_kind(self) -> ViewKind:
        """List or grid."""
        return ViewKind.GRID if self._grid.isChecked() else ViewKind.LIST

    def actions_for_menu(self) -> list[QAction]:
        """Order, groups and kind of view, for the window's menus."""
        return [self._by_group, self._as_grid, self._fold, self._unfold]

    def toggles(self) -> list[QAction]:
        """What can be switched on and off in any list."""
        return [self._by_group, self._as_grid]

    def sorts_for_menu(self) -> list[QAction]:
        """What rows can be sorted by."""
        return list(self._sorts.values())

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons for other colours."""
        ink, on = theme.text_secondary, theme.accent_text
        self._sort.setIcon(icon("sort", ink))
        self._group.setIcon(icon("group", ink, on))
        self._grid.setIcon(icon("grid", ink, on))

    def set_sort(self, sort: Sort) -> None:
        """Sort by this."""
        if sort is not self.sort:
            self._show_sort(sort)
            self.sortChanged.emit(sort)

    def set_grouping(self, grouping: bool) -> None:
        """Group rows, or do not."""
        self._group.setChecked(grouping)

    def set_view_kind(self, kind: ViewKind) -> None:
        """Show list or grid."""
        self._grid.setChecked(kind is ViewKind.GRID)

    def offer_grid(self) -> None:
        """There is a grid that can be shown."""
        self._grid.show()

    def set_count(self, shown: int, total: int) -> None:
        """Say how many images are shown of how many there are."""
        images = "1 image" if total == 1 else f"{total:,} images"
        part = images if shown == total else f"{shown:,} of {total:,}"
        self._count.setText(part if total else "")
        self._count.setAccessibleName(f"{shown:,} of {images} shown")

    def _show_sort(self, sort: Sort) -> None:
        self._sorts[sort].setChecked(True)
        self._sort.setText(f" {sort.words}")  # the style leaves no room between icon and text
        self._sort.setAccessibleName(f"Sort by {sort.words.lower()}")

    def _on_grouping(self, grouping: bool) -> None:
        self._fold.setEnabled(grouping)
        self._unfold.setEnabled(grouping)
        self.groupingChanged.emit(grouping)

    def _sort_action(self, sort: Sort) -> QAction:
        name = f"sort{sort.value.capitalize()}"
        return QAction(sort.words, self, objectName=name, checkable=True)

    def _fold_action(self, name: str, text: str, *, folded: bool) -> QAction:
        action = QAction(text, self, objectName=name, enabled=False)
        action.triggered.connect(lambda: self.foldAllRequested.emit(folded))
        return action

    def _set_up_menu(self) -> None:
        menu = QMenu("Sort", self._sort)
        one = QActionGroup(self)
        for sort, action in self._sorts.items():
            action.triggered.connect(self._chooser(sort))
            one.addAction(action)
        menu.addActions(one.actions())
        menu.addSeparator()
        menu.addActions([self._fold, self._unfold])
        self._sort.setMenu(menu)
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _chooser(self, sort: Sort) -> Callable[[], None]:
        def choose() -> None:
            self._show_sort(sort)
            self.sortChanged.emit(sort)

        return choose

    def _lay_out(self, theme: Theme) -> None:
        space = theme.space
        row = QHBoxLayout(self)
        row.setContentsMargins(space.md - space.xs, 0, space.md - space.xs, space.xs)
        row.setSpacing(space.xs)
        self._sort.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._group.setCheckable(True)
        self._grid.setCheckable(True)
        self._count.setObjectName("shownCount")
        self._count.setProperty("type", "caption")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for button in (self._sort, self._group):
            row.addWidget(button)
        row.addWidget(self._count, 1)
        row.addSpacing(space.xs)
        row.addWidget(self._grid)


def _toggle(parent: QWidget, text: str, key: str) -> QAction:
    name = f"list{text.title().replace(' ', '')}"
    action = QAction(text, parent, checkable=True, objectName=name)
    action.setShortcut(QKeySequence(key))
    return action


def _tool(name: str, accessible: str, tip: str) -> QToolButton:
    tool = QToolButton(objectName=name)
    tool.setAccessibleName(accessible)
    tool.setToolTip(tip)
    tool.setIconSize(_ICON)
    tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return tool
