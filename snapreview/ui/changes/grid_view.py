"""The second look at the list: a grid of thumbnails."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget

from snapreview.ui.changes.grid_delegate import TileDelegate, header_height, tile_height, tile_width
from snapreview.ui.changes.grid_parts import Block, TileSize
from snapreview.ui.changes.groups import Entry, GroupKey
from snapreview.ui.changes.model import ChangesModel
from snapreview.ui.changes.new_rows import NewRowsChip
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.changes.tile_input import TileInput
from snapreview.ui.theme import Theme

_GAP = 8
_SETTLED_AFTER_MS = 80
"""How long a scroll must rest before thumbnails are asked for."""

_NOTCH = 120
_CONTROL = Qt.KeyboardModifier.ControlModifier


class ThumbSize(IntEnum):
    """How large tiles are."""

    SMALL = 0
    MEDIUM = 1
    LARGE = 2


ROOMS = {
    ThumbSize.SMALL: QSize(88, 66),
    ThumbSize.MEDIUM: QSize(144, 108),
    ThumbSize.LARGE: QSize(264, 198),
}
"""Room of a thumbnail in logical pixels: at the list's first width three, two or one in a line."""


class GridView(TileInput):
    """Tiles of the list's model; give it the list's selection model, too.

    Signals: those of TileInput, and `tileSizeChanged(int)`, a ThumbSize.
    """

    tileSizeChanged = Signal(int)

    def __init__(
        self,
        model: ChangesModel,
        theme: Theme,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        self._rows = model
        self._theme = theme
        self._thumbnails = thumbnails
        self._size = ThumbSize.MEDIUM
        self._turned = 0
        self._ahead = 1.0
        self._held: tuple[Entry, int] | None = None
        super().__init__(model, TileSize(1, 1, _GAP, 1), parent)
        self._delegate = TileDelegate(theme, thumbnails, self)
        self.setItemDelegate(self._delegate)
        self._wishing = QTimer(self, singleShot=True)
        self._wishing.timeout.connect(self._wish)
        self._chip = NewRowsChip(self, model.changes)
        self._chip.setObjectName("sortNewTiles")
        self._chip.clicked.connect(model.reorder)
        self._set_up()
        self._fit_tiles()
        self.verticalScrollBar().valueChanged.connect(lambda: self._wish_in(_SETTLED_AFTER_MS))
        self.verticalScrollBar().valueChanged.connect(self._chip.place)
        model.batchStarting.connect(self._hold_sight)
        model.batchEnded.connect(self._see_again)
        thumbnails.arrived.connect(self._show_arrived)

    @property
    def tile_size(self) -> ThumbSize:
        """How large the tiles are."""
        return self._size

    @property
    def complete(self) -> bool:
        """Whether no thumbnail is on its way."""
        return self._thumbnails.idle and not self._wishing.isActive()

    def set_tile_size(self, size: int) -> None:
        """Make the tiles as large as a ThumbSize says; beyond the ends, as the outermost."""
        wanted = ThumbSize(min(max(size, ThumbSize.SMALL), ThumbSize.LARGE))
        if wanted is not self._size:
            self._size = wanted
            self._fit_tiles()
            self.tileSizeChanged.emit(int(wanted))

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self._delegate.set_theme(theme)
        self.viewport().update()

    def refresh(self) -> None:
        """Ask for the thumbnails in sight again: their tint is another, or their images are."""
        self.viewport().update()
        self._wish_in(0)

    def blocks(self) -> Sequence[Block]:
        """A block for each group, one for the new rows, and what lies between those."""
        changes = self._rows.changes
        first, new = changes.new_rows
        starts = {0: False} | ({first: False, first + new: False} if first and new else {})
        if changes.grouped:
            self._add_groups(starts)
        rows = sorted(starts)
        ends = [*rows[1:], len(changes)]
        return [
            Block(end - row - starts[row], headed=starts[row])
            for row, end in zip(rows, ends, strict=True)
            if end > row
        ]

    def rowViewportPosition(self, row: int) -> int:
        """Where the line above a row is, in the middle of the gap."""
        return self.row_rect(row).top() - _GAP

    def open_header(self, row: int) -> None:
        """Fold a group, or unfold it."""
        group = self._rows.group(row)
        if group is not None:
            self._rows.fold(group.name, not group.folded)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Control, tiles grow and shrink, a size for each notch."""
        if not event.modifiers() & _CONTROL:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        self.set_tile_size(self._size + notches)
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """The first screen is asked for at once."""
        super().showEvent(event)
        self._wish_in(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More tiles may be in sight."""
        super().resizeEvent(event)
        self._chip.place()
        self._wish_in(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tiles, and above the new ones a line."""
        super().paintEvent(event)
        self._chip.paint_line(self._theme)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is loaded ahead lies in the direction of the scroll."""
        super().scrollContentsBy(dx, dy)
        self._ahead = -1.0 if dy > 0 else 1.0

    def changeEvent(self, event: QEvent) -> None:
        """Tiles grow and shrink with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_tiles()

    def _set_up(self) -> None:
        self.setObjectName("changesGrid")
        self.setAccessibleName("Thumbnails")
        self.setAccessibleDescription("Images of base and head, and what changed between them")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _fit_tiles(self) -> None:
        room, font = ROOMS[self._size], self.font()
        self._delegate.thumb = room
        height, title = tile_height(room, font), header_height(font)
        self.set_tile(TileSize(tile_width(room), height, _GAP, title))
        self._chip.place()
        self._wish_in(0)

    def _add_groups(self, starts: dict[int, bool]) -> None:
        """Where groups begin, under a header, and where they end."""
        entries = self._rows.changes.entries(0, len(self._rows.changes) - 1)
        for row, entry in enumerate(entries):
            group = self._rows.group(row) if isinstance(entry, GroupKey) else None
            if group is not None:
                starts[row] = True
                starts.setdefault(row + 1 + (0 if group.folded else len(group.members)), False)

    def _wish_in(self, milliseconds: int) -> None:
        if self.isVisible():
            self._wishing.start(milliseconds)

    def _wish(self) -> None:
        """Ask for the thumbnails in sight, then for those a screen further."""
        if not self.isVisible():
            return
        seen = self.rows_in_sight()
        ahead = [row for row in self.rows_in_sight(self._ahead) if row not in seen]
        if self._ahead < 0:
            ahead.reverse()
        tiles = self.geometry_of_tiles
        wanted = [self._rows.change(row) for row in (*seen, *ahead) if not tiles.is_header(row)]
        self._thumbnails.want(wanted, ROOMS[self._size], self.devicePixelRatioF())

    def _show_arrived(self, names: frozenset[str]) -> None:
        if not self.isVisible():
            return
        seen = self.rows_in_sight()
        for row in map(self._rows.changes.place, names):
            if row is not None and row in seen:
                self.viewport().update(self.row_rect(row))

    def _hold_sight(self) -> None:
        row, top = self.row_to_hold()
        self._held = None if row is None else (self._rows.changes.entry(row), top)

    def _see_again(self) -> None:
        """After a batch: what was in sight stays there, and what is new there is asked for."""
        self.doItemsLayout()
        row = self._rows.changes.nearest(self._held[0]) if self._held is not None else None
        if self._held is not None and row is not None:
            self.scroll_row_to(row, self._held[1])
        self._chip.place()
        if not self._wishing.isActive():  # else a stream of batches would put it off for ever
            self._wish_in(_SETTLED_AFTER_MS)
