"""Pairs made comparable: what odiff gets, and what is left afterwards."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from snapreview.engine import prepare
from snapreview.engine.budget import PixelBudget
from snapreview.engine.prepare import Pair, Preparer, padded, write_stored_png
from snapreview.model.errors import UnreadableImage

from . import images

LIMIT = 100_000_000


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


@pytest.fixture
def preparer(work: Path) -> Preparer:
    return Preparer(work)


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGBA"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def turned(picture: Image.Image, path: Path, orientation: int) -> Path:
    """`picture` stored as it is, with a tag that says how to turn it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return images.saved(picture, path, exif=exif)


@pytest.mark.parametrize("ending", ["png", "jpg", "webp"])
def test_what_odiff_reads_is_linked_and_not_copied(
    tmp_path: Path, preparer: Preparer, ending: str
) -> None:
    base = images.saved(images.noise((9, 8)), tmp_path / f"a.{ending}")
    head = images.saved(images.noise((9, 8)), tmp_path / f"b.{ending}")
    pair = preparer.pair(base, head, LIMIT)
    assert pair.base.samefile(base)
    assert pair.head.samefile(head)
    assert pair.base.suffix == pair.head.suffix == f".{ending}"
    assert (pair.base_size, pair.canvas, pair.upright, pair.notes) == ((9, 8), (9, 8), False, ())


@pytest.mark.parametrize(
    ("name", "kind", "suffix"),
    [
        ("a.PNG", "PNG", ".png"),
        ("photo.png", "JPEG", ".jpg"),
        ("photo.jpe", "JPEG", ".jpg"),
        ("picture.gif", "WEBP", ".webp"),
        ("0123abcd", "PNG", ".png"),
        ("a.apng", "PNG", ".png"),
    ],
)
def test_the_content_counts_and_not_the_name(
    tmp_path: Path, preparer: Preparer, name: str, kind: str, suffix: str
) -> None:
    base = images.saved(images.noise((9, 8)), tmp_path / name, format=kind)
    pair = preparer.pair(base, base, LIMIT)
    assert pair.base.samefile(base)
    assert {pair.base.suffix, pair.head.suffix} == {suffix}


@pytest.mark.parametrize("ending", ["gif", "bmp", "tiff", "tif", "avif"])
def test_what_odiff_reads_wrongly_becomes_a_png_of_the_same_pixels(
    tmp_path: Path, preparer: Preparer, ending: str
) -> None:
    base = images.saved(images.flat(colour=(10, 90, 200), mode="RGB"), tmp_path / f"a.{ending}")
    pair = preparer.pair(base, base, LIMIT)
    assert pair.base.suffix == ".png"
    assert not pair.base.is_symlink()
    assert (pixels(pair.base) == pixels(base)).all()


def test_sizes_that_differ_are_padded_at_the_right_and_the_bottom(
    tmp_path: Path, preparer: Preparer
) -> None:
    base = images.saved(images.noise((23, 10)), tmp_path / "a.png")
    head = images.saved(images.noise((20, 15)), tmp_path / "b.png")
    pair = preparer.pair(base, head, LIMIT)
    assert (pair.canvas, pair.size_changed) == ((23, 15), True)
    assert (pair.base_size, pair.head_size) == ((23, 10), (20, 15))
    for made, source, (width, height) in (
        (pair.base, base, (23, 10)),
        (pair.head, head, (20, 15)),
    ):
        canvas = pixels(made)
        assert canvas.shape == (15, 23, 4)
        assert (canvas[:height, :width] == pixels(source)).all()
        assert int(canvas.sum()) == int(pixels(source).sum()), "the rest is transparent"


def test_the_one_that_fills_the_canvas_is_linked(tmp_path: Path, preparer: Preparer) -> None:
    base = images.saved(images.noise((20, 10)), tmp_path / "a.png")
    head = images.saved(images.noise((20, 15)), tmp_path / "b.png")
    pair = preparer.pair(base, head, LIMIT)
    assert pair.head.samefile(head)
    assert not pair.base.samefile(base)


def test_two_jpegs_are_read_by_one_decoder(tmp_path: Path, preparer: Preparer) -> None:
    """odiff's decoder rounds otherwise than ours: what we read of one, we read of the other."""
    base = images.saved(images.noise((20, 10)), tmp_path / "a.jpg")
    head = images.saved(images.noise((20, 15)), tmp_path / "b.jpg")
    for pair in (preparer.pair(base, head, LIMIT), preparer.pair(head, base, LIMIT)):
        assert {pair.base.suffix, pair.head.suffix} == {".png"}


def test_orientations_that_differ_are_applied(tmp_path: Path, preparer: Preparer) -> None:
    picture = images.noise((30, 20))
    base = images.saved(picture, tmp_path / "a.png")
    head = turned(picture.rotate(90, expand=True), tmp_path / "b.png", 6)
    pair = preparer.pair(base, head, LIMIT)
    assert pair.upright
    assert (pair.base_size, pair.head_size, pair.canvas) == ((30, 20), (30, 20), (30, 20))
    assert (pixels(pair.base) == pixels(pair.head)).all()
    assert any("orientation" in note for note in pair.notes)


