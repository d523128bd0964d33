from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from snapreview.ui.changes.grid_geometry import GridGeometry
from snapreview.ui.changes.grid_parts import Block, TileSize

SIZES = st.builds(
    TileSize,
    width=st.integers(20, 90),
    height=st.integers(20, 90),
    gap=st.integers(0, 12),
    header=st.integers(10, 30),
)
BLOCKS = st.lists(st.builds(Block, tiles=st.integers(0, 17), headed=st.booleans()), max_size=6)
GRIDS = st.builds(GridGeometry, BLOCKS, SIZES, st.integers(1, 500))


def overlap(one, other):
    (ax, ay, aw, ah), (bx, by, bw, bh) = one, other
    return ax < bx + bw and bx < ax + aw and ay < by + bh and by < ay + ah


def touched(grid, area):
    """The rows that an area touches, found by looking at each."""
    return [row for row in range(grid.count) if overlap(grid.rect(row), area)]


@given(GRIDS)
def test_rows_lie_apart_from_each_other_and_within_the_grid(grid):
    places = [grid.rect(row) for row in range(grid.count)]
    for row, (x, y, width, height) in enumerate(places):
        assert x >= 0
        assert y >= 0
        assert x + width <= grid.width
        assert y + height <= grid.height
        assert not any(overlap(places[row], other) for other in places[:row])


@given(GRIDS)
def test_rows_run_from_left_to_right_and_from_top_to_bottom(grid):
    places = [grid.rect(row) for row in range(grid.count)]
    assert places == sorted(places, key=lambda place: (place[1], place[0]))


@given(GRIDS)
def test_the_row_at_a_place_is_the_one_that_is_there(grid):
    for row in range(grid.count):
        x, y, width, height = grid.rect(row)
        assert grid.row_at(x, y) == row
        assert grid.row_at(x + width // 2, y + height // 2) == row
        assert grid.row_at(x + width - 1, y + height - 1) == row


@given(
    GRIDS, st.integers(-40, 600), st.integers(-40, 900), st.integers(1, 300), st.integers(1, 300)
)
def test_rows_in_an_area_are_those_that_touch_it(grid, x, y, width, height):
    area = (x, y, width, height)
    found = [row for first, last in grid.rows_in(area) for row in range(first, last + 1)]
    assert found == touched(grid, area)
    ranges = grid.rows_in(area)
    assert all(after[0] > before[1] + 1 for before, after in pairwise(ranges))


@given(GRIDS, st.integers(-40, 900), st.integers(1, 400))
def test_rows_between_two_heights_are_all_that_can_be_seen(grid, top, height):
    seen = touched(grid, (0, top, grid.width, height))
    assert list(grid.rows_between(top, top + height)) == seen


@given(GRIDS, st.integers(0, 60), st.integers(0, 60))
def test_ranges_without_headers_have_all_the_tiles(grid, one, other):
    if not grid.count:
        return
    first, last = sorted((one % grid.count, other % grid.count))
    found = [row for a, b in grid.without_headers([(first, last)]) for row in range(a, b + 1)]
    assert found == [row for row in range(first, last + 1) if not grid.is_header(row)]


def tiles_of(grid):
    return [row for row in range(grid.count) if not grid.is_header(row)]


@given(GRIDS)
def test_left_and_right_walk_all_tiles_and_no_header(grid):
    tiles = tiles_of(grid)
    for row, after in pairwise(tiles):
        assert grid.beside(row, 1) == after
        assert grid.beside(after, -1) == row
    for row in tiles[:1] + tiles[-1:]:
        assert grid.beside(row, -len(tiles)) == tiles[0]
        assert grid.beside(row, len(tiles)) == tiles[-1]


@given(GRIDS, st.integers(-5, 5))
def test_up_and_down_move_by_lines_of_tiles_in_the_same_column(grid, lines):
    tops = sorted({grid.rect(row)[1] for row in tiles_of(grid)})
    for row in tiles_of(grid):
        x, y, _, _ = grid.rect(row)
        found = grid.below(row, lines)
        aim = min(max(tops.index(y) + lines, 0), len(tops) - 1)
        there = [r for r in tiles_of(grid) if grid.rect(r)[1] == tops[aim]]
        assert found == there[min(grid.column(row), len(there) - 1)]
        if grid.rect(found)[0] == x and aim - tops.index(y) == lines:
            assert grid.below(found, -lines) == row


@given(SIZES, st.integers(1, 500), st.integers(0, 100))
def test_columns_are_as_many_as_fit(tile, width, count):
    grid = GridGeometry((Block(count),), tile, width)
    least = grid.columns * (tile.width + tile.gap) + tile.gap
    assert grid.columns == 1 or least <= width
    assert least + tile.width + tile.gap > width


def test_fifty_thousand_tiles_know_their_places():
    grid = GridGeometry((Block(50_000),), TileSize(100, 120, 10, 30), 560)
    assert grid.columns == 5
    assert grid.rect(49_999) == (450, 10 + 9_999 * 130, 100, 120)
    assert grid.row_at(450, 10 + 9_999 * 130) == 49_999
    assert grid.height == 10 + 10_000 * 130
