from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, FetchError, SourceEmpty, SourceError, SourceNotFound
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.stores import walk
from snapreview.stores.folder import FolderStore, SingleImageStore

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
posix = pytest.mark.skipif(os.name != "posix", reason="such names and files exist there only")


def write(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"bytes of " + name.encode())
    return root


def opened(root: Path) -> Manifest:
    return FolderStore(root).manifest(CancelToken())


def names(root: Path) -> list[str]:
    return list(opened(root).images)


def test_finds_images_by_their_ending_in_any_case(tmp_path: Path) -> None:
    images = ["a.png", "b.PNG", "c.apng", "d.jpg", "e.JPEG", "f.jpe", "g.webp", "h.gif"]
    images += ["i.bmp", "j.tif", "k.tiff", "sub/dir/l.AVIF"]
    write(tmp_path, *images, "note.txt", "png", "movie.mp4", "a.png.bak")
    assert names(tmp_path) == sorted(images)


def test_passes_over_hidden_names_and_archive_litter(tmp_path: Path) -> None:
    write(tmp_path, "a.png", ".b.png", ".git/c.png", "__MACOSX/d.png", "x/.y/e.png", "x/._f.png")
    assert names(tmp_path) == ["a.png"]


def test_knows_sizes_and_reads_no_image(tmp_path: Path) -> None:
    write(tmp_path, "a.png")
    assert opened(tmp_path).images["a.png"] == ImageRecord("a.png", byte_size=14)


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="Check the path"):
        opened(tmp_path / "none")
    write(tmp_path, "file.txt")
    with pytest.raises(SourceNotFound):
        opened(tmp_path / "file.txt" / "below")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    with pytest.raises(SourceError, match="neither a folder nor an image"):
        opened(tmp_path / "a.txt")


def test_a_name_that_no_system_takes() -> None:
    with pytest.raises(SourceError):
        opened(Path("a\0b"))


def test_a_folder_with_no_image(tmp_path: Path) -> None:
    write(tmp_path, "note.txt", "sub/other.txt")
    with pytest.raises(SourceEmpty, match="holds no image"):
        opened(tmp_path)


def test_a_published_snapshot_is_not_opened_as_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "manifest.json")
    with pytest.raises(SourceEmpty, match="published snapshot"):
        opened(tmp_path)


