"""Which rows are in sight and wait for their result: they are compared first."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from snapreview.ui.changes.panel import ChangesPanel
from snapreview.ui.pending import Pending

_AFTER_MS = 100


class Wanting(QObject):
    """Looks at the list when it has moved. `pending` are the rows without a result.

    Signals: `wanted(list[str])`, names from top to bottom.
    """

    wanted = Signal(object)

    def __init__(self, changes: ChangesPanel) -> None:
        super().__init__(changes)
        self.pending = Pending()
        self._changes = changes
        self._soon = QTimer(self, interval=_AFTER_MS, singleShot=True)
        self._soon.timeout.connect(self._look)
        changes.table.verticalScrollBar().valueChanged.connect(self._look_soon)
        changes.model.countsChanged.connect(self._look_soon)

    def _look_soon(self) -> None:
        if len(self.pending) and not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        table, model = self._changes.table, self._changes.model
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        sight = range(max(first, 0), len(model.changes) if last < 0 else last + 1)
        names = dict.fromkeys(model.change(row).name for row in sight)
        waiting = [name for name in names if name in self.pending]
        if waiting:
            self.wanted.emit(waiting)
