"""The store in a bucket, as it is published to."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import PublishError, SourceError, SourceNotFound
from snapreview.model.layout import image_key
from snapreview.stores.bucket_client import BucketClient
from snapreview.stores.bucket_explain import written_error
from snapreview.stores.bucket_faults import BucketFault
from snapreview.stores.bucket_root import BucketRoot
from snapreview.stores.claims import Claims
from snapreview.stores.destination import Placed
from snapreview.stores.faults import Kind
from snapreview.stores.parallel import AT_ONCE

_SAFE_SECONDS = 12 * 3600.0
"""Younger images are not taken by any housekeeping: that leaves alone what is not a day old."""


class BucketDestination:
    """A prefix of a bucket, as a Destination. Objects cannot be made young without being copied."""

    at_once = AT_ONCE

    def __init__(self, client: BucketClient) -> None:
        self._client = client
        self._address = client.address
        self._claims = Claims()

    @property
    def root(self) -> BucketRoot:
        """The store in the bucket."""
        return BucketRoot(self._client)

    def where(self, key: str) -> str:
        """The address of a key."""
        return replace(self._address, prefix=self._address.key(key)).shown

    def ready(self) -> None:
        """A bucket has no folders to be made."""

    def keep(self, source: Path, digest: str, size: int | None, token: CancelToken) -> Placed:
        """Upload `source`, unless a key of this name and size is there; see Destination."""
        with self._claims.claim(digest, token):
            try:
                there = self._there(digest, source, size, token)
                return there or self._uploaded(source, token)
            except BucketFault as fault:
                said = written_error(fault, self._address)
                raise PublishError(f"{source.name}: {said}") from fault
            except SourceError as fault:
                raise PublishError(str(fault)) from fault

    def present(self, key: str, token: CancelToken) -> bytes | None:
        """The content of a key. Raises SourceError or Cancelled."""
        try:
            return self.root.read(key, self._client.settings.max_manifest_bytes, token)
        except SourceNotFound:
            return None

    def write(self, key: str, data: bytes, token: CancelToken) -> None:
        """Write a key. Raises PublishError, SourceError or Cancelled."""
        self.root.update(key, lambda _: data, token)

    def _there(
        self, digest: str, source: Path, size: int | None, token: CancelToken
    ) -> Placed | None:
        try:
            found = self._client.head(self._address.key(image_key(digest)), token)
        except BucketFault as fault:
            if fault.kind is not Kind.REFUSED:
                raise
            return None  # who may write but not list is told that of whatever is missing
        if found is None or found.size != size:
            return None
        young = time.time() - found.modified.timestamp() < _SAFE_SECONDS
        return Placed(digest, source, new=False, for_good=young)

    def _uploaded(self, source: Path, token: CancelToken) -> Placed:
        data = source.read_bytes()
        # Of what is uploaded: the file may have changed since it was read.
        digest = hashlib.sha256(data).hexdigest()
        self._client.put(self._address.key(image_key(digest)), data, token)
        return Placed(digest, source, new=True)
