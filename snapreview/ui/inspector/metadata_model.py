"""Extra metadata as an item model."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from snapreview.ui.inspector.metadata import Node
from snapreview.ui.inspector.shown import tip

Index = QModelIndex | QPersistentModelIndex
WHOLE = Qt.ItemDataRole.UserRole
"""The role of the whole value."""


class Column(IntEnum):
    """A key and its value."""

    KEY = 0
    VALUE = 1


@dataclass(slots=True, eq=False)
class _Place:
    """Where a node stands in the tree."""

    node: Node
    row: int
    parent: _Place | None
    children: list[_Place] = field(default_factory=list)


class MetadataModel(QAbstractItemModel):
    """Nodes that are replaced all at once."""

    def __init__(self) -> None:
        super().__init__()
        self._nodes: tuple[Node, ...] = ()
        self._roots: list[_Place] = []

    def show(self, nodes: tuple[Node, ...]) -> bool:
        """Replace everything; whether anything is different."""
        if nodes == self._nodes:
            return False
        self.beginResetModel()
        self._nodes = nodes
        self._roots = _placed(nodes, None)
        self.endResetModel()
        return True

    def index(
        self,
        row: int,
        column: int,
        parent: Index = QModelIndex(),  # noqa: B008 - Qt's signature
    ) -> QModelIndex:
        """See Qt."""
        siblings = self._children(parent)
        if not (0 <= row < len(siblings) and 0 <= column < len(Column)):
            return QModelIndex()
        return self.createIndex(row, column, siblings[row])

    def parent(self, child: Index | None = None) -> QModelIndex:
        """See Qt; without a child it is the QObject's."""
        if child is None:
            return super().parent()
        above = child.internalPointer().parent if child.isValid() else None
        return QModelIndex() if above is None else self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One row a node."""
        return 0 if parent.column() > 0 else len(self._children(parent))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """See Column."""
        return len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A key or a value; spoken together."""
        node: Node = index.internalPointer().node
        if role == Qt.ItemDataRole.DisplayRole:
            return node.key if index.column() == Column.KEY else node.value
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{node.key}: {node.text or node.value}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{node.key}: {node.value}"
        return node.text if role == WHOLE else None

    def _children(self, parent: Index) -> list[_Place]:
        return parent.internalPointer().children if parent.isValid() else self._roots


def _placed(nodes: tuple[Node, ...], parent: _Place | None) -> list[_Place]:
    """The places of `nodes` below `parent`; they nest no deeper than a tree is made."""
    places = [_Place(node, row, parent) for row, node in enumerate(nodes)]
    for place in places:
        place.children = _placed(place.node.children, place)
    return places
