"""The rules of the list written down plainly, to hold the index against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from snapreview.model.change import Change
from snapreview.model.decision import UNDECIDED, Decision, Verdict
from snapreview.model.order import Sort, order_key
from snapreview.ui.changes.category import SHOWN_BY_DEFAULT, Category, category_of
from snapreview.ui.changes.groups import GroupKey
from snapreview.ui.changes.index import ChangeIndex


@dataclass
class Block:
    """Images that stand together, below a header where they have one."""

    names: list[str]
    header: GroupKey | None = None


class NaiveList:
    """Does by searching through everything what ChangeIndex does by bookkeeping."""

    def __init__(self) -> None:
        self.rows: dict[str, Change] = {}
        self.decisions: dict[str, Decision] = {}
        self.blocks: list[Block] = []
        self.waiting: list[str] = []
        self.new: set[str] = set()
        self.text = ""
        self.pressed: frozenset[Category] = frozenset()
        self.sort = Sort.DIFFERENCE
        self.grouped = False
        self.folded: set[str] = set()

    @property
    def images(self) -> list[str]:
        """What is shown, folded away or not."""
        return [*self._settled(), *self.waiting]

    @property
    def entries(self) -> list[str | GroupKey]:
        """What has a place."""
        found = []
        for block in self.blocks:
            if block.header is None:
                found += block.names
            else:
                found += [block.header, *([] if self._hidden(block) else block.names)]
        return found + self.waiting

    def counts(self) -> Counter[Category]:
        return Counter(category_of(row) for row in self.rows.values() if self._matches(row))

    def rebuild(self) -> None:
        rows = sorted(self.rows.values(), key=lambda row: order_key(row, self.sort))
        shown = [row for row in rows if self._visible(row)]
        self.waiting = [r.name for r in shown if category_of(r) is Category.PENDING]
        self.blocks, self.new = [], set()
        for row in shown:
            if row.name not in self.waiting:
                self._place(row)
        for block in self.blocks:
            block.header = block.header if len(block.names) > 1 else None

    def _place(self, row: Change) -> None:
        key = GroupKey(row.group) if self.grouped and row.group else None
        for block in self.blocks:
            if key is not None and block.header == key:
                block.names.append(row.name)
                return
        self.blocks.append(Block([row.name], key))

    def update(self, changes: list[Change], dropped: set[str], keep: str | None) -> None:
        latest = {row.name: row for row in changes if row.name not in dropped}
        if not self.rows:
            self.rows = latest
            self.rebuild()
            return
        for name in dropped:
            self.rows.pop(name, None)
            self._leave(name)
        self.rows |= latest
        self._follow(list(latest.values()), keep)

    def decide(self, decisions: dict[str, Decision], keep: str | None) -> None:
        altered = [
            self.rows[name]
            for name, said in decisions.items()
            if name in self.rows and said != self.decisions.get(name, UNDECIDED)
        ]
        self.decisions |= decisions
        self._follow(altered, keep)

    def _follow(self, rows: list[Change], keep: str | None) -> None:
        joining = [row for row in rows if row.name not in self.images]
        for row in rows:
            if row.name in self.images and row.name != keep:
                self._move(row)
        for row in joining:
            if self._visible(row):
                self._join(row)

    def _move(self, row: Change) -> None:
        pending = category_of(row) is Category.PENDING
        if row.name in self._settled():
            if not pending and not self._visible(row):
                self._leave(row.name)
        elif not self._visible(row):
            self._leave(row.name)
        elif not pending:
            self._leave(row.name)
            self._join(row)

    def _join(self, row: Change) -> None:
        if category_of(row) is Category.PENDING:
            self.waiting.append(row.name)
        else:
            self.blocks.append(Block([row.name]))
            self.new.add(row.name)

    def _leave(self, name: str) -> None:
        for block in self.blocks:
            block.names = [n for n in block.names if n != name]
        self.blocks = [block for block in self.blocks if block.names]
        self.waiting = [n for n in self.waiting if n != name]
        self.new.discard(name)

    def _settled(self) -> list[str]:
        return [name for block in self.blocks for name in block.names]

    def _hidden(self, block: Block) -> bool:
        return block.header is not None and block.header.name in self.folded

    def _visible(self, row: Change) -> bool:
        return category_of(row) in (self.pressed or SHOWN_BY_DEFAULT) and self._matches(row)

    def _matches(self, row: Change) -> bool:
        verdict = self.decisions.get(row.name, UNDECIDED).verdict
        if self.text == "is:approved":
            return verdict is Verdict.APPROVED
        if self.text == "-is:rejected":
            return verdict is not Verdict.REJECTED
        where = f"{row.name}\n{row.group}".casefold()
        return all(word in where for word in self.text.split())


class Mirror:
    """A watcher that keeps its own list of names by nothing but what is announced."""

    def __init__(self) -> None:
        self.index: ChangeIndex | None = None
        self.names: list[str | GroupKey] = []
        self.steps: list[str] = []

    def seen(self) -> list[str | GroupKey]:
        return self.index.entries(0, len(self.index) - 1)

    @contextmanager
    def resetting(self) -> Iterator[None]:
        self.steps.append("reset")
        yield
        self.names = self.seen()

    @contextmanager
    def removing(self, first: int, last: int) -> Iterator[None]:
        self.steps.append("remove")
        assert self.names == self.seen()
        yield
        del self.names[first : last + 1]
        assert self.names == self.seen()

    @contextmanager
    def inserting(self, first: int, last: int) -> Iterator[None]:
        self.steps.append("insert")
        assert self.names == self.seen()
        yield
        self.names[first:first] = self.index.entries(first, last)
        assert self.names == self.seen()

    @contextmanager
    def rearranging(self) -> Iterator[None]:
        self.steps.append("rearrange")
        assert self.names == self.seen()
        yield
        assert set(self.names) == set(self.seen())
        self.names = self.seen()

    def touched(self, first: int, last: int) -> None:
        self.steps.append("touch")
        assert 0 <= first <= last < len(self.names)
