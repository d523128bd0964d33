"""What odiff 4.5.0 does that SnapReview must guard against, asked without its guards.

A newer odiff that behaves otherwise fails here: then look whether the guard that a test names is
still needed, or still enough.
"""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from PIL import Image

from . import images
from .odiffs import posix, raw, request


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.png"


def count(odiff: Path, base: Path, head: Path, out: Path, **options: object) -> int:
    """How many pixels differ, 0 for a match."""
    answer = raw(odiff, request(base, head, out, **options)).answer
    assert "error" not in answer, answer
    assert answer["match"] is ("diffCount" not in answer)
    return answer.get("diffCount", 0)


def side_error(odiff: Path, base: Path, head: Path, out: Path) -> str:
    """odiff's error, without the path at its end."""
    return raw(odiff, request(base, head, out)).error.partition(":")[0]


COMPARISON = "Could not load comparison image"


# The life of the process: guarded in engine/process.py.


def test_it_ends_when_its_input_does(odiff_path: Path) -> None:
    run = raw(odiff_path)
    assert (run.lines, run.code) == ([], 0)


@posix
def test_options_as_a_list_crash_it(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    """We always send an object (test_odiff_protocol.py)."""
    asked = request(*images.pair(tmp_path), out) | {"options": []}
    assert raw(odiff_path, asked).code == -signal.SIGSEGV


@pytest.mark.parametrize(("size", "alive"), [(16_384, True), (16_385, False)])
def test_a_long_line_ends_it(
    odiff_path: Path, tmp_path: Path, out: Path, size: int, alive: bool
) -> None:
    """Our paths are limited, and with them the line."""
    line = json.dumps(request(*images.pair(tmp_path), out)).encode()
    run = raw(odiff_path, line + b" " * (size - 1 - len(line)) + b"\n")
    assert bool(run.lines) is alive
    assert run.code == (0 if alive else 1)
    assert ("StreamTooLong" in run.stderr) is not alive


@posix
@pytest.mark.parametrize(("size", "answered"), [(479, True), (480, False)])
def test_it_is_silent_about_a_long_path_that_fails(
    odiff_path: Path, tmp_path: Path, out: Path, size: int, answered: bool
) -> None:
    """Guarded by PATH_LIMIT in engine/protocol.py."""
    base, _ = images.pair(tmp_path)
    head = Path("x" * (size - 4) + ".png")
    run = raw(odiff_path, request(base, head, out))
    assert bool(run.lines) is answered
    assert run.code == 0


@posix
def test_a_long_path_that_exists_is_answered(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    folder = tmp_path.joinpath(*["d" * 200] * 3)
    folder.mkdir(parents=True)
    base, head = images.pair(folder)
    assert len(os.fsencode(base)) > 600
    assert count(odiff_path, base, head, out) == 3


def test_bytes_that_are_no_unicode_are_invalid(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    line = json.dumps(request(*images.pair(tmp_path), out)).encode()
    run = raw(odiff_path, line.replace(b"head.png", b"\xff.png") + b"\n")
    assert run.answer == {"error": "Invalid JSON"}


@pytest.mark.parametrize(("name", "lines"), [('mi"ss.png', 1), ("mi\nss.png", 2)])
def test_a_path_in_an_error_is_not_escaped(
    odiff_path: Path, tmp_path: Path, out: Path, name: str, lines: int
) -> None:
    base, _ = images.pair(tmp_path)
    run = raw(odiff_path, request(base, tmp_path / name, out))
    assert len(run.lines) == lines
    with pytest.raises(json.JSONDecodeError):
        json.loads(run.lines[0])


# The output: guarded in engine/odiff.py.


def test_a_match_leaves_an_older_output(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    base, _ = images.pair(tmp_path)
    out.write_text("older")
    assert count(odiff_path, base, base, out) == 0
    assert out.read_text() == "older"


def test_a_match_writes_nothing(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    base, _ = images.pair(tmp_path)
    assert count(odiff_path, base, base, out) == 0
    assert not out.exists()


def test_the_output_may_replace_the_input(odiff_path: Path, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    before = base.read_bytes()
    assert count(odiff_path, base, head, base) == 3
    assert base.read_bytes() != before


@pytest.mark.parametrize("name", ["out.jpg", "out.PNG", "out", "no/out.png"])
def test_only_png_in_an_existing_folder_is_written(
    odiff_path: Path, tmp_path: Path, name: str
) -> None:
    base, head = images.pair(tmp_path)
    asked = request(base, head, tmp_path / name)
    assert raw(odiff_path, asked).error == "Failed to save diff output"
    assert raw(odiff_path, request(base, base, tmp_path / name)).answer["match"] is True


def test_an_output_must_be_named(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    asked = request(*images.pair(tmp_path), out)
    del asked["output"]
    assert raw(odiff_path, asked).error == "Missing output path"


def test_without_the_mask_option_the_whole_base_is_drawn(
    odiff_path: Path, tmp_path: Path, out: Path
) -> None:
    base, head = images.pair(tmp_path)
    count(odiff_path, base, head, out, outputDiffMask=False)
    assert len(images.marked(out)) == 40 * 30


# Options: guarded in engine/protocol.py.


@pytest.mark.parametrize(("threshold", "expected"), [(0, 1), (0.0, 1), (-1, 0), (1, 0), (1e30, 1)])
def test_a_threshold_out_of_range_misleads(
    odiff_path: Path, tmp_path: Path, out: Path, threshold: float, expected: int
) -> None:
    """It is squared: -1 acts as 1, and a huge one overflows, so that everything differs."""
    base = images.saved(images.flat((1, 1), 200), tmp_path / "a.png")
    head = images.saved(images.flat((1, 1), 201), tmp_path / "b.png")
    assert count(odiff_path, base, head, out, threshold=threshold) == expected


def test_a_threshold_of_a_wrong_type_is_its_default(
    odiff_path: Path, tmp_path: Path, out: Path
) -> None:
    base = images.saved(images.flat((1, 1), 200), tmp_path / "a.png")
    head = images.saved(images.flat((1, 1), 210), tmp_path / "b.png")
    assert count(odiff_path, base, head, out, threshold=0.01) == 1
    assert count(odiff_path, base, head, out, threshold="0.01") == 0


# Pixels: guarded by the padding in engine/prepare.py and the second look in engine/look.py.


def test_white_and_transparent_are_the_same_to_it(
    odiff_path: Path, tmp_path: Path, out: Path
) -> None:
    kinds = [(255, 255, 255, 255), (0, 0, 0, 0), (255, 0, 0, 0)]
    white, *others = (
        images.saved(images.flat(colour=colour, mode="RGBA"), tmp_path / f"{number}.png")
        for number, colour in enumerate(kinds)
    )
    assert [count(odiff_path, white, other, out, threshold=0) for other in others] == [0, 0]


def test_the_mask_has_the_size_of_the_base(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    """What only the head has is counted and not drawn."""
    base = images.saved(images.flat((200, 100)), tmp_path / "a.png")
    head = images.saved(images.flat((200, 150)), tmp_path / "b.png")
    assert count(odiff_path, base, head, out) == 10_000
    assert images.size(out) == (200, 100)
    assert images.marked(out) == set()


def test_padding_is_not_what_it_does_by_itself(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    """White rows that only the head has are counted, and match transparent ones."""
    white = images.flat((200, 100), 255)
    base = images.saved(white, tmp_path / "a.png")
    head = images.saved(images.flat((200, 150), 255), tmp_path / "b.png")
    canvas = Image.new("RGBA", (200, 150))
    canvas.paste(white.convert("RGBA"))
    padded = images.saved(canvas, tmp_path / "padded.png")
    assert count(odiff_path, base, head, out) == 10_000
    assert count(odiff_path, padded, head, out) == 0


def test_two_canvases_that_both_stick_out_are_united(
    odiff_path: Path, tmp_path: Path, out: Path
) -> None:
    base = images.saved(images.flat((230, 100)), tmp_path / "a.png")
    head = images.saved(images.flat((200, 150)), tmp_path / "b.png")
    assert count(odiff_path, base, head, out) == 30 * 100 + 200 * 50
    assert images.size(out) == (230, 100)


# Formats: guarded by the sniffing and converting in engine/prepare.py.


def colours() -> Image.Image:
    """Red, green and blue side by side, so that exchanged channels show."""
    image = Image.new("RGB", (30, 10), (250, 20, 30))
    image.paste((20, 240, 60), (10, 0, 20, 10))
    image.paste((30, 40, 230), (20, 0, 30, 10))
    return image


def test_bmp_is_read_with_red_and_blue_exchanged(
    odiff_path: Path, tmp_path: Path, out: Path
) -> None:
    png = images.saved(colours(), tmp_path / "a.png")
    bmp = images.saved(colours(), tmp_path / "b.bmp")
    red, green, blue = colours().split()
    exchanged = images.saved(Image.merge("RGB", (blue, green, red)), tmp_path / "c.png")
    assert count(odiff_path, png, bmp, out, threshold=0) == 300
    assert count(odiff_path, exchanged, bmp, out, threshold=0) == 0
    assert count(odiff_path, bmp, bmp, out, threshold=0) == 0


def test_a_bmp_of_256_colours_is_refused(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    base, _ = images.pair(tmp_path)
    bmp = images.saved(images.flat(), tmp_path / "grey.bmp")
    assert side_error(odiff_path, base, bmp, out) == COMPARISON


def test_tiff_loses_its_alpha(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    image = images.flat(colour=(200, 100, 50, 128), mode="RGBA")
    png = images.saved(image, tmp_path / "a.png")
    tiff = images.saved(image, tmp_path / "b.tiff")
    assert count(odiff_path, png, tiff, out) == 40 * 30


def test_an_opaque_tiff_is_read_rightly(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    png = images.saved(colours(), tmp_path / "a.png")
    tiff = images.saved(colours(), tmp_path / "b.tiff")
    assert count(odiff_path, png, tiff, out, threshold=0) == 0


@pytest.mark.parametrize("ending", ["gif", "avif", "tif", "PNG", "jpe", "JPG", "apng"])
def test_these_endings_are_refused(
    odiff_path: Path, tmp_path: Path, out: Path, ending: str
) -> None:
    base = images.saved(colours(), tmp_path / "base.png")
    head = images.saved(colours(), tmp_path / f"head.{ending}")
    assert side_error(odiff_path, base, head, out) == COMPARISON


def test_a_name_without_ending_is_refused(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    base = images.saved(colours(), tmp_path / "base.png")
    for name in ("head", ".png"):
        head = images.saved(colours(), tmp_path / name, format="PNG")
        assert side_error(odiff_path, base, head, out) == COMPARISON


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "png"), ("PNG", "jpg"), ("WEBP", "png")])
def test_it_goes_by_the_ending_and_never_by_the_content(
    odiff_path: Path, tmp_path: Path, out: Path, kind: str, ending: str
) -> None:
    base = images.saved(colours(), tmp_path / "base.png")
    head = images.saved(colours(), tmp_path / f"head.{ending}", format=kind)
    assert side_error(odiff_path, base, head, out) == COMPARISON


def test_a_cmyk_jpeg_is_refused(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    base = images.saved(colours(), tmp_path / "base.png")
    head = images.saved(colours().convert("CMYK"), tmp_path / "head.jpg")
    assert side_error(odiff_path, base, head, out) == COMPARISON


def test_an_animated_webp_is_refused(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    base = images.saved(colours(), tmp_path / "base.png")
    still = images.saved(colours(), tmp_path / "still.webp", lossless=True)
    moving = images.saved(
        colours(),
        tmp_path / "moving.webp",
        save_all=True,
        append_images=[images.flat((30, 10), (0, 0, 0), "RGB")],
        lossless=True,
    )
    assert count(odiff_path, base, still, out, threshold=0) == 0
    assert side_error(odiff_path, base, moving, out) == COMPARISON


def test_a_rotation_in_exif_is_not_applied(odiff_path: Path, tmp_path: Path, out: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    plain = images.saved(colours(), tmp_path / "a.jpg")
    turned = images.saved(colours(), tmp_path / "b.jpg", exif=exif)
    assert count(odiff_path, plain, turned, out, threshold=0) == 0


def test_the_checksums_of_a_png_are_not_checked(
    odiff_path: Path, tmp_path: Path, out: Path
) -> None:
    base, head = images.pair(tmp_path)
    data = bytearray(head.read_bytes())
    end_of_idat = data.index(b"IEND") - 5
    data[end_of_idat] ^= 0xFF
    head.write_bytes(data)
    assert count(odiff_path, base, head, out) == 3


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_image_is_refused_and_it_goes_on(
    odiff_path: Path, tmp_path: Path, out: Path, data: bytes
) -> None:
    base, head = images.pair(tmp_path)
    bad = tmp_path / "bad.png"
    bad.write_bytes(data)
    run = raw(odiff_path, request(base, bad, out), request(base, head, out))
    first, second = map(json.loads, run.lines)
    assert first["error"].startswith(COMPARISON)
    assert second["diffCount"] == 3
