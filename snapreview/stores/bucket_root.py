"""A store of the static layout in a bucket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import PublishError, SourceError
from snapreview.stores.bucket_client import BucketClient, Item
from snapreview.stores.bucket_explain import bucket_error, written_error
from snapreview.stores.bucket_faults import BucketFault
from snapreview.stores.bucket_source import BucketAddress
from snapreview.stores.faults import Kind
from snapreview.stores.root import Key

_MOST_KEYS = 10_000_000
_CONFLICTS = 20
"""How often somebody else may be faster with an update, one after the other."""

_JSON = "application/json"


class BucketRoot:
    """A prefix of a bucket with `snapshots/` and `images/` in it, as a Root."""

    def __init__(self, client: BucketClient) -> None:
        self._client = client
        self._address = client.address

    @property
    def shown(self) -> str:
        """The address as it can be given again."""
        return self._address.shown

    def keys(self, folder: str, token: CancelToken) -> Iterator[Key]:
        """The keys below `folder`; see Root."""
        try:
            found = self._client.items(self._address.key(folder), token, _MOST_KEYS)
        except BucketFault as fault:
            raise bucket_error(fault, self._address) from fault
        start = len(self._address.key(""))
        for item in found:
            token.check()
            name = item.key[start:]
            if not any(part.startswith(".") for part in name.split("/")):
                yield Key(name, item.size, item.modified.timestamp())

    def read(self, name: str, limit: int, token: CancelToken) -> bytes:
        """The content of a key. Raises SourceNotFound, SourceError or Cancelled."""
        try:
            return self._client.read(self._address.key(name), limit, token)[1]
        except BucketFault as fault:
            raise bucket_error(fault, self._at(name)) from fault

    def update(
        self, name: str, change: Callable[[bytes | None], bytes | None], token: CancelToken
    ) -> None:
        """Put what `change` makes of a key in its place, anew where it is another one by now.

        A host that cannot compare (some that speak like S3) is written to all the same.
        """
        for attempt in range(_CONFLICTS):
            item, current = self._present(name, token)
            data = change(current)
            if data is None:
                return
            try:
                self._replace(name, item, data, token)
            except BucketFault as fault:
                if not fault.conflict:
                    raise PublishError(written_error(fault, self._at(name))) from fault
                self._client.settings.wait(token, 0.05 * attempt)
            else:
                return
        raise PublishError(
            f"Others have been writing to {self._at(name).shown} at the same time, again and again."
            " Try again when they are done."
        )

    def delete(self, name: str, token: CancelToken, before: float | None = None) -> bool:
        """Remove a key; see Root."""
        key = self._address.key(name)
        try:
            item = self._client.head(key, token) if before is not None else None
            if item is not None and before is not None and item.modified.timestamp() >= before:
                return False
            self._client.delete(key, token)
        except BucketFault as fault:
            said = f"{fault.reason}. {fault.advice}"
            raise PublishError(f"{self._at(name).shown} cannot be removed: {said}") from fault
        except SourceError as fault:
            raise PublishError(str(fault)) from fault
        return True

    def _replace(self, name: str, item: Item | None, data: bytes, token: CancelToken) -> None:
        key = self._address.key(name)
        try:
            if item is None:
                self._client.put(key, data, token, _JSON, "nothing")
            else:
                self._client.put(key, data, token, _JSON, item)
        except BucketFault as fault:
            if fault.status != 501:  # not implemented
                raise
            self._client.put(key, data, token, _JSON)

    def _present(self, name: str, token: CancelToken) -> tuple[Item | None, bytes | None]:
        limit = self._client.settings.max_manifest_bytes
        try:
            return self._client.read(self._address.key(name), limit, token)
        except BucketFault as fault:
            if fault.kind is not Kind.MISSING or fault.missing_bucket:
                raise bucket_error(fault, self._at(name)) from fault
            return None, None

    def _at(self, name: str) -> BucketAddress:
        return replace(self._address, prefix=self._address.key(name))
