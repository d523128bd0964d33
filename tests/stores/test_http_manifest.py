from __future__ import annotations

import gzip
import json

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    FetchError,
    ManifestError,
    SourceError,
    SourceNotFound,
    SourceUnauthorised,
)
from snapreview.model.manifest import ImageRecord
from snapreview.stores.credentials import Credentials
from tests.servers import Scripted, redirect, reply, scripted_server
from tests.stores.web import (
    IMAGE_PATH,
    MANIFEST_PATH,
    PIXEL,
    PIXEL_HASH,
    Web,
    manifest_json,
    record,
)

NO_TOKENS = Credentials({})


def opened(web: Web, url: str, **options):
    return web.store(url, **options).manifest(CancelToken())


def test_reads_the_manifest_at_its_address(server: Scripted, web: Web) -> None:
    url = server.on(MANIFEST_PATH, reply(body=manifest_json()))
    manifest = opened(web, url)
    assert dict(manifest.images) == {"a.png": manifest.images["a.png"]}
    assert manifest.images["a.png"].sha256 == PIXEL_HASH
    assert (manifest.source, manifest.snapshot_id) == (url, "one")


@pytest.mark.parametrize("ending", ["", "/"])
def test_appends_manifest_json_to_a_snapshots_address(
    server: Scripted, web: Web, ending: str
) -> None:
    server.on(MANIFEST_PATH, reply(body=manifest_json()))
    manifest = opened(web, f"{server.url}/snapshots/one{ending}")
    assert manifest.snapshot_id == "one"
    assert server.paths() == [MANIFEST_PATH]


@pytest.mark.parametrize("status", [403, 404])
def test_asks_the_address_itself_where_nothing_is_below_it(
    server: Scripted, web: Web, status: int
) -> None:
    server.on("/latest/manifest.json", reply(status))
    url = server.on("/latest", reply(body=manifest_json()))
    assert opened(web, url).images


def test_follows_redirects_and_finds_images_beside_the_final_manifest(
    server: Scripted, web: Web
) -> None:
    url = server.on("/moved.json", redirect("/deep/er/snapshots/one/manifest.json"))
    server.on("/deep/er/snapshots/one/manifest.json", reply(body=manifest_json()))
    server.on(f"/deep/er/images/{PIXEL_HASH}", reply(body=PIXEL))
    store = web.store(url)
    image = store.manifest(CancelToken()).images["a.png"]
    assert store.fetch(image, CancelToken()).read_bytes() == PIXEL


def test_images_are_beside_a_manifest_that_moved_to_another_origin(
    server: Scripted, web: Web
) -> None:
    with scripted_server() as other:
        url = server.on(MANIFEST_PATH, redirect(other.url + MANIFEST_PATH))
        other.on(MANIFEST_PATH, reply(body=manifest_json()))
        other.on(IMAGE_PATH, reply(body=PIXEL))
        store = web.store(url)
        store.manifest(CancelToken())
        assert store.fetch(record(), CancelToken()).read_bytes() == PIXEL
        assert server.paths() == [MANIFEST_PATH]


def test_reads_a_compressed_manifest(server: Scripted, web: Web) -> None:
    body = gzip.compress(manifest_json())
    url = server.on(MANIFEST_PATH, reply(body=body, content_encoding="gzip"))
    assert opened(web, url).images


def test_counts_the_bytes_of_a_manifest_after_decompression(server: Scripted, web: Web) -> None:
    body = gzip.compress(b" " * 2_000_000)
    url = server.on(MANIFEST_PATH, reply(body=body, content_encoding="gzip"))
    assert len(body) < 10_000
    with pytest.raises(ManifestError, match="larger than 100,000 bytes"):
        opened(web, url, max_manifest_bytes=100_000)


def test_image_url_is_a_template(server: Scripted, web: Web) -> None:
    template = "../../blobs/{content_hash}.png?v=1"
    url = server.on(MANIFEST_PATH, reply(body=manifest_json(image_url=template)))
    server.on(f"/blobs/{PIXEL_HASH}.png?v=1", reply(body=PIXEL))
    store = web.store(url)
    store.manifest(CancelToken())
    assert store.fetch(record(), CancelToken()).read_bytes() == PIXEL


