"""The list as something to walk through: where one is, and where one can go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel

from snapreview.model.change import Change
from snapreview.ui.changes.groups import Group
from snapreview.ui.changes.list_view import ListView
from snapreview.ui.changes.model import Column
from snapreview.ui.changes.row import Row


class WalkedList(ListView):
    """Goes to rows by name, by place, by steps, and to the next that is wanted."""

    def current_change(self) -> Change | None:
        """The row that the keyboard stands on; of a header its first image."""
        index = self.currentIndex()
        return self._rows.change(index.row()) if index.isValid() else None

    def current_group(self) -> Group | None:
        """The group on whose header the keyboard stands."""
        index = self.currentIndex()
        return self._rows.group(index.row()) if index.isValid() else None

    def neighbours(self, steps: Sequence[int]) -> list[Change]:
        """The images so many rows from the current one, in the order asked, without itself."""
        here = self.currentIndex().row()
        places = [here + step for step in steps] if here >= 0 else []
        found = [self._rows.change(p) for p in places if 0 <= p < len(self._rows.changes)]
        known = {change.name: change for change in found}
        current = self.current_change()
        return [change for change in known.values() if change is not current]

    def go_to(self, name: str) -> bool:
        """Make the row of this name current, out of its folded group; False when not shown."""
        group = self._rows.changes.group_of(name)
        if group is not None and group.folded:
            self._rows.fold(group.name, False)
        row = self._rows.changes.place(name)
        return row is not None and self.go_to_row(row)

    def go_to_row(self, row: int) -> bool:
        """Make this row current and the only selected one; False when there is none."""
        if not 0 <= row < len(self._rows.changes):
            return False
        # Not the view's own method, which looks at the keys that are held: Control would add.
        flags = QItemSelectionModel.SelectionFlag
        index = self._rows.index(row, Column.NAME)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(self.currentIndex())
        return True

    def step(self, rows: int) -> bool:
        """Go so many rows down, or up; from nowhere to the first. False at either end.

        While the keyboard is elsewhere, images are walked and not the list: a header is passed
        by, unless it stands for the images that are folded below it.
        """
        index = self.currentIndex()
        if not index.isValid():
            return self.go_first()
        row = index.row() + rows
        return self.go_to_row(row if self.hasFocus() else self._past_header(row, rows))

    def go_first(self) -> bool:
        """Go to the first image, or the first header where that is folded away."""
        found = self.go_to_row(self._past_header(0, 1))
        self.scrollToTop()  # its header, too
        return found

    def go_last(self) -> bool:
        """Go to the last row."""
        return self.go_to_row(len(self._rows.changes) - 1)

    def next_where(self, wanted: Callable[[Row], bool]) -> bool:
        """Go to the next shown image for which `wanted` is true: down from the current row, then
        round the end, the current one last. Its group is unfolded. False when there is none.
        """
        index, group = self.currentIndex(), self.current_group()
        inside = group is not None and group.folded
        name = self._rows.changes.search(wanted, index.row() + (not inside))
        return name is not None and self.go_to(name)

    def _past_header(self, row: int, way: int) -> int:
        """The row, or the next one that way where this one is an unfolded header."""
        if not 0 <= row < len(self._rows.changes):
            return row
        group = self._rows.group(row)
        if group is None or group.folded:
            return row
        return row + (1 if way > 0 else -1)
