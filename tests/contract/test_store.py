"""What every store promises (stores/store.py), asked of each of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, ImageError, SourceError
from snapreview.model.manifest import ImageRecord
from snapreview.stores.archive import ArchiveStore
from snapreview.stores.cache import ContentCache
from snapreview.stores.credentials import Credentials
from snapreview.stores.folder import FolderStore, SingleImageStore
from snapreview.stores.git import GitStore
from snapreview.stores.http import HttpStore
from snapreview.stores.manifest_cache import ManifestCache
from snapreview.stores.publish import PublishRequest, publish
from snapreview.stores.published import PublishedStore
from snapreview.stores.store import Store
from tests.keychains import no_keychain
from tests.nginx import CERTIFICATE, nginx
from tests.servers import static_server
from tests.stores.repository import Repository
from tests.stores.sentry_double import Shot, sentry_double
from tests.stores.sentry_visitor import Visitor
from tests.stores.site import Site

NAMES = ["Checkout/Pay now.png", "a.png", "b/c/d.JPG", "zürich/größe 🎉.webp"]


@dataclass
class Kind:
    """One kind of store, as made from a folder of images; `lose` takes an image away."""

    store: Store
    images: dict[str, bytes]
    lose: Callable[[], None]


Made = Iterator[tuple[Store, dict[str, bytes], Callable[[], None]]]


@contextmanager
def folder(root: Path, files: Path) -> Made:
    yield FolderStore(files, "given"), read(files), (files / "a.png").unlink


@contextmanager
def single(root: Path, files: Path) -> Made:
    path = files / "a.png"
    yield SingleImageStore(path, "b.png", "given"), {"b.png": path.read_bytes()}, path.unlink


@contextmanager
def archive(root: Path, files: Path) -> Made:
    path = root / "set.zip"
    with ZipFile(path, "w") as packed:
        found = sorted(files.rglob("*.*"), key=lambda file: file.suffix != ".json")
        for number, file in enumerate(found):
            if number == len(NAMES):  # so that no buffer holds sidecars and images
                packed.writestr("between.bin", bytes(100_000))
            packed.write(file, file.relative_to(files).as_posix())
        packed.writestr("after.bin", bytes(100_000))
    lost = (files / "a.png").read_bytes()
    store = ArchiveStore(path, "", ContentCache(root / "cache"), "given")

    def damage() -> None:
        path.write_bytes(path.read_bytes().replace(lost, bytes(len(lost))))

    yield store, read(files), damage
    store.close()


@contextmanager
def revision(root: Path, files: Path) -> Made:
    repository = Repository(files)
    repository.commit()
    store = GitStore(f"git:{files}@main", ContentCache(root / "cache"))
    blob = repository.run("rev-parse", "main:a.png")
    yield store, read(files), (files / ".git" / "objects" / blob[:2] / blob[2:]).unlink
    store.close()


@contextmanager
def checkout(root: Path, files: Path) -> Made:
    repository = Repository(files)
    repository.commit()
    store = GitStore(f"git:{files}", ContentCache(root / "cache"))
    blob = repository.run("rev-parse", "main:a.png")

    def lose() -> None:
        """From the disk and from the history: either would do."""
        (files / "a.png").unlink()
        (files / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    yield store, read(files), lose
    store.close()


@contextmanager
def published(root: Path, files: Path) -> Made:
    publish(files, root / "site", PublishRequest("one"), CancelToken())
    digest = hashlib.sha256((files / "a.png").read_bytes()).hexdigest()
    store = PublishedStore(root / "site" / "snapshots" / "one" / "manifest.json", "given")
    yield store, read(files), (root / "site" / "images" / digest).unlink


@contextmanager
def web(root: Path, files: Path) -> Made:
    publish(files, root / "site", PublishRequest("one"), CancelToken())
    digest = hashlib.sha256((files / "a.png").read_bytes()).hexdigest()
    with static_server(root / "site") as url:
        store = HttpStore(
            f"{url}/snapshots/one",
            cache=ContentCache(root / "cache"),
            manifests=ManifestCache(root / "manifests"),
            credentials=Credentials({}, keychain=no_keychain()),
        )
        yield store, read(files), (root / "site" / "images" / digest).unlink
        store.close()


@contextmanager
def guarded_web(root: Path, files: Path) -> Made:
    """Behind nginx, with TLS and a password."""
    publish(files, root / "site", PublishRequest("one"), CancelToken())
    digest = sha256((files / "a.png").read_bytes())
    with (
        pytest.MonkeyPatch.context() as patch,
        nginx(root / "site", root / "nginx", "mia", "her-password") as server,
    ):
        patch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
        tokens = {"SNAPREVIEW_TOKEN": "mia:her-password"}
        store = HttpStore(
            f"{server.url}/snapshots/one",
            cache=ContentCache(root / "cache"),
            manifests=ManifestCache(root / "manifests"),
            credentials=Credentials(tokens, [server.url], keychain=no_keychain()),
        )
        yield store, read(files), (root / "site" / "images" / digest).unlink
        store.close()


@contextmanager
def sentry(root: Path, files: Path) -> Made:
    images = read(files)
    metadata = {name: json.loads((files / name).with_suffix(".json").read_text()) for name in NAMES}
    with sentry_double() as double:
        visitor = Visitor(double, root)
        store = visitor.store(double.upload(Shot("1", images, metadata=metadata)))
        yield store, images, partial(double.contents.pop, sha256(images["a.png"]))
        visitor.close()


@contextmanager
def bucket(root: Path, files: Path, site: Site) -> Made:
    publish(files, site.address("root"), PublishRequest("one"), CancelToken())
    lost = f"root/images/{sha256((files / 'a.png').read_bytes())}"
    store = site.store("root/snapshots/one")
    yield store, read(files), partial(site.s3.delete, site.name, lost)
    store.close()


@contextmanager
def bare_bucket(root: Path, files: Path, site: Site) -> Made:
    for path in files.rglob("*.*"):
        site.put(f"shots/{path.relative_to(files).as_posix()}", path.read_bytes())
    store = site.store("shots")
    yield store, read(files), partial(site.s3.delete, site.name, "shots/a.png")
    store.close()


BUCKETS = (bucket, bare_bucket)


def read(files: Path) -> dict[str, bytes]:
    return {name: (files / name).read_bytes() for name in NAMES}


@pytest.fixture(
    params=[
        *(folder, single, archive, revision, checkout),
        *(published, web, guarded_web, sentry, *BUCKETS),
    ],
    ids=[
        *("folder", "single image", "zip", "git revision", "git working tree"),
        *("published", "http", "nginx", "sentry", "bucket", "bare bucket"),
    ],
)
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kind]:
    files = tmp_path / "files"
    for shade, name in enumerate(NAMES):
        path = files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (3 + shade, 2), (shade, 0, 0)).save(path)
        path.with_suffix(".json").write_text(f'{{"display_name": "No. {shade}"}}')
    further = [request.getfixturevalue("site")] if request.param in BUCKETS else []
    with request.param(tmp_path, files, *further) as (store, images, lose):
        yield Kind(store, images, lose)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_lists_every_image_once_in_the_order_of_names(kind: Kind) -> None:
    manifest = kind.store.manifest(CancelToken())
    assert list(manifest.images) == sorted(kind.images)
    assert all(name == record.name for name, record in manifest.images.items())


def test_the_manifest_says_where_it_is_from(kind: Kind) -> None:
    assert kind.store.manifest(CancelToken()).source == kind.store.source


def test_knows_what_the_sidecar_tells(kind: Kind) -> None:
    records = kind.store.manifest(CancelToken()).images.values()
    assert all((record.display_name or "").startswith("No. ") for record in records)


def test_hands_out_the_bytes_of_each_image(kind: Kind) -> None:
    for name, record in kind.store.manifest(CancelToken()).images.items():
        data = kind.store.fetch(record, CancelToken()).read_bytes()
        assert data == kind.images[name]
        assert record.sha256 in (None, sha256(data))


def test_a_hash_that_somebody_found_out_later_does_no_harm(kind: Kind) -> None:
    for name in kind.store.manifest(CancelToken()).images:
        record = ImageRecord(name, sha256=sha256(kind.images[name]))
        assert kind.store.fetch(record, CancelToken()).read_bytes() == kind.images[name]


def test_is_used_from_many_threads(kind: Kind) -> None:
    records = list(kind.store.manifest(CancelToken()).images.values()) * 16
    with ThreadPoolExecutor(8) as pool:
        paths = pool.map(lambda record: kind.store.fetch(record, CancelToken()), records)
        for record, path in zip(records, paths, strict=True):
            assert path.read_bytes() == kind.images[record.name]


def test_an_image_that_is_not_there_is_that_images_fault(kind: Kind) -> None:
    kind.store.manifest(CancelToken())
    with pytest.raises(ImageError):
        kind.store.fetch(ImageRecord("none.png", sha256="0" * 64), CancelToken())


def test_an_image_that_is_gone_is_that_images_fault(kind: Kind) -> None:
    manifest = kind.store.manifest(CancelToken())
    kind.lose()
    (lost,) = (n for n, record in manifest.images.items() if not _there(kind.store, record))
    with pytest.raises(ImageError, match=lost):
        kind.store.fetch(manifest.images[lost], CancelToken())


def _there(store: Store, record: ImageRecord) -> bool:
    try:
        return store.fetch(record, CancelToken()).is_file()
    except ImageError:
        return False


def test_cancelled_before_it_begins(kind: Kind) -> None:
    token = CancelToken()
    record = next(iter(kind.store.manifest(CancelToken()).images.values()))
    token.cancel()
    with pytest.raises(Cancelled):
        kind.store.manifest(token)
    with pytest.raises(Cancelled):
        kind.store.fetch(record, token)


def test_is_closed_twice(kind: Kind) -> None:
    kind.store.manifest(CancelToken())
    kind.store.close()
    kind.store.close()


def test_nothing_there_is_the_sources_fault(tmp_path: Path) -> None:
    for store in (FolderStore(tmp_path / "none"), SingleImageStore(tmp_path / "none.png", "a.png")):
        with pytest.raises(SourceError):
            store.manifest(CancelToken())
