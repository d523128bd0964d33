from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError, SourceNotFound
from snapreview.stores.folder import FolderStore, SingleImageStore
from snapreview.stores.http import HttpStore
from snapreview.stores.opening import (
    StoreContext,
    lasting_source,
    open_pair,
    open_store,
    store_context,
)
from tests.servers import Scripted, dribbled, reply
from tests.stores.web import IMAGE_PATH, MANIFEST_PATH, PIXEL, manifest_json, record


@pytest.fixture
def context(tmp_path: Path) -> StoreContext:
    return store_context([], tmp_path / "cache", {})


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with images, which is the current one and the home."""
    root = tmp_path / "my files#1"
    for name in ("old.png", "new.png", "set/a.png", "C:\\set/b.png", "demo/c.png"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")
    (root / "note.txt").write_text("x")
    monkeypatch.chdir(root)
    monkeypatch.setenv("HOME", str(root))
    monkeypatch.setenv("USERPROFILE", str(root))
    return root


def names(source: str, context: StoreContext) -> list[str]:
    return list(open_store(source, context).manifest(CancelToken()).images)


@pytest.mark.parametrize("source", ["set", "./set", "~/set", "set/"])
def test_a_path_is_a_folder(source: str, files: Path, context: StoreContext) -> None:
    store = open_store(source, context)
    assert isinstance(store, FolderStore)
    assert store.source == source
    assert names(source, context) == ["a.png"]


def test_a_file_address_is_a_path(files: Path, context: StoreContext) -> None:
    for source in ((files / "set").as_uri(), f"file://localhost{(files / 'set').as_uri()[7:]}"):
        assert "%20" in source
        assert names(source, context) == ["a.png"]


def test_a_file_on_another_computer(context: StoreContext) -> None:
    with pytest.raises(SourceError, match="another computer"):
        open_store("file://server/share", context)


def test_one_letter_before_the_colon_is_a_drive(files: Path, context: StoreContext) -> None:
    assert names("C:\\set", context) == ["b.png"]
    with pytest.raises(SourceNotFound):
        names("D:/set", context)
    with pytest.raises(SourceNotFound):
        names("D://set", context)


@pytest.mark.parametrize("source", ["sftp://host/x", "ftp://host/x", "git+ssh://host/x"])
def test_another_scheme_is_not_supported(source: str, context: StoreContext) -> None:
    with pytest.raises(
        SourceError, match=r"https://.* is not supported|is not supported.*https://"
    ):
        open_store(source, context)


@pytest.mark.parametrize("source", ["", "  "])
def test_an_empty_source(source: str, context: StoreContext) -> None:
    with pytest.raises(SourceError, match="empty"):
        open_store(source, context)


def test_an_unknown_user_is_a_name(context: StoreContext) -> None:
    with pytest.raises(SourceNotFound):
        names("~nobody-of-this-name/x", context)


def test_a_web_address(context: StoreContext) -> None:
    store = open_store("HTTPS://Example.com/snapshots/1?token=abc", context)
    assert isinstance(store, HttpStore)
    assert store.source == "https://example.com/snapshots/1"
    store.close()


def test_one_image(files: Path, context: StoreContext) -> None:
    assert isinstance(open_store("old.png", context), SingleImageStore)
    assert names("old.png", context) == ["old.png"]


def test_two_images_are_one_image_under_the_heads_name(files: Path, context: StoreContext) -> None:
    base, head = open_pair("old.png", (files / "new.png").as_uri(), context)
    assert (base.source, head.source) == ("old.png", (files / "new.png").as_uri())
    for store in (base, head):
        assert list(store.manifest(CancelToken()).images) == ["new.png"]


@pytest.mark.parametrize(
    ("base", "head", "image"),
    [
        ("old.png", "set", "old.png"),
        ("set", "new.png", "new.png"),
        ("old.png", "https://example.com/x", "old.png"),
        ("old.png", "gone.png", "old.png"),
    ],
)
def test_an_image_and_something_else(
    base: str, head: str, image: str, files: Path, context: StoreContext
) -> None:
    with pytest.raises(SourceError, match=image):
        open_pair(base, head, context)


def test_two_folders(files: Path, context: StoreContext) -> None:
    base, head = open_pair("set", "demo", context)
    assert list(base.manifest(CancelToken()).images) == ["a.png"]
    assert list(head.manifest(CancelToken()).images) == ["c.png"]


def test_two_snapshots_share_what_they_fetch(server: Scripted, tmp_path: Path) -> None:
    """Also while one of them is still at it."""
    url = server.on(MANIFEST_PATH, reply(body=manifest_json()))
    server.on(IMAGE_PATH, dribbled(PIXEL))
    stores = open_pair(url, url, store_context([url, url], tmp_path / "cache", {}))
    for store in stores:
        store.manifest(CancelToken())
    with ThreadPoolExecutor(8) as pool:
        paths = pool.map(lambda n: stores[n % 2].fetch(record(), CancelToken()), range(16))
        assert {path.read_bytes() for path in paths} == {PIXEL}
    assert server.paths().count(IMAGE_PATH) == 1
    for store in stores:
        store.close()


def test_tokens_and_allowed_origins_come_with_the_context(tmp_path: Path) -> None:
    context = store_context(
        ["/folder", "https://a.example/x", "https://a.example/y"],
        tmp_path,
        {"SNAPREVIEW_TOKEN": "generic", "SNAPREVIEW_TOKEN_CDN_EXAMPLE": "own"},
        ["cdn.example", "http://localhost:9000/path"],
    )
    assert context.allow_origins == {"https://cdn.example", "http://localhost:9000"}
    assert context.credentials.from_environment("https://a.example") == "generic"
    assert context.credentials.from_environment("https://cdn.example") == "own"
    assert context.credentials.from_environment("http://localhost:9000") is None


@pytest.mark.parametrize(
    ("sources", "allowed"), [(["http://["], []), ([], ["ftp://x"]), ([], ["https://"])]
)
def test_an_address_that_cannot_be_used(
    sources: list[str], allowed: list[str], tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match="cannot be used"):
        store_context(sources, tmp_path, {}, allowed)


def test_a_cache_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    context = store_context([], tmp_path / "file" / "cache", {})
    with pytest.raises(SourceError, match="SNAPREVIEW_CACHE_DIR"):
        open_store("https://example.com/x", context)


def test_nothing_is_logged_on_the_way(
    files: Path, context: StoreContext, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    names("set", context)
    assert caplog.records == []


@pytest.mark.parametrize("source", ["http:/mia:secret@host/a", "HTTPS:host", " http:"])
def test_half_a_web_address_is_no_folder(source: str, context: StoreContext) -> None:
    with pytest.raises(SourceError, match="begins with https://") as caught:
        open_store(source, context)
    assert "secret" not in str(caught.value)


def test_what_lasts_of_a_source(files: Path) -> None:
    for source in ("set", "./set", "~/set"):
        assert Path(lasting_source(source)) == files / "set"
    assert lasting_source("https://mia:secret@host/a?sig=secret") == "https://host/a"
    assert lasting_source((files / "set").as_uri()) == (files / "set").as_uri()
    assert lasting_source("") == ""
