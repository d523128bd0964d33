"""Images that somebody said belong together: compared as one, and remembered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from snapreview.model.change import Comparison
from snapreview.review.desk import ReviewDesk
from snapreview.review.pairs import Pair
from snapreview.ui.presenter import Presenter
from snapreview.ui.review_page import ReviewPage

Presented = Callable[[Callable[[Presenter], object]], None]
"""Has the presenter do something, once there is one."""


class Pairing(QObject):
    """Pairs and parts images, and pairs them again when they come back.

    Signals: `told(str)`, a sentence.
    """

    told = Signal(str)

    def __init__(
        self, desk: ReviewDesk, page: ReviewPage, presented: Presented, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._presented = presented

    def pair(self, old: str, new: str) -> None:
        """Compare the removed image `old` with the added image `new`."""
        rows = self._page.changes.model.changes
        removed, added = rows.find(old), rows.find(new)
        if removed is None or added is None:
            return
        pair = Pair.of(removed, added)
        if pair is not None:
            self._desk.pair(pair)
        self._presented(lambda presenter: presenter.pair(old, new))
        self.told.emit(f"{removed.title} and {added.title} are compared with each other.")

    def split(self, name: str) -> None:
        """Let the two images of this row stand for themselves again."""
        row = self._page.changes.model.changes.find(name)
        pair = Pair.of(row, row) if row is not None else None
        if pair is not None:
            self._desk.unpair(pair)
        self._presented(lambda presenter: presenter.split(name))

    def restore(self, comparison: Comparison | None) -> None:
        """Pair what was paired before and is removed and added here, with the same content."""
        if comparison is None or not self._desk.pairs:
            return
        rows = {change.name: change for change in comparison.changes}
        for pair in self._desk.pairs:
            removed, added = rows.get(pair.removed), rows.get(pair.added)
            if removed is None or added is None or added.base is not None:
                continue
            if removed.head is None and Pair.of(removed, added) == pair:
                del rows[pair.removed], rows[pair.added]
                self._presented(lambda p, old=pair.removed, new=pair.added: p.pair(old, new))
