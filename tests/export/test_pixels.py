"""Every kind of file to the same pixels, and damaged ones to a sentence."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from PIL import Image

from snapreview.model.errors import UnreadableImage
from snapreview.stores.pixels import decode_rgba, mask_png, png_bytes, read_mask

from .makers import solid

SLOW_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(size: tuple[int, int], depth: int, colour: int, rows: bytes, *extra: bytes) -> bytes:
    """A PNG of any depth and colour type, by hand: Pillow writes few of them."""
    header = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, 0)
    body = b"".join(extra) + chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def trns(data: bytes) -> bytes:
    return chunk(b"tRNS", data)


def saved(image: Image.Image, form: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def decoded(folder: Path, data: bytes, **options) -> np.ndarray:
    path = folder / "image"
    path.write_bytes(data)
    return decode_rgba(path, **({"max_pixels": None} | options))


def grey(value: int, alpha: int = 255) -> list[int]:
    return [value, value, value, alpha]


BY_HAND = {
    "grey 16": (png((2, 1), 16, 0, b"\0\x12\x34\xab\xcd"), [grey(0x12), grey(0xAB)]),
    "grey 16, tRNS": (
        png((2, 1), 16, 0, b"\0\x12\x34\x12\x35", trns(b"\x12\x34")),
        [grey(0x12, 0), grey(0x12)],
    ),
    "rgb 16": (png((1, 1), 16, 2, b"\0\x12\xff\x56\xff\x9a\xff"), [[0x12, 0x56, 0x9A, 255]]),
    "rgb 16, tRNS": (
        png((2, 1), 16, 2, b"\0" + b"\x12\x34" * 3 + b"\xff" * 6, trns(b"\x12\x34" * 3)),
        [grey(0x12, 0), grey(255)],
    ),
    "rgb 8, tRNS": (
        png((2, 1), 8, 2, b"\0\1\2\3\1\2\4", trns(b"\0\1\0\2\0\3")),
        [[1, 2, 3, 0], [1, 2, 4, 255]],
    ),
    "grey alpha 16": (png((1, 1), 16, 4, b"\0\x12\x34\x56\x78"), [grey(0x12, 0x56)]),
    "rgba 16": (png((1, 1), 16, 6, b"\0" + b"\x12\x34" * 4), [[0x12] * 4]),
    "grey alpha 8": (png((2, 1), 8, 4, b"\0\x10\x80\x20\x00"), [grey(0x10, 0x80), grey(0x20, 0)]),
    "grey 1": (png((2, 1), 1, 0, b"\0\x40"), [grey(0), grey(255)]),
    "grey 1, tRNS": (png((2, 1), 1, 0, b"\0\x40", trns(b"\0\1")), [grey(0), grey(255, 0)]),
    "grey 2, tRNS": (png((2, 1), 2, 0, b"\0\x90", trns(b"\0\2")), [grey(170, 0), grey(85)]),
    "grey 4, tRNS": (png((2, 1), 4, 0, b"\0\x9a", trns(b"\0\x09")), [grey(153, 0), grey(170)]),
    "palette 8, tRNS": (
        png((3, 1), 8, 3, b"\0\0\1\2", chunk(b"PLTE", bytes(range(9))), trns(b"\0\x80")),
        [[0, 1, 2, 0], [3, 4, 5, 0x80], [6, 7, 8, 255]],
    ),
    "palette 1": (png((2, 1), 1, 3, b"\0\x40", chunk(b"PLTE", bytes(6 * [7]))), [grey(7), grey(7)]),
}  # fmt: skip


@pytest.mark.parametrize("kind", BY_HAND)
def test_png_of_every_kind(kind: str, tmp_path: Path) -> None:
    data, pixels = BY_HAND[kind]
    assert decoded(tmp_path, data).tolist() == [pixels]


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "JPEG"])
def test_every_format_by_its_content(form: str, tmp_path: Path) -> None:
    image = Image.new("RGB", (20, 10), (200, 100, 40))
    options = {"lossless": True} if form == "WEBP" else {}
    pixels = decoded(tmp_path, saved(image, form, **options))
    assert pixels.shape == (10, 20, 4)
    assert pixels.dtype == np.uint8
    expected = np.array([200, 100, 40, 255], np.int64)
    tolerance = 3 if form in {"JPEG", "AVIF"} else 0
    assert (abs(pixels.astype(np.int64) - expected) <= tolerance).all()


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_cmyk(form: str, tmp_path: Path) -> None:
    pixels = decoded(tmp_path, saved(Image.new("CMYK", (8, 8), (255, 0, 0, 0)), form))
    assert (abs(pixels[0, 0].astype(int) - [0, 255, 255, 255]) <= 2).all()


def test_a_colour_space_that_is_not_known_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableImage, match="Lab"):
        decoded(tmp_path, saved(Image.new("LAB", (2, 2)), "TIFF"))


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_frame(form: str, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "lime")]
    options = {"lossless": True} if form == "WEBP" else {}
    data = saved(frames[0], form, save_all=True, append_images=frames[1:], **options)
    assert (decoded(tmp_path, data) == (255, 0, 0, 255)).all()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_orientation_is_applied_when_asked(form: str, tmp_path: Path) -> None:
    image = Image.new("RGB", (16, 8), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    data = saved(image, form, exif=exif)
    assert decoded(tmp_path, data).shape == (8, 16, 4)
    assert decoded(tmp_path, data, upright=True).shape == (16, 8, 4)


def test_tiff_is_upright_once(tmp_path: Path) -> None:
    data = saved(Image.new("RGB", (16, 8)), "TIFF", tiffinfo={0x0112: 6})
    assert decoded(tmp_path, data).shape == (16, 8, 4)
    assert decoded(tmp_path, data, upright=True).shape == (16, 8, 4)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "AVIF", "BMP"])
def test_half_a_file_is_unreadable(form: str, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (60, 80, 3), np.uint8)
    data = saved(Image.fromarray(noise), form)
    with pytest.raises(UnreadableImage, match="damaged, cut short"):
        decoded(tmp_path, data[: len(data) // 2])


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"Hello, I am a text.", "not an image"), (b"\x89PNG\r\n\x1a\n", "damaged")],
)
def test_what_is_no_image_is_told(data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableImage, match=words):
        decoded(tmp_path, data)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(UnreadableImage, match="could not be opened"):
            decode_rgba(path, max_pixels=None)
        with pytest.raises(UnreadableImage, match="could not be opened"):
            read_mask(path)


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    bomb = png((30_000, 30_000), 8, 6, b"")  # decoding it would fail in another way
    with pytest.raises(UnreadableImage, match="30,000 × 30,000 pixels, more than the limit of 899"):
        decoded(tmp_path, bomb, max_pixels=900_000_000 - 1)


def test_the_limit_is_ours_and_not_the_one_of_pillow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    data = png_bytes(solid((1, 2, 3, 4), (10, 10)))
    assert decoded(tmp_path, data, max_pixels=100).shape == (10, 10, 4)
    with pytest.raises(UnreadableImage, match="limit of 99"):
        decoded(tmp_path, data, max_pixels=99)
    assert Image.MAX_IMAGE_PIXELS == 10


SAMPLES = [
    saved(Image.effect_noise((24, 16), 90).convert("RGB"), form)
    for form in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
] + [BY_HAND["palette 8, tRNS"][0]]


@pytest.mark.filterwarnings("ignore")  # Pillow also warns of some damage that it can live with
@SLOW_FOLDER
@given(st.sampled_from(SAMPLES), st.data())
def test_damage_is_told_and_nothing_else_happens(
    tmp_path: Path, sample: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(sample)
    places = st.integers(0, len(sample) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=4)):
        damaged[place] = value
    cut = data.draw(st.just(len(sample)) | places)
    try:
        pixels = decoded(tmp_path, bytes(damaged[:cut]), max_pixels=1_000_000)
    except UnreadableImage:
        return
    assert pixels.ndim == 3
    assert pixels.shape[2] == 4


@SLOW_FOLDER
@given(arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=40)))
def test_a_mask_survives(tmp_path: Path, mask: np.ndarray) -> None:
    path = tmp_path / "mask.png"
    path.write_bytes(mask_png(mask))
    assert np.array_equal(read_mask(path), mask)
    assert (decode_rgba(path, max_pixels=None)[mask] == (255, 0, 0, 255)).all()


@SLOW_FOLDER
@given(arrays(np.uint8, array_shapes(min_dims=2, max_dims=2, max_side=20).map(lambda s: (*s, 4))))
def test_pixels_survive(tmp_path: Path, pixels: np.ndarray) -> None:
    path = tmp_path / "image.png"
    path.write_bytes(png_bytes(pixels))
    assert np.array_equal(decode_rgba(path, max_pixels=None), pixels)
    assert np.array_equal(read_mask(path), pixels[..., 3] > 0)


def test_a_mask_that_is_cut_short_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "mask.png"
    whole = png_bytes(solid((255, 0, 0, 255), (300, 300)))
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableImage):
        read_mask(path)
