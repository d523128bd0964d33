"""Keeps current row, selection and scroll position while the rows change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

from snapreview.ui.changes.groups import Entry
from snapreview.ui.changes.model import ChangesModel, Column
from snapreview.ui.changes.roster import runs

_FLAG = QItemSelectionModel.SelectionFlag


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


def choose_again(view: QTableView, model: ChangesModel, before: Chosen) -> None:
    """Make the same names current and selected again, as far as they are visible.

    Where the current row is gone, the header that hides it is current, or the one in its place.
    """
    row = _row_of_current(model, before)
    if row is not None:
        view.selectionModel().setCurrentIndex(model.index(row, Column.NAME), _FLAG.NoUpdate)
    select_entries(view, model, before.selected)


def selected_entries(view: QTableView, model: ChangesModel) -> frozenset[Entry]:
    """The selected rows, taken range by range and not cell by cell."""
    found: set[Entry] = set()
    for part in view.selectionModel().selection():
        found.update(model.changes.entries(part.top(), part.bottom()))
    return frozenset(found)


def select_entries(view: QTableView, model: ChangesModel, entries: Iterable[Entry]) -> None:
    """Select these rows as far as they are visible, and nothing else."""
    selection = QItemSelection()
    places = (place for place in map(model.changes.place, entries) if place is not None)
    for first, last in runs(places):
        part = QItemSelection(model.index(first, 0), model.index(last, len(Column) - 1))
        selection.append(part[0])
    view.selectionModel().select(selection, _FLAG.ClearAndSelect | _FLAG.Rows)


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
