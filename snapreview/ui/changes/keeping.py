"""Keeps current row, selection and scroll position by name while the rows change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

from snapreview.ui.changes.model import ChangesModel, Column
from snapreview.ui.changes.roster import runs

_FLAG = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class Held:
    """What was current, selected and in sight. Rows count from 0, `offset` is in pixels."""

    current: str | None
    row: int
    column: int
    selected: frozenset[str]
    anchor: str | None
    offset: int
    at_top: bool


def hold(view: QTableView, model: ChangesModel) -> Held:
    """Remember by name what the view shows of the model."""
    index = view.currentIndex()
    current = model.changes.name(index.row()) if index.isValid() else None
    top = view.rowAt(0)
    anchor = index.row() if _in_sight(view, index.row()) else top
    return Held(
        current=current,
        row=index.row(),
        column=max(index.column(), 0),
        selected=selected_names(view, model),
        anchor=model.changes.name(anchor) if anchor >= 0 else None,
        offset=view.rowViewportPosition(anchor) if anchor >= 0 else 0,
        at_top=view.verticalScrollBar().value() == 0 and anchor == top,
    )


def selected_names(view: QTableView, model: ChangesModel) -> frozenset[str]:
    """The names of the selected rows, taken range by range and not cell by cell."""
    found: set[str] = set()
    for part in view.selectionModel().selection():
        found.update(model.changes.names(part.top(), part.bottom()))
    return frozenset(found)


def restore(view: QTableView, model: ChangesModel, held: Held) -> None:
    """Make the same names current and selected again.

    What is not visible any more leaves the selection; where the current row is gone, the one
    that took its place becomes current, and is selected if nothing else is.
    """
    if held.current is None and not held.selected:
        _restore_scroll(view, model, held)
        return
    row = _row_of_current(model, held)
    places = _places(model, held.selected)
    if row is not None:
        places = places or ({row} if held.selected else set())
        _set_current(view, model, row, held.column)
    _select(view, model, places)
    _restore_scroll(view, model, held)


def select_names(view: QTableView, model: ChangesModel, names: Iterable[str]) -> None:
    """Select the visible rows of these names, and nothing else."""
    _select(view, model, _places(model, names))


def _places(model: ChangesModel, names: Iterable[str]) -> set[int]:
    return {place for place in map(model.changes.place, names) if place is not None}


def _row_of_current(model: ChangesModel, held: Held) -> int | None:
    """Where the current row is now, else the row that is in its place."""
    if held.current is None:
        return None
    row = model.changes.place(held.current)
    nearest = min(held.row, len(model.changes) - 1)
    return row if row is not None else (nearest if nearest >= 0 else None)


def _set_current(view: QTableView, model: ChangesModel, row: int, column: int) -> None:
    if view.currentIndex().row() != row:
        view.selectionModel().setCurrentIndex(model.index(row, column), _FLAG.NoUpdate)


def _select(view: QTableView, model: ChangesModel, places: set[int]) -> None:
    wanted = runs(places)
    ranges = sorted((part.top(), part.bottom()) for part in view.selectionModel().selection())
    if ranges == wanted:
        return
    selection = QItemSelection()
    for first, last in wanted:
        selection.append(_range(model, first, last))
    view.selectionModel().select(selection, _FLAG.ClearAndSelect | _FLAG.Rows)


def _range(model: ChangesModel, first: int, last: int) -> object:
    return QItemSelection(model.index(first, 0), model.index(last, len(Column) - 1))[0]


def _in_sight(view: QTableView, row: int) -> bool:
    if row < 0:
        return False
    top = view.rowViewportPosition(row)
    return -view.rowHeight(row) < top < view.viewport().height()


def _restore_scroll(view: QTableView, model: ChangesModel, held: Held) -> None:
    """Put the row that was looked at back to the same height."""
    row = model.changes.place(held.anchor) if held.anchor is not None else None
    if row is None or held.at_top:
        return
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + view.rowViewportPosition(row) - held.offset)
