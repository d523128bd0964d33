"""Asks a bucket, through obstore: from a key to a checked stream of bytes, and back."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeVar

import obstore

from snapreview.model.cancel import CancelToken
from snapreview.stores.bucket_connection import Connection, Opened
from snapreview.stores.bucket_faults import BucketFault
from snapreview.stores.bucket_source import BucketAddress
from snapreview.stores.faults import Kind
from snapreview.stores.retry import retrying
from snapreview.stores.settings import TransportSettings

if TYPE_CHECKING:  # obstore has these for checkers only
    from obstore import Attributes, GetOptions, ObjectMeta, PutMode, UpdateVersion

T = TypeVar("T")

CHUNK_BYTES = 1024 * 1024
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """A key in a bucket. `size` in bytes; `etag` without quotation marks, empty where none is."""

    key: str
    size: int
    etag: str
    modified: datetime
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Got:
    """A key's content. `chunks` raises BucketFault where it breaks off or is too large."""

    item: Item
    chunks: Iterator[bytes]


class BucketClient:
    """One bucket. Used from several threads at once; nothing is asked before the first use.

    Every call ends at once when its token is cancelled. They raise SourceError where the bucket's
    host or keys are not known, BucketFault or Cancelled.
    """

    def __init__(
        self,
        address: BucketAddress,
        settings: TransportSettings | None = None,
    ) -> None:
        self.address = address
        self.settings = settings or TransportSettings()
        # obstore reads the environment of the process, and so do we.
        self._connection = Connection(address, self.settings, os.environ)

    def identity(self, token: CancelToken) -> str:
        """What tells this place from one of the same name elsewhere; nothing secret."""
        endpoint = self._connection.access(token).endpoint
        return f"{endpoint.without_query().url} {self.address.shown}"

    def get(
        self,
        key: str,
        limit: int,
        consume: Callable[[Got], T],
        token: CancelToken,
        unless: str = "",
    ) -> T:
        """What `consume` makes of the content, which may have `limit` bytes; anew for each try.

        With `unless`, an ETag, a content that still has it is a fault of the kind UNCHANGED.
        """
        options: GetOptions = {"if_none_match": f'"{unless}"'} if unless else {}

        def exchange(bucket: Opened) -> T:
            got = bucket.call(lambda: obstore.get(bucket.store, key, options=options), token)
            stream = iter(got.stream(min_chunk_size=CHUNK_BYTES))
            with closing(_chunks(bucket, stream, limit, token)) as chunks:
                return consume(Got(_item(got.meta), chunks))

        return self._tried(exchange, token)

    def read(self, key: str, limit: int, token: CancelToken) -> tuple[Item, bytes]:
        """A key's whole content, of at most `limit` bytes, and what it is."""
        return self.get(key, limit, lambda got: (got.item, b"".join(got.chunks)), token)

    def items(self, prefix: str, token: CancelToken, most: int) -> list[Item]:
        """All keys below `prefix`; more than `most` are a fault of the kind TOO_LARGE."""

        def exchange(bucket: Opened) -> list[Item]:
            pages = obstore.list(bucket.store, prefix or None, chunk_size=_PAGE)
            found: list[Item] = []
            while page := bucket.call(lambda: next(pages, None), token):
                found += map(_item, page)
                if len(found) > most:
                    said = f"it has more than {most:,} keys there"
                    raise _too_large(bucket, said, "Give a prefix further down.")
            return found

        return self._tried(exchange, token)

    def head(self, key: str, token: CancelToken) -> Item | None:
        """What the bucket says of a key, without its content; None where it has none."""

        def exchange(bucket: Opened) -> Item:
            return _item(bucket.call(lambda: obstore.head(bucket.store, key), token))

        try:
            return self._tried(exchange, token)
        except BucketFault as fault:
            if fault.kind is Kind.MISSING:
                return None
            raise

    def put(
        self,
        key: str,
        data: bytes,
        token: CancelToken,
        mime: str = "",
        replacing: Literal["anything", "nothing"] | Item = "anything",
    ) -> None:
        """Write a key, whole or not at all.

        Where it is no longer what it is to be `replacing` that is a fault with `conflict`.
        """
        attributes: Attributes = {"Content-Type": mime} if mime else {}
        mode = _mode(replacing)

        def work(bucket: Opened) -> None:
            # In one piece: what a cancelled upload in parts has sent stays, unseen, and costs.
            obstore.put(
                bucket.store, key, data, attributes=attributes, mode=mode, use_multipart=False
            )

        self._tried(lambda bucket: bucket.call(lambda: work(bucket), token), token)

    def delete(self, key: str, token: CancelToken) -> None:
        """Remove a key; one that is missing is as good as removed."""

        def exchange(bucket: Opened) -> None:
            bucket.call(lambda: obstore.delete(bucket.store, key), token)

        try:
            self._tried(exchange, token)
        except BucketFault as fault:
            if fault.kind is not Kind.MISSING or fault.missing_bucket:
                raise

    def _tried(self, exchange: Callable[[Opened], T], token: CancelToken) -> T:
        retry = retrying(self.settings, token)
        result: T = retry(lambda: exchange(self._connection.open(token)))
        return result


def _chunks(
    bucket: Opened, stream: Iterator[bytes], limit: int, token: CancelToken
) -> Generator[bytes, None, None]:
    received = 0
    while chunk := bucket.call(lambda: next(stream, None), token):
        received += len(chunk)
        if received > limit:
            raise _too_large(bucket, f"it is larger than {limit:,} bytes", "Check the address.")
        yield chunk


def _mode(replacing: Literal["anything", "nothing"] | Item) -> PutMode:
    if not isinstance(replacing, Item):
        return "overwrite" if replacing == "anything" else "create"
    version: UpdateVersion = {"e_tag": f'"{replacing.etag}"'}
    if replacing.version is not None:  # obstore takes none for a fault
        version["version"] = replacing.version
    return version


def _too_large(bucket: Opened, said: str, advice: str) -> BucketFault:
    return BucketFault((Kind.TOO_LARGE, said, advice), bucket.endpoint)


def _item(meta: ObjectMeta) -> Item:
    return Item(
        key=meta["path"],
        size=meta["size"],
        etag=(meta["e_tag"] or "").strip('"'),
        modified=meta["last_modified"],
        version=meta["version"],
    )
