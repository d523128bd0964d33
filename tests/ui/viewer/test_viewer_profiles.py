"""Colour profiles: followed on screen, named, and told where they differ."""

from __future__ import annotations

import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColorSpace, QImage
from PySide6.QtWidgets import QLabel
from viewer_samples import move, noise, rgb_of, rows_in

from snapreview.model.errors import UnreadableImage
from snapreview.ui.viewer.colour_profiles import shortened
from snapreview.ui.viewer.decode import decode_picture
from snapreview.ui.viewer.probe import probe_text

GREEN = (0, 200, 0)


def never() -> None:
    pass


def icc(space: QColorSpace) -> bytes:
    return bytes(space.iccProfile().data())


P3 = icc(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
SRGB = icc(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
ADOBE = icc(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))


def saved(path, image: Image.Image | None = None, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    (image or Image.new("RGB", (60, 40), GREEN)).save(path, **options)
    return path


def in_srgb(rgb: tuple[int, ...], space: QColorSpace) -> tuple[int, ...]:
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    image.fill(0xFF000000 | rgb[0] << 16 | rgb[1] << 8 | rgb[2])
    image.setColorSpace(space)
    return tuple(rgb_of(image.convertedToColorSpace(QColorSpace(_SRGB)))[0, 0].tolist())


_SRGB = QColorSpace.NamedColorSpace.SRgb


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "tiff", "avif"])
def test_a_profile_is_followed_and_named_whatever_the_format(tmp_path, suffix):
    exact = {"lossless": True} if suffix == "webp" else {"quality": 100}
    picture = decode_picture(saved(tmp_path / f"a.{suffix}", icc_profile=P3, **exact), never)
    assert picture.profile == "Display P3"
    assert picture.converted
    wanted = in_srgb(GREEN, QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    assert wanted != GREEN
    assert np.abs(np.subtract(picture.colour_at(5, 5)[:3], wanted)).max() <= 2


@pytest.mark.parametrize(("profile", "name"), [(SRGB, "sRGB"), (None, "")])
def test_what_is_srgb_anyway_is_shown_as_stored(tmp_path, profile, name):
    for suffix in ("png", "avif"):
        options = {"icc_profile": profile} if profile else {}
        picture = decode_picture(saved(tmp_path / f"a.{suffix}", quality=100, **options), never)
        assert picture.profile == name
        assert not picture.converted
    assert decode_picture(tmp_path / "a.png", never).colour_at(0, 0) == (*GREEN, 255)


def test_transparent_pixels_are_converted_before_alpha_is_multiplied_in(tmp_path):
    clear = Image.new("RGBA", (60, 40), (*GREEN, 128))
    picture = decode_picture(saved(tmp_path / "a.png", clear, icc_profile=P3), never)
    wanted = in_srgb(GREEN, QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    assert picture.colour_at(3, 3) == (*wanted, 128)
    assert picture.pyramid.levels[0][3, 3] >> 24 == 128


def test_a_grey_profile_is_followed(tmp_path):
    grey = QColorSpace(QPointF(0.3127, 0.3290), QColorSpace.TransferFunction.Gamma, 1.8)
    plain = Image.new("L", (60, 40), 100)
    picture = decode_picture(saved(tmp_path / "a.png", plain, icc_profile=icc(grey)), never)
    red, green, blue, _ = picture.colour_at(0, 0)
    assert picture.converted
    assert red == green == blue
    assert red > 110


def gamma_chunk(value: int) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add(b"gAMA", struct.pack(">I", value))
    return info


def test_a_plain_gamma_counts_where_it_is_not_the_usual_one(tmp_path):
    usual = decode_picture(saved(tmp_path / "a.png", pnginfo=gamma_chunk(45455)), never)
    assert (usual.profile, usual.colour_at(0, 0)) == ("", (*GREEN, 255))
    other = decode_picture(saved(tmp_path / "b.png", pnginfo=gamma_chunk(55556)), never)
    assert other.profile == "gamma 1.8"
    assert other.colour_at(0, 0)[1] > 205


@pytest.mark.qt_log_ignore("ICC|sanity")
@pytest.mark.parametrize("junk", [b"x" * 160, P3[:200], P3[:130] + b"\xff" * (len(P3) - 130)])
@pytest.mark.parametrize("suffix", ["png", "avif"])
def test_a_broken_profile_does_no_harm(tmp_path, junk, suffix):
    picture = decode_picture(saved(tmp_path / f"a.{suffix}", icc_profile=junk, quality=100), never)
    assert picture.profile == "" or picture.profile.isprintable()
    assert np.abs(np.subtract(picture.colour_at(0, 0)[:3], GREEN)).max() <= 2


@given(st.text(max_size=300))
def test_names_of_profiles_are_short_and_printable(text):
    name = shortened(text)
    assert name.isprintable()
    assert len(name) <= 48
    assert name == name.strip()


def test_a_name_cannot_pass_for_other_words():
    assert shortened("Display\n\x1b[31m P3\u202e") == "Display [31m P3"
    assert shortened("A" * 60) == "A" * 47 + "…"


def pair(tmp_path, base: bytes | None, head: bytes | None):
    for side, profile in (("base", base), ("head", head)):
        options = {"icc_profile": profile} if profile else {}
        saved(tmp_path / side / "page.png", **options)
    return rows_in(tmp_path)


def remarks(viewer) -> str:
    return viewer.findChild(QLabel, "viewerRemarks").text()


@pytest.mark.parametrize(
    ("base", "head", "told"),
    [
        (P3, SRGB, "Base has the profile Display P3, head the profile sRGB: "),
        (None, ADOBE, "Base has no profile (taken as sRGB), head the profile Adobe RGB: "),
    ],
)
def test_profiles_that_differ_are_told_in_a_sentence(
    open_viewer, settle, tmp_path, base, head, told
):
    viewer = open_viewer()
    settle(viewer, pair(tmp_path, base, head))
    assert remarks(viewer) == told + "they are shown as those, and compared as stored."


@pytest.mark.parametrize("profile", [SRGB, None])
def test_what_looks_alike_is_not_worth_a_word(open_viewer, settle, tmp_path, profile):
    viewer = open_viewer()
    settle(viewer, pair(tmp_path, profile, None))
    assert remarks(viewer) == ""
    assert viewer.canvas.accessibleDescription() == "Base: 60 × 40; Head: 60 × 40"


def test_captions_name_a_profile_that_is_followed(open_viewer, settle, tmp_path):
    viewer = open_viewer()
    settle(viewer, pair(tmp_path, P3, P3))
    assert remarks(viewer) == ""
    spoken = viewer.canvas.accessibleDescription()
    assert spoken == "Base: 60 × 40 · Display P3; Head: 60 × 40 · Display P3"


def test_the_inspector_says_that_its_numbers_are_in_srgb(open_viewer, settle, tmp_path):
    viewer = open_viewer()
    settle(viewer, pair(tmp_path, P3, None))
    middle = viewer.canvas.pane_areas()[0].center() + QPoint(0, 1)
    move(viewer.canvas, middle.x(), middle.y())
    assert probe_text(viewer.inspection.probe).endswith(" · as shown, in sRGB")


def test_damaged_pngs_write_nothing_to_the_terminal(tmp_path, capfd):
    whole = saved(tmp_path / "a.png", Image.fromarray(noise(64, 64))).read_bytes()
    at = whole.index(b"IDAT")
    flipped = whole[: at + 200] + bytes([whole[at + 200] ^ 1]) + whole[at + 201 :]
    checksum = whole[:29] + bytes([whole[29] ^ 1]) + whole[30:]
    for number, data in enumerate((flipped, checksum, whole[:300], whole[:20])):
        path = tmp_path / f"{number}.png"
        path.write_bytes(data)
        with suppress(UnreadableImage):
            decode_picture(path, never)
    assert capfd.readouterr().err == ""


def test_a_png_with_a_wrong_checksum_is_shown_as_it_is_compared(tmp_path):
    rgb = noise(64, 64)
    whole = saved(tmp_path / "a.png", Image.fromarray(rgb)).read_bytes()
    end = whole.index(b"IEND") - 8  # the checksum of the last IDAT
    path = tmp_path / "b.png"
    path.write_bytes(whole[:end] + b"\0\0\0\0" + whole[end + 4 :])
    picture = decode_picture(path, never)
    assert picture.colour_at(10, 20) == (*rgb[20, 10], 255)
