"""The rules of changed regions: how they are turned, read, and looked at."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from snapreview.ui.viewer.boxes import after, reading_order, turned, view_of
from snapreview.ui.viewer.pixels import oriented
from snapreview.ui.viewer.view_state import ViewState

CANVAS = (23, 17)


@st.composite
def boxes_on(draw, canvas=CANVAS):
    width, height = draw(st.integers(1, canvas[0])), draw(st.integers(1, canvas[1]))
    x = draw(st.integers(0, canvas[0] - width))
    y = draw(st.integers(0, canvas[1] - height))
    return x, y, width, height


def painted(box, canvas) -> np.ndarray:
    mask = np.zeros(canvas[::-1], np.uint8)
    x, y, width, height = box
    mask[y : y + height, x : x + width] = 1
    return mask


@given(boxes_on(), st.integers(1, 8))
def test_a_box_is_turned_as_the_pixels_in_it_are(box, orientation):
    pixels = oriented(painted(box, CANVAS), orientation)
    canvas = pixels.shape[::-1]
    assert np.array_equal(painted(turned(box, CANVAS, orientation), canvas), pixels)


@given(st.lists(boxes_on(), max_size=12))
def test_every_box_is_read_once_and_what_is_above_comes_first(boxes):
    order = reading_order(boxes)
    assert sorted(order) == list(range(len(boxes)))
    for first in range(len(boxes)):
        for other in range(len(boxes)):
            if boxes[first][1] + boxes[first][3] <= boxes[other][1]:
                assert order.index(first) < order.index(other)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=8, unique=True), st.data())
def test_boxes_beside_one_another_are_read_from_left_to_right(columns, data):
    heights = [data.draw(st.integers(25, 30)) for _ in columns]
    tops = [data.draw(st.integers(0, 5)) for _ in columns]
    boxes = [(x, y, 4, h) for x, y, h in zip(columns, tops, heights, strict=True)]
    assert [columns[i] for i in reading_order(boxes)] == sorted(columns)


def test_what_stands_beside_a_tall_box_is_read_line_by_line():
    tall, title, text = (0, 0, 40, 300), (200, 10, 50, 20), (60, 100, 50, 20)
    assert reading_order([text, tall, title]) == (1, 2, 0)


def test_what_overlaps_by_less_than_half_is_on_the_next_line():
    right = (200, 0, 10, 100)
    assert reading_order([right, (0, 60, 10, 100)]) == (0, 1)
    assert reading_order([right, (0, 45, 10, 100)]) == (1, 0)


def test_stepping_goes_around_and_begins_where_it_should():
    order = (2, 0, 1)
    walked, current = [], -1
    for _ in range(4):
        current = after(order, current, 1)
        walked.append(current)
    assert walked == [2, 0, 1, 2]
    assert [after(order, c, -1) for c in (-1, 2, 0)] == [1, 1, 2]
    assert after((), -1, 1) == -1
    assert after(order, 7, 1) == 2


@given(
    st.tuples(st.integers(1, 3000), st.integers(1, 3000)),
    st.tuples(st.integers(50, 1500), st.integers(50, 1500)),
    st.data(),
)
def test_a_region_is_seen_whole_with_room_around_it(image, room, data):
    box = data.draw(boxes_on(image))
    view = ViewState(image, room, margin=16).fit()
    seen = view_of(box, view)
    assert seen.zoom <= max(4.0, view.fit_zoom)
    for start, side, origin, length in zip(box[:2], box[2:], seen.origin, room, strict=True):
        first, last = origin + start * seen.zoom, origin + (start + side) * seen.zoom
        assert first >= -1
        assert last <= length + 1
        if not seen.fitted:
            assert side * seen.zoom <= 0.6 * length + 1


@given(boxes_on((2000, 2000)))
def test_a_region_inside_a_large_image_is_in_the_middle(box):
    view = ViewState((2000, 2000), (600, 400))
    seen = view_of(box, view)
    assume(not seen.fitted)
    middle = [
        o + (s + w / 2) * seen.zoom for o, s, w in zip(seen.origin, box, box[2:], strict=False)
    ]
    scaled = 2000 * seen.zoom
    for place, room in zip(middle, seen.view, strict=True):
        if scaled > room:
            assert abs(place - room / 2) <= 1


def test_where_one_looks_from_makes_no_difference():
    view = ViewState((2000, 2000), (600, 400))
    near, far = view.zoomed(8.0, (0, 0)), view.fit()
    box = (900, 1200, 40, 30)
    assert view_of(box, near) == view_of(box, far)
