"""A bucket as it is connected to: its host, keys, certificates, and how patiently."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from obstore.store import AzureStore, GCSStore, ObjectStore, S3Store
from requests.utils import get_environ_proxies, select_proxy

from snapreview import __version__
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError
from snapreview.stores.abandon import call_abandonable
from snapreview.stores.addresses import Address
from snapreview.stores.bucket_access import Access, access_to
from snapreview.stores.bucket_faults import translated, unreachable
from snapreview.stores.bucket_source import BucketAddress
from snapreview.stores.claims import Claims
from snapreview.stores.settings import TransportSettings

T = TypeVar("T")

_WHOLE_REQUEST = timedelta(hours=6)
"""obstore ends a request after 30 s, its body included, unless told otherwise."""

_CERTIFICATES = ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_KINDS: Mapping[str, Any] = {"s3": S3Store, "gs": GCSStore, "az": AzureStore}


@dataclass(frozen=True, slots=True)
class Opened:
    """obstore's store of a bucket, and the host behind it."""

    endpoint: Address
    store: ObjectStore

    def call(self, work: Callable[[], T], token: CancelToken) -> T:
        """What `work` returns. Raises BucketFault, and Cancelled at once when that is asked for."""
        with translated(self.endpoint, token):
            return call_abandonable(work, token)


class Connection:
    """Opens a bucket when it is first asked for. Used from several threads at once."""

    def __init__(
        self, address: BucketAddress, settings: TransportSettings, environ: Mapping[str, str]
    ) -> None:
        self._address = address
        self._settings = settings
        self._environ = environ
        self._claims = Claims()
        self._access: Access | None = None
        self._opened: Opened | None = None

    def access(self, token: CancelToken) -> Access:
        """Host and keys; nobody is asked for content yet. Raises SourceError or Cancelled."""
        with self._claims.claim("access", token):
            if self._access is None:
                found = call_abandonable(lambda: access_to(self._address, self._environ), token)
                self._access = found
            return self._access

    def open(self, token: CancelToken) -> Opened:
        """The open bucket. Raises SourceError, BucketFault or Cancelled."""
        access = self.access(token)
        with self._claims.claim("open", token):
            if self._opened is None:
                self._reach(access.endpoint, token)
                self._opened = Opened(access.endpoint, self._made(access, token))
            return self._opened

    def _made(self, access: Access, token: CancelToken) -> ObjectStore:
        keys = {"credential_provider": access.keys} if access.keys else {}
        with translated(access.endpoint, token):
            store: ObjectStore = _KINDS[self._address.scheme](
                self._address.bucket,
                config=dict(access.config),
                client_options=self._options(access.endpoint),
                # retry.py does that: two that repeat would multiply.
                retry_config={"max_retries": 0, "retry_timeout": timedelta(seconds=1)},
                **keys,
            )
        return store

    def _options(self, endpoint: Address) -> dict[str, Any]:
        options: dict[str, Any] = {
            "connect_timeout": timedelta(seconds=self._settings.connect_seconds),
            "read_timeout": timedelta(seconds=self._settings.read_seconds),
            "timeout": _WHOLE_REQUEST,
            "user_agent": f"SnapReview/{__version__}",
            # Only where the user wrote http:// for the endpoint: keys are not sent, content is.
            "allow_http": not endpoint.secure,
        }
        trusted = next((self._environ[n] for n in _CERTIFICATES if self._environ.get(n)), None)
        # requests takes a folder too: the system's, whose certificates are trusted anyway.
        if trusted and endpoint.secure and not Path(trusted).is_dir():
            options["root_certificate"] = _certificates(Path(trusted))
        return options

    def _reach(self, endpoint: Address, token: CancelToken) -> None:
        """See that the host can be connected to at all, before the first request to it.

        As Transport does, for a limit that holds for looking up the name too, and for a reason
        that obstore does not tell: a host that never answers from one that stops answering.
        """
        if select_proxy(endpoint.url, get_environ_proxies(endpoint.url)) is not None:
            return

        def probe() -> None:
            place = endpoint.host, endpoint.port
            socket.create_connection(place, self._settings.connect_seconds).close()

        try:
            call_abandonable(probe, token, self._settings.unreachable_seconds)
        except (OSError, UnicodeError) as error:
            token.check()
            raise unreachable(error, endpoint) from None


def _certificates(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise SourceError(
            f"The certificates in {path} cannot be read ({fault.strerror}). Correct the variable"
            " that names them (AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE)."
        ) from fault
