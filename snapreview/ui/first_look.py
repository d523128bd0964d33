"""Which row comes up by itself, as long as nobody has chosen one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from snapreview.model.change import Change, Status
from snapreview.ui.changes.table import ChangesTable

UNSEEN_SECONDS = 1.0
"""What came up by itself so short ago has not been looked at yet."""


class FirstLook:
    """Chooses a row of a table while results come in.

    The first change that is found comes up, so that it can be looked at while the rest is being
    compared. Where all is found before anybody can have looked, it is the first row after all.
    What is compared again stays where it was. `clock` gives seconds.
    """

    def __init__(self, table: ChangesTable) -> None:
        self.clock: Callable[[], float] = time.monotonic
        self._table = table
        self._before = ""
        self._chosen = ""
        self._since = 0.0

    def begin(self, *, again: bool) -> None:
        """The table is about to be emptied: for the same images, or for others."""
        current = self._table.current_change()
        if not again:
            self._before = ""
        elif current is not None:
            self._before = current.name
        self._chosen = ""

    def offer(self, changes: Iterable[Change]) -> None:
        """These rows are listed, or there is news of them."""
        if self._table.current_change() is not None:
            return
        if self._before and self._table.go_to(self._before):
            return
        for change in changes:
            if change.status is Status.CHANGED and self._table.go_to(change.name):
                self._chosen, self._since = change.name, self.clock()
                return

    def settle(self) -> bool:
        """All rows are in their final order; whether there is a row to look at."""
        current = self._table.current_change()
        if current is None:
            return self._table.go_first()
        unseen = self.clock() - self._since < UNSEEN_SECONDS
        if current.name == self._chosen and unseen:
            self._table.go_first()
        return True
