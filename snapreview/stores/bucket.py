"""Images in a bucket: S3 and what speaks like it, Google Cloud Storage, Azure's Blob service."""

from __future__ import annotations

from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, SourceError
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.names import quoted
from snapreview.stores.bucket_bare import BareImages, read_bare
from snapreview.stores.bucket_client import BucketClient
from snapreview.stores.bucket_explain import bucket_error, image_error
from snapreview.stores.bucket_faults import BucketFault
from snapreview.stores.bucket_static import StaticSnapshot, read_static
from snapreview.stores.cache import ContentCache
from snapreview.stores.faults import Kind
from snapreview.stores.manifest_cache import ManifestCache


class BucketStore:
    """A snapshot in a bucket: with a manifest, as `publish` writes it, or a prefix full of images.

    Images are kept in `cache` under their hash. Where the bucket cannot be reached, a manifest is
    the one that was read last, and its images are those that are in the cache.
    """

    def __init__(self, client: BucketClient, cache: ContentCache, manifests: ManifestCache) -> None:
        self._client = client
        self._cache = cache
        self._manifests = manifests
        self._snapshot: StaticSnapshot | BareImages | None = None

    @property
    def source(self) -> str:
        """The address as it can be given again; it never has a secret."""
        return self._client.address.shown

    def manifest(self, token: CancelToken) -> Manifest:
        """What the bucket has at the address. Raises SourceError or Cancelled."""
        token.check()
        try:
            self._snapshot = self._read(token)
        except BucketFault as fault:
            raise bucket_error(fault, self._client.address) from fault
        return self._snapshot.manifest

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """The image in the cache. Raises ImageError or Cancelled."""
        token.check()
        if self._snapshot is None:
            raise FetchError(f"{self.source} is not open.")
        try:
            return self._snapshot.fetch(record, token)
        except BucketFault as fault:
            raise image_error(fault, record.name, self._client.address) from fault
        except SourceError as fault:
            raise FetchError(str(fault)) from fault
        except OSError as fault:
            raise FetchError(
                f"{quoted(record.name)} could not be kept on this computer ({fault.strerror})."
                " Make room on the disk, or move the cache with SNAPREVIEW_CACHE_DIR."
            ) from fault

    def close(self) -> None:
        """Nothing is held: obstore closes connections when nobody uses them any more."""

    def _read(self, token: CancelToken) -> StaticSnapshot | BareImages:
        try:
            return read_static(self._client, self._cache, self._manifests, token)
        except BucketFault as fault:
            # A bucket that may not be listed says 403 where nothing is.
            other = fault.kind in (Kind.MISSING, Kind.REFUSED) and not fault.missing_bucket
            if not other or self.source.lower().endswith(".json"):
                raise
        return read_bare(self._client, self._cache, token)
