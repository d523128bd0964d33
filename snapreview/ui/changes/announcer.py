"""Tells Qt of each step that the index takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

if TYPE_CHECKING:
    from snapreview.ui.changes.model import ChangesModel


class Announcer:
    """A watcher (watcher.py) that announces to the views of a model."""

    def __init__(self, model: ChangesModel) -> None:
        self._model = model

    @contextmanager
    def resetting(self) -> Iterator[None]:
        """All rows may be others."""
        self._model.beginResetModel()
        yield
        self._model.endResetModel()

    @contextmanager
    def removing(self, first: int, last: int) -> Iterator[None]:
        """These rows leave."""
        self._model.rowsLeaving.emit(first, last)
        self._model.beginRemoveRows(QModelIndex(), first, last)
        yield
        self._model.endRemoveRows()

    @contextmanager
    def inserting(self, first: int, last: int) -> Iterator[None]:
        """New rows come to these places."""
        self._model.beginInsertRows(QModelIndex(), first, last)
        yield
        self._model.endInsertRows()

    @contextmanager
    def rearranging(self) -> Iterator[None]:
        """One change of layout for all rows that settle, whatever their number."""
        model, rows = self._model, self._model.changes
        model.layoutAboutToBeChanged.emit()
        old = model.persistentIndexList()
        entries = [rows.entry(index.row()) for index in old]
        yield
        places = map(rows.place, entries)
        both = zip(places, old, strict=True)
        new = [model.index(place, i.column()) for place, i in both if place is not None]
        model.changePersistentIndexList(old, new)
        model.layoutChanged.emit()

    def touched(self, first: int, last: int) -> None:
        """Between these rows some have other contents."""
        model = self._model
        model.dataChanged.emit(model.index(first, 0), model.index(last, model.columnCount() - 1))
