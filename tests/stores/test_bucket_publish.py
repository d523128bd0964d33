"""The static layout written to a bucket, and kept in order there."""

from __future__ import annotations

import hashlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from PIL import Image

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    Cancelled,
    PublishError,
    SourceError,
    SourceNotFound,
    SourceUnauthorised,
)
from snapreview.model.index_json import parse_index
from snapreview.stores import publish as publishing
from snapreview.stores.bucket_destination import BucketDestination
from snapreview.stores.bucket_root import BucketRoot
from snapreview.stores.housekeeping import delete_snapshots
from snapreview.stores.publish import Outcome, PublishedSnapshot, PublishRequest, publish
from snapreview.stores.roots import open_root
from tests.buckets import KEYS
from tests.servers import closed_port, reply
from tests.stores.site import Site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three images, two of them with the same bytes."""
    root = tmp_path / "shots"
    (root / "sub").mkdir(parents=True)
    Image.new("RGB", (4, 3), "red").save(root / "a.png")
    (root / "sub" / "same.png").write_bytes((root / "a.png").read_bytes())
    Image.new("RGB", (9, 8)).save(root / "b.png")
    return root


def published(
    folder: Path, site: Site, snapshot: str = "one", token: CancelToken | None = None
) -> PublishedSnapshot:
    """Published without a pause between tries."""
    impatient = BucketDestination(site.client("root"))
    site.patch.setattr(publishing, "destination_at", lambda _root: impatient)
    request = PublishRequest(snapshot)
    return publish(folder, site.address("root"), request, token or CancelToken())


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def contents(folder: Path) -> list[str]:
    return sorted({f"root/images/{sha256(path.read_bytes())}" for path in folder.rglob("*.png")})


def uploaded(site: Site) -> list[str]:
    return [asked[4:] for asked in site.asked() if asked.startswith("PUT ")]


def test_writes_the_layout(folder: Path, site: Site) -> None:
    result = publish(folder, site.address("root"), PublishRequest("one"), CancelToken())
    expected = ["root/snapshots/index.json", "root/snapshots/one/manifest.json"]
    assert site.s3.keys(site.name) == [*contents(folder), *expected]
    assert result.where == site.address("root/snapshots/one/manifest.json")
    assert (result.contents, result.new_contents, result.outcome) == (2, 2, Outcome.CREATED)
    manifest = json.loads(site.s3.get(site.name, expected[1]))
    assert list(manifest["images"]) == ["a.png", "b.png", "sub/same.png"]
    assert manifest["images"]["b.png"]["width"] == 9
    store = site.store("root/snapshots/one")
    for name, record in store.manifest(CancelToken()).images.items():
        data = (folder / name).read_bytes()
        assert store.fetch(record, CancelToken()).read_bytes() == data


def test_the_manifest_is_written_after_all_images(folder: Path, site: Site) -> None:
    published(folder, site)
    *images, manifest, index = uploaded(site)
    assert sorted(images) == contents(folder)
    assert (manifest, index) == ("root/snapshots/one/manifest.json", "root/snapshots/index.json")


def test_images_that_are_there_are_not_uploaded_again(folder: Path, site: Site) -> None:
    published(folder, site, "one")
    Image.new("RGB", (1, 1)).save(folder / "new.png")
    before = len(uploaded(site))
    again = published(folder, site, "two")
    assert again.new_contents == 1
    digest = sha256((folder / "new.png").read_bytes())
    assert uploaded(site)[before:][0] == f"root/images/{digest}"
    assert len(uploaded(site)) == before + 3


def test_publishing_the_same_again_changes_nothing(folder: Path, site: Site) -> None:
    published(folder, site)
    before = uploaded(site)
    again = published(folder, site)
    assert (again.new_contents, again.outcome) == (0, Outcome.UNCHANGED)
    assert uploaded(site) == before


def test_an_id_that_is_taken_is_replaced_and_said_so(folder: Path, site: Site) -> None:
    published(folder, site)
    (folder / "b.png").unlink()
    assert published(folder, site).outcome is Outcome.REPLACED
    manifest = site.store("root/snapshots/one").manifest(CancelToken())
    assert list(manifest.images) == ["a.png", "sub/same.png"]


def test_a_damaged_image_is_mended(folder: Path, site: Site) -> None:
    key = contents(folder)[0]
    site.put(key, b"cut")
    assert published(folder, site).new_contents == 2
    assert sha256(site.s3.get(site.name, key)) == key.rpartition("/")[2]


def test_eight_images_are_uploaded_at_a_time(tmp_path: Path, site: Site) -> None:
    together = Barrier(8, timeout=4)  # less than a host may be silent: nobody comes twice
    for number in range(8):
        (tmp_path / f"{number}.png").write_bytes(b"%d" % number)
    with site.proxied() as proxy:

        def passed_together(handler) -> None:
            together.wait()
            proxy.passed(handler)

        for number in range(8):
            proxy.on(f"PUT /{site.name}/root/images/{sha256(b'%d' % number)}", passed_together)
        assert published(tmp_path, site).new_contents == 8
    assert not together.broken


def test_keys_that_fail_are_told_and_the_others_are_written(folder: Path, site: Site) -> None:
    lost, kept = contents(folder)
    name = next(p.name for p in folder.rglob("*.png") if sha256(p.read_bytes()) in lost)
    with site.proxied() as proxy:
        proxy.on(f"PUT /{site.name}/{lost}", reply(403, b"<Code>AccessDenied</Code>"))
        with pytest.raises(PublishError, match=rf"{name}: .*403 \(AccessDenied\)"):
            published(folder, site)
    assert site.s3.keys(site.name) == [kept]
    site.direct()
    assert published(folder, site).outcome is Outcome.CREATED


def test_a_bucket_that_refuses_all_is_not_asked_for_each(tmp_path: Path, site: Site) -> None:
    for number in range(60):
        (tmp_path / f"{number}.png").write_bytes(b"%d" % number)
    with site.proxied() as proxy:
        for number in range(60):
            key = f"/{site.name}/root/images/{sha256(b'%d' % number)}"
            proxy.on(f"PUT {key}", reply(403, b"<Code>AccessDenied</Code>"))
        with pytest.raises(PublishError, match=r"20 or more images could not be written.*not pub"):
            published(tmp_path, site)
        assert len([p for p in proxy.paths() if p.startswith("PUT")]) < 50


def test_who_may_not_list_may_still_publish(folder: Path, site: Site) -> None:
    """S3 answers 403 to such ones where a key is missing."""
    with site.proxied() as proxy:
        for key in contents(folder):
            proxy.on(f"HEAD /{site.name}/{key}", reply(403))
        assert published(folder, site).new_contents == 2


def test_faults_that_pass_are_not_noticed(folder: Path, site: Site) -> None:
    with site.proxied() as proxy:
        for key in contents(folder):
            proxy.on(f"PUT /{site.name}/{key}", reply(503), proxy.cut(0, by_reset=True), None)
        assert published(folder, site).new_contents == 2


def test_a_host_that_is_not_there_is_told(folder: Path, site: Site) -> None:
    site.patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{closed_port()}")
    with pytest.raises(PublishError, match="refuses the connection") as caught:
        published(folder, site)
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in str(caught.value)


def test_a_bucket_that_is_not_there_is_told(folder: Path, site: Site) -> None:
    site.name = "none-of-that-name"
    with pytest.raises(PublishError, match="no such bucket"):
        published(folder, site)


def test_without_keys_nothing_is_published(folder: Path, site: Site) -> None:
    site.patch.delenv("AWS_ACCESS_KEY_ID")
    with pytest.raises((PublishError, SourceUnauthorised), match="There are no keys for S3"):
        published(folder, site)


def test_cancelled_on_the_way_there_is_no_manifest(folder: Path, site: Site) -> None:
    token = CancelToken()
    with site.proxied() as proxy:
        for key in contents(folder):

            def cancelled(handler) -> None:
                token.cancel()
                reply(500)(handler)

            proxy.on(f"PUT /{site.name}/{key}", cancelled)
        with pytest.raises(Cancelled):
            published(folder, site, token=token)
    assert not [key for key in site.s3.keys(site.name) if "snapshots" in key]


def test_an_old_image_that_housekeeping_takes_meanwhile_is_written_again(
    folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(folder, site, "old")
    gone = contents(folder)[0]
    real = BucketDestination.write

    def write(self, key: str, data: bytes, token: CancelToken) -> None:
        site.s3.delete(site.name, gone)
        real(self, key, data, token)

    monkeypatch.setattr(BucketDestination, "write", write)
    monkeypatch.setattr(time, "time", lambda now=time.time: now() + 13 * 3600)
    published(folder, site, "new")
    assert gone in site.s3.keys(site.name)


def root_of(site: Site, prefix: str = "root") -> BucketRoot:
    return BucketRoot(site.client(prefix))


@pytest.mark.parametrize("tail", ["", "/snapshots", "/snapshots/one", "/snapshots/index.json"])
def test_a_store_is_found_from_whatever_is_in_it(site: Site, tail: str) -> None:
    assert open_root(site.address("a/root") + tail).shown == site.address("a/root")


def test_keys_of_a_store(site: Site) -> None:
    for key in ("root/images/a", "root/images/.b", "root/images2/c", "root/snapshots/one/d"):
        site.put(key, b"123")
    (key,) = root_of(site).keys("images", CancelToken())
    assert (key.name, key.size) == ("images/a", 3)
    assert abs(key.modified - time.time()) < 60
    assert [k.name for k in root_of(site).keys("snapshots", CancelToken())] == ["snapshots/one/d"]
    assert list(root_of(site).keys("none", CancelToken())) == []


def test_reading_a_key_of_a_store(site: Site) -> None:
    site.put("root/x.json", b"123")
    assert root_of(site).read("x.json", 3, CancelToken()) == b"123"
    with pytest.raises(SourceError, match="larger than 2 bytes"):
        root_of(site).read("x.json", 2, CancelToken())
    with pytest.raises(SourceNotFound, match=r"none\.json"):
        root_of(site).read("none.json", 2, CancelToken())


def test_an_update_is_made_of_what_is_there(site: Site) -> None:
    root = root_of(site)
    seen = []
    for made in (b"1", b"2", None):

        def change(current: bytes | None, made: bytes | None = made) -> bytes | None:
            seen.append(current)
            return made

        root.update("x.json", change, CancelToken())
    assert seen == [None, b"1", b"2"]
    assert site.s3.get(site.name, "root/x.json") == b"2"


def test_updates_side_by_side_lose_nothing(site: Site) -> None:
    def add(number: int) -> None:
        root_of(site).update("x", lambda was: (was or b"") + b"%d;" % number, CancelToken())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(12)))
    found = site.s3.get(site.name, "root/x").decode()
    assert sorted(found.split(";")[:-1], key=int) == [str(number) for number in range(12)]


def test_a_host_that_cannot_compare_is_written_to_all_the_same(site: Site) -> None:
    with site.proxied() as proxy:
        path = f"PUT /{site.name}/root/x"
        proxy.on(path, reply(501, b"<Error><Code>NotImplemented</Code></Error>"), None)
        root_of(site).update("x", lambda _: b"1", CancelToken())
    assert site.s3.get(site.name, "root/x") == b"1"


def test_an_update_that_others_are_always_faster_with_is_given_up(site: Site) -> None:
    def change(current: bytes | None) -> bytes:
        site.put("root/x", (current or b"") + b"!")
        return b"mine"

    with pytest.raises(PublishError, match="again and again"):
        root_of(site).update("x", change, CancelToken())


def test_removing_a_key(site: Site) -> None:
    site.put("root/x", b"1")
    root = root_of(site)
    assert not root.delete("x", CancelToken(), time.time() - 60)
    assert site.s3.keys(site.name) == ["root/x"]
    assert root.delete("x", CancelToken(), time.time() + 60)
    assert root.delete("x", CancelToken())
    assert site.s3.keys(site.name) == []


def test_a_key_that_cannot_be_removed_is_told(site: Site) -> None:
    site.put("root/x", b"1")
    with site.proxied() as proxy:
        proxy.on(f"POST /{site.name}", reply(403, b"<Error><Code>AccessDenied</Code></Error>"))
        with pytest.raises(PublishError, match=r"root/x cannot be removed: .*403"):
            root_of(site).delete("x", CancelToken())


def test_a_snapshot_is_removed_with_what_only_it_needs(
    folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(folder, site, "one")
    (folder / "b.png").unlink()
    published(folder, site, "two")
    monkeypatch.setattr(time, "time", lambda now=time.time: now() + 25 * 3600)
    tidied = delete_snapshots(open_root(site.address("root")), ["one"], CancelToken())
    assert (tidied.snapshots, tidied.images, dict(tidied.failed)) == (("one",), 1, {})
    left = site.s3.keys(site.name)
    assert left == [
        *contents(folder),
        "root/snapshots/index.json",
        "root/snapshots/two/manifest.json",
    ]
    index = parse_index(site.s3.get(site.name, "root/snapshots/index.json"), "")
    assert [entry.id for entry in index] == ["two"]
