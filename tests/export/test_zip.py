from __future__ import annotations

import io
import json
import os
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import numpy as np
import pytest

from snapreview.export.entries import ExportResult, Part
from snapreview.export.overlay import Tint
from snapreview.export.zip import export_zip
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Side, Status
from snapreview.stores.pixels import decode_rgba, png_bytes

from .makers import SIZE, Files, comparison, solid

ALL = frozenset(Part)


def export(target, files: Files, rows, include=ALL, **options) -> ExportResult:
    progress = options.pop("progress", lambda done, total: None)
    whole = comparison(options.pop("among", rows))
    return export_zip(target, whole, rows, include, files.fetch, CancelToken(), progress, **options)


def opened(target) -> tuple[zipfile.ZipFile, dict]:
    archive = zipfile.ZipFile(target)
    assert archive.testzip() is None
    return archive, json.loads(archive.read("manifest.json"))


def test_a_selection_becomes_a_zip_with_its_report(files: Files, out: Path) -> None:
    rows = [
        files.added("new.jpg"),
        files.changed("Screens/Home.jpg"),
        files.added("not chosen.png"),
    ]
    target = out / "review.zip"
    result = export_zip(
        target,
        comparison(rows),
        rows[:2],
        ALL,
        files.fetch,
        CancelToken(),
        lambda done, total: None,
    )
    assert result == ExportResult(target, 5, ())
    assert list(out.iterdir()) == [target]
    archive, manifest = opened(target)
    assert archive.namelist() == [
        "base/Screens/Home.jpg",
        "head/Screens/Home.jpg",
        "diff/Screens/Home.jpg.png",
        "overlay/Screens/Home.jpg.png",
        "head/new.jpg",
        "manifest.json",
    ]
    for side in Side:
        stored = archive.read(f"{side.value}/Screens/Home.jpg")
        assert stored == files.path(side, "Screens/Home.jpg").read_bytes()
    assert archive.read("diff/Screens/Home.jpg.png") == rows[1].diff.mask.read_bytes()
    assert [image["name"] for image in manifest["images"]] == ["Screens/Home.jpg", "new.jpg"]
    assert manifest["images"][0]["files"] == {
        "base": "base/Screens/Home.jpg",
        "head": "head/Screens/Home.jpg",
        "diff": "diff/Screens/Home.jpg.png",
        "overlay": "overlay/Screens/Home.jpg.png",
    }
    assert manifest["images"][1]["files"] == {"head": "head/new.jpg"}
    assert manifest["summary"]["total"] == 2
    assert manifest["head"]["image_count"] == 3
    assert manifest["missing"] == []


def test_entries_are_stored_with_plain_rights_and_the_same_bytes_each_time(
    files: Files, out: Path
) -> None:
    rows = [files.changed("a.png")]
    for name in ("1.zip", "2.zip"):
        export(out / name, files, rows)
    assert (out / "1.zip").read_bytes() == (out / "2.zip").read_bytes()
    for info in opened(out / "1.zip")[0].infolist():
        assert info.compress_type == zipfile.ZIP_STORED
        assert info.external_attr >> 16 == 0o100644
        assert not info.flag_bits & 0x08  # sizes come before the data: any reader can stream it


def test_the_zip_has_the_rights_of_any_new_file(files: Files, out: Path) -> None:
    export(out / "a.zip", files, [files.added("a.png")])
    (out / "plain").touch()
    assert (out / "a.zip").stat().st_mode == (out / "plain").stat().st_mode


def test_each_image_is_fetched_once_and_only_when_wanted(files: Files, out: Path) -> None:
    rows = [files.changed("a.png"), files.changed("b.png")]
    export(out / "all.zip", files, rows)
    assert sorted(files.asked, key=str) == sorted(
        ((side, name) for side in Side for name in ("a.png", "b.png")), key=str
    )
    files.asked.clear()
    export(out / "diff.zip", files, rows, {Part.DIFF})
    assert files.asked == []
    export(out / "overlay.zip", files, rows, {Part.OVERLAY})
    assert sorted(name for _, name in files.asked) == ["a.png", "b.png"]


def test_a_renamed_image_has_both_names(files: Files, out: Path) -> None:
    row = Change(
        "new.png",
        Status.RENAMED,
        files.put(Side.BASE, "old.png"),
        files.put(Side.HEAD, "new.png"),
        previous_name="old.png",
    )
    export(out / "a.zip", files, [row])
    assert opened(out / "a.zip")[0].namelist() == ["base/old.png", "head/new.png", "manifest.json"]


