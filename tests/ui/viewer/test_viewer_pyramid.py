from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from snapreview.model.errors import Cancelled
from snapreview.ui.viewer.pyramid import image_pyramid, mask_pyramid

SHAPES = array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=150)
ZOOMS = st.floats(1 / 64, 64)


def blocks(level: np.ndarray, row: int, column: int) -> np.ndarray:
    return level[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]


@given(arrays(np.uint8, SHAPES, elements=st.integers(0, 1)))
def test_a_cell_of_a_mask_is_set_when_any_pixel_below_it_is(mask):
    pyramid = mask_pyramid(mask)
    for k, level in enumerate(pyramid.levels):
        expected = np.zeros_like(level)
        rows, columns = np.nonzero(mask)
        expected[rows >> k, columns >> k] = 1
        assert np.array_equal(level, expected)
    assert pyramid.levels[-1].shape == (1, 1)


@given(arrays(np.uint32, (131, 75), elements=st.integers(0, 2**32 - 1)))
def test_a_pixel_of_a_level_is_the_mean_of_four(pixels):
    above, below = image_pyramid(pixels, opaque=True).levels[:2]
    assert below.shape == (66, 38)
    for row, column in ((0, 0), (31, 20), (32, 36), (64, 36)):
        four = blocks(above, row, column).view(np.uint8).reshape(-1, 4)
        found = below[row : row + 1, column : column + 1].view(np.uint8).reshape(4)
        assert np.abs(four.mean(axis=0) - found).max() <= 0.5
    # Of an odd size the last row and column count twice.
    last = below[65:66, 37:38].view(np.uint8).reshape(4)
    assert np.array_equal(last, above[130:131, 74:75].view(np.uint8).reshape(4))


def test_a_level_of_one_colour_is_that_colour_at_every_size():
    pixels = np.full((257, 1030), 0xFF8040C0, np.uint32)
    levels = image_pyramid(pixels, opaque=True).levels
    assert [level.shape for level in levels[:3]] == [(257, 1030), (129, 515), (65, 258)]
    assert all((level == 0xFF8040C0).all() for level in levels)
    assert all(level.flags.c_contiguous for level in levels)


@given(ZOOMS)
def test_images_come_from_a_finer_level_and_masks_from_a_coarser_one(zoom):
    image = image_pyramid(np.zeros((8192, 1), np.uint32), opaque=True)
    mask = mask_pyramid(np.zeros((8192, 1), np.uint8))
    finer, coarser = image.finer(zoom), mask.coarser(zoom)
    assert zoom * 2**finer <= max(1, zoom)
    assert zoom * 2 ** (finer + 1) > 1
    assert zoom * 2**coarser >= 1
    assert coarser == 0 or zoom * 2 ** (coarser - 1) < 1


def test_it_can_be_stopped_between_strips():
    calls = []

    def check() -> None:
        calls.append(1)
        if len(calls) == 3:
            raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        mask_pyramid(np.zeros((1000, 10), np.uint8), check=check)
    assert len(calls) == 3
