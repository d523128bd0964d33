from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageOps
from PySide6.QtGui import QColorSpace, QImage
from viewer_samples import noise, packed, rgb_of, save, save_mask

from snapreview.model.errors import Cancelled, SnapReviewError, UnreadableImage
from snapreview.ui.viewer.decode import decode_mask, decode_picture
from snapreview.ui.viewer.pixels import QImageMemory, premultiply


def never() -> None:
    pass


def decoded(path) -> np.ndarray:
    return decode_picture(path, never).pyramid.levels[0]


@pytest.mark.parametrize(
    ("mode", "suffix"),
    [
        ("RGB", "png"),
        ("L", "png"),
        ("P", "png"),
        ("1", "png"),
        ("RGB", "bmp"),
        ("RGB", "tiff"),
        ("P", "gif"),
        ("RGB", "webp"),
    ],
)
def test_exact_formats_give_exactly_their_pixels(tmp_path, mode, suffix):
    image = Image.fromarray(noise(70, 131)).convert(mode)
    path = tmp_path / f"picture.{suffix}"
    image.save(path, **({"lossless": True} if suffix == "webp" else {}))
    picture = decode_picture(path, never)
    assert picture.pyramid.opaque
    assert picture.size == (70, 131)
    expected = packed(np.asarray(image.convert("RGB")))
    assert np.array_equal(picture.pyramid.levels[0] | 0xFF000000, expected)


def test_sixteen_bits_become_eight(tmp_path):
    values = np.arange(0, 65536, 257, dtype=np.uint16).reshape(16, 16)
    Image.fromarray(values).save(tmp_path / "deep.png")
    grey = decoded(tmp_path / "deep.png") & 0xFF
    assert np.abs(grey.astype(int) - values // 257).max() <= 1


@given(arrays(np.uint32, (3, 7), elements=st.integers(0, 2**32 - 1)))
def test_colour_is_multiplied_by_alpha_as_qt_does_it(argb):
    found, opaque = premultiply(argb)
    image = QImage(argb.tobytes(), 7, 3, 28, QImage.Format.Format_ARGB32)
    expected = QImageMemory(image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)).rows()
    assert opaque == bool((argb >> 24 == 255).all())
    for shift in (0, 8, 16, 24):
        difference = (found >> shift & 255).astype(int) - (expected >> shift & 255).astype(int)
        assert np.abs(difference).max() <= (0 if shift == 24 else 1)


def test_transparent_images_keep_their_alpha(tmp_path):
    rgba = np.zeros((2, 3, 4), np.uint8)
    rgba[:] = (255, 100, 0, 128)
    rgba[0, 0] = (255, 255, 255, 0)
    picture = decode_picture(save(tmp_path / "glass.png", rgba), never)
    pixels = picture.pyramid.levels[0]
    assert not picture.pyramid.opaque
    assert pixels[0, 0] == 0
    assert pixels[1, 1] == 0x80803200


def test_avif_which_qt_lacks_is_read_too(tmp_path):
    flat = np.full((40, 30, 3), (200, 40, 90), np.uint8)
    Image.fromarray(flat).save(tmp_path / "new.avif", quality=100)
    pixels = decoded(tmp_path / "new.avif")
    channels = pixels.view(np.uint8).reshape(40, 30, 4)[..., 2::-1]
    assert np.abs(channels.astype(int) - (200, 40, 90)).max() <= 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_images_and_their_masks_are_turned_upright(tmp_path, orientation):
    rgb = np.asarray(Image.fromarray(noise(4, 3)).resize((64, 48), Image.Resampling.NEAREST))
    image = Image.fromarray(rgb)
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(tmp_path / "phone.jpg", exif=exif, quality=100, subsampling=0)
    with Image.open(tmp_path / "phone.jpg") as stored:
        expected = np.asarray(ImageOps.exif_transpose(stored))
    picture = decode_picture(tmp_path / "phone.jpg", never)
    assert picture.orientation == orientation
    found = picture.pyramid.levels[0].view(np.uint8).reshape(*expected.shape[:2], 4)[..., 2::-1]
    assert np.abs(found.astype(int) - expected).max() <= 4

    marked = np.zeros((48, 64), bool)
    marked[5, 9] = True
    mask = decode_mask(save_mask(tmp_path / "mask.png", marked), orientation, never)
    turned = Image.fromarray(marked.astype(np.uint8))
    turned.getexif()[0x0112] = orientation
    assert np.array_equal(mask.levels[0], np.asarray(ImageOps.exif_transpose(turned)))


def test_an_embedded_profile_is_applied(tmp_path):
    wide = QImage(8, 8, QImage.Format.Format_RGB32)
    wide.fill(0xFF00C800)
    wide.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    wide.save(str(tmp_path / "wide.png"))
    in_srgb = wide.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    assert rgb_of(in_srgb)[0, 0].tolist() != [0, 200, 0]
    assert np.array_equal(decoded(tmp_path / "wide.png"), packed(rgb_of(in_srgb)))


def test_a_gamma_chunk_of_srgb_primaries_changes_nothing(tmp_path):
    tagged = QImage(8, 8, QImage.Format.Format_RGB32)
    tagged.fill(0xFF102030)
    tagged.setColorSpace(QColorSpace(QColorSpace.Primaries.SRgb, 2.2))
    tagged.save(str(tmp_path / "gamma.png"))
    assert (decoded(tmp_path / "gamma.png") == 0xFF102030).all()


@pytest.mark.parametrize("kind", ["RGBA", "palette"])
def test_masks_of_odiff_and_ours_are_their_opaque_pixels(tmp_path, kind):
    marked = noise(90, 70)[..., 0] > 200
    path = tmp_path / "mask.png"
    if kind == "RGBA":
        save_mask(path, marked)
    else:
        image = Image.fromarray(marked.astype(np.uint8))
        image.putpalette([0, 0, 0, 255, 0, 0])
        image.save(path, bits=1, transparency=0)
    assert np.array_equal(decode_mask(path, 1, never).levels[0], marked)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", "cut"])
def test_what_is_no_image_is_told_in_a_sentence(tmp_path, content):
    if content == "cut":
        whole = BytesIO()
        Image.fromarray(noise(64, 64)).save(whole, "PNG")
        content = whole.getvalue()[:3000]
    path = tmp_path / "bad.png"
    path.write_bytes(content)
    with pytest.raises(UnreadableImage) as told:
        decode_picture(path, never)
    assert str(told.value).endswith(".")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises((SnapReviewError, FileNotFoundError)):
        decode_picture(tmp_path / "gone.png", never)


def test_a_huge_image_is_refused_by_its_header(tmp_path):
    bomb = tmp_path / "bomb.png"
    Image.new("1", (30_000, 30_000)).save(bomb)
    with pytest.raises(UnreadableImage, match="30,000 × 30,000"):
        decode_picture(bomb, never)


def test_pixels_outlive_the_image_they_came_in(tmp_path):
    rgb = noise(300, 200)
    pyramids = [decode_picture(save(tmp_path / f"{i}.png", rgb), never).pyramid for i in range(5)]
    assert all(np.array_equal(p.levels[0] | 0xFF000000, packed(rgb)) for p in pyramids)


def test_decoding_stops_when_it_is_not_wanted(tmp_path):
    path = save(tmp_path / "page.png", noise(20, 20))

    def check() -> None:
        raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        decode_picture(path, check)
