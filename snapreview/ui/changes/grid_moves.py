"""Where the keys of an icon view lead to."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView

from snapreview.ui.changes.grid_geometry import GridGeometry

_Action = QAbstractItemView.CursorAction

_ACROSS = {
    _Action.MoveLeft: -1,
    _Action.MovePrevious: -1,
    _Action.MoveRight: 1,
    _Action.MoveNext: 1,
}
_DOWN = {_Action.MoveUp: -1, _Action.MoveDown: 1}
_PAGES = {_Action.MovePageUp: -1, _Action.MovePageDown: 1}


def moved(tiles: GridGeometry, row: int, action: _Action, height: int) -> int | None:
    """The tile to which a key leads from `row` (-1 for nowhere) in a view of this height."""
    if action == _Action.MoveEnd:
        return tiles.tile_from(tiles.count - 1, -1)
    if row < 0 or action == _Action.MoveHome:
        return tiles.tile_from(0, 1)
    if action in _ACROSS:
        return tiles.beside(row, _ACROSS[action])
    if action in _DOWN:
        return tiles.below(row, _DOWN[action])
    return tiles.below(row, _PAGES[action] * max(1, height // tiles.pitch))
