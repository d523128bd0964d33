"""Snapshots in a bucket, on moto's server."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    FetchError,
    IntegrityError,
    ManifestError,
    SourceEmpty,
    SourceError,
    SourceNotFound,
    SourceUnreachable,
)
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.stores import bucket_bare
from snapreview.stores.bucket import BucketStore
from snapreview.stores.opening import lasting_source, open_store, store_context
from tests.buckets import PAGE
from tests.fakes import Bench, image, statuses
from tests.stores.site import Site
from tests.stores.web import PIXEL, PIXEL_HASH, manifest_json


def opened(store: BucketStore) -> Manifest:
    return store.manifest(CancelToken())


def fetched(store: BucketStore, name: str = "a.png") -> bytes:
    return store.fetch(opened(store).images[name], CancelToken()).read_bytes()


HARMLESS = [
    "a.png",
    "Checkout/Pay now.png",
    "zürich/größe 🎉.webp",
    "100%.png",
    "a%20b.png",
    "home@2x.png",
    "#1?.png",
    "back\\slash.jpg",
    "$+&=:,;'()!*~^`[x]{y}|.gif",
]


def test_a_prefix_full_of_images(site: Site) -> None:
    for name in HARMLESS:
        site.put(f"reg/actual/{name}", name.encode())
    site.put("reg/expected/other.png", b"x")
    site.put("reg/actual-2/other.png", b"x")
    store = site.store("reg/actual")
    manifest = opened(store)
    assert list(manifest.images) == sorted(HARMLESS)
    assert manifest.source == store.source == site.address("reg/actual")
    for name, record in manifest.images.items():
        assert record.byte_size == len(name.encode())
        assert store.fetch(record, CancelToken()).read_bytes() == name.encode()


def test_a_whole_bucket(site: Site) -> None:
    site.put("a.png", PIXEL)
    assert fetched(site.store()) == PIXEL


def test_what_is_no_image_or_hidden_is_passed_over(site: Site) -> None:
    for key in ("a.png", "out.json", ".hidden/b.png", "__MACOSX/c.png", ".d.png", "folder/", "e"):
        site.put(key, PIXEL)
    assert list(opened(site.store()).images) == ["a.png"]


def test_more_keys_than_one_answer_has(site: Site) -> None:
    names = [f"{number:02}.png" for number in range(2 * PAGE + 1)]
    for name in names:
        site.put(f"many/{name}", b"x")
    assert list(opened(site.store("many")).images) == names
    assert site.asked().count("GET") == 3


def test_more_keys_than_are_listed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket_bare, "MAX_KEYS", 1)
    site.put("a.png", b"x")
    site.put("b.png", b"x")
    with pytest.raises(SourceError, match=r"more than 1 keys.*further down"):
        opened(site.store())


@pytest.mark.parametrize("key", ["a//b.png", "a/../b.png", "a/\tb.png"])
def test_a_key_that_no_image_may_have_is_told(site: Site, key: str) -> None:
    site.put(f"x/{key}", PIXEL)
    with pytest.raises(SourceError, match=r"a key that cannot be used.*Rename"):
        opened(site.store("x"))


def test_files_beside_images_tell_about_them(site: Site) -> None:
    site.put("a.png", PIXEL)
    site.put("a.json", b'{"group": "G", "tags": ["dark"]}')
    site.put("b.png", PIXEL)
    site.put("b.json", b"{")
    records = opened(site.store()).images
    assert (records["a.png"].group, records["a.png"].tags) == ("G", {"dark": "dark"})
    assert records["b.png"].group is None


def test_a_prefix_without_images_is_told(site: Site) -> None:
    with pytest.raises(SourceEmpty, match=r"holds no image.*capital and small"):
        opened(site.store("None"))


def test_a_store_with_snapshots_says_what_to_add(site: Site) -> None:
    site.put("root/snapshots/one/manifest.json", manifest_json())
    with pytest.raises(SourceEmpty, match="add /snapshots/ID"):
        opened(site.store("root"))


def test_a_bucket_that_does_not_exist_is_told(site: Site) -> None:
    site.name = "none-of-that-name"
    with pytest.raises(SourceNotFound, match="no such bucket"):
        opened(site.store("x"))


@pytest.mark.parametrize("at", ["snapshots/one", "snapshots/one/manifest.json", "snapshots/one/"])
def test_a_snapshot_of_the_static_layout(site: Site, at: str) -> None:
    site.put("root/snapshots/one/manifest.json", manifest_json(head_sha="abc"))
    site.put(f"root/images/{PIXEL_HASH}", PIXEL)
    store = site.store(f"root/{at}")
    assert fetched(store) == PIXEL
    manifest = opened(store)
    assert (manifest.snapshot_id, manifest.vcs.head_sha) == ("one", "abc")
    assert manifest.images["a.png"].sha256 == PIXEL_HASH


@pytest.mark.parametrize(
    ("template", "key"),
    [
        ("../../images/{content_hash}", "root/images/"),
        ("../../../other%20place/{content_hash}.png", "other place/{}.png"),
        ("/top/{content_hash}", "top/"),
        ("here/{content_hash}", "root/snapshots/one/here/"),
        ("../../../../../over/{content_hash}", "over/"),
    ],
)
def test_images_are_where_the_manifest_says(site: Site, template: str, key: str) -> None:
    site.put("root/snapshots/one/manifest.json", manifest_json(image_url=template))
    site.put(key.format(PIXEL_HASH) if "{}" in key else key + PIXEL_HASH, PIXEL)
    assert fetched(site.store("root/snapshots/one")) == PIXEL


@pytest.mark.parametrize(
    "template",
    [
        "https://elsewhere/{content_hash}",
        "//elsewhere/{content_hash}",
        "s3://elsewhere/{content_hash}",
        "..\\{content_hash}",
        "images/{content_hash}?sig=1",
        "images/one.png",
    ],
)
def test_places_that_images_are_not_had_from(site: Site, template: str) -> None:
    site.put("root/snapshots/one/manifest.json", manifest_json(image_url=template))
    with pytest.raises(ManifestError, match="image_url that is not used"):
        opened(site.store("root/snapshots/one"))


def test_a_damaged_manifest_is_told(site: Site) -> None:
    site.put("manifest.json", b"{")
    site.put("a.png", PIXEL)
    with pytest.raises(ManifestError, match="not valid JSON"):
        opened(site.store())


def test_a_manifest_that_is_named_must_be_there(site: Site) -> None:
    site.put("x/a.png", PIXEL)
    with pytest.raises(SourceNotFound, match="not there"):
        opened(site.store("x/manifest.json"))


def test_a_manifest_that_is_as_it_was_is_not_read_again(site: Site) -> None:
    key = "one/manifest.json"
    statuses = []

    def noted(handler) -> None:
        head, body = proxy.answer(handler)
        statuses.append(head.split()[1])
        handler.wfile.write(head + body)

    with site.proxied() as proxy:
        proxy.on(f"GET /{site.name}/{key}", noted)
        for number in (1, 1, 2):
            site.put(key, manifest_json(pr_number=number))
            assert opened(site.store("one")).vcs.pr_number == number
    assert statuses == [b"200", b"304", b"200"]


def test_a_content_that_is_here_is_not_asked_for(site: Site) -> None:
    site.put("one/manifest.json", manifest_json(image_url="{content_hash}"))
    site.put(f"one/{PIXEL_HASH}", PIXEL)
    site.put("bare/a.png", PIXEL)
    for prefix in ("one", "bare"):
        store = site.store(prefix)
        assert fetched(store) == fetched(store) == PIXEL
    asked = site.asked()
    assert asked.count(f"GET one/{PIXEL_HASH}") == 1
    # Whose content nobody told is asked for once in each listing.
    assert asked.count("GET bare/a.png") == 2


def test_equal_tags_and_sizes_save_reading_unchanged_images(site: Site, tmp_path: Path) -> None:
    same = {f"{name}.png": image(number) for number, name in enumerate("abcd")}
    for name, data in same.items():
        site.put(f"base/{name}", data)
        site.put(f"head/{name}", data)
    site.put("base/changed.png", image(10))
    site.put("head/changed.png", image(11))
    bench = Bench(tmp_path / "bench")
    rows = bench.compare(site.store("base"), site.store("head")).changes
    bench.close()
    assert statuses(rows) == dict.fromkeys(same, "unchanged") | {"changed.png": "changed"}
    read = [asked for asked in site.asked() if asked.startswith("GET") and ".png" in asked]
    assert sorted(read) == ["GET base/changed.png", "GET head/changed.png"]


def hints(site: Site, prefix: str = "") -> dict[str, str | None]:
    records = opened(site.store(prefix)).images.values()
    return {record.name: record.hint and record.hint.digest for record in records}


def test_what_came_in_parts_is_told_apart_from_what_came_whole(site: Site) -> None:
    data = bytes(6 * 1024 * 1024)
    site.put("whole.png", data)
    for name in ("one.png", "two.png"):
        site.s3.put_in_parts(site.name, name, [data[: 5 << 20], data[5 << 20 :]])
    found = hints(site)
    assert found["one.png"] == found["two.png"] != found["whole.png"]
    assert "-2 " in (found["one.png"] or "")


def test_tags_of_different_sizes_prove_nothing(site: Site) -> None:
    site.put("a.png", b"one")
    site.put("b.png", b"three")
    tag = hashlib.md5(b"any").hexdigest()
    assert None not in hints(site).values()
    with site.tagged(tag):
        assert hints(site) == {"a.png": None, "b.png": None}


@pytest.mark.parametrize("tag", ["", "5f3-18c2a", "W/x", "d41d8cd98f00b204e9800998ecf8427e"])
def test_tags_that_are_not_made_from_content_prove_nothing(site: Site, tag: str) -> None:
    site.put("a.png", b"one")
    with site.tagged(tag):
        assert hints(site) == {"a.png": None}


def test_a_tag_of_an_encrypted_content_is_a_hint_though_it_is_no_md5(site: Site) -> None:
    site.put("a.png", b"one")
    with site.tagged("0" * 32):
        assert hints(site) == {"a.png": f"{'0' * 32} 3"}


def test_an_image_that_is_written_to_meanwhile_is_told(site: Site) -> None:
    site.put("a.png", PIXEL)
    store = site.store()
    record = opened(store).images["a.png"]
    site.put("a.png", PIXEL + b"!")
    with pytest.raises(FetchError, match=r"a\.png.*written to meanwhile"):
        store.fetch(record, CancelToken())


def test_an_image_that_is_no_longer_what_was_hashed_is_told(site: Site) -> None:
    site.put("a.png", PIXEL)
    store = site.store()
    opened(store)
    with pytest.raises(IntegrityError, match="not what it was"):
        store.fetch(ImageRecord("a.png", sha256="0" * 64), CancelToken())


def test_offline_a_snapshot_is_as_it_was(site: Site) -> None:
    entries = {"a.png": PIXEL_HASH, "b.png": hashlib.sha256(b"b").hexdigest()}
    site.put("one/manifest.json", manifest_json(entries, image_url="{content_hash}"))
    site.put(f"one/{PIXEL_HASH}", PIXEL)
    with site.proxied():
        assert fetched(site.store("one")) == PIXEL
    store = site.store("one")
    manifest = opened(store)
    assert manifest.offline
    assert store.fetch(manifest.images["a.png"], CancelToken()).read_bytes() == PIXEL
    with pytest.raises(FetchError, match="not on this computer yet"):
        store.fetch(manifest.images["b.png"], CancelToken())


def test_offline_nobody_is_told_of_a_bucket_of_the_same_name_elsewhere(site: Site) -> None:
    site.put("one/manifest.json", manifest_json())
    opened(site.store("one"))
    with site.proxied():
        pass
    with pytest.raises(SourceUnreachable, match="refuses the connection"):
        opened(site.store("one"))


def test_is_opened_by_its_address(site: Site, tmp_path: Path) -> None:
    site.put("x/a@2x.png", PIXEL)
    address = site.address("x")
    context = store_context([address], tmp_path / "images", {})
    store = open_store(address, context)
    assert list(store.manifest(CancelToken()).images) == ["a@2x.png"]
    assert lasting_source(f"{address}/a@2x/") == f"{address}/a@2x"


def test_where_obstore_is_missing_a_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("snapreview.stores.bucket")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "obstore", None)
    context = store_context([], tmp_path / "images", {})
    with pytest.raises(SourceError, match=r"pip install 'snapreview\[cloud\]'"):
        open_store("s3://bucket/x", context)
