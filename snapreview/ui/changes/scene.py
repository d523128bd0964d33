"""What of the list is in sight, told apart from all else that a batch alters."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTableView

from snapreview.ui.changes.model import ChangesModel

_DISABLED = Qt.WidgetAttribute.WA_UpdatesDisabled


class Scene:
    """Draws the rows anew after a batch only if that can be seen.

    Qt draws all rows that are in sight whenever rows settle or leave anywhere. Most batches of
    results concern rows far below, and drawing takes more than twice as long as taking one over.
    """

    def __init__(self, view: QTableView, model: ChangesModel) -> None:
        self._view = view
        self._model = model
        self._before: tuple[object, ...] = ()

    def hold(self) -> None:
        """A batch begins: draw nothing until `release`."""
        self._before = self._seen()
        # Not setUpdatesEnabled, which draws all as soon as it is enabled again.
        self._view.viewport().setAttribute(_DISABLED, True)

    def release(self) -> None:
        """The batch is taken over."""
        # Rows that left have a layout put off, after which Qt would draw all.
        self._view.executeDelayedItemsLayout()
        self._view.viewport().setAttribute(_DISABLED, False)
        if self._seen() != self._before:
            self._view.viewport().update()

    def _seen(self) -> tuple[object, ...]:
        """All that decides what is painted and that a batch could alter."""
        view, rows = self._view, self._model.changes
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        places = range(max(first, 0), (last if last >= 0 else len(rows) - 1) + 1)
        return (
            *(len(places), places.start, view.rowViewportPosition(places.start)),
            *(view.currentIndex().row(), rows.new_rows[0], view.columnWidth(0)),
            *map(self._painted, places),
        )

    def _painted(self, place: int) -> tuple[object, ...]:
        model = self._model
        chosen = self._view.selectionModel().isRowSelected(place, QModelIndex())
        header = model.group_text(place)
        return (chosen, header) if header else (chosen, model.changes.row(place), model.text(place))
