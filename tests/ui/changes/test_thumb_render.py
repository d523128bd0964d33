import logging

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColorSpace

from snapreview.model.change import Change, ImageDiff, Side, Status
from snapreview.model.errors import Cancelled, UnreadableImage
from snapreview.model.manifest import ImageRecord
from snapreview.stores.pixels import mask_png
from snapreview.ui.changes.thumb_render import render, render_picture
from snapreview.ui.changes.thumb_request import thumb_request
from snapreview.ui.viewer.pyramid import image_pyramid
from snapreview.ui.viewer.source import Picture

MAGENTA = 0xFF00AA
ROOM = (200, 150)


def on_we_go():
    """Nobody cancels."""


def saved(folder, pixels, name="page.png", **options):
    path = folder / name
    Image.fromarray(pixels).save(path, **options)
    return path


def change_at(folder, box, size, status=Status.CHANGED, canvas=None):
    """A row whose mask marks a box (x, y, width, height)."""
    x, y, width, height = box
    canvas = canvas or size
    marked = np.zeros(canvas[::-1], bool)
    marked[y : y + height, x : x + width] = True
    mask = folder / "mask.png"
    mask.write_bytes(mask_png(marked))
    diff = ImageDiff(canvas, int(marked.sum()), mask=mask, regions=(box,))
    return Change("page.png", status, ImageRecord("page.png"), ImageRecord("page.png"), diff)


def thumb(change, path, room=ROOM, ratio=1.0, check=on_we_go):
    """Red, green, blue and alpha (multiplied in) of a thumbnail."""
    pixels = render(thumb_request(change, room, ratio), path, MAGENTA, check)
    return np.stack([pixels >> shift & 255 for shift in (16, 8, 0, 24)], -1).astype(int)


def is_tinted(pixels):
    """Where a grey image is coloured."""
    return pixels[..., 0] - pixels[..., 1] > 60


def grey(width, height, value=128):
    return np.full((height, width, 3), value, np.uint8)


@pytest.mark.parametrize("name", ["page.png", "page.jpg"])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_what_changed_is_tinted_in_the_middle_and_nothing_else(tmp_path, name, ratio):
    path = saved(tmp_path, grey(1440, 3000), name)
    row = change_at(tmp_path, (700, 1500, 60, 30), (1440, 3000))
    room = tuple(round(length * ratio) for length in ROOM)
    found = is_tinted(thumb(row, path, room, ratio))
    assert found.shape == room[::-1]
    rows, columns = np.nonzero(found)
    zoom = room[0] / 420
    assert abs(columns.mean() - room[0] / 2) <= 1.5
    assert abs(rows.mean() - room[1] / 2) <= 1.5
    assert abs(np.ptp(columns) + 1 - 60 * zoom) <= 2
    assert abs(np.ptp(rows) + 1 - 30 * zoom) <= 2


def test_one_pixel_on_a_large_page_is_seen(tmp_path):
    path = saved(tmp_path, grey(3000, 4000))
    row = change_at(tmp_path, (1234, 2345, 1, 1), (3000, 4000))
    found = is_tinted(thumb(row, path))
    assert 4 <= found.sum() <= 20