def test_the_overlay_tints_the_changed_pixels_of_the_head(files: Files, out: Path) -> None:
    row = files.changed("a.png")
    export(out / "a.zip", files, [row], {Part.OVERLAY}, tint=Tint((255, 0, 0), 0.5))
    picture = out / "overlay.png"
    picture.write_bytes(opened(out / "a.zip")[0].read("overlay/a.png"))
    pixels = decode_rgba(picture, max_pixels=None)
    assert pixels[0, :3].tolist() == [[228, 100, 100, 255]] * 3
    assert (pixels[0, 3:] == 200)[..., :3].all()
    assert (pixels[1:] == (200, 200, 200, 255)).all()


def test_the_overlay_is_as_large_as_the_canvas(files: Files, out: Path) -> None:
    row = files.changed("a.png")
    small = png_bytes(solid((9, 9, 9, 255), (2, 2)))
    files.put(Side.HEAD, "a.png", small)
    export(out / "a.zip", files, [row], {Part.OVERLAY}, tint=Tint((0, 0, 255), 0.5))
    picture = out / "overlay.png"
    picture.write_bytes(opened(out / "a.zip")[0].read("overlay/a.png"))
    pixels = decode_rgba(picture, max_pixels=None)
    assert pixels.shape == (SIZE[1], SIZE[0], 4)
    assert pixels[0, 2].tolist() == [0, 0, 255, 128]  # only the colour where the head has nothing
    assert pixels[3, 5].tolist() == [0, 0, 0, 0]


def test_what_cannot_be_fetched_is_told_and_the_rest_goes_on(files: Files, out: Path) -> None:
    rows = [files.changed("a.png"), files.changed("b.png"), files.added("c.png")]
    files.broken.add("b.png")
    files.path(Side.HEAD, "c.png").unlink()  # there when it was fetched, gone when it is opened
    result = export(out / "a.zip", files, rows)
    archive, manifest = opened(out / "a.zip")
    reasons = {(m.name, m.part): m.reason for m in result.missing}
    assert set(reasons) == {
        ("b.png", Part.BASE),
        ("b.png", Part.HEAD),
        ("b.png", Part.OVERLAY),
        ("c.png", Part.HEAD),
    }
    assert reasons["b.png", Part.OVERLAY] == "b.png is gone."
    assert "could not be opened" in reasons["c.png", Part.HEAD]
    assert result.entries == len(archive.namelist()) - 1 == 5
    assert {"name": "b.png", "part": "base", "reason": "b.png is gone."} in manifest["missing"]
    assert len(manifest["missing"]) == 4
    assert {i["name"]: set(i["files"]) for i in manifest["images"]} == {
        "a.png": {"base", "head", "diff", "overlay"},
        "b.png": {"diff"},
        "c.png": set(),
    }
    assert files.asked.count((Side.HEAD, "b.png")) == 1  # a slow failure is not repeated


def test_a_disk_that_fails_is_no_more_than_a_missing_image(files: Files, out: Path) -> None:
    def refuse(name: str, token: CancelToken) -> None:
        raise PermissionError(13, "Permission denied")

    files.on_fetch = refuse
    result = export(out / "a.zip", files, [files.added("a.png")])
    assert "Permission denied" in result.missing[0].reason


def test_a_head_that_cannot_be_drawn_is_still_exported(files: Files, out: Path) -> None:
    row = files.changed("a.png", b"\x89PNG\r\n\x1a\n, and then nothing")
    result = export(out / "a.zip", files, [row])
    assert [m.part for m in result.missing] == [Part.OVERLAY]
    assert "damaged" in result.missing[0].reason
    assert "head/a.png" in opened(out / "a.zip")[0].namelist()


def test_a_mask_that_is_gone_is_told(files: Files, out: Path) -> None:
    row = files.changed("a.png")
    row.diff.mask.unlink()
    result = export(out / "a.zip", files, [row])
    assert {m.part for m in result.missing} == {Part.DIFF, Part.OVERLAY}


