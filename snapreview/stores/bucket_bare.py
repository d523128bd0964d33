"""Images below a prefix of a bucket, as other tools put them there: no manifest, only keys."""

from __future__ import annotations

import hashlib
import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, IntegrityError, SourceEmpty
from snapreview.model.manifest import Hint, ImageRecord, Manifest
from snapreview.model.manifest_json import described_record
from snapreview.model.names import is_hidden_part, is_image_name, quoted
from snapreview.stores.bucket_client import BucketClient, Got, Item
from snapreview.stores.bucket_faults import BucketFault
from snapreview.stores.cache import ContentCache
from snapreview.stores.faults import Kind
from snapreview.stores.parallel import in_parallel
from snapreview.stores.sidecar import MAX_SIDECAR_BYTES, sidecar_fields
from snapreview.stores.walk import checked_name

log = logging.getLogger(__name__)

MAX_KEYS = 1_000_000
"""Keys below a prefix above which it is not listed to its end: a thousand requests."""

_CONTENT_TAG = re.compile(r"[0-9a-f]{32}(-[0-9]{1,5})?")
_MD5 = re.compile(r"[0-9a-f]{32}")
_EMPTY_MD5 = "d41d8cd98f00b204e9800998ecf8427e"


@dataclass(frozen=True, slots=True)
class _Download:
    """A content as it came: in the cache under its own hash."""

    digest: str
    path: Path
    size: int
    as_tagged: bool


class BareImages:
    """The images below a client's prefix, and how to get them. Used from several threads."""

    def __init__(
        self,
        client: BucketClient,
        cache: ContentCache,
        manifest: Manifest,
        items: Mapping[str, Item],
    ) -> None:
        self.manifest = manifest
        self._client = client
        self._cache = cache
        self._items = items
        self._hashes: dict[str, str] = {}
        self._tags_are_md5 = True

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """A copy in the cache. Raises ImageError, BucketFault, OSError or Cancelled."""
        token.check()
        item = self._items.get(record.name)
        if item is None:
            raise FetchError(f"{self.manifest.source} has no image {quoted(record.name)}.")
        with self._cache.claim(f"{self.manifest.source} {item.key}", token):
            known = self._hashes.get(item.key)
            path = self._cache.get(known) if known else None
            if path is None:
                path = self._kept(item, record, token)
        if record.sha256 not in (None, self._hashes[item.key]):
            raise IntegrityError(f"{quoted(record.name)} is not what it was. Compare again.")
        return path

    def _kept(self, item: Item, record: ImageRecord, token: CancelToken) -> Path:
        found = self._download(item, token)
        if not found.as_tagged and self._tags_are_md5:
            # Either it came damaged, or the bucket is encrypted, where tags are no MD5.
            first, found = found, self._download(item, token)
            if not found.as_tagged and found.digest != first.digest:
                raise FetchError(
                    f"{quoted(record.name)} came with other bytes each time. Try again."
                )
            self._tags_are_md5 = found.as_tagged
        if found.size != item.size:
            raise FetchError(f"{quoted(record.name)} was written to meanwhile. Compare again.")
        self._hashes[item.key] = found.digest
        return found.path

    def _download(self, item: Item, token: CancelToken) -> _Download:
        limit = self._client.settings.max_image_bytes
        return self._client.get(item.key, limit, self._adopted, token)

    def _adopted(self, got: Got) -> _Download:
        md5 = hashlib.md5(usedforsecurity=False)
        size = 0

        def watched() -> Iterator[bytes]:
            nonlocal size
            for chunk in got.chunks:
                md5.update(chunk)
                size += len(chunk)
                yield chunk

        digest, path = self._cache.adopt(watched())
        tag = got.item.etag
        as_tagged = not _MD5.fullmatch(tag) or tag == md5.hexdigest()
        return _Download(digest, path, size, as_tagged)


def read_bare(client: BucketClient, cache: ContentCache, token: CancelToken) -> BareImages:
    """The images below the client's prefix. Raises SourceError, BucketFault or Cancelled."""
    address = client.address
    items = client.items(address.prefix, token, MAX_KEYS)
    start = len(address.key(""))
    files = {item.key[start:]: item for item in items if not _is_hidden(item.key[start:])}
    images = {checked_name(name): item for name, item in files.items() if is_image_name(name)}
    if not images:
        raise SourceEmpty(_why_empty(client, files))
    described = _described(client, files, images, token)
    hints = _hints(address.scheme, images)
    records = {
        name: replace(
            described.get(name) or ImageRecord(name),
            hint=hints.get(name),
            byte_size=images[name].size,
        )
        for name in sorted(images)
    }
    manifest = Manifest(address.shown, records)
    return BareImages(client, cache, manifest, MappingProxyType(images))


def _hints(scheme: str, images: Mapping[str, Item]) -> dict[str, Hint]:
    """What the tags prove of contents.

    S3 and Google Cloud Storage tag what was uploaded in one piece with its MD5, and S3 what came
    in parts with the MD5 of their MD5s: equal ones, with equal sizes, are equal contents. A tag of
    an encrypted object is no MD5, but as good as random: two are equal only where one was copied.
    Azure's tags are moments of writing and prove nothing. A host whose tags repeat for
    contents of different sizes, or that tags all as empty, counts as one whose tags prove nothing.
    """
    sizes: defaultdict[str, set[int]] = defaultdict(set)
    for item in images.values():
        sizes[item.etag].add(item.size)
    tagged = (name for name, item in images.items() if _CONTENT_TAG.fullmatch(item.etag))
    if scheme == "az" or any(len(found) > 1 for found in sizes.values()):
        return {}
    return {
        name: Hint(f"etag {scheme}", f"{images[name].etag} {images[name].size}")
        for name in tagged
        if images[name].etag != _EMPTY_MD5 or images[name].size == 0
    }


def _described(
    client: BucketClient, files: Mapping[str, Item], images: Iterable[str], token: CancelToken
) -> dict[str, ImageRecord]:
    """The records of those images beside which a file tells about them."""

    def read(pair: tuple[str, Item]) -> ImageRecord:
        return _with_sidecar(client, *pair, token)

    beside = ((name, files.get(f"{name.rpartition('.')[0]}.json")) for name in images)
    pairs = [(name, item) for name, item in beside if item is not None]
    return {record.name: record for record in in_parallel(read, pairs, token)}


def _with_sidecar(client: BucketClient, name: str, item: Item, token: CancelToken) -> ImageRecord:
    """What the file beside an image tells; one that cannot be used is logged and ignored."""
    try:
        _, data = client.read(item.key, MAX_SIDECAR_BYTES, token)
        return described_record(name, sidecar_fields(data))
    except BucketFault as fault:
        if fault.kind not in (Kind.MISSING, Kind.REFUSED, Kind.TOO_LARGE):
            raise  # the others would not come either
        log.warning("The description of %s is ignored: %s", quoted(name), fault.reason)
    except (ValueError, RecursionError) as fault:
        log.warning("The description of %s is ignored: %s", quoted(name), fault)
    return ImageRecord(name)


def _is_hidden(name: str) -> bool:
    return any(is_hidden_part(part) for part in name.split("/"))


def _why_empty(client: BucketClient, files: Mapping[str, Item]) -> str:
    said = f"{quoted(client.address.shown)} holds no image."
    if any(name.endswith("/manifest.json") for name in files):
        return f"{said} It has snapshots: add /snapshots/ID, or the ID, to the address."
    return f"{said} Check the prefix: capital and small letters are told apart."
