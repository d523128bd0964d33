"""odiff's masks are read as Pillow reads them, and no further than they need to be."""

from __future__ import annotations

import logging
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from snapreview.engine.maskfile import read_odiff_mask
from snapreview.model.errors import UnreadableImage


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def as_odiff(marked: np.ndarray, *, filter_type: int = 0, cut: int | None = None) -> bytes:
    """A mask in odiff's manner: RGBA, no row filters, zlib's level 1."""
    height, width = marked.shape
    rows = np.zeros((height, 1 + 4 * width), np.uint8)
    rows[:, 0] = filter_type
    rows[:, 1::4] = marked * 255
    rows[:, 4::4] = marked * 255
    packed = zlib.compress(rows.tobytes(), 1)[:cut]
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    half = len(packed) // 2
    parts = (packed[:half], packed[half:])
    data = b"".join(chunk(b"IDAT", part) for part in parts)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + data + chunk(b"IEND", b"")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(st.integers(1, 200), st.integers(1, 200), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_any_mask_is_read_as_it_was_drawn(
    tmp_path: Path, width: int, height: int, share: float, seed: int
) -> None:
    marked = np.random.default_rng(seed).random((height, width)) < share
    path = tmp_path / "m.png"
    path.write_bytes(as_odiff(marked))
    found = read_odiff_mask(path, int(marked.sum()))
    assert found.dtype == np.bool_
    assert np.array_equal(found, marked)


def test_what_lies_below_the_last_mark_is_not_needed(tmp_path: Path) -> None:
    marked = np.zeros((4000, 300), np.bool_)
    marked[3, 5] = True
    path = tmp_path / "m.png"
    whole = as_odiff(marked)
    path.write_bytes(as_odiff(marked, cut=len(whole) // 3))
    assert np.array_equal(read_odiff_mask(path, 1), marked)


@pytest.mark.parametrize("mode", ["P", "RGBA"])
def test_a_mask_written_in_another_way_is_read_whole(tmp_path: Path, mode: str) -> None:
    marked = np.zeros((90, 70), np.bool_)
    marked[10:30, 20:60] = True
    pixels = np.zeros((90, 70, 4), np.uint8)
    pixels[marked] = (255, 0, 0, 255)
    path = tmp_path / "m.png"
    Image.fromarray(pixels).convert(mode).save(path, optimize=True)
    if mode == "P":
        Image.fromarray(pixels).quantize(2).save(path)
    assert np.array_equal(read_odiff_mask(path, int(marked.sum())), marked)


def test_another_number_than_odiff_said_is_logged_and_the_mask_counts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    marked = np.zeros((40, 40), np.bool_)
    marked[5, 5:9] = True
    path = tmp_path / "m.png"
    path.write_bytes(as_odiff(marked))
    with caplog.at_level(logging.WARNING):
        for said in (3, 5):
            assert np.array_equal(read_odiff_mask(path, said), marked)
    assert caplog.text.count("odiff counted") == 2


def test_a_damaged_mask_is_told(tmp_path: Path) -> None:
    marked = np.ones((400, 400), np.bool_)
    path = tmp_path / "m.png"
    path.write_bytes(as_odiff(marked, cut=60))
    with pytest.raises(UnreadableImage):
        read_odiff_mask(path, 160_000)
