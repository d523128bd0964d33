"""The list of what a store has: kept by publish, mended, and read from near and far."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from filelock import FileLock

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    Cancelled,
    ManifestError,
    PublishError,
    SourceError,
    SourceNotFound,
    SourceUnauthorised,
    SourceUnreachable,
)
from snapreview.model.index_json import parse_index
from snapreview.model.layout import INDEX_KEY, manifest_key
from snapreview.model.listing import Entry
from snapreview.stores.folder_root import FolderRoot
from snapreview.stores.index import listing, rebuild_index, refresh_index
from snapreview.stores.index_web import web_listing, web_snapshot
from snapreview.stores.opening import StoreContext, store_context
from snapreview.stores.publish import PublishRequest, publish
from tests.servers import Scripted, closed_port, reply, static_server
from tests.stores.shelves import manifest, memory, on_disk

TOKEN = CancelToken()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"a")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "root"


def listed(folder: Path) -> list[str]:
    return [entry.id for entry in parse_index((folder / INDEX_KEY).read_bytes(), "")]


def test_publish_lists_what_it_writes(files: Path, folder: Path) -> None:
    request = PublishRequest("one", True, "5ha", "feature", "ba5e", "app")
    made = publish(files, folder, request, TOKEN).manifest
    (entry,) = parse_index((folder / INDEX_KEY).read_bytes(), "")
    date = made.created or ""
    assert entry == Entry("one", date, "5ha", "feature", "ba5e", None, "app", True, 1)


def test_a_snapshot_that_is_replaced_is_listed_as_it_is_now(files: Path, folder: Path) -> None:
    publish(files, folder, PublishRequest("one", branch="old"), TOKEN)
    (files / "b.png").write_bytes(b"b")
    publish(files, folder, PublishRequest("one", branch="new"), TOKEN)
    (entry,) = listing(FolderRoot(folder), TOKEN).entries
    assert (entry.branch, entry.count) == ("new", 2)


def test_the_newest_comes_first(files: Path, folder: Path) -> None:
    on_disk(memory({"newer": ["a"], "older": ["a"]}), folder)
    publish(files, folder, PublishRequest("newest"), TOKEN)
    assert listed(folder) == ["newest", "newer", "older"]


@pytest.mark.parametrize("damage", [None, b"", b"{", b'{"snapshots": [{"id": "../x"}]}'])
def test_publish_mends_a_list_that_is_missing_or_damaged(
    damage: bytes | None, files: Path, folder: Path
) -> None:
    on_disk(memory({"one": ["a"], "two": ["b"]}), folder)
    if damage is not None:
        (folder / INDEX_KEY).write_bytes(damage)
    assert [entry.id for entry in listing(FolderRoot(folder), TOKEN).entries] == ["one", "two"]
    publish(files, folder, PublishRequest("three"), TOKEN)
    assert listed(folder) == ["three", "one", "two"]


def test_publish_lists_what_was_copied_there_and_forgets_what_is_gone(
    files: Path, folder: Path
) -> None:
    for name in ("one", "two"):
        publish(files, folder, PublishRequest(name), TOKEN)
    (folder / manifest_key("one")).rename(folder / "snapshots" / "kept.json")
    on_disk(memory({"copied": ["a"]}), folder)
    publish(files, folder, PublishRequest("three"), TOKEN)
    assert set(listed(folder)) == {"two", "three", "copied"}


def test_rebuilding_believes_the_manifests_only(files: Path, folder: Path) -> None:
    publish(files, folder, PublishRequest("one"), TOKEN)
    path = folder / INDEX_KEY
    path.write_bytes(path.read_bytes().replace(b'"count": 1', b'"count": 9'))
    (folder / "snapshots" / "bad").mkdir()
    (folder / "snapshots" / "bad" / "manifest.json").write_bytes(b"{")
    (folder / "snapshots" / "a b").mkdir()
    (folder / "snapshots" / "a b" / "manifest.json").write_bytes(manifest(["a"]))
    found = rebuild_index(FolderRoot(folder), TOKEN)
    assert [(entry.id, entry.count) for entry in found.entries] == [("one", 1)]
    assert listed(folder) == ["one"]
    assert set(found.damaged) == {manifest_key("bad"), manifest_key("a b")}


def test_without_a_date_it_is_when_the_manifest_was_written(folder: Path) -> None:
    path = folder / manifest_key("one")
    path.parent.mkdir(parents=True)
    path.write_bytes(manifest(["a"]))
    os.utime(path, (0, 0))
    (entry,) = rebuild_index(FolderRoot(folder), TOKEN).entries
    assert entry.date == "1970-01-01T00:00:00+00:00"


def test_many_who_publish_at_once_lose_nothing(files: Path, folder: Path) -> None:
    together = Barrier(6)

    def one(number: int) -> None:
        together.wait()
        publish(files, folder, PublishRequest(f"s{number}"), CancelToken())

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(6)))
    assert set(listed(folder)) == {f"s{number}" for number in range(6)}


def test_nobody_waits_for_ever(folder: Path) -> None:
    on_disk(memory({"one": ["a"]}), folder)
    root = FolderRoot(folder, lock_seconds=0)
    token = CancelToken()
    with FileLock(folder / "snapshots" / ".index.json.lock"):
        with pytest.raises(PublishError, match="Another SnapReview"):
            refresh_index(root, TOKEN)
        token.cancel()
        with pytest.raises(Cancelled):
            refresh_index(FolderRoot(folder), token)
    refresh_index(root, TOKEN)
    assert listed(folder) == ["one"]


def test_a_reader_never_sees_half_a_list(folder: Path) -> None:
    on_disk(memory({"one": ["a"]}), folder)
    rebuild_index(FolderRoot(folder), TOKEN)
    before = (folder / INDEX_KEY).read_bytes()

    def change(_: bytes | None) -> bytes:
        assert (folder / INDEX_KEY).read_bytes() == before
        raise Cancelled

    with pytest.raises(Cancelled):
        FolderRoot(folder).update(INDEX_KEY, change, TOKEN)
    assert (folder / INDEX_KEY).read_bytes() == before


@pytest.fixture
def context(tmp_path: Path) -> StoreContext:
    return store_context([], tmp_path / "cache", {})


def quick(context: StoreContext) -> StoreContext:
    return replace(context, settings=replace(context.settings, attempts=1, backoff=0.0))


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    on_disk(memory({"two": ["a", "b"], "one": ["a"]}), folder / "my" / "store")
    rebuild_index(FolderRoot(folder / "my" / "store"), TOKEN)
    with static_server(folder) as url:
        yield f"{url}/my/store"


@pytest.mark.parametrize(
    "end", ["", "/", "/snapshots", "/snapshots/index.json", "/snapshots/one", "/snapshots/none/"]
)
def test_over_http_from_any_place_in_the_store(end: str, site: str, context: StoreContext) -> None:
    found = web_listing(site + end, context, TOKEN)
    assert [(entry.id, entry.count) for entry in found.entries] == [("two", 2), ("one", 1)]
    assert (found.shown, found.offline) == (f"{site}/", "")
    assert web_snapshot(site + end, "two") == f"{site}/snapshots/two"


def test_what_was_typed_stays_in_the_source_and_is_not_shown(
    server: Scripted, context: StoreContext
) -> None:
    body = b'{"snapshots": [{"id": "one"}]}'
    server.on("/s/snapshots/index.json?sig=5ecret", reply(200, body))
    address = server.url.replace("//", "//me:pa55@") + "/s/snapshots/one/manifest.json?sig=5ecret#x"
    found = web_listing(address, context, TOKEN)
    assert [entry.id for entry in found.entries] == ["one"]
    assert server.requests[-1].authorisation is not None
    assert found.shown == f"{server.url}/s/"
    source = web_snapshot(address, "two")
    assert source == server.url.replace("//", "//me:pa55@") + "/s/snapshots/two?sig=5ecret"


def test_it_is_asked_for_again_only_if_it_changed(server: Scripted, context: StoreContext) -> None:
    body = b'{"snapshots": [{"id": "one"}]}'
    server.on("/snapshots/index.json", reply(200, body, ETag='"v1"'), reply(304))
    for _ in range(2):
        assert [entry.id for entry in web_listing(server.url, context, TOKEN).entries] == ["one"]
    assert [seen.headers["If-None-Match"] for seen in server.requests] == [None, '"v1"']


def test_offline_it_is_as_it_was(server: Scripted, context: StoreContext) -> None:
    body = b'{"snapshots": [{"id": "one"}]}'
    server.on("/snapshots/index.json", reply(200, body), reply(503))
    web_listing(server.url, context, TOKEN)
    found = web_listing(server.url, quick(context), TOKEN)
    assert [entry.id for entry in found.entries] == ["one"]
    assert found.offline


def test_what_a_host_says_instead_is_a_sentence(server: Scripted, context: StoreContext) -> None:
    for status, kind, said in (
        (404, SourceNotFound, "does not list its snapshots: it answers 404"),
        (403, SourceUnauthorised, "refuses access"),
        (500, SourceUnreachable, "out of order"),
    ):
        server.on("/snapshots/index.json", reply(status))
        with pytest.raises(kind, match=said):
            web_listing(server.url, quick(context), TOKEN)
    server.on("/snapshots/index.json", reply(200, b"<html>"))
    with pytest.raises(ManifestError, match="rebuild it"):
        web_listing(server.url, context, TOKEN)
    with pytest.raises(SourceUnreachable, match="cannot be reached"):
        web_listing(f"http://127.0.0.1:{closed_port()}", quick(context), TOKEN)


@pytest.mark.parametrize("text", ["https://", "http://[", "https://h/x/set.json"])
def test_an_address_that_is_of_no_store(text: str, context: StoreContext) -> None:
    with pytest.raises(SourceError):
        web_listing(text, context, TOKEN)
