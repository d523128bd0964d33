"""A snapshot of the static layout in a bucket: a manifest, and images by their hash."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, IntegrityError, ManifestError
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.manifest_json import DEFAULT_IMAGE_URL, parse_manifest
from snapreview.model.names import quoted
from snapreview.stores.bucket_client import BucketClient, Got
from snapreview.stores.bucket_faults import BucketFault
from snapreview.stores.cache import ContentCache
from snapreview.stores.faults import Kind
from snapreview.stores.manifest_cache import KeptManifest, ManifestCache

_PLACEHOLDER = "{content_hash}"
_HASH = re.compile(r"[0-9a-f]{64}")
_SNAPSHOT_ID = re.compile(r"(?:^|/)([^/]+)/manifest\.json$")
_SILENT = frozenset({Kind.UNREACHABLE, Kind.STALLED, Kind.BROKEN, Kind.BUSY})
"""As in revalidated.py: where the host does not answer, what it said before holds."""


@dataclass(frozen=True, slots=True)
class StaticSnapshot:
    """A manifest that was read, and where its images are.

    `manifest.offline` is set where the bucket could not be reached: then images are only had from
    the cache.
    """

    manifest: Manifest
    client: BucketClient
    cache: ContentCache
    image_key: Callable[[str], str]

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """The image in the cache, verified. Raises ImageError, BucketFault, OSError, Cancelled."""
        digest = record.sha256
        if digest is None:
            raise FetchError(f"The manifest gives no hash for {quoted(record.name)}.")
        try:
            with self.cache.claim(digest, token):
                return self.cache.get(digest) or self._download(digest, token)
        except IntegrityError as fault:
            raise IntegrityError(
                f"The bytes of {quoted(record.name)} from {self.manifest.source} are not those that"
                " its manifest promises. Publish the snapshot again."
            ) from fault

    def _download(self, digest: str, token: CancelToken) -> Path:
        if self.manifest.offline:  # each would wait until the host is found silent again
            raise FetchError(
                f"{self.client.address.shown} could not be reached, and this image is not on this"
                " computer yet. Check your network, then compare again."
            )
        return self.client.get(
            self.image_key(digest),
            self.client.settings.max_image_bytes,
            lambda got: self.cache.add(digest, got.chunks),
            token,
        )


def read_static(
    client: BucketClient, cache: ContentCache, manifests: ManifestCache, token: CancelToken
) -> StaticSnapshot:
    """The snapshot whose manifest is at the address or directly below it.

    Raises BucketFault (MISSING or REFUSED where there may be something else), SourceError or
    Cancelled.
    """
    prefix = client.address.prefix
    key = prefix if prefix.lower().endswith(".json") else client.address.key("manifest.json")
    kept, offline = _read(client, key, manifests, token)
    source, named = client.address.shown, _SNAPSHOT_ID.search(key)
    manifest = parse_manifest(kept.data, source, named[1] if named else None)
    template = manifest.image_url or DEFAULT_IMAGE_URL

    def image_key(digest: str) -> str:
        return _image_key(key, template, digest, source)

    image_key("0" * 64)
    if not offline:
        manifests.put(client.identity(token), kept)
    return StaticSnapshot(replace(manifest, offline=offline), client, cache, image_key)


def _read(
    client: BucketClient, key: str, manifests: ManifestCache, token: CancelToken
) -> tuple[KeptManifest, str]:
    """The manifest's bytes; and since when they are kept, where nobody answers now."""
    kept = manifests.get(client.identity(token))
    limit = client.settings.max_manifest_bytes
    try:
        unless = kept.etag if kept else ""
        return client.get(key, limit, _whole, token, unless), ""
    except BucketFault as fault:
        if kept is None:
            raise
        if fault.kind is Kind.UNCHANGED:
            return replace(kept, saved=_now()), ""
        if fault.kind not in _SILENT:
            raise
        return kept, kept.saved


def _whole(got: Got) -> KeptManifest:
    return KeptManifest(got.item.key, _now(), b"".join(got.chunks), got.item.etag)


def _image_key(manifest_key: str, template: str, digest: str, source: str) -> str:
    """The key of a content. Raises ManifestError for one that must not be asked."""
    if not _HASH.fullmatch(digest):
        raise ManifestError(f"{quoted(digest)} is not a SHA-256.")
    if _PLACEHOLDER not in template:
        raise _refused(source, template, f"it does not contain {_PLACEHOLDER}")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", template) or re.search(r"[?#\\]", template):
        raise _refused(source, template, "in a bucket it can only be a path to a key there")
    path = unquote(template).replace(_PLACEHOLDER, digest)
    # As in web addresses (RFC 3986, 5.2.4) nothing is above the top.
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(manifest_key), path)).lstrip(
        "/"
    )


def _refused(source: str, template: str, why: str) -> ManifestError:
    return ManifestError(
        f"The manifest at {source} has an image_url that is not used ({quoted(template)}): {why}."
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
