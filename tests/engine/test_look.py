"""The exact second look."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from snapreview.engine.look import look_at, second_look
from snapreview.model.errors import UnreadableImage

from . import images


@st.composite
def pairs(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Two arrays of one shape that differ in few places, some of them far down."""
    height, width = draw(st.sampled_from([1, 5, 255, 256, 257, 600])), draw(st.integers(1, 4))
    one = np.full((height, width, 4), 100, np.uint8)
    other = one.copy()
    places = st.tuples(
        st.integers(0, height - 1),
        st.integers(0, width - 1),
        st.integers(0, 3),
        st.integers(0, 255),
    )
    for y, x, channel, value in draw(st.lists(places, max_size=6)):
        other[y, x, channel] = value
    return one, other


@given(pairs())
def test_it_counts_pixels_that_differ_in_any_channel(pair: tuple[np.ndarray, np.ndarray]) -> None:
    one, other = pair
    look = look_at(one, other)
    assert look.differing == int((one != other).any(axis=2).sum())
    alpha = one[..., 3] != other[..., 3]
    if alpha.any():
        assert look.alpha is not None
        assert (look.alpha == alpha).all()
    else:
        assert look.alpha is None


@pytest.mark.parametrize("row", [0, 255, 256, 599])
def test_alpha_counts_wherever_it_differs(row: int) -> None:
    one = np.zeros((600, 3, 4), np.uint8)
    other = one.copy()
    other[row, 1, 3] = 1
    look = look_at(one, other)
    assert look.differing == 1
    assert look.alpha is not None
    assert np.argwhere(look.alpha).tolist() == [[row, 1]]


def test_files_of_different_kinds_are_compared_by_their_pixels(tmp_path: Path) -> None:
    picture = images.noise((30, 20))
    one = images.saved(picture, tmp_path / "a.png")
    other = images.saved(picture, tmp_path / "b.bmp")
    look = second_look(one, other, upright=False)
    assert (look.differing, look.alpha) == (0, None)


def test_colours_that_nobody_sees_differ_too(tmp_path: Path) -> None:
    one = images.saved(images.flat(colour=(0, 0, 0, 0), mode="RGBA"), tmp_path / "a.png")
    other = images.saved(images.flat(colour=(9, 0, 0, 0), mode="RGBA"), tmp_path / "b.png")
    look = second_look(one, other, upright=False)
    assert (look.differing, look.alpha) == (40 * 30, None)


def test_orientation_is_applied_where_asked(tmp_path: Path) -> None:
    picture = images.noise((30, 20))
    exif = Image.Exif()
    exif[0x0112] = 3
    one = images.saved(picture, tmp_path / "a.png")
    other = images.saved(picture.rotate(180), tmp_path / "b.png", exif=exif)
    assert second_look(one, other, upright=True).differing == 0
    assert second_look(one, other, upright=False).differing > 500


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    one = images.saved(images.flat(), tmp_path / "a.png")
    with pytest.raises(UnreadableImage):
        second_look(one, tmp_path / "missing.png", upright=False)