def test_marks_far_from_each_other_are_all_seen_and_none_is_lost(tmp_path):
    path = saved(tmp_path, grey(1000, 750))
    marked = np.zeros((750, 1000), bool)
    marked[::70, ::97] = True
    row = change_at(tmp_path, (0, 0, 1000, 750), (1000, 750))
    row.diff.mask.write_bytes(mask_png(marked))
    found = is_tinted(thumb(row, path))
    for y, x in np.argwhere(marked):
        assert found[y // 5, x // 5], (x, y)


def test_a_dense_change_leaves_the_image_to_be_seen(tmp_path):
    stripes = grey(400, 300, 255)
    stripes[:, ::40] = stripes[:, 1::40] = stripes[:, 2::40] = stripes[:, 3::40] = 0
    path = saved(tmp_path, stripes)
    row = change_at(tmp_path, (0, 0, 400, 300), (400, 300))
    found = thumb(row, path)
    assert is_tinted(found).mean() > 0.8
    assert np.ptp(found[75, :, 1]) > 100


def test_added_images_are_shown_from_the_top_without_tint(tmp_path):
    page = grey(1440, 9000, 200)
    page[:40] = (0, 0, 255)
    page[4000:] = (255, 0, 0)
    row = Change("page.png", Status.ADDED, head=ImageRecord("page.png"))
    found = thumb(row, saved(tmp_path, page))
    assert found.shape == (150, 200, 4)
    assert tuple(found[2, 100]) == (0, 0, 255, 255)
    assert tuple(found[-1, 100]) == (200, 200, 200, 255)


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA", "1", "CMYK"])
def test_every_kind_of_pixels_is_shown(tmp_path, mode):
    image = Image.new("RGB", (600, 450), (255, 255, 255))
    image.paste((0, 0, 0), (0, 0, 300, 450))
    name = "page.jpg" if mode == "CMYK" else "page.png"
    image.convert(mode).save(tmp_path / name)
    row = Change("page.png", Status.ADDED, head=ImageRecord("page.png"))
    found = thumb(row, tmp_path / name)
    assert tuple(found[75, 40]) == (0, 0, 0, 255)
    assert tuple(found[75, 160]) == (255, 255, 255, 255)


def test_an_icon_is_shown_whole_and_keeps_its_transparency(tmp_path):
    icon = np.zeros((600, 600, 4), np.uint8)
    icon[100:500, 100:500] = (0, 200, 0, 255)
    row = change_at(tmp_path, (480, 480, 10, 10), (600, 600))
    found = thumb(row, saved(tmp_path, icon))
    assert found.shape == (150, 150, 4)
    assert tuple(found[5, 5]) == (0, 0, 0, 0)
    assert tuple(found[60, 60]) == (0, 200, 0, 255)
    assert found[121, 121, 0] > 150


def test_small_icons_have_square_pixels(tmp_path):
    icon = np.random.default_rng(3).integers(0, 256, (24, 24, 3), np.uint8)
    row = Change("page.png", Status.ADDED, head=ImageRecord("page.png"))
    found = thumb(row, saved(tmp_path, icon))
    assert np.array_equal(found[..., :3], icon.repeat(4, 0).repeat(4, 1))


def test_half_transparent_colours_are_never_lighter_than_their_alpha(tmp_path):
    pixels = np.random.default_rng(4).integers(0, 256, (700, 900, 4), np.uint8)
    row = Change("page.png", Status.ADDED, head=ImageRecord("page.png"))
    found = thumb(row, saved(tmp_path, pixels))
    assert (found[..., :3] <= found[..., 3:]).all()


def test_opaque_pixels_are_shown_whatever_stands_for_their_alpha():
    pixels = np.full((300, 400), 0x00646464, np.uint32)
    picture = Picture(image_pyramid(pixels, opaque=True))
    row = Change("page.png", Status.ADDED, head=ImageRecord("page.png"))
    found = render_picture(thumb_request(row, ROOM, 1.0), picture, MAGENTA)
    assert (found == 0xFF646464).all()


def test_what_only_the_base_had_is_tinted_beside_the_head(tmp_path):
    path = saved(tmp_path, grey(400, 300))
    row = change_at(tmp_path, (400, 0, 100, 300), (400, 300), canvas=(500, 300))
    found = thumb(row, path)
    tinted = np.nonzero(is_tinted(found).all(0))[0]
    assert tinted.max() == found.shape[1] - 1
    assert found[75, 10].tolist() == [128, 128, 128, 255]


def test_where_little_of_the_head_would_be_seen_the_head_is_framed(tmp_path):
    path = saved(tmp_path, grey(300, 220))
    canvas = (3000, 4000)
    row = change_at(tmp_path, (0, 0, *canvas), (300, 220), canvas=canvas)
    found = thumb(row, path)
    assert (found[..., 3] == 255).all()
    assert found.shape == (150, 200, 4)


def test_small_thumbnails_are_not_tinted(tmp_path):
    path = saved(tmp_path, grey(400, 300))
    row = change_at(tmp_path, (0, 0, 400, 300), (400, 300))
    assert not is_tinted(thumb(row, path, (44, 40))).any()


def test_a_turned_photograph_is_upright_and_not_tinted(tmp_path):
    photo = grey(600, 300)
    photo[:, :100] = (0, 0, 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    path = saved(tmp_path, photo, "page.jpg", exif=exif, quality=95)
    found = thumb(change_at(tmp_path, (0, 0, 60, 60), (600, 300)), path)
    assert found[5, 100, 2] > 200
    assert found[5, 100, 0] < 60
    assert not is_tinted(found).any()


@pytest.mark.parametrize("name", ["page.png", "page.jpg"])
def test_a_profile_is_honoured(tmp_path, name):
    profile = bytes(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb).iccProfile().data())
    pixels = grey(900, 700)
    pixels[:] = (60, 180, 90)
    path = saved(tmp_path, pixels, name, icc_profile=profile, quality=100)
    row = Change("page.png", Status.ADDED, head=ImageRecord("page.png"))
    red, green, blue, _ = thumb(row, path)[75, 100]
    assert red < 20  # this green is beyond sRGB's
    assert abs(green - 180) <= 4
    assert abs(blue - 90) <= 8


def test_without_its_mask_it_is_shown_without_tint_and_the_log_tells(tmp_path, caplog):
    path = saved(tmp_path, grey(400, 300))
    row = change_at(tmp_path, (10, 10, 60, 60), (400, 300))
    row.diff.mask.write_bytes(b"no image")
    with caplog.at_level(logging.INFO):
        assert not is_tinted(thumb(row, path)).any()
    assert "without tint" in caplog.text


def test_what_is_no_image_is_said(tmp_path):
    path = tmp_path / "page.png"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(UnreadableImage):
        thumb(Change("page.png", Status.ADDED, head=ImageRecord("page.png")), path)


def test_it_stops_when_it_is_cancelled(tmp_path):
    def stop():
        raise Cancelled("Cancelled.")

    path = saved(tmp_path, grey(800, 600))
    with pytest.raises(Cancelled):
        thumb(Change("page.png", Status.ADDED, head=ImageRecord("page.png")), path, check=stop)


def test_which_side_is_shown(tmp_path):
    base, head = ImageRecord("old.png"), ImageRecord("new.png")
    cases = [
        (Status.CHANGED, base, head, head, Side.HEAD),
        (Status.REMOVED, base, None, base, Side.BASE),
        (Status.ADDED, None, head, head, Side.HEAD),
        (Status.RENAMED, base, head, head, Side.HEAD),
    ]
    for status, one, other, record, side in cases:
        request = thumb_request(Change("x", status, one, other), ROOM, 1.0)
        assert request.record is record
        assert request.side is side
    assert thumb_request(Change("x", Status.PENDING, base, head), ROOM, 1.0) is None
    assert thumb_request(Change("x", Status.ERRORED, None, None), ROOM, 1.0) is None
