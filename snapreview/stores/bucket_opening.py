"""From a bucket's address to what reads or keeps snapshots there.

obstore, on which all of that stands, is an extra, and takes a while to load: it is asked for when
there is a bucket to open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from snapreview.model.errors import SourceError
from snapreview.model.layout import layout_place
from snapreview.stores.bucket_source import parse_bucket
from snapreview.stores.cache import ContentCache
from snapreview.stores.destination import Destination
from snapreview.stores.manifest_cache import ManifestCache
from snapreview.stores.root import Root
from snapreview.stores.settings import TransportSettings
from snapreview.stores.store import Store

if TYPE_CHECKING:
    from snapreview.stores.bucket_client import BucketClient


def open_bucket(
    source: str,
    cache: ContentCache,
    manifests: ManifestCache,
    settings: TransportSettings | None = None,
) -> Store:
    """The store of a `s3://`, `gs://` or `az://` address. Nothing is asked yet.

    Keys and endpoint come from the environment and the platform's files. Raises SourceError.
    """
    client = _client(source, settings)
    from snapreview.stores.bucket import BucketStore  # noqa: PLC0415 - see above

    return BucketStore(client, cache, manifests)


def bucket_root(text: str) -> Root:
    """The store of the static layout in which an address lies. Raises SourceError."""
    client = _client(_root_of(text))
    from snapreview.stores.bucket_root import BucketRoot  # noqa: PLC0415 - see above

    return BucketRoot(client)


def bucket_destination(text: str) -> Destination:
    """The store in a bucket, to be published to. Raises SourceError."""
    client = _client(_root_of(text))
    from snapreview.stores.bucket_destination import BucketDestination  # noqa: PLC0415 - see above

    return BucketDestination(client)


def _root_of(text: str) -> str:
    """The address of the store that `text` is, or lies in."""
    address = parse_bucket(text)
    place = layout_place(address.prefix)
    return address.shown if place is None else replace(address, prefix=place.root).shown


def _client(source: str, settings: TransportSettings | None = None) -> BucketClient:
    address = parse_bucket(source)
    with _explained():
        from snapreview.stores.bucket_client import BucketClient  # noqa: PLC0415 - see above

    return BucketClient(address, settings)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as fault:
        if (fault.name or "").partition(".")[0] != "obstore":
            raise
        raise SourceError(
            "Buckets need the library obstore, which is not installed here. Install SnapReview"
            " with it: pip install 'snapreview[cloud]'"
        ) from fault