def test_names_of_one_folded_name_both_survive_on_any_disk(files: Files, out: Path) -> None:
    wanted = ["Home.png", "home.PNG", "e\u0301.png", "\xe9.png", "con.png", "x.jpg", "x.jpg.png"]
    rows = [replace(files.changed(name), status=Status.CHANGED) for name in wanted]
    export(out / "a.zip", files, rows)
    archive, manifest = opened(out / "a.zip")
    disk = {}
    for name in archive.namelist():  # what a case-insensitive, normalising disk would keep
        disk[normalize("NFC", normalize("NFD", name).casefold())] = archive.read(name)
    assert len(disk) == len(archive.namelist()) == 4 * len(wanted) + 1
    recorded = {i["name"]: i["files"] for i in manifest["images"]}
    assert recorded["home.PNG"]["base"] == "base/home (2).PNG"
    assert {f for part in recorded.values() for f in part.values()} | {"manifest.json"} == set(
        archive.namelist()
    )


def test_hostile_names_stay_inside_the_folder(files: Files, out: Path) -> None:
    rows = [files.added(name) for name in ("../../up.png", "/abs.png", "C:\\drive.png")]
    export(out / "a.zip", files, rows)
    archive, _ = opened(out / "a.zip")
    archive.extractall(out / "unpacked")
    assert {p.name for p in out.iterdir()} == {"a.zip", "unpacked"}
    assert all(name.startswith(("head/", "manifest")) for name in archive.namelist())


def test_a_row_selected_twice_is_exported_once(files: Files, out: Path) -> None:
    row = files.added("a.png")
    assert export(out / "a.zip", files, [row, row]).entries == 1


def test_nothing_selected_is_a_zip_with_a_manifest(files: Files, out: Path) -> None:
    assert export(out / "a.zip", files, []).entries == 0
    assert opened(out / "a.zip")[1]["images"] == []


def test_progress_counts_up_to_all_files(files: Files, out: Path) -> None:
    rows = [files.changed(f"{n}.png") for n in range(5)]
    files.broken.add("2.png")
    seen: list[tuple[int, int]] = []
    export(out / "a.zip", files, rows, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(n, 20) for n in range(21)]


def test_a_pipe_is_enough(files: Files) -> None:
    rows = [files.changed(f"{n}.png", os.urandom(300_000)) for n in range(4)]
    reading, writing = os.pipe()
    received = io.BytesIO()

    def receive() -> None:
        with os.fdopen(reading, "rb") as pipe:
            received.write(pipe.read())

    reader = threading.Thread(target=receive)
    reader.start()
    with os.fdopen(writing, "wb", buffering=0) as pipe:  # unbuffered, as `python -u` has it
        result = export(pipe, files, rows, {Part.BASE, Part.HEAD})
    reader.join()
    assert result.path is None
    assert result.entries == 8
    archive, _ = opened(received)
    assert archive.read("base/3.png") == files.path(Side.BASE, "3.png").read_bytes()


def test_a_stream_that_appends_gets_a_sound_zip(files: Files, out: Path) -> None:
    """`snapreview … --zip - >> file`: whatever goes back would be written at the end."""
    with (out / "a.zip").open("ab") as stream:
        export(stream, files, [files.changed("a.png")])
    assert opened(out / "a.zip")[0].namelist()[0] == "base/a.png"


def test_an_old_zip_is_replaced_through_a_link(files: Files, out: Path) -> None:
    (out / "real.zip").write_bytes(b"old")
    link = out / "link.zip"
    link.symlink_to(out / "real.zip")
    export(link, files, [files.added("a.png")])
    assert link.is_symlink()
    assert opened(out / "real.zip")[0].namelist()[0] == "head/a.png"


def test_masks_are_written_as_they_are(files: Files, out: Path) -> None:
    row = files.changed("a.PNG", marked=2)
    export(out / "a.zip", files, [row], {Part.DIFF})
    picture = out / "mask.png"
    picture.write_bytes(opened(out / "a.zip")[0].read("diff/a.PNG"))
    assert np.count_nonzero(decode_rgba(picture, max_pixels=None)[..., 3]) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_device_is_written_to_and_not_replaced(files: Files, out: Path) -> None:
    pipe = out / "pipe"
    os.mkfifo(pipe)
    received = io.BytesIO()
    reader = threading.Thread(target=lambda: received.write(pipe.read_bytes()))
    reader.start()
    export(pipe, files, [files.added("a.png")])
    reader.join()
    assert pipe.is_fifo()
    assert opened(received)[0].namelist() == ["head/a.png", "manifest.json"]
