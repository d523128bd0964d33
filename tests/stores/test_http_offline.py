"""Manifests that are kept: asked for again only if they changed, and used where nobody answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    FetchError,
    ManifestError,
    SourceNotFound,
    SourceUnauthorised,
    SourceUnreachable,
)
from snapreview.model.manifest import Manifest
from tests.servers import Scripted, reply, scripted_server
from tests.stores.web import IMAGE_PATH, MANIFEST_PATH, PIXEL, Web, manifest_json, record

ETAG = {"etag": '"v1"', "last_modified": "Sat, 01 Nov 2025 10:00:00 GMT"}


def opened(web: Web, url: str, **options) -> Manifest:
    return web.store(url, **options).manifest(CancelToken())


def away(web: Web, *, fetched: bool = True) -> str:
    """The address of a snapshot that was opened once, and whose host is gone since."""
    with scripted_server() as server:
        url = server.on(MANIFEST_PATH, reply(body=manifest_json()))
        server.on(IMAGE_PATH, reply(body=PIXEL))
        store = web.store(url)
        store.manifest(CancelToken())
        if fetched:
            store.fetch(record(), CancelToken())
        store.close()
    return url


def test_a_manifest_that_did_not_change_is_not_sent_again(server: Scripted, web: Web) -> None:
    answers = reply(body=manifest_json(), **ETAG), reply(304)
    url = server.on(MANIFEST_PATH, *answers)
    first, second = opened(web, url), opened(web, url)
    assert second == first
    assert not second.offline
    asked = server.requests[-1].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == tuple(ETAG.values())
    assert "If-None-Match" not in server.requests[0].headers


def test_a_manifest_that_changed_is_taken(server: Scripted, web: Web) -> None:
    new = manifest_json({"b.png": "0" * 64})
    answers = [reply(body=body, **ETAG) for body in (manifest_json(), new)]
    url = server.on(MANIFEST_PATH, *answers, reply(304))
    assert set(opened(web, url).images) == {"a.png"}
    assert set(opened(web, url).images) == {"b.png"}
    assert set(opened(web, url).images) == {"b.png"}, "what was kept is the new one"


def test_without_a_network_what_was_opened_opens_again(web: Web) -> None:
    url = away(web)
    store = web.store(url)
    manifest = store.manifest(CancelToken())
    assert set(manifest.images) == {"a.png"}
    assert manifest.offline.startswith("20")
    assert store.fetch(record(), CancelToken()).read_bytes() == PIXEL


def test_the_kept_one_is_found_by_the_snapshots_address_too(web: Web) -> None:
    url = away(web).removesuffix("/manifest.json")
    with pytest.raises(SourceUnreachable):
        opened(web, f"{url}-other")
    assert opened(web, url).offline


def test_an_image_that_is_not_here_fails_at_once(web: Web) -> None:
    """Not only after its host was tried again, which for each image takes seconds."""
    store = web.store(away(web, fetched=False))
    store.manifest(CancelToken())
    before = len(web.waits)
    with pytest.raises(FetchError, match="not on this computer"):
        store.fetch(record(), CancelToken())
    assert len(web.waits) == before


def test_what_was_never_opened_is_unreachable(web: Web) -> None:
    with scripted_server() as server:
        url = server.url + MANIFEST_PATH
    with pytest.raises(SourceUnreachable):
        opened(web, url)


def test_a_host_that_is_out_of_order_counts_as_silent(server: Scripted, web: Web) -> None:
    url = server.on(MANIFEST_PATH, reply(body=manifest_json()), reply(503))
    opened(web, url)
    assert opened(web, url).offline


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, SourceUnauthorised), (403, SourceUnauthorised), (404, SourceNotFound)],
)
def test_what_a_host_says_now_counts(
    server: Scripted, web: Web, status: int, error: type[Exception]
) -> None:
    url = server.on(MANIFEST_PATH, reply(body=manifest_json()), reply(status))
    opened(web, url)
    with pytest.raises(error):
        opened(web, url)


def test_what_is_no_manifest_does_not_replace_one(web: Web) -> None:
    with scripted_server() as server:
        bodies = manifest_json(), b"<html>Sign in</html>"
        url = server.on(MANIFEST_PATH, *(reply(body=body) for body in bodies))
        opened(web, url)
        with pytest.raises(ManifestError):
            opened(web, url)
    assert set(opened(web, url).images) == {"a.png"}


def kept_files(web: Web) -> list[Path]:
    return [path for path in web.manifests_dir.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: b"\0" + data, lambda data: b""]
)
def test_a_damaged_one_is_not_used(web: Web, damage) -> None:
    url = away(web)
    (path,) = kept_files(web)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(SourceUnreachable):
        opened(web, url)


def test_nothing_kept_holds_a_secret(server: Scripted, web: Web) -> None:
    server.on(f"{MANIFEST_PATH}?X-Amz-Signature=s3cret", reply(body=manifest_json()))
    place = server.url.replace("://", "://user:s3cret@")
    opened(web, f"{place}{MANIFEST_PATH}?X-Amz-Signature=s3cret")
    (path,) = kept_files(web)
    assert b"s3cret" not in path.read_bytes()
    assert "s3cret" not in path.name


def test_a_folder_that_cannot_be_used_is_no_fault(server: Scripted, web: Web) -> None:
    web.manifests_dir.write_bytes(b"a file stands where the folder should be")
    url = server.on(MANIFEST_PATH, reply(body=manifest_json()))
    assert opened(web, url).images