def test_equal_orientations_are_left_as_they_are(tmp_path: Path, preparer: Preparer) -> None:
    picture = images.noise((30, 20))
    base = turned(picture, tmp_path / "a.png", 6)
    head = turned(picture, tmp_path / "b.png", 6)
    pair = preparer.pair(base, head, LIMIT)
    assert not pair.upright
    assert pair.base.samefile(base)
    assert pair.canvas == (30, 20)


def test_a_limit_is_checked_by_the_header(tmp_path: Path, preparer: Preparer, work: Path) -> None:
    base = images.saved(images.flat((20, 5)), tmp_path / "a.png")
    head = images.saved(images.flat((5, 20)), tmp_path / "b.png")
    preparer.release(preparer.pair(base, head, 400))
    with pytest.raises(UnreadableImage, match=r"20 × 20 pixels.*limit of 399.*--max-pixels"):
        preparer.pair(base, head, 399)
    assert not list(work.iterdir())


def test_releasing_leaves_the_folder_empty_and_the_sources_alone(
    tmp_path: Path, preparer: Preparer, work: Path
) -> None:
    base = images.saved(images.noise((20, 10)), tmp_path / "a.png")
    head = images.saved(images.noise((20, 15)), tmp_path / "b.bmp")
    before = digest(base), digest(head)
    pairs = [preparer.pair(base, head, LIMIT), preparer.pair(base, base, LIMIT)]
    assert len(list(work.iterdir())) == 4
    for pair in pairs:
        preparer.release(pair)
    assert not list(work.iterdir())
    assert (digest(base), digest(head)) == before


def test_a_head_that_cannot_be_decoded_leaves_nothing_behind(tmp_path: Path, work: Path) -> None:
    budget = PixelBudget(1000)
    preparer = Preparer(work, budget)
    base = images.saved(images.noise((20, 10)), tmp_path / "a.bmp")
    head = images.saved(images.noise((20, 10)), tmp_path / "b.bmp")
    head.write_bytes(head.read_bytes()[:200])
    for _ in range(10):  # the budget is given back each time, or this would never end
        with pytest.raises(UnreadableImage):
            preparer.pair(base, head, LIMIT)
    assert not list(work.iterdir())


def refuse(*_: object) -> None:
    raise OSError("not here")


@pytest.mark.parametrize("allowed", ["link", "symlink", "neither"])
def test_linking_falls_back_to_copying(
    tmp_path: Path, preparer: Preparer, monkeypatch: pytest.MonkeyPatch, allowed: str
) -> None:
    base = images.saved(images.noise((9, 8)), tmp_path / "a.png")
    for way in {"link", "symlink"} - {allowed}:
        monkeypatch.setattr(prepare.os, way, refuse)
    pair = preparer.pair(base, base, LIMIT)
    assert pair.base.read_bytes() == base.read_bytes()
    assert pair.base.is_symlink() == (allowed == "symlink")
    assert pair.base.samefile(base) == (allowed != "neither")
    preparer.release(pair)
    assert base.is_file()


@pytest.mark.skipif(os.name == "nt", reason="needs the right to make symbolic links")
def test_a_link_to_an_image_is_followed(tmp_path: Path, preparer: Preparer) -> None:
    base = images.saved(images.noise((9, 8)), tmp_path / "a.png")
    link = tmp_path / "link.png"
    link.symlink_to("a.png")
    pair = preparer.pair(link, base, LIMIT)
    assert pair.base.read_bytes() == base.read_bytes()


def test_each_pair_has_files_of_its_own(tmp_path: Path, preparer: Preparer) -> None:
    base = images.saved(images.noise((9, 8)), tmp_path / "a.png")

    def files(pair: Pair) -> set[Path]:
        return {pair.base, pair.head}

    pairs = [preparer.pair(base, base, LIMIT) for _ in range(3)]
    assert len(set().union(*map(files, pairs))) == 6


@given(st.integers(1, 40), st.integers(1, 40), st.randoms())
def test_a_stored_png_has_the_pixels_that_were_given(
    tmp_path_factory: pytest.TempPathFactory, width: int, height: int, random
) -> None:
    data = np.frombuffer(random.randbytes(width * height * 4), np.uint8)
    array = data.reshape(height, width, 4)
    path = write_stored_png(tmp_path_factory.getbasetemp() / "stored.png", array)
    with Image.open(path) as image:
        image.verify()
    assert (pixels(path) == array).all()


def test_padding_to_the_same_size_copies_nothing() -> None:
    array = np.ones((2, 3, 4), np.uint8)
    assert padded(array, (3, 2)) is array
