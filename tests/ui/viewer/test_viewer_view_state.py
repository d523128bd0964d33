from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from snapreview.ui.viewer.view_state import ZOOM_STEPS, ViewState, extent, snapped_zoom

sides = st.integers(1, 6000)
views = st.integers(40, 3000)
zooms = st.sampled_from(ZOOM_STEPS)


@st.composite
def states(draw) -> ViewState:
    state = ViewState().with_view((draw(views), draw(views)), draw(st.integers(0, 16)))
    state = state.with_image((draw(sides), draw(sides))).fit()
    if draw(st.booleans()):
        at = (draw(st.integers(0, state.view[0])), draw(st.integers(0, state.view[1])))
        state = state.zoomed(draw(zooms), at)
    return state.panned(draw(st.integers(-9999, 9999)), draw(st.integers(-9999, 9999)))


def under(state: ViewState, axis: int, at: int) -> float:
    """The image coordinate under a point of the view."""
    return (at - state.origin[axis]) / state.zoom


def seen(state: ViewState, axis: int) -> tuple[int, int]:
    """The first and last point of the view that the image covers."""
    end = state.origin[axis] + extent(state.image[axis], state.zoom)
    return max(0, state.origin[axis]), min(state.view[axis], end) - 1


@given(states(), zooms, st.data())
def test_zooming_in_keeps_the_pixel_under_the_cursor(state, zoom, data):
    assume(zoom >= state.zoom)
    at = tuple(data.draw(st.integers(*seen(state, axis))) for axis in (0, 1))
    zoomed = state.zoomed(zoom, at)
    for axis in (0, 1):
        if extent(state.image[axis], zoomed.zoom) > state.view[axis]:
            moved = (under(zoomed, axis, at[axis]) - under(state, axis, at[axis])) * zoomed.zoom
            assert abs(moved) <= 1


@given(states())
def test_the_image_cannot_be_lost(state):
    for axis in (0, 1):
        length, view = extent(state.image[axis], state.zoom), state.view[axis]
        if length <= view:
            assert abs(2 * state.origin[axis] + length - view) <= 1
        else:
            assert state.origin[axis] <= view // 2 <= state.origin[axis] + length


@given(states())
def test_fit_shows_all_of_it_in_the_middle_and_never_enlarges(state):
    fitted = state.fit()
    assert fitted.fitted
    assert fitted.zoom <= 1
    for axis in (0, 1):
        length = extent(fitted.image[axis], fitted.zoom)
        assert length <= fitted.view[axis]
        assert abs(2 * fitted.origin[axis] + length - fitted.view[axis]) <= 1


@given(states(), sides, sides)
def test_an_image_of_the_same_size_stays_where_the_last_one_was(state, width, height):
    assert state.with_image(state.image) is state
    other = state.with_image((width, height))
    assert other.fitted or (width, height) == state.image


@given(states(), views, views)
def test_a_resized_view_keeps_fit_or_the_centre(state, width, height):
    resized = state.with_view((width, height), state.margin)
    assert resized.fitted == state.fitted
    if state.fitted:
        assert resized == resized.fit()
        return
    assert resized.zoom == state.zoom
    for axis, view in enumerate((width, height)):
        both_large = extent(state.image[axis], state.zoom) > max(view, state.view[axis])
        if both_large:
            before = under(state, axis, state.view[axis] // 2)
            after = under(resized, axis, view // 2)
            assert abs(before - after) * state.zoom < 0.001


@given(states())
def test_steps_visit_the_same_zooms_in_both_directions(state):
    closer = state.stepped(1)
    assert closer.zoom in ZOOM_STEPS
    assert closer.zoom > state.zoom or state.zoom == ZOOM_STEPS[-1]
    assert closer.stepped(1).stepped(-1).zoom == closer.zoom or closer.zoom == ZOOM_STEPS[-1]


@given(st.floats(0.01, 100))
def test_a_pinch_stops_at_whole_zooms_from_two_on(zoom):
    snapped = snapped_zoom(zoom)
    assert snapped == 1 if 0.97 < zoom < 1.03 else True
    assert snapped.is_integer() if zoom >= 2 else snapped in {zoom, 1.0}
    assert snapped <= ZOOM_STEPS[-1]


def test_whole_steps_only_where_pixels_are_squares():
    assert all(step.is_integer() for step in ZOOM_STEPS if step >= 2)
    assert 1.0 in ZOOM_STEPS


def test_a_fitted_view_that_has_room_does_not_pan():
    state = ViewState().with_view((400, 300)).with_image((40, 30))
    assert state.panned(5, 5) is state


@pytest.mark.parametrize("asked", [0.0001, 1e6])
def test_zoom_stays_within_sense(asked):
    state = ViewState().with_view((400, 300)).with_image((100, 100))
    assert ZOOM_STEPS[0] <= state.zoomed(asked).zoom <= ZOOM_STEPS[-1]
