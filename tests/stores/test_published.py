"""A snapshot of a store in a folder, opened where it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, IntegrityError, ManifestError
from snapreview.stores.opening import StoreContext, open_store, store_context
from snapreview.stores.published import PublishedStore, published_in
from tests.stores.shelves import manifest, memory, on_disk, sha256

TOKEN = CancelToken()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = on_disk(memory({"one": ["a", "b"]}), tmp_path / "root")
    monkeypatch.chdir(found)
    return found


@pytest.fixture
def context(tmp_path: Path) -> StoreContext:
    return store_context([], tmp_path / "cache", {})


@pytest.mark.parametrize("text", ["snapshots/one", "snapshots/one/", "snapshots/one/manifest.json"])
def test_opens_by_its_folder_or_manifest(text: str, folder: Path, context: StoreContext) -> None:
    for source in (text, str(folder / text), (folder / text).as_uri()):
        store = open_store(source, context)
        assert isinstance(store, PublishedStore)
        found = store.manifest(TOKEN)
        assert (list(found.images), found.snapshot_id) == (["a.png", "b.png"], "one")
        path = store.fetch(found.images["a.png"], TOKEN)
        assert path == folder / "images" / sha256(b"a")


def test_other_folders_with_a_manifest_are_folders(folder: Path) -> None:
    (folder / "manifest.json").write_bytes(manifest(["a"]))
    assert published_in(folder) is None
    assert published_in(folder / "manifest.json") is None
    assert published_in(folder / "snapshots") is None
    assert published_in(folder / "snapshots" / "none") is None
    assert published_in(Path("a\0b")) is None


def test_bytes_that_are_not_those_promised_are_refused(folder: Path, context: StoreContext) -> None:
    store = open_store("snapshots/one", context)
    record = store.manifest(TOKEN).images["a.png"]
    path = store.fetch(record, TOKEN)
    path.write_bytes(b"another content")
    with pytest.raises(IntegrityError, match=r"“a\.png”"):
        store.fetch(record, TOKEN)
    path.unlink()
    with pytest.raises(FetchError, match=r"“a\.png”"):
        store.fetch(record, TOKEN)


def test_images_that_are_elsewhere_are_not_looked_for(folder: Path, context: StoreContext) -> None:
    path = folder / "snapshots" / "one" / "manifest.json"
    path.write_bytes(manifest(["a"], image_url="https://cdn.example.com/{content_hash}"))
    with pytest.raises(ManifestError, match="by its web address"):
        open_store("snapshots/one", context).manifest(TOKEN)
    path.write_bytes(manifest(["a"], image_url="../../images/{content_hash}"))
    assert list(open_store("snapshots/one", context).manifest(TOKEN).images) == ["a.png"]
