"""The numbers that modes remember, and the planes that modes are made of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.change import Side
from snapreview.ui.viewer.modes import ADJUSTABLE, Ink, Looks, Mode, panes_for
from snapreview.ui.viewer.view_state import ViewState

numbers = st.floats(-5, 5, allow_nan=False)
looks = st.builds(
    Looks, st.sampled_from(Mode), numbers, numbers, st.integers(-10_000, 10_000), numbers
)


@given(looks, st.integers(-100, 100))
def test_numbers_stay_in_range(given_looks, steps):
    for sound in (given_looks.within_limits(), given_looks.within_limits().nudged(steps)):
        assert 0 <= sound.wipe <= 1
        assert 0 <= sound.onion <= 1
        assert 0 <= sound.grip <= 1
        assert 200 <= sound.blink_ms <= 2000
        assert sound == sound.within_limits()


@pytest.mark.parametrize("mode", Mode)
def test_only_the_number_of_the_mode_moves(mode):
    before = Looks(mode)
    after = before.nudged(1)
    moved = {
        name
        for name in ("wipe", "onion", "blink_ms", "grip")
        if getattr(before, name) != getattr(after, name)
    }
    own = {Mode.WIPE: {"wipe"}, Mode.ONION: {"onion"}, Mode.BLINK: {"blink_ms"}}
    assert moved == own.get(mode, set())
    assert bool(moved) is (mode in ADJUSTABLE)
    assert after.nudged(-1) == before


@pytest.mark.parametrize("mode", [Mode.WIPE, Mode.ONION, Mode.BLINK])
def test_steps_reach_both_ends(mode):
    ends = [Looks(mode).nudged(steps) for steps in (-50, 50)]
    assert [e.wipe for e in ends] == ([0.0, 1.0] if mode is Mode.WIPE else [0.5, 0.5])
    assert [e.onion for e in ends] == ([0.0, 1.0] if mode is Mode.ONION else [0.5, 0.5])
    assert [e.blink_ms for e in ends] == ([200, 2000] if mode is Mode.BLINK else [500, 500])


@given(looks, st.sampled_from(Side), st.floats(0.1, 1) | st.none())
def test_a_row_with_one_side_shows_it_in_every_mode(given_looks, side, overlay):
    (pane,) = panes_for(given_looks, (side,), overlay)
    assert pane.side is side
    assert [plane.ink for plane in pane.planes][:1] == [Ink(side.value)]


@given(looks.map(Looks.within_limits), st.sampled_from(Side))
def test_wiping_leaves_no_gap_and_no_overlap(given_looks, blinked):
    (pane,) = panes_for(replace(given_looks, mode=Mode.WIPE), tuple(Side), None, blinked)
    (start, middle), (again, stop) = (plane.clip for plane in pane.planes)
    assert (start, stop) == (0, 1)
    assert middle == again


views = st.builds(
    lambda width, zoom, left: ViewState((width, 50), (600, 400), zoom, (left, 0), fitted=False),
    st.integers(1, 5000),
    st.floats(1 / 64, 64),
    st.integers(-3000, 600),
)


@given(views, st.floats(0, 1))
def test_a_line_is_found_again_where_it_was_drawn(view, share):
    line = view.line_at(share)
    assert view.line_at(view.share_at(line)) == line
    assert 0 <= view.middle_share <= 1


@given(views)
def test_beside_the_image_the_line_is_at_its_edge(view):
    assert view.share_at(view.line_at(0) - 10) == 0
    assert view.share_at(view.line_at(1) + 10) == 1
