"""Zip files as sources: what is in them, what SnapReview put in, and what is refused."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    FetchError,
    IntegrityError,
    SourceEmpty,
    SourceError,
    SourceNotFound,
)
from snapreview.model.manifest import Manifest
from snapreview.stores.archive import ArchiveStore
from snapreview.stores.cache import ContentCache
from snapreview.stores.opening import lasting_source, open_store, store_context

TOKEN = CancelToken()


def pack(path: Path, files: Mapping[str, bytes | str], **how: int) -> Path:
    with ZipFile(path, "w", **how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[callable]:
    made: list[ArchiveStore] = []

    def make(source: str | Path) -> ArchiveStore:
        store = open_store(str(source), store_context((), tmp_path / "cache", {}))
        assert isinstance(store, ArchiveStore)
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()


def names(store: ArchiveStore) -> list[str]:
    return list(store.manifest(TOKEN).images)


def test_all_images_by_their_path(opened, tmp_path: Path) -> None:
    files = {"b/Two.PNG": b"2", "a.png": b"1", "Icon\r": b"", "b/": b""}
    store = opened(pack(tmp_path / "set.zip", files))
    assert names(store) == ["a.png", "b/Two.PNG"]
    assert store.source == str(tmp_path / "set.zip")


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["home/a.png", "home/b/c.png"], ["a.png", "b/c.png"]),
        (["home/a.png", "home/b.png", "README.txt"], ["a.png", "b.png"]),
        (["home/a.png", "__MACOSX/home/._a.png", ".hidden/b.png"], ["a.png"]),
        (["home/a.png", "b.png"], ["b.png", "home/a.png"]),
        (["home/a.png", "cart/b.png"], ["cart/b.png", "home/a.png"]),
    ],
)
def test_a_single_top_folder_is_entered(opened, tmp_path: Path, files, found) -> None:
    path = pack(tmp_path / "set.zip", dict.fromkeys(files, b"data"))
    assert names(opened(path)) == found


def test_a_folder_in_it_can_be_named(opened, tmp_path: Path) -> None:
    files = dict.fromkeys(["home/a.png", "home/deep/b.png", "cart/c.png"], b"data")
    path = pack(tmp_path / "set!.zip", files)
    assert names(opened(f"{path}!home")) == ["a.png", "deep/b.png"]
    assert names(opened(f"{path}!home/deep/")) == ["b.png"]
    assert names(opened(f"{path}!")) == ["cart/c.png", "home/a.png", "home/deep/b.png"]
    with pytest.raises(SourceNotFound, match="nowhere"):
        names(opened(f"{path}!nowhere"))


def test_a_named_folder_stays_after_a_single_top_one(opened, tmp_path: Path) -> None:
    path = pack(tmp_path / "set.zip", {"home/a.png": b"data"})
    assert names(opened(f"{path}!")) == ["home/a.png"], "an empty folder is the zip's top"


def test_a_relative_path_is_remembered_whole(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert lasting_source("set.zip!home") == str(tmp_path / "set.zip!home")


def test_files_beside_images_describe_them(opened, tmp_path: Path) -> None:
    files = {
        "a/one.png": b"1",
        "a/one.json": json.dumps({"display_name": "One", "tags": {"theme": "dark"}}),
        "a/two.png": b"2",
        "a/two.json": "no JSON",
    }
    images = opened(pack(tmp_path / "set.zip", files)).manifest(TOKEN).images
    assert (images["one.png"].display_name, dict(images["one.png"].tags)) == (
        "One",
        {"theme": "dark"},
    )
    assert images["two.png"].display_name is None


# What SnapReview wrote.


def exported(path: Path) -> Path:
    """A comparison with a changed and a renamed image, as `compare --zip` writes it."""
    rows = [
        {
            "name": "pay.png",
            "display_name": "Pay",
            "base": {"content_hash": sha256(b"old"), "width": 3, "height": 2},
            "head": {"content_hash": sha256(b"new"), "width": 3, "height": 2},
            "files": {"base": "base/pay.png", "head": "head/pay.png", "diff": "diff/pay.png"},
        },
        {
            "name": "COM1.png",
            "previous_name": "was.png",
            "base": {"content_hash": sha256(b"same"), "width": 1, "height": 1},
            "head": {"content_hash": sha256(b"same"), "width": 1, "height": 1},
            "files": {"base": "base/was.png", "head": "head/_COM1.png"},
        },
    ]
    files = {
        "base/pay.png": b"old",
        "head/pay.png": b"new",
        "diff/pay.png": b"mask",
        "base/was.png": b"same",
        "head/_COM1.png": b"same",
        "manifest.json": json.dumps({"schema": 1, "images": rows}),
    }
    return pack(path, files)


def test_the_sides_of_an_export_have_the_names_and_hashes_they_had(opened, tmp_path: Path) -> None:
    path = exported(tmp_path / "export.zip")
    base, head = (opened(f"{path}!{side}").manifest(TOKEN).images for side in ("base", "head"))
    assert list(base) == ["pay.png", "was.png"]
    assert list(head) == ["COM1.png", "pay.png"]
    assert head["pay.png"].display_name == "Pay"
    assert (base["pay.png"].sha256, base["pay.png"].size) == (sha256(b"old"), (3, 2))
    assert head["COM1.png"].same_content(base["was.png"])


def test_an_exported_snapshot_is_that_snapshot_again(opened, tmp_path: Path) -> None:
    manifest = {
        "snapshot_id": "one",
        "head_sha": "abc",
        "image_url": "../{content_hash}",
        "images": {
            "_COM1.png": {
                "content_hash": sha256(b"1"),
                "width": 3,
                "height": 2,
                "original_file_name": "COM1.png",
                "display_name": "One",
            }
        },
    }
    files = {"_COM1.png": b"1", "manifest.json": json.dumps(manifest)}
    store = opened(pack(tmp_path / "one.zip", files))
    found: Manifest = store.manifest(TOKEN)
    assert (found.snapshot_id, found.vcs.head_sha, found.image_url) == ("one", "abc", None)
    record = found.images["COM1.png"]
    assert (record.sha256, record.size, record.display_name) == (sha256(b"1"), (3, 2), "One")
    assert store.fetch(record, TOKEN).read_bytes() == b"1"


def test_another_manifest_is_no_concern_of_ours(opened, tmp_path: Path) -> None:
    files = {"a.png": b"1", "manifest.json": '{"name": "a web app"}'}
    assert names(opened(pack(tmp_path / "set.zip", files))) == ["a.png"]


def test_bytes_that_are_not_those_promised(opened, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    entry = {"content_hash": sha256(b"other"), "width": 1, "height": 1}
    files = {"a.png": b"1", "manifest.json": json.dumps({"images": {"a.png": entry}})}
    store = opened(pack(path, files))
    record = store.manifest(TOKEN).images["a.png"]
    with pytest.raises(IntegrityError, match=r"a\.png"):
        store.fetch(record, TOKEN)


# What is refused, and what is damaged.


@pytest.mark.parametrize(
    "name", ["../a.png", "/a.png", "C:\\a.png", "a/../../b.png", "a\x01.png", "a//b.png"]
)
def test_hostile_names(opened, tmp_path: Path, name: str) -> None:
    path = pack(tmp_path / "set.zip", {"fine.png": b"1", name: b"2"})
    with pytest.raises(SourceError, match="Nothing of it was"):
        names(opened(path))
    assert not list((tmp_path / "cache").rglob("*.png"))


def test_one_name_twice(opened, tmp_path: Path) -> None:
    path = tmp_path / "set.zip"
    pack(path, {"a.png": b"1", "b.png": b"2"})
    path.write_bytes(path.read_bytes().replace(b"b.png", b"a.png"))
    with pytest.raises(SourceError, match="twice"):
        names(opened(path))


def test_links(opened, tmp_path: Path) -> None:
    link = ZipInfo("a.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "set.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(SourceError, match="is a link"):
        names(opened(path))


def test_a_bomb(opened, tmp_path: Path) -> None:
    """As the directory tells it: it need not be unpacked to be known."""
    path = pack(tmp_path / "set.zip", {"a.png": bytes(100_000)}, compression=ZIP_DEFLATED)
    data = path.read_bytes()
    size = struct.pack("<L", 100_000)
    path.write_bytes(data.replace(size, struct.pack("<L", 0xFFFFFFF0)))
    with pytest.raises(SourceError, match="would unpack to"):
        names(opened(path))


def test_what_needs_a_password(opened, tmp_path: Path) -> None:
    path = pack(tmp_path / "set.zip", {"a.png": b"1"})
    data = bytearray(path.read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(SourceError, match="password"):
        names(opened(path))


def test_what_is_no_zip(opened, tmp_path: Path) -> None:
    path = tmp_path / "set.zip"
    path.write_bytes(b"no zip")
    with pytest.raises(SourceError, match="cannot be opened as a zip"):
        names(opened(path))


def test_a_zip_without_images(opened, tmp_path: Path) -> None:
    with pytest.raises(SourceEmpty):
        names(opened(pack(tmp_path / "set.zip", {"a.txt": b"1"})))


def test_a_cut_off_zip(opened, tmp_path: Path) -> None:
    path = pack(tmp_path / "set.zip", {"a.png": b"1" * 100})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SourceError):
        names(opened(path))


def test_a_damaged_image_is_that_images_fault(opened, tmp_path: Path) -> None:
    path = pack(tmp_path / "set.zip", {"a.png": b"1" * 100, "b.png": b"2"})
    path.write_bytes(path.read_bytes().replace(b"1" * 100, b"3" * 100))
    store = opened(path)
    images = store.manifest(TOKEN).images
    with pytest.raises(FetchError, match=r"a\.png"):
        store.fetch(images["a.png"], TOKEN)
    assert store.fetch(images["b.png"], TOKEN).read_bytes() == b"2"
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert [path.name for path in kept] == [sha256(b"2")], "nothing wrong is in the cache"


def test_an_image_is_unpacked_once(opened, tmp_path: Path) -> None:
    path = pack(tmp_path / "set.zip", {"a.png": b"1"})
    store = opened(path)
    record = store.manifest(TOKEN).images["a.png"]
    first = store.fetch(record, TOKEN)
    before = first.stat().st_mtime_ns
    assert store.fetch(record, TOKEN) == first
    assert first.stat().st_mtime_ns == before


def test_a_stream_of_zeros_is_read_only_as_far_as_it_says(tmp_path: Path) -> None:
    """An entry that unpacks to more than its directory says is damaged, not large."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.png", bytes(1_000_000))
    data = packed.getvalue().replace(struct.pack("<L", 1_000_000), struct.pack("<L", 10))
    path = tmp_path / "set.zip"
    path.write_bytes(data)
    store = ArchiveStore(path, None, ContentCache(tmp_path / "cache"))
    record = store.manifest(TOKEN).images["a.png"]
    with pytest.raises(FetchError):
        store.fetch(record, TOKEN)
    store.close()
