"""Facts as a table: a label, then a value, or those of base and head."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from snapreview.ui.inspector.rows import Fact, Value
from snapreview.ui.inspector.shown import tip

Index = QModelIndex | QPersistentModelIndex
LABEL = 0
"""The column of the labels."""


class Role(IntEnum):
    """What the delegate and the view ask for."""

    FACT = Qt.ItemDataRole.UserRole
    WHOLE = Qt.ItemDataRole.UserRole + 1


class FactsModel(QAbstractTableModel):
    """Facts that are replaced all at once. `titles` stand above the values where there are two."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: tuple[Fact, ...] = ()
        self._columns = 2

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is shown."""
        return self._facts

    def show(self, facts: tuple[Fact, ...]) -> bool:
        """Replace everything; whether anything is different."""
        if facts == self._facts:
            return False
        self.beginResetModel()
        self._facts = facts
        self._columns = 1 + max((len(fact.values) for fact in facts), default=1)
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One row a fact."""
        return 0 if parent.isValid() else len(self._facts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """The label, and one or two values."""
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A label, a value, or a fact as a whole."""
        fact = self._facts[index.row()]
        if role == Role.FACT:
            return fact
        if index.column() == LABEL:
            return fact.label if role == Qt.ItemDataRole.DisplayRole else None
        place = index.column() - 1
        if place >= len(fact.values):
            return None
        value = fact.values[place]
        spoken = f"{self._spoken(fact, place)}: {value.shown}"
        answers = {
            Qt.ItemDataRole.DisplayRole: value.shown,
            Qt.ItemDataRole.AccessibleTextRole: spoken,
            Qt.ItemDataRole.ToolTipRole: _tip(fact, value),
            Role.WHOLE: value.whole,
        }
        return answers.get(role)

    def _spoken(self, fact: Fact, place: int) -> str:
        if len(fact.values) < 2:
            return fact.label
        return f"{fact.label} of the {('base', 'head')[place]}"


def _tip(fact: Fact, value: Value) -> str:
    if not value.whole:
        return ""
    return tip(f"{value.whole}\nClick to copy" if fact.digest else value.whole)
