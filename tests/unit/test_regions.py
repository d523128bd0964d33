"""Boxes around the parts of a mask, against the definition read literally."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snapreview.engine.regions import MAX_REGIONS, regions

Box = tuple[int, int, int, int]


def naive(mask: np.ndarray) -> list[Box]:
    """Flood fill in which a step crosses at most eight unmarked pixels."""
    left = {(int(x), int(y)) for y, x in np.argwhere(mask)}
    boxes = []
    while left:
        front = [left.pop()]
        part = list(front)
        while front:
            x, y = front.pop()
            near = {(a, b) for a, b in left if max(abs(a - x), abs(b - y)) <= 9}
            left -= near
            front += near
            part += near
        xs, ys = [x for x, _ in part], [y for _, y in part]
        boxes.append((min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1))
    return boxes


@st.composite
def masks(draw: st.DrawFn) -> np.ndarray:
    width, height = draw(st.integers(1, 70)), draw(st.integers(1, 50))
    point = st.tuples(st.integers(0, width - 1), st.integers(0, height - 1))
    mask = np.zeros((height, width), np.bool_)
    for x, y in draw(st.lists(point, max_size=40)):
        mask[y, x] = True
    return mask


def marked(*points: tuple[int, int], size: tuple[int, int] = (60, 60)) -> np.ndarray:
    mask = np.zeros((size[1], size[0]), np.bool_)
    for x, y in points:
        mask[y, x] = True
    return mask


@settings(max_examples=300, deadline=None)
@given(masks())
def test_they_are_the_parts_of_a_naive_flood_fill(mask: np.ndarray) -> None:
    found = regions(mask)
    assert sorted(found) == sorted(naive(mask))
    areas = [w * h for _, _, w, h in found]
    assert areas == sorted(areas, reverse=True)


@pytest.mark.parametrize(("gap", "parts"), [(8, 1), (9, 2)])
@pytest.mark.parametrize("way", [(1, 0), (0, 1), (1, 1), (-1, 1)])
def test_a_gap_of_eight_is_joined_and_one_of_nine_is_not(
    way: tuple[int, int], gap: int, parts: int
) -> None:
    other = (30 + way[0] * (gap + 1), 30 + way[1] * (gap + 1))
    assert len(regions(marked((30, 30), other))) == parts


def test_nothing_marked_has_no_region() -> None:
    assert regions(marked()) == ()


def test_one_pixel_is_a_region() -> None:
    assert regions(marked((59, 0))) == ((59, 0, 1, 1),)
    assert regions(np.ones((1, 1), np.bool_)) == ((0, 0, 1, 1),)


def test_everything_marked_is_one_region() -> None:
    assert regions(np.ones((300, 500), np.bool_)) == ((0, 0, 500, 300),)


def test_rows_do_not_run_into_each_other() -> None:
    assert len(regions(marked((0, 1), (59, 0)))) == 2


def test_a_spiral_of_far_apart_rows_is_one_region() -> None:
    mask = np.zeros((101, 101), np.bool_)
    mask[::20, :] = True
    for number, row in enumerate(range(0, 100, 20)):
        mask[row : row + 20, 100 if number % 2 == 0 else 0] = True
    assert regions(mask) == ((0, 0, 101, 101),)


def test_at_most_two_hundred_the_largest_first() -> None:
    mask = np.zeros((200, 300), np.bool_)
    mask[::12, ::12] = True
    mask[48:50, 96:99] = True
    found = regions(mask)
    assert len(found) == MAX_REGIONS == 200
    assert found[0] == (96, 48, 3, 2)
    assert set(found[1:]) <= {(x, y, 1, 1) for x in range(0, 300, 12) for y in range(0, 200, 12)}


def test_boxes_are_plain_numbers() -> None:
    assert {type(value) for box in regions(marked((1, 1))) for value in box} == {int}
