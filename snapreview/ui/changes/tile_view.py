"""An item view whose items are tiles of one size, placed by arithmetic.

It is a QListView so that screen readers find a list with named items: Qt knows its own classes
only. Whatever QListView does with every single item (78 ms for one dataChanged at 50,000 rows) is
replaced here; geometry, painting and selection by area are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from snapreview.ui.changes.grid_geometry import GridGeometry
from snapreview.ui.changes.grid_moves import moved
from snapreview.ui.changes.grid_parts import Block, TileSize

AnyIndex = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint
_Action = QAbstractItemView.CursorAction
_ROWS = QItemSelectionModel.SelectionFlag.Rows
_ONLY = _ROWS | QItemSelectionModel.SelectionFlag.ClearAndSelect


class TileView(QListView):
    """Tiles from left to right and from top to bottom. `tile` is their size.

    The selection model may be another view's of the same model: this view never touches it when
    the model is reset.
    """

    def __init__(
        self, model: QAbstractItemModel, tile: TileSize, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tile = tile
        self._known: GridGeometry | None = None
        self.setModel(model)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            signal.connect(self._relayout)

    @property
    def geometry_of_tiles(self) -> GridGeometry:
        """Where every row is, as of now."""
        if self._known is None:
            self._known = GridGeometry(self.blocks(), self._tile, self.viewport().width())
        return self._known

    def blocks(self) -> Sequence[Block]:
        """How the rows of the model are divided. To be overridden."""
        return (Block(self.model().rowCount()),)

    def set_tile(self, tile: TileSize) -> None:
        """Use tiles of this size; what is in sight stays in sight."""
        if tile != self._tile:
            self._tile = tile
            self._keep_sight(self._forget_geometry)

    def row_rect(self, row: int) -> QRect:
        """Where a row is in the viewport."""
        return QRect(*self.geometry_of_tiles.rect(row)).translated(0, -self.verticalOffset())

    def rows_in_sight(self, screens: float = 0.0) -> range:
        """The visible rows, and those of so many screens below, or above when negative."""
        top, height = self.verticalOffset(), self.viewport().height()
        ahead = round(height * screens)
        return self.geometry_of_tiles.rows_between(
            top + min(ahead, 0), top + height + max(ahead, 0)
        )

    def row_to_hold(self) -> tuple[int | None, int]:
        """The row to keep in sight and how far below the upper edge it is.

        That is the current one if it is in sight, else the topmost; none at the upper end.
        """
        if self._known is None or not self.verticalOffset():
            return None, 0
        seen, row = self.rows_in_sight(), self.currentIndex().row()
        if row not in seen:
            row = seen.start
        return (row, self.row_rect(row).top()) if row in seen else (None, 0)

    def scroll_row_to(self, row: int, top: int) -> None:
        """Scroll so that a row is so far below the upper edge of the viewport."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.row_rect(row).top() - top)

    # What QAbstractItemView asks of a view.

    def visualRect(self, index: AnyIndex) -> QRect:
        """Where an item is in the viewport, or would be."""
        return self.row_rect(index.row()) if self._is_shown(index) else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The item at a point of the viewport, or of what lies beyond it."""
        row = self.geometry_of_tiles.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.model().index(row, 0)

    def scrollTo(self, index: AnyIndex, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Bring an item into sight."""
        if not self._is_shown(index):
            return
        gap, height = self._tile.gap, self.viewport().height()
        area = self.row_rect(index.row()).adjusted(0, -gap, 0, gap)
        step = 0
        if hint == _Hint.PositionAtCenter:
            step = area.center().y() - height // 2
        elif hint == _Hint.PositionAtTop or area.top() < 0 or area.height() > height:
            step = area.top()
        elif hint == _Hint.PositionAtBottom or area.bottom() >= height:
            step = area.bottom() + 1 - height
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step)

    def moveCursor(self, action: _Action, _modifiers: object) -> QModelIndex:
        """Where a key leads to from the current item."""
        row, tiles = self.currentIndex().row(), self.geometry_of_tiles
        target = moved(tiles, row, action, self.viewport().height())
        return QModelIndex() if target is None else self.model().index(target, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what a rubber band touches, or all from the one corner's item to the other's."""
        down = self.verticalOffset()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            area = rect.normalized().translated(0, down)
            ranges = self.geometry_of_tiles.rows_in(area.getRect())
        else:
            ends = [self.indexAt(point).row() for point in (rect.topLeft(), rect.bottomRight())]
            ranges = [(min(ends), max(ends))] if min(ends) >= 0 else []
        tiles = self.geometry_of_tiles.without_headers(ranges)
        self.selectionModel().select(self._selection(tiles), command | _ROWS)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where the selected items are, as far as they are in sight."""
        seen, region = self.rows_in_sight(), QRegion()
        for part in selection:
            for row in range(max(part.top(), seen.start), min(part.bottom() + 1, seen.stop)):
                region += self.row_rect(row)
        return region

    def horizontalOffset(self) -> int:
        """Tiles never lie beside the view."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: AnyIndex) -> bool:
        """None is; all columns of a row are one tile."""
        return False

    # What QListView would do item by item.

    def doItemsLayout(self) -> None:
        """Nothing is laid out; the scroll bar may have another range."""
        self.updateGeometries()
        self.viewport().update()

    def selectAll(self) -> None:
        """All rows in one range."""
        rows = self.model().rowCount()
        self.selectionModel().select(self._selection([(0, rows - 1)] if rows else []), _ONLY)

    def reset(self) -> None:
        """Look at the model anew. The selection is left to the view it is shared with."""
        self.setState(QAbstractItemView.State.NoState)
        self._relayout()

    def dataChanged(
        self, first: QModelIndex, last: QModelIndex, _roles: Sequence[int] = ()
    ) -> None:
        """Paint these rows again as far as they are in sight."""
        seen = self.rows_in_sight()
        for row in range(max(first.row(), seen.start), min(last.row() + 1, seen.stop)):
            self.viewport().update(self.row_rect(row))

    def updateGeometries(self) -> None:
        """Give the scroll bar its range."""
        height, tiles = self.viewport().height(), self.geometry_of_tiles
        bar = self.verticalScrollBar()
        bar.setRange(0, max(tiles.height - height, 0))
        bar.setPageStep(height)
        bar.setSingleStep(max(tiles.pitch // 4, 1))

    def viewportSizeHint(self) -> QSize:
        """A few tiles."""
        return QSize(3 * self._tile.width, 2 * self._tile.height)

    def resizeEvent(self, event: object) -> None:
        """Other columns, perhaps; what is in sight stays in sight."""
        super().resizeEvent(event)
        self._keep_sight(self._forget_geometry)

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Move what is painted."""
        self.viewport().scroll(0, dy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tiles that have to be painted, and no others."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain, delegate, chosen = option.state, self.itemDelegate(), self.selectionModel()
        for row in self.rows_in_sight():
            option.rect = self.row_rect(row)
            if event.region().intersects(option.rect):
                index = self.model().index(row, 0)
                selected = chosen.isSelected(index)
                option.state = plain | QStyle.StateFlag.State_Selected if selected else plain
                delegate.paint(painter, option, index)

    def _is_shown(self, index: AnyIndex) -> bool:
        return index.isValid() and index.row() < self.geometry_of_tiles.count

    def _selection(self, ranges: Sequence[tuple[int, int]]) -> QItemSelection:
        model, found = self.model(), QItemSelection()
        for first, last in ranges:
            part = QItemSelection(model.index(first, 0), model.index(last, model.columnCount() - 1))
            found.append(part[0])
        return found

    def _forget_geometry(self) -> None:
        self._known = None
        self.doItemsLayout()

    def _relayout(self) -> None:
        """Other rows are there: no more than one new geometry for many such signals."""
        self._known = None
        self.scheduleDelayedItemsLayout()

    def _keep_sight(self, alter: Callable[[], None]) -> None:
        """Do what alters the geometry; what is in sight stays there."""
        row, before = self.row_to_hold()
        alter()
        if row is not None:
            self.scroll_row_to(row, before)