def test_a_closed_subfolder_is_not_silently_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is scripted: whoever runs the tests may be allowed to read everything."""
    write(tmp_path, "a.png", "closed/b.png")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(SourceError, match=r"closed.*Permission denied"):
        opened(tmp_path)


@posix
@pytest.mark.parametrize("name", [b"a\nb.png", b"\xff.png", b"a\x7f.png"])
def test_a_name_that_no_report_can_carry(tmp_path: Path, name: bytes) -> None:
    try:
        (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system refuses such a name itself")
    with pytest.raises(SourceError, match="Rename it"):
        opened(tmp_path)


@needs_links
def test_follows_links_inside_only(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    outside = write(tmp_path / "outside", "secret.png")
    root = write(tmp_path / "root", "real/a.png")
    (root / "folder").symlink_to(root / "real", target_is_directory=True)
    (root / "file.png").symlink_to(root / "real" / "a.png")
    (root / "out").symlink_to(outside, target_is_directory=True)
    (root / "out.png").symlink_to(outside / "secret.png")
    (root / "up").symlink_to(tmp_path, target_is_directory=True)
    assert names(root) == ["file.png", "folder/a.png", "real/a.png"]
    assert caplog.text.count("leads out of the folder") == 3


@needs_links
def test_a_sibling_whose_name_begins_alike_is_outside(tmp_path: Path) -> None:
    write(tmp_path / "root-2", "b.png")
    root = write(tmp_path / "root", "a.png")
    (root / "link").symlink_to(tmp_path / "root-2", target_is_directory=True)
    assert names(root) == ["a.png"]


@needs_links
def test_links_that_lead_back_end(tmp_path: Path) -> None:
    write(tmp_path, "a/1.png", "b/2.png")
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "a" / "top").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "b").symlink_to(tmp_path / "b", target_is_directory=True)
    (tmp_path / "b" / "a").symlink_to(tmp_path / "a", target_is_directory=True)
    assert names(tmp_path) == ["a/1.png", "a/b/2.png", "b/2.png", "b/a/1.png"]


@needs_links
def test_links_that_multiply_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "MAX_FOLDERS", 50)
    for one in "abcdef":
        write(tmp_path, f"{one}/1.png")
        for other in "abcdef":
            (tmp_path / one / other).symlink_to(tmp_path / other, target_is_directory=True)
    with pytest.raises(SourceError, match="50 folders"):
        opened(tmp_path)


@needs_links
def test_a_link_to_nothing_is_listed_and_fails_when_fetched(tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to(tmp_path / "gone.png")
    (tmp_path / "self.png").symlink_to(tmp_path / "self.png")
    store = FolderStore(tmp_path)
    manifest = store.manifest(CancelToken())
    assert list(manifest.images) == ["a.png", "self.png"]
    for record in manifest.images.values():
        assert record.byte_size is None
        with pytest.raises(FetchError, match=record.name):
            store.fetch(record, CancelToken())


@posix
def test_a_pipe_is_no_image(tmp_path: Path) -> None:
    write(tmp_path, "a.png")
    os.mkfifo(tmp_path / "pipe.png")
    assert names(tmp_path) == ["a.png"]


def test_a_folder_may_be_called_like_an_image(tmp_path: Path) -> None:
    write(tmp_path, "folder.png/a.png")
    assert names(tmp_path) == ["folder.png/a.png"]


def test_cancel_ends_the_walk(tmp_path: Path) -> None:
    write(tmp_path, "a.png")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        list(walk.walk_images(tmp_path, token))


FULL = {
    "display_name": "Pay",
    "group": "Checkout",
    "description": "The button",
    "tags": ["dark", "phone"],
    "diff_threshold": 0.25,
    "canvas_theme": "dark",
    "ticket": {"id": 7},
    "content_hash": "not used",
    "image_file_name": 3,
    "width": -5,
}


def test_a_sidecar_tells_about_its_image(tmp_path: Path) -> None:
    write(tmp_path, "sub/a.png", "sub/b.png")
    (tmp_path / "sub" / "a.json").write_text(json.dumps(FULL))
    found = opened(tmp_path).images
    assert found["sub/a.png"] == ImageRecord(
        "sub/a.png",
        byte_size=18,
        display_name="Pay",
        group="Checkout",
        description="The button",
        tags={"dark": "dark", "phone": "phone"},
        diff_threshold=0.25,
        canvas_theme="dark",
        extra={"ticket": {"id": 7}},
    )
    assert found["sub/b.png"].display_name is None


def test_images_that_differ_in_their_ending_share_a_sidecar(tmp_path: Path) -> None:
    write(tmp_path, "a.png", "a.jpg")
    (tmp_path / "a.json").write_text('{"group": "both"}')
    assert [record.group for record in opened(tmp_path).images.values()] == ["both", "both"]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "null",
        '{"diff_threshold": 3}',
        '{"diff_threshold": NaN}',
        '{"extra": NaN}',
        '{"display_name": 5}',
        '{"extra": "\\ud800"}',
        "[" * 100_000,
        '{"extra": "' + "x" * 1_100_000 + '"}',
        "\xff",
    ],
)
def test_a_bad_sidecar_is_warned_about_and_ignored(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    write(tmp_path, "a.png")
    (tmp_path / "a.json").write_bytes(text.encode("latin-1"))
    assert opened(tmp_path).images["a.png"] == ImageRecord("a.png", byte_size=14)
    (warned,) = caplog.records
    assert warned.levelno == logging.WARNING
    assert "a.png" in warned.message
    assert "a.json" in warned.message


def test_one_image_is_a_snapshot(tmp_path: Path) -> None:
    write(tmp_path, "old.png")
    (tmp_path / "old.json").write_text('{"group": "G"}')
    manifest = SingleImageStore(tmp_path / "old.png", "new.png").manifest(CancelToken())
    assert dict(manifest.images) == {"new.png": ImageRecord("new.png", byte_size=16, group="G")}


def test_one_image_with_an_impossible_name(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Rename it"):
        SingleImageStore(tmp_path / "a.png", "a\nb.png")


PART = st.text(st.sampled_from("ab.ü -_"), min_size=1, max_size=4).filter(
    lambda part: not part.startswith(".") and part.strip(". ") == part
)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.lists(PART, min_size=1, max_size=3).map("/".join), max_size=6))
def test_every_image_is_found_under_its_path(tmp_path_factory, stems: set[str]) -> None:
    root = tmp_path_factory.mktemp("tree")
    files = {f"{stem}.png" for stem in stems} | {"first.png"}
    write(root, *files)
    store = FolderStore(root)
    found = store.manifest(CancelToken()).images
    assert list(found) == sorted(files)
    for name, record in found.items():
        assert store.fetch(record, CancelToken()).read_bytes() == b"bytes of " + name.encode()
