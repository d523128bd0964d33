"""The list, prepared ahead of every question, and all that alters it. No Qt.

While results stream in, the list must not move under the reader. It has two parts: settled
rows, and below them the pending ones. A row that settles leaves the pending part and joins the
end of the settled one; nothing else moves until the order is made anew, and with it the groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from snapreview.model.change import Change
from snapreview.model.decision import Decision
from snapreview.model.order import Sort
from snapreview.ui.changes.category import Category, shown_categories
from snapreview.ui.changes.groups import GroupKey
from snapreview.ui.changes.row import Moves
from snapreview.ui.changes.shown import ShownRows
from snapreview.ui.changes.watcher import Unwatched, Watcher


class ChangeIndex(ShownRows):
    """Filters, sorts, groups and folds. Every alteration of what is visible is announced to
    `watcher`.
    """

    def __init__(self, watcher: Watcher | None = None) -> None:
        self._watcher: Watcher = watcher or Unwatched()
        super().__init__(self._watcher)

    def replace(self, changes: Iterable[Change]) -> None:
        """Begin anew with these rows, fully ordered. Decisions stay."""
        with self._watcher.resetting():
            self._rows.replace(changes)
            self._arrange()
        self._listing.prepare()  # now, as opening takes a moment anyway, not with the first result

    def set_filter(self, text: str) -> None:
        """Show only what matches `text` (model/query.py)."""
        with self._watcher.resetting():
            self._rows.text = text
            self._arrange()

    def set_pressed(self, pressed: frozenset[Category]) -> None:
        """Show only these categories, or the default where there is none."""
        with self._watcher.resetting():
            self._pressed, self._shown = pressed, shown_categories(pressed)
            self._arrange()

    def set_sort(self, sort: Sort) -> None:
        """Order the rows of each category by this."""
        with self._watcher.resetting():
            self._rows.sort = sort
            self._arrange()

    def set_grouped(self, grouped: bool) -> None:
        """Whether rows of one group stand together below a header."""
        with self._watcher.resetting():
            self._grouped = grouped
            self._arrange()

    def reorder(self) -> None:
        """Put all rows in the order of the list."""
        with self._watcher.resetting():
            self._arrange()

    def fold(self, name: str, folded: bool) -> None:
        """Hide the members of a group, or show them again. Nothing else moves."""
        group = self._groups.fold(name, folded)
        if group is None:
            return
        if folded:
            self._listing.remove(group.members)
        else:
            self._listing.insert(self._listing.place(group.key) + 1, group.members)
        self._listing.touch([group.key])

    def fold_all(self, folded: bool) -> None:
        """Fold all groups that are there, or none. Nothing else moves."""
        others = [group.name for group in self._groups if group.folded is not folded]
        if not others:
            return
        with self._watcher.resetting():
            for name in others:
                self._groups.fold(name, folded)
            self._listing.spread(self._groups.spread(self._listing.settled()))

    def update(
        self, changes: Iterable[Change], dropped: Iterable[str] = (), keep: str | None = None
    ) -> None:
        """Take over a batch: changes that replace those of their name, and names that go.

        The row `keep`, which somebody looks at, neither moves nor leaves (unless dropped). What
        comes first is put in order at once: there is nobody whose place could be lost.
        """
        gone = set(dropped)
        latest = {change.name: change for change in changes if change.name not in gone}
        if not len(self._rows):
            self.replace(latest.values())
            return
        for change in latest.values():
            self._rows.take(change)
        self._follow(latest, gone, keep)

    def update_decisions(self, decisions: Mapping[str, Decision], keep: str | None = None) -> None:
        """Take over some decisions by name of row; `UNDECIDED` clears one.

        What the filter lets through by now joins at the end, what it does not leaves, except for
        the row `keep`.
        """
        self._follow(self._rows.decide(decisions), set(), keep)

    def set_decisions(self, decisions: Mapping[str, Decision], keep: str | None = None) -> None:
        """Take over all decisions in place of those before; else as `update_decisions`."""
        self._follow(self._rows.decide_all(decisions), set(), keep)

    def _arrange(self) -> None:
        settled, waiting = self._rows.ordered(self._shown)
        names = chain.from_iterable(section.names for section in settled)
        self._groups.clear()
        if self._grouped:
            groups = chain.from_iterable(section.groups for section in settled)
            self._listing.fill(self._groups.arrange(zip(names, groups, strict=True)), waiting.names)
        else:
            self._listing.fill(names, waiting.names)

    def _follow(self, names: Collection[str], gone: set[str], keep: str | None) -> None:
        """Let the list follow news of these rows and the end of those."""
        moves = Moves(leave=list(gone))
        for name in names:
            self._plan(name, keep, moves)
        headers = self._leave(set(moves.leave))
        self._rows.forget(gone)
        self._listing.settle(moves.settle)
        self._join(moves.join)
        touched = moves.stay + moves.settle
        self._listing.touch([*touched, *headers, *self._groups.touch(touched)])

    def _plan(self, name: str, keep: str | None, moves: Moves) -> None:
        """Decide where a row goes of which there is news."""
        row = self._rows[name]
        waited = self._listing.waits(name)
        listed = waited or self._listing.settles(name) or self._groups.hides(name)
        waits = row.category is Category.PENDING
        if listed and name == keep:
            moves.stay.append(name)
        elif listed and not waited and waits:
            moves.stay.append(name)  # it is tried again: it will settle where it stands
        elif not (row.category in self._shown and self._rows.matches(row)):
            moves.leave += [name] if listed else []
        elif not listed:
            moves.join.append(name)
        else:
            (moves.settle if waited and not waits else moves.stay).append(name)

    def _leave(self, names: set[str]) -> list[GroupKey]:
        """Take names out, and headers that have nothing left below; returns their headers."""
        headers = self._groups.touch(names)
        self._listing.remove([*names, *self._groups.emptied_by(names)])
        self._groups.discard(names)
        return headers

    def _join(self, names: list[str]) -> None:
        waiting = [n for n in names if self._rows[n].category is Category.PENDING]
        settled = [n for n in names if self._rows[n].category is not Category.PENDING]
        self._listing.join(settled, waiting)
