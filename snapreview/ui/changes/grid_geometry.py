"""Where the tiles of a grid are. Pure arithmetic: no tile is ever laid out on its own.

Rows of the model run from left to right and from top to bottom, in blocks. A block may begin with
a header, a row of the model that is as wide as the grid.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from snapreview.ui.changes.grid_parts import (
    Band,
    Block,
    Rect,
    Span,
    TileSize,
    add_span,
    overlap,
)

_FIRST, _TOP = attrgetter("first"), attrgetter("top")


class GridGeometry:
    """Places of rows in a grid of this width, in its own coordinates: 0 is its upper edge."""

    def __init__(self, blocks: Iterable[Block], tile: TileSize, width: int) -> None:
        self.tile = tile
        self.width = max(width, tile.width)
        self.columns = max(1, (self.width - tile.gap) // (tile.width + tile.gap))
        spare = self.width - self.columns * tile.width
        self._lefts = tuple(
            column * tile.width + spare * (column + 1) // (self.columns + 1)
            for column in range(self.columns)
        )
        self._bands = self._stacked(blocks)

    @property
    def count(self) -> int:
        """How many rows there are, headers included."""
        return self._bands[-1].end if self._bands else 0

    @property
    def height(self) -> int:
        """Where the grid ends, with the room below its last line."""
        return self._bands[-1].bottom if self._bands else 0

    @property
    def pitch(self) -> int:
        """From one line of tiles to the next."""
        return self.tile.pitch

    def is_header(self, row: int) -> bool:
        """Whether this row is the header of a block."""
        band = self._band_of(row)
        return band.headed and row == band.first

    def rect(self, row: int) -> Rect:
        """Where this row is."""
        band = self._band_of(row)
        if band.headed and row == band.first:
            return 0, band.top, self.width, self.tile.header
        line, column = divmod(row - band.first_tile, self.columns)
        top = band.tiles_top + line * self.pitch
        return self._lefts[column], top, self.tile.width, self.tile.height

    def row_at(self, x: int, y: int) -> int | None:
        """The row at this point, or None between tiles and outside."""
        rows = self.rows_in((x, y, 1, 1))
        return rows[0][0] if rows else None

    def rows_in(self, area: Rect) -> list[Span]:
        """The rows that an area touches, as ranges (first, last) in rising order."""
        x, y, width, height = area
        columns = self._columns_in(x, x + width)
        found: list[Span] = []
        for band in self._bands_in(y, y + height):
            if band.headed and overlap(area, (0, band.top, self.width, self.tile.header)):
                add_span(found, band.first, band.first)
            for first, last in band.tiles_in(band.lines_in(y, y + height), columns):
                add_span(found, first, last)
        return found

    def without_headers(self, ranges: Iterable[Span]) -> list[Span]:
        """Ranges of rows (first, last) parted where headers are."""
        found: list[Span] = []
        for first, last in ranges:
            for band in self._bands[self._band_index(first) : self._band_index(last) + 1]:
                start, end = max(first, band.first_tile), min(last, band.end - 1)
                if start <= end:
                    found.append((start, end))
        return found

    def rows_between(self, top: int, bottom: int) -> range:
        """All rows of which something is in sight from `top` to `bottom`."""
        ranges = self.rows_in((0, top, self.width, bottom - top))
        return range(ranges[0][0], ranges[-1][1] + 1) if ranges else range(0)

    def beside(self, row: int, steps: int) -> int:
        """The tile so many tiles on; the outermost where there are not so many."""
        towards = 1 if steps > 0 else -1
        for _ in range(abs(steps)):
            after = self.tile_from(row + towards, towards)
            if after is None:
                break
            row = after
        return row

    def below(self, row: int, lines: int) -> int:
        """The tile so many lines further down, or up; the outermost in the column.

        A line that is shorter gives its last tile.
        """
        column = self.column(row)
        for _ in range(abs(lines)):
            after = self._next_line(row, column, down=lines > 0)
            if after is None:
                break
            row = after
        return row

    def column(self, row: int) -> int:
        """The column of a row, counted from 0."""
        return max(row - self._band_of(row).first_tile, 0) % self.columns

    def tile_from(self, row: int, step: int) -> int | None:
        """The first tile from `row` on, forward (1) or backward (-1)."""
        while 0 <= row < self.count:
            if not self.is_header(row):
                return row
            row += step
        return None

    def _next_line(self, row: int, column: int, *, down: bool) -> int | None:
        place = self._band_index(row)
        band = self._bands[place]
        line = (row - band.first_tile) // self.columns + (1 if down else -1)
        while not 0 <= line < band.lines:
            place += 1 if down else -1
            if not 0 <= place < len(self._bands):
                return None
            band = self._bands[place]
            line = 0 if down else band.lines - 1
        start = band.first_tile + line * self.columns
        return min(start + column, band.end - 1)

    def _stacked(self, blocks: Iterable[Block]) -> Sequence[Band]:
        bands: list[Band] = []
        first = top = 0
        for block in blocks:
            band = Band(block, first, top, self.tile, self.columns)
            if band.end > first:
                bands.append(band)
                first, top = band.end, band.bottom
        return bands

    def _band_index(self, row: int) -> int:
        return bisect_right(self._bands, row, key=_FIRST) - 1

    def _band_of(self, row: int) -> Band:
        return self._bands[self._band_index(row)]

    def _bands_in(self, top: int, bottom: int) -> Sequence[Band]:
        first = max(bisect_right(self._bands, top, key=_TOP) - 1, 0)
        last = bisect_right(self._bands, bottom - 1, key=_TOP)
        return self._bands[first:last]

    def _columns_in(self, left: int, right: int) -> Span:
        first = bisect_right(self._lefts, left - self.tile.width)
        return first, bisect_right(self._lefts, right - 1) - 1
