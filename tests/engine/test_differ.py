"""Whole measurements with the real odiff."""

from __future__ import annotations

import hashlib
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from snapreview.engine.differ import OdiffDiffer
from snapreview.engine.odiff import OdiffServer
from snapreview.engine.results import Measured
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, EngineFailure, ImageError
from snapreview.model.options import DiffOptions
from snapreview.stores.pixels import read_mask

from . import images

Measure = Callable[..., Measured]
RGBA = "RGBA"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


@pytest.fixture
def mask(tmp_path: Path) -> Path:
    return tmp_path / "masks" / "mask.png"


@pytest.fixture
def differ(odiff_path: Path, work: Path, mask: Path) -> Iterator[OdiffDiffer]:
    mask.parent.mkdir()
    with OdiffDiffer(OdiffServer(odiff_path), work) as differ:
        yield differ


@pytest.fixture
def measure(differ: OdiffDiffer, work: Path, mask: Path) -> Measure:
    """Measures; whatever comes of it, no file is altered and none is left behind."""

    def measured(base: Path, head: Path, **options: object) -> Measured:
        before = digests(base, head)
        try:
            return differ.ask(base, head, mask, DiffOptions(**options), CancelToken())()
        finally:
            assert digests(base, head) == before
            assert not list(work.iterdir())
            assert [path.name for path in mask.parent.iterdir()] in ([], [mask.name])

    return measured


def digests(*paths: Path) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.exists()]