HOSTILE_TEMPLATES = [
    "https://elsewhere.example/{content_hash}",
    "//elsewhere.example/{content_hash}",
    "file:///etc/{content_hash}",
    "javascript:{content_hash}",
    "ftp://127.0.0.1/{content_hash}",
    "http://user:secret@127.0.0.1/{content_hash}",
    "http://{content_hash}.example/",
    "\\\\elsewhere.example\\{content_hash}",
    "http://[::1/{content_hash}",
    "no-placeholder.png",
]


@pytest.mark.parametrize("template", HOSTILE_TEMPLATES)
def test_refuses_an_image_url_that_leads_elsewhere(
    server: Scripted, web: Web, template: str
) -> None:
    url = server.on(MANIFEST_PATH, reply(body=manifest_json(image_url=template)))
    with pytest.raises(ManifestError, match="image_url") as refused:
        opened(web, url)
    assert "secret" not in str(refused.value)


def test_images_of_another_origin_must_be_allowed(server: Scripted, web: Web) -> None:
    with scripted_server() as images:
        images.on(IMAGE_PATH, reply(body=PIXEL))
        template = f"{images.url}/images/{{content_hash}}"
        url = server.on(MANIFEST_PATH, reply(body=manifest_json(image_url=template)))
        with pytest.raises(ManifestError, match=f"--allow-origin {images.url}"):
            opened(web, url)
        store = web.store(url, allow=[images.url])
        store.manifest(CancelToken())
        assert store.fetch(record(), CancelToken()).read_bytes() == PIXEL


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>", "not valid JSON"),
        (b"", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[]", "not usable"),
        (b'{"images": []}', "not usable"),
        (json.dumps({"images": {"a.png": {"content_hash": 3}}}).encode(), "not usable"),
        (manifest_json({f"{n}.png": PIXEL_HASH for n in range(60_000)}), "50000"),
        (manifest_json({"../a.png": PIXEL_HASH}), "'..' part"),
        (manifest_json({"/etc/a.png": PIXEL_HASH}), "absolute"),
        (manifest_json({"C:a.png": PIXEL_HASH}), "absolute"),
        (manifest_json({"a\nb.png": PIXEL_HASH}), "control character"),
        (manifest_json({"a.png": "../../etc/passwd"}), "64 hexadecimal"),
    ],
)
def test_refuses_what_is_no_manifest(server: Scripted, web: Web, body: bytes, said: str) -> None:
    url = server.on(MANIFEST_PATH, reply(body=body))
    with pytest.raises(ManifestError, match=said):
        opened(web, url)


@pytest.mark.parametrize("status", [401, 403])
def test_refusal_names_the_variable_of_the_host(server: Scripted, web: Web, status: int) -> None:
    url = server.on(MANIFEST_PATH, reply(status))
    with pytest.raises(SourceUnauthorised, match="SNAPREVIEW_TOKEN_127_0_0_1") as refused:
        opened(web, url)
    assert refused.value.origin == server.url


def test_nothing_there(server: Scripted, web: Web) -> None:
    with pytest.raises(SourceNotFound, match="Check the address"):
        opened(web, f"{server.url}/snapshots/none")


def test_an_unexpected_status_is_told(server: Scripted, web: Web) -> None:
    with pytest.raises(SourceError, match="418"):
        opened(web, server.on(MANIFEST_PATH, reply(418)))


@pytest.mark.parametrize("target", ["/loop.json", "file:///etc/passwd", "http://[", "\\\\a\\b"])
def test_redirects_that_lead_nowhere(server: Scripted, web: Web, target: str) -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        opened(web, server.on("/loop.json", redirect(target)))


@pytest.mark.parametrize("url", ["http://", "http://a b/", "http://[::1", "http://x:99999/"])
def test_an_address_that_cannot_be_asked(web: Web, url: str) -> None:
    with pytest.raises(SourceError, match="cannot be used"):
        web.store(url, credentials=NO_TOKENS)


def test_a_host_name_of_impossible_length(web: Web) -> None:
    store = web.store(f"http://{'a' * 70}.invalid/manifest.json")
    with pytest.raises(SourceError):
        store.manifest(CancelToken())


def test_a_record_without_hash_cannot_be_fetched(server: Scripted, web: Web) -> None:
    with pytest.raises(FetchError, match="no hash"):
        web.store(server.url).fetch(ImageRecord("a.png"), CancelToken())
