from hypothesis import assume, given
from hypothesis import strategies as st

from snapreview.ui.changes.thumb_framing import frame, looks_like_an_icon

SIZES = st.tuples(st.integers(1, 20_000), st.integers(1, 20_000))
ROOMS = st.tuples(st.integers(20, 600), st.integers(20, 600))
RATIOS = st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0])


@st.composite
def boxes(draw, size):
    x, y = draw(st.integers(0, size[0] - 1)), draw(st.integers(0, size[1] - 1))
    return x, y, draw(st.integers(1, size[0] - x)), draw(st.integers(1, size[1] - y))


@st.composite
def cases(draw):
    size = draw(SIZES)
    return size, draw(ROOMS), draw(RATIOS), draw(st.none() | boxes(size)), draw(st.booleans())


@given(cases())
def test_a_frame_lies_within_the_image_and_its_picture_within_the_room(case):
    size, room, ratio, focus, whole = case
    shown = frame(size, room, ratio, focus, whole=whole)
    assert 0 <= shown.left <= shown.left + shown.width <= size[0] + 1e-6
    assert 0 <= shown.top <= shown.top + shown.height <= size[1] + 1e-6
    assert 1 <= shown.size[0] <= room[0]
    assert 1 <= shown.size[1] <= room[1]


@given(cases())
def test_what_changed_is_in_the_frame(case):
    size, room, ratio, focus, whole = case
    assume(focus is not None)
    shown = frame(size, room, ratio, focus, whole=whole)
    for start, length, left, width in (
        (focus[0], focus[2], shown.left, shown.width),
        (focus[1], focus[3], shown.top, shown.height),
    ):
        if length <= width - 1:
            assert left <= start
            assert start + length <= left + width + 1
        else:  # larger than the frame: its beginning is there
            assert left <= start < left + width


@given(cases())
def test_the_same_is_shown_at_any_density(case):
    size, room, _, focus, whole = case
    once = frame(size, room, 1.0, focus, whole=whole)
    assume(once.zoom < 1)
    twice = frame(size, (2 * room[0], 2 * room[1]), 2.0, focus, whole=whole)
    assert abs(twice.zoom - 2 * once.zoom) < 1e-9
    assert (twice.left, twice.top) == (once.left, once.top)
    assert (twice.width, twice.height) == (once.width, once.height)


@given(SIZES, ROOMS, RATIOS)
def test_whole_images_are_not_cut(size, room, ratio):
    shown = frame(size, room, ratio, None, whole=True)
    assert (shown.left, shown.top) == (0, 0)
    assert shown.width >= size[0] - 1e-6
    assert shown.height >= size[1] - 1e-6


def test_a_tall_page_fills_its_room_from_the_top():
    shown = frame((1440, 60_000), (200, 150), 1.0, None, whole=False)
    assert shown.size == (200, 150)
    assert (shown.left, shown.top, shown.width) == (0, 0, 1440)


def test_a_wide_banner_is_larger_than_a_strip():
    shown = frame((1440, 90), (200, 150), 1.0, None, whole=False)
    assert shown.width == 720
    assert shown.size == (200, 25)


def test_a_small_change_on_a_large_page_is_seen_with_what_is_around_it():
    shown = frame((1440, 9000), (200, 150), 1.0, (700, 5000, 3, 3), whole=False)
    assert shown.width == 420
    assert shown.left + shown.width / 2 == 701.5 or abs(shown.left + 210 - 701.5) <= 1
    assert abs(shown.top + shown.height / 2 - 5001.5) <= 1


def test_small_images_are_enlarged_by_whole_numbers():
    shown = frame((24, 24), (200, 150), 1.0, None, whole=False)
    assert shown.size == (96, 96)
    assert shown.pixelated
    assert frame((24, 24), (400, 300), 2.0, None, whole=False).size == (216, 216)
    assert frame((180, 120), (400, 300), 2.0, None, whole=False).size == (360, 240)
    assert frame((180, 120), (200, 150), 1.0, None, whole=False).size == (180, 120)


def test_an_icon_lets_its_ground_through_and_is_no_page():
    assert looks_like_an_icon((64, 48), opaque=False)
    assert not looks_like_an_icon((64, 48), opaque=True)
    assert not looks_like_an_icon((390, 844), opaque=False)
    assert not looks_like_an_icon((2000, 2000), opaque=False)
