"""Files to be dragged out: readable names, nothing lost, nobody's own file handed over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from snapreview.export.entries import Missing, Part
from snapreview.export.handout import HandOut, hand_out
from snapreview.export.overlay import Tint
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Side, Status
from snapreview.model.errors import Cancelled, ExportError
from snapreview.stores.pixels import decode_rgba

from .makers import Files


def dragged(files: Files, out: Path, rows, part=Part.HEAD, token=None, **options) -> HandOut:
    return hand_out(rows, part, files.fetch, token or CancelToken(), out, **options)


def test_an_image_is_called_what_it_is_called(files: Files, out: Path) -> None:
    rows = [files.changed("Checkout/Cart dark.png"), files.added("Start.JPG", b"jpeg")]
    result = dragged(files, out, rows)
    assert [path.name for path in result.files] == ["Cart dark.png", "Start.JPG"]
    assert result.files[1].read_bytes() == b"jpeg"
    assert result.missing == ()


def test_the_parts_of_an_image_can_lie_in_one_folder(files: Files, out: Path) -> None:
    row = files.changed("shop/Cart.jpg")
    names = [path.name for part in Part for path in dragged(files, out, [row], part).files]
    assert names == ["Cart (base).jpg", "Cart.jpg", "Cart (mask).png", "Cart (overlay).png"]


def test_variants_of_one_name_are_told_apart_by_their_folders(files: Files, out: Path) -> None:
    names = ["de/Home.png", "en/home.png", "en/sub/Home.png", "Other.png", "de - Home.png"]
    rows = [files.added(name, name.encode()) for name in names]
    result = dragged(files, out, rows)
    assert [path.name for path in result.files] == [
        "de - Home.png",
        "en - home.png",
        "en - sub - Home.png",
        "Other.png",
        "de - Home (2).png",
    ]
    for path, name in zip(result.files, names, strict=True):
        assert path.read_bytes() == name.encode()


def test_a_second_drag_does_not_write_over_the_first(files: Files, out: Path) -> None:
    (first,) = dragged(files, out, [files.added("a.png", b"old")]).files
    (second,) = dragged(files, out, [files.added("a.png", b"new")]).files
    assert first.name == second.name
    assert (first.read_bytes(), second.read_bytes()) == (b"old", b"new")


def test_whoever_gets_a_file_cannot_touch_the_original(files: Files, out: Path) -> None:
    row = files.added("a.png", b"original")
    (path,) = dragged(files, out, [row]).files
    path.write_bytes(b"painted over")
    assert files.path(Side.HEAD, "a.png").read_bytes() == b"original"


def test_the_overlay_is_drawn_in_the_colour_that_is_asked_for(files: Files, out: Path) -> None:
    row = files.changed("a.png", marked=2)
    (path,) = dragged(files, out, [row], Part.OVERLAY, tint=Tint((0, 0, 255), 1.0)).files
    pixels = decode_rgba(path, max_pixels=None)
    assert np.all(pixels == (0, 0, 255, 255), axis=-1).sum() == 2


def test_what_there_is_none_of_is_told(files: Files, out: Path) -> None:
    gone = Change("gone.png", Status.REMOVED, files.put(Side.BASE, "gone.png"))
    files.broken.add("torn.png")
    rows = [gone, files.added("torn.png"), files.added("a.png")]
    result = dragged(files, out, rows)
    assert [path.name for path in result.files] == ["a.png"]
    assert result.missing == (
        Missing("gone.png", Part.HEAD, "It is not in the head."),
        Missing("torn.png", Part.HEAD, "torn.png is gone."),
    )
    assert dragged(files, out, [rows[2]], Part.OVERLAY).files == ()


def test_a_hostile_name_stays_in_the_folder(files: Files, out: Path) -> None:
    names = ["../../up.png", "/abs.png", "C:\\drive.png", "a\x00b.png", "con.png"]
    result = dragged(files, out, [files.added(name) for name in names])
    assert len(result.files) == 5
    assert all(path.resolve().is_relative_to(out.resolve()) for path in result.files)


def test_a_renamed_image_has_the_name_of_its_side(files: Files, out: Path) -> None:
    row = replace(files.changed("new.png"), base=files.put(Side.BASE, "old.png"))
    assert dragged(files, out, [row], Part.BASE).files[0].name == "old (base).png"


def test_cancelling_leaves_nothing(files: Files, out: Path) -> None:
    token = CancelToken()
    files.on_fetch = lambda name, running: token.cancel()
    with pytest.raises(Cancelled):
        dragged(files, out, [files.added("a.png")], token=token)
    assert list(out.iterdir()) == []


def test_a_folder_that_is_gone_is_told(files: Files, out: Path) -> None:
    out.rmdir()
    with pytest.raises(ExportError, match="was not written"):
        dragged(files, out, [files.added("a.png")])
