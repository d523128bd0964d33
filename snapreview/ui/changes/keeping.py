"""Keeps current row, selection and scroll position while the rows change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import compress

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange
from PySide6.QtWidgets import QTableView

from snapreview.ui.changes.groups import Entry
from snapreview.ui.changes.model import ChangesModel, Column
from snapreview.ui.changes.roster import runs

_FLAG = QItemSelectionModel.SelectionFlag
_LARGE = 256
"""Selected rows from which on they are kept by name here: Qt holds on to each single one of them
whenever rows settle, which takes it seconds for 40,000."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was current and selected, by name.

    `row` is where the current one stood, `image` what was looked at there: of a header the
    first of its images.
    """

    current: Entry | None
    image: str
    row: int
    selected: frozenset[Entry]


@dataclass(frozen=True, slots=True)
class Sight:
    """A row in sight and its height in pixels from the top of the view."""

    entry: Entry
    offset: int


def chosen(view: QTableView, model: ChangesModel) -> Chosen:
    """Remember current row and selection, which Qt forgets in a reset."""
    index = view.currentIndex()
    selected = selected_entries(view, model)
    if not index.isValid():
        return Chosen(None, "", -1, selected)
    row = index.row()
    return Chosen(model.changes.entry(row), model.change(row).name, row, selected)


def is_large(view: QTableView) -> bool:
    """Whether more rows are selected than Qt should carry through every batch by itself."""
    parts = view.selectionModel().selection()
    return sum(part.height() for part in parts) > _LARGE


def go_again(view: QTableView, model: ChangesModel, before: Chosen) -> None:
    """Make the same row current again, and select nothing.

    Where it is gone, the header that hides it is current, or the row in its place.
    """
    row = _row_of_current(model, before)
    if row is not None:
        view.selectionModel().setCurrentIndex(model.index(row, Column.NAME), _FLAG.NoUpdate)


def selected_entries(view: QTableView, model: ChangesModel) -> frozenset[Entry]:
    """The selected rows, taken range by range and not cell by cell."""
    found: set[Entry] = set()
    for part in view.selectionModel().selection():
        found.update(model.changes.entries(part.top(), part.bottom()))
    return frozenset(found)


def select_entries(view: QTableView, model: ChangesModel, entries: Collection[Entry]) -> int:
    """Select these rows as far as they are visible, and nothing else; returns their number."""
    places, selection = _places(model, entries), QItemSelection()
    for first, last in runs(places):
        ends = model.index(first, 0), model.index(last, len(Column) - 1)
        selection.append(QItemSelectionRange(*ends))
    view.selectionModel().select(selection, _FLAG.ClearAndSelect | _FLAG.Rows)
    return len(places)


def _places(model: ChangesModel, entries: Collection[Entry]) -> list[int]:
    """Where these stand: one by one, or where they are many in one walk over all rows."""
    rows = model.changes
    if len(entries) <= _LARGE or not len(rows):
        return [place for place in map(rows.place, entries) if place is not None]
    wanted = frozenset(entries)
    flags = map(wanted.__contains__, rows.entries(0, len(rows) - 1))
    return list(compress(range(len(rows)), flags))


def sight(view: QTableView, model: ChangesModel) -> Sight | None:
    """The row to hold on to: the current one if it is chosen and in sight, else the topmost.

    None where the list stands at its top and nobody has chosen a row there: there it stays.
    """
    top, row = view.rowAt(0), view.currentIndex().row()
    chosen_here = _in_sight(view, row) and view.selectionModel().isSelected(view.currentIndex())
    if not chosen_here:
        row = top if view.verticalScrollBar().value() else -1
    return Sight(model.changes.entry(row), view.rowViewportPosition(row)) if row >= 0 else None


def see_again(view: QTableView, model: ChangesModel, before: Sight | None) -> None:
    """Scroll so that the row stands at the same height as before, if it is still there."""
    row = model.changes.nearest(before.entry) if before is not None else None
    if before is not None and row is not None:
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + view.rowViewportPosition(row) - before.offset)


def _row_of_current(model: ChangesModel, before: Chosen) -> int | None:
    if before.current is None or not len(model.changes):
        return None
    row = model.changes.nearest(before.current)
    if row is None:
        row = model.changes.nearest(before.image)
    return row if row is not None else min(before.row, len(model.changes) - 1)


def _in_sight(view: QTableView, row: int) -> bool:
    if row < 0:
        return False
    return -view.rowHeight(row) < view.rowViewportPosition(row) < view.viewport().height()