def picture(size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Few, clear colours that every format keeps."""
    image = Image.new("RGB", size, (250, 250, 250))
    image.paste((200, 30, 60), (5, 5, 25, 20))
    image.paste((20, 90, 220), (30, 10, 50, 35))
    return image


def same(found: Measured, size: tuple[int, int] = (60, 40)) -> bool:
    """Whether the two are equal to the last pixel."""
    diff = found.diff
    return (
        (found.base_size, found.head_size, diff.canvas) == (size, size, size)
        and (diff.changed_pixels, diff.subtle_pixels, diff.regions) == (0, 0, ())
        and diff.mask is None
        and not (diff.alpha_changed or diff.size_changed)
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def blank_png(width: int, height: int) -> bytes:
    """One bit per pixel, all black: a large picture in a small file."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + (width + 7) // 8)) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IDAT", rows + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


# The same picture in another file.


@pytest.mark.parametrize(
    ("name", "kind", "mode", "options"),
    [
        ("b.png", "PNG", RGBA, {}),
        ("b.PNG", "PNG", "RGB", {}),
        ("b.png", "PNG", "P", {}),
        ("b.png", "PNG", "RGB", {"compress_level": 0}),
        ("b.bmp", "BMP", "RGB", {}),
        ("b.bmp", "BMP", "P", {}),
        ("b.tiff", "TIFF", RGBA, {}),
        ("b.tif", "TIFF", "RGB", {"compression": "tiff_lzw"}),
        ("b.gif", "GIF", "P", {}),
        ("b.webp", "WEBP", "RGB", {"lossless": True}),
        ("b.png", "WEBP", RGBA, {"lossless": True}),
        ("b.jpg", "PNG", "RGB", {}),
        ("no ending", "PNG", "RGB", {}),
    ],
)
def test_a_picture_saved_otherwise_is_unchanged(
    tmp_path: Path, measure: Measure, name: str, kind: str, mode: str, options: dict
) -> None:
    base = images.saved(picture(), tmp_path / "a.png")
    converted = picture().convert(mode, palette=Image.Palette.ADAPTIVE)
    head = images.saved(converted, tmp_path / name, format=kind, **options)
    assert same(measure(base, head))
    assert same(measure(head, base))


def test_half_transparent_pixels_of_a_tiff_are_those_of_a_png(
    tmp_path: Path, measure: Measure
) -> None:
    image = images.flat((60, 40), (200, 100, 50, 128), RGBA)
    base = images.saved(image, tmp_path / "a.png")
    assert same(measure(base, images.saved(image, tmp_path / "b.tiff")))


def test_sixteen_bits_are_compared_by_their_upper_eight(tmp_path: Path, measure: Measure) -> None:
    eight = np.arange(60 * 40, dtype=np.uint32).reshape(40, 60) % 256
    deep = Image.fromarray((eight << 8 | 0x7F).astype(np.uint16))
    base = images.saved(Image.fromarray(eight.astype(np.uint8)), tmp_path / "a.png")
    assert same(measure(base, images.saved(deep, tmp_path / "b.png")))


def test_a_palette_with_transparency_is_what_it_looks_like(
    tmp_path: Path, measure: Measure
) -> None:
    flat = Image.new("P", (60, 40), 1)
    flat.putpalette([0, 0, 0, 10, 200, 30])
    base = images.saved(flat, tmp_path / "a.png", transparency=bytes([255, 90]))
    head = images.saved(images.flat((60, 40), (10, 200, 30, 90), RGBA), tmp_path / "b.png")
    assert same(measure(base, head))


def test_a_jpeg_that_is_named_png_is_compared(tmp_path: Path, measure: Measure) -> None:
    base = images.saved(picture(), tmp_path / "a.jpg", quality=90)
    head = tmp_path / "b.png"
    head.write_bytes(base.read_bytes() + b"\0")
    assert same(measure(base, head))


def test_a_cmyk_jpeg_is_compared(tmp_path: Path, measure: Measure) -> None:
    cmyk = picture().convert("CMYK")
    base = images.saved(cmyk, tmp_path / "a.jpg", quality=95)
    with Image.open(base) as stored:
        head = images.saved(stored.convert("RGB"), tmp_path / "b.png")
    assert same(measure(base, head))
    other = images.saved(picture().rotate(180).convert("CMYK"), tmp_path / "c.jpg", quality=95)
    assert measure(base, other).diff.changed_pixels > 500


def test_an_avif_is_compared(tmp_path: Path, measure: Measure) -> None:
    base = images.saved(picture(), tmp_path / "a.avif", quality=100)
    with Image.open(base) as stored:
        head = images.saved(stored.convert("RGBA"), tmp_path / "b.png")
    assert same(measure(base, head))


@pytest.mark.parametrize(("name", "kind"), [("b.webp", "WEBP"), ("b.gif", "GIF"), ("b.png", "PNG")])
def test_an_animation_is_compared_by_its_first_frame(
    tmp_path: Path, measure: Measure, name: str, kind: str
) -> None:
    base = images.saved(picture(), tmp_path / "a.png")
    frames = [picture().rotate(180)]
    head = images.saved(
        picture(), tmp_path / name, format=kind, save_all=True, append_images=frames, lossless=True
    )
    found = measure(base, head)
    assert same(found)
    assert found.diff.notes == ("Animated: only the first frames were compared.",)


# Differences.


def test_a_difference_is_counted_marked_and_boxed(
    tmp_path: Path, measure: Measure, mask: Path
) -> None:
    base = images.saved(picture(), tmp_path / "a.png")
    points = [(0, 0), (1, 0), (59, 39)]
    head = images.saved(images.dotted(picture(), (0, 0, 0), *points), tmp_path / "b.png")
    diff = measure(base, head).diff
    assert (diff.changed_pixels, diff.subtle_pixels, diff.total_pixels) == (3, 0, 2400)
    assert diff.mask == mask
    assert images.marked(mask) == set(points)
    assert diff.regions == ((0, 0, 2, 1), (59, 39, 1, 1))


def test_a_result_without_a_mask_takes_none_of_before(tmp_path: Path, measure: Measure) -> None:
    base, head = images.pair(tmp_path)
    assert measure(base, head).diff.mask is not None
    again = images.saved(images.flat(), tmp_path / "again.png", compress_level=0)
    assert measure(base, again).diff.mask is None


def test_antialiasing_and_threshold_reach_odiff(tmp_path: Path, measure: Measure) -> None:
    base = images.saved(images.flat((9, 9), 200), tmp_path / "a.png")
    head = images.saved(images.flat((9, 9), 210), tmp_path / "b.png")
    assert measure(base, head, threshold=0.01).diff.changed_pixels == 81
    diff = measure(base, head, threshold=0.5).diff
    assert (diff.changed_pixels, diff.subtle_pixels) == (0, 81)


def test_what_odiff_does_not_see_is_subtle_and_exact(tmp_path: Path, measure: Measure) -> None:
    base = images.saved(images.flat((60, 40), 200), tmp_path / "a.png")
    points = [(3, 3), (50, 30), (51, 30), (7, 39)]
    faint = images.dotted(images.flat((60, 40), 200), 201, *points)
    diff = measure(base, images.saved(faint, tmp_path / "b.png")).diff
    assert (diff.changed_pixels, diff.subtle_pixels, diff.mask) == (0, 4, None)
    assert not diff.alpha_changed


@pytest.mark.parametrize("clear", [(255, 255, 255, 0), (0, 0, 0, 0), (255, 0, 0, 0)])
def test_white_and_transparent_are_not_the_same(
    tmp_path: Path, measure: Measure, mask: Path, clear: tuple[int, ...]
) -> None:
    white = images.flat((60, 40), (255, 255, 255, 255), RGBA)
    base = images.saved(white, tmp_path / "a.png")
    points = [(1, 1), (40, 20), (41, 20)]
    head = images.saved(images.dotted(white, clear, *points), tmp_path / "b.png")
    diff = measure(base, head).diff
    assert (diff.changed_pixels, diff.subtle_pixels, diff.alpha_changed) == (3, 0, True)
    assert diff.mask == mask
    assert images.marked(mask) == set(points)
    assert diff.regions == ((40, 20, 2, 1), (1, 1, 1, 1))


def test_colours_under_full_transparency_are_only_subtle(tmp_path: Path, measure: Measure) -> None:
    base = images.saved(images.flat((60, 40), (0, 0, 0, 0), RGBA), tmp_path / "a.png")
    head = images.saved(images.flat((60, 40), (255, 0, 0, 0), RGBA), tmp_path / "b.png")
    diff = measure(base, head).diff
    assert (diff.changed_pixels, diff.subtle_pixels, diff.alpha_changed) == (0, 2400, False)


# Different sizes.


@pytest.mark.parametrize("colour", [(200, 200, 200), (255, 255, 255), (0, 0, 0)])
@pytest.mark.parametrize(
    ("base_size", "head_size", "only_one", "canvas"),
    [
        ((200, 100), (200, 150), 200 * 50, (200, 150)),
        ((200, 150), (200, 100), 200 * 50, (200, 150)),
        ((230, 100), (200, 150), 30 * 100 + 200 * 50, (230, 150)),
        ((1, 1), (3, 1), 2, (3, 1)),
    ],
)
def test_every_pixel_that_only_one_image_has_is_counted_and_marked(
    tmp_path: Path,
    measure: Measure,
    base_size: tuple[int, int],
    head_size: tuple[int, int],
    only_one: int,
    canvas: tuple[int, int],
    colour: tuple[int, int, int],
) -> None:
    base = images.saved(images.flat(base_size, colour, "RGB"), tmp_path / "a.png")
    head = images.saved(images.flat(head_size, colour, "RGB"), tmp_path / "b.png")
    found = measure(base, head)
    diff = found.diff
    assert (found.base_size, found.head_size, diff.canvas) == (base_size, head_size, canvas)
    assert (diff.changed_pixels, diff.size_changed) == (only_one, True)
    assert diff.mask is not None
    marked = read_mask(diff.mask)
    assert marked.shape == (canvas[1], canvas[0])
    assert marked.sum() == only_one
    shared = min(base_size[0], head_size[0]), min(base_size[1], head_size[1])
    assert not marked[: shared[1], : shared[0]].any()


def test_differences_inside_are_united_with_those_outside(
    tmp_path: Path, measure: Measure, mask: Path
) -> None:
    white = images.flat((20, 12), (255, 255, 255), "RGB")
    dots = [(0, 0), (19, 9)]
    base = images.saved(white.crop((0, 0, 20, 10)), tmp_path / "a.png")
    head = images.saved(images.dotted(white, (0, 0, 0), *dots, (5, 11)), tmp_path / "b.png")
    diff = measure(base, head).diff
    assert diff.changed_pixels == 2 + 2 * 20
    assert images.marked(mask) == {*dots, *((x, y) for x in range(20) for y in (10, 11))}


def test_transparent_rows_that_only_one_has_count_too(tmp_path: Path, measure: Measure) -> None:
    base = images.saved(images.flat((20, 10), (0, 0, 0, 0), RGBA), tmp_path / "a.png")
    head = images.saved(images.flat((20, 13), (0, 0, 0, 0), RGBA), tmp_path / "b.png")
    assert measure(base, head).diff.changed_pixels == 60


@pytest.mark.parametrize("ending", ["jpg", "webp"])
def test_a_lossy_picture_that_only_grew_differs_only_where_it_grew(
    tmp_path: Path, measure: Measure, ending: str
) -> None:
    """Both are decoded alike: no rounding of a decoder passes for a change."""
    tall = images.noise((160, 128))
    base = images.saved(tall.crop((0, 0, 160, 64)), tmp_path / f"a.{ending}", quality=90)
    with Image.open(base) as stored:
        grown = Image.new("RGB", (160, 128))
        grown.paste(stored)
    head = images.saved(grown, tmp_path / "b.png")
    assert measure(base, head).diff.changed_pixels == 160 * 64


# EXIF.


def test_a_picture_turned_by_a_tag_is_the_one_that_was_saved_upright(
    tmp_path: Path, measure: Measure
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    base = images.saved(picture(), tmp_path / "a.png")
    head = images.saved(picture().rotate(90, expand=True), tmp_path / "b.png", exif=exif)
    found = measure(base, head)
    assert same(found)
    assert "EXIF" in found.diff.notes[0]
    changed = images.dotted(picture(), (0, 0, 0), (59, 0)).rotate(90, expand=True)
    diff = measure(base, images.saved(changed, tmp_path / "c.png", exif=exif)).diff
    assert diff.regions == ((59, 0, 1, 1),)


def test_equal_tags_are_compared_as_stored(tmp_path: Path, measure: Measure) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    base = images.saved(picture(), tmp_path / "a.png", exif=exif)
    changed = images.dotted(picture(), (0, 0, 0), (59, 0))
    found = measure(base, images.saved(changed, tmp_path / "b.png", exif=exif))
    assert found.diff.canvas == (60, 40)
    assert found.diff.regions == ((59, 0, 1, 1),)
    assert found.diff.notes == ()


# What cannot be compared.


@pytest.mark.parametrize("side", ["base", "head"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"just text",
        b"\x89PNG\r\n\x1a\n",
        blank_png(64, 64)[:50],
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        b"BM",
        b"RIFF\0\0\0\0WEBP",
    ],
)
def test_a_bad_file_is_told_in_a_sentence_and_the_next_pair_works(
    tmp_path: Path, measure: Measure, data: bytes, side: str
) -> None:
    good = images.saved(picture(), tmp_path / "good.png")
    bad = tmp_path / "bad.png"
    bad.write_bytes(data)
    with pytest.raises(ImageError) as caught:
        measure(*((bad, good) if side == "base" else (good, bad)))
    assert str(caught.value).endswith(".")
    assert str(tmp_path) not in str(caught.value)
    assert same(measure(good, images.saved(picture(), tmp_path / "b.bmp")))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "AVIF"])
