"""What a grid of tiles is made of: blocks, measures, and bands, which are blocks in their place."""

from __future__ import annotations

from dataclasses import dataclass

Rect = tuple[int, int, int, int]
"""x, y, width, height."""

Span = tuple[int, int]
"""First and last; none where the last is below the first."""


@dataclass(frozen=True, slots=True)
class Block:
    """So many tiles, below a header or not."""

    tiles: int
    headed: bool = False


@dataclass(frozen=True, slots=True)
class TileSize:
    """Measures in logical pixels. `gap` is the least between tiles and around them."""

    width: int
    height: int
    gap: int
    header: int

    @property
    def pitch(self) -> int:
        """From one line of tiles to the next."""
        return self.height + self.gap


@dataclass(frozen=True, slots=True)
class Band:
    """A block in its place. `first` is its first row in the model, `top` and `bottom` its edges.

    Rows count through the model; its lines of `columns` tiles count through the block.
    """

    block: Block
    first: int
    top: int
    tile: TileSize
    columns: int

    @property
    def headed(self) -> bool:
        """Whether its first row is a header."""
        return self.block.headed

    @property
    def first_tile(self) -> int:
        """The row of its first tile."""
        return self.first + self.headed

    @property
    def end(self) -> int:
        """The row behind its last."""
        return self.first_tile + self.block.tiles

    @property
    def lines(self) -> int:
        """How many lines of tiles it has."""
        return -(-self.block.tiles // self.columns)

    @property
    def tiles_top(self) -> int:
        """The upper edge of its first line."""
        return self.top + (self.tile.header if self.headed else self.tile.gap)

    @property
    def bottom(self) -> int:
        """Where the next block begins."""
        return self.tiles_top + self.lines * self.tile.pitch

    def lines_in(self, top: int, bottom: int) -> Span:
        """The lines that a stretch from top to bottom touches."""
        first = (top - self.tiles_top + self.tile.gap) // self.tile.pitch
        last = (bottom - 1 - self.tiles_top) // self.tile.pitch
        return max(first, 0), min(last, self.lines - 1)

    def tiles_in(self, lines: Span, columns: Span) -> list[Span]:
        """The rows of the tiles in some lines and columns. Whole lines are one span."""
        starts = [self.first_tile + line * self.columns for line in range(lines[0], lines[1] + 1)]
        if not starts:
            return []
        if columns == (0, self.columns - 1):
            return [(starts[0], min(starts[-1] + columns[1], self.end - 1))]
        spans = ((start + columns[0], min(start + columns[1], self.end - 1)) for start in starts)
        return [span for span in spans if span[0] <= span[1]]


def overlap(one: Rect, other: Rect) -> bool:
    """Whether two areas have a pixel in common."""
    return all(
        one[axis] < other[axis] + other[axis + 2] and other[axis] < one[axis] + one[axis + 2]
        for axis in (0, 1)
    )


def add_span(spans: list[Span], first: int, last: int) -> None:
    """Put a span behind others, joined to the one it touches."""
    if spans and spans[-1][1] >= first - 1:
        spans[-1] = spans[-1][0], last
    else:
        spans.append((first, last))