def test_a_truncated_file_is_told(tmp_path: Path, measure: Measure, kind: str) -> None:
    good = images.saved(images.noise((60, 40)), tmp_path / "good.png")
    whole = images.saved(images.noise((60, 40)), tmp_path / "bad", format=kind).read_bytes()
    bad = tmp_path / "bad"
    bad.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ImageError) as caught:
        measure(good, bad)
    assert str(caught.value).endswith(".")


def test_a_file_that_has_gone_is_told(tmp_path: Path, measure: Measure) -> None:
    good = images.saved(picture(), tmp_path / "good.png")
    with pytest.raises(ImageError):
        measure(good, tmp_path / "gone.png")


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits of this kind")
def test_a_decompression_bomb_is_refused_by_its_header(tmp_path: Path, measure: Measure) -> None:
    import resource

    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(blank_png(30_000, 30_000))
    assert bomb.stat().st_size < 200_000
    small = images.saved(picture(), tmp_path / "small.png")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for pair in ((bomb, small), (small, bomb)):
        with pytest.raises(ImageError, match="30,000 × 30,000 pixels are more than the limit"):
            measure(*pair)
    unit = 1 if sys.platform == "darwin" else 1024
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit
    assert grown < 50 * 1024**2, "decoded it would be 900 MB at least"


def test_a_limit_counts_the_common_canvas(tmp_path: Path, measure: Measure) -> None:
    base = images.saved(images.flat((100, 1)), tmp_path / "a.png")
    head = images.saved(images.flat((1, 100)), tmp_path / "b.png")
    assert measure(base, head, max_pixels=10_000).diff.canvas == (100, 100)
    with pytest.raises(ImageError, match="100 × 100 pixels"):
        measure(base, head, max_pixels=9_999)


def test_a_mask_that_cannot_be_written_is_told(tmp_path: Path, differ: OdiffDiffer) -> None:
    base, head = images.pair(tmp_path)
    nowhere = tmp_path / "nowhere" / "mask.png"
    with pytest.raises(EngineFailure, match=r"mask.*could not be written.*retry\."):
        differ.ask(base, head, nowhere, DiffOptions(), CancelToken())()


# Life.


def test_a_cancelled_token_ends_it_at_once(
    tmp_path: Path, differ: OdiffDiffer, mask: Path, work: Path
) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        differ.ask(*images.pair(tmp_path), mask, DiffOptions(), token)
    assert not list(work.iterdir())


def test_nothing_is_left_when_it_is_closed(odiff_path: Path, work: Path, tmp_path: Path) -> None:
    server = OdiffServer(odiff_path)
    with OdiffDiffer(server, work) as differ:
        differ.ask(*images.pair(tmp_path), tmp_path / "m.png", DiffOptions(), CancelToken())()
        assert server.pid is not None
    assert server.pid is None
    assert not work.exists()


def test_two_workers_may_make_one_mask(odiff_path: Path, tmp_path: Path, work: Path) -> None:
    """Rows of equal content share a result: the mask of the one is never away for the other."""
    base, head = images.pair(tmp_path)
    mask = tmp_path / "mask.png"
    with (
        OdiffDiffer(OdiffServer(odiff_path), work / "1") as one,
        OdiffDiffer(OdiffServer(odiff_path), work / "2") as other,
    ):
        first = one.ask(base, head, mask, DiffOptions(), CancelToken())()
        held = mask.open("rb")
        second = other.ask(base, head, mask, DiffOptions(), CancelToken())()
    with held:
        assert held.read() == mask.read_bytes()
    assert first == second
