"""A snapshot that Sentry keeps, and the base that it is compared with."""

from __future__ import annotations

from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, IntegrityError
from snapreview.model.listing import Entry
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.names import quoted
from snapreview.stores.authorisation import Authorisation
from snapreview.stores.cache import ContentCache
from snapreview.stores.credentials import Credentials
from snapreview.stores.faults import Fault, Kind
from snapreview.stores.manifest_cache import ManifestCache
from snapreview.stores.sentry_api import SentryApi
from snapreview.stores.sentry_reading import Reading
from snapreview.stores.sentry_source import place_of
from snapreview.stores.sentry_words import image_error
from snapreview.stores.settings import TransportSettings


class SentryStore:
    """What a source of Sentry's names (stores/sentry_source.py).

    Images are kept in `cache` under their hash and asked for only where they are not there yet.
    Where Sentry does not answer, the snapshot is the one that was read last, and images are those
    that are in the cache. Raises SourceError for a source that names nothing.
    """

    def __init__(
        self,
        source: str,
        cache: ContentCache,
        credentials: Credentials,
        *,
        manifests: ManifestCache,
        settings: TransportSettings | None = None,
    ) -> None:
        self._place = place_of(source)
        self._cache = cache
        self._credentials = credentials
        self._authorisation = Authorisation(credentials, [])
        self._api = SentryApi(
            self._place, manifests, self._authorisation, settings or TransportSettings()
        )
        self._project = ""
        self._offline = False

    @property
    def source(self) -> str:
        """The source in its short spelling."""
        return self._place.text

    def manifest(self, token: CancelToken) -> Manifest:
        """The snapshot, with what Sentry says of its images. Raises SourceError or Cancelled."""
        with self._authorisation.discreet():
            read = Reading(self._api, self._place, token)
            manifest = read.manifest()
        self._project, self._offline = read.project, bool(manifest.offline)
        return manifest

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """The image in the cache, verified. Raises ImageError or Cancelled."""
        with self._authorisation.discreet():
            return self._fetched(record, token)

    def recent(self, token: CancelToken) -> tuple[Entry, ...]:
        """The newest snapshots, newest first: of its project, once `manifest` was read.

        Raises SourceError or Cancelled.
        """
        with self._authorisation.discreet():
            return self._api.recent(self._project, token)

    def close(self) -> None:
        """Close the connections."""
        self._api.close()

    def _fetched(self, record: ImageRecord, token: CancelToken) -> Path:
        token.check()
        if record.sha256 is None:
            raise FetchError(
                f"Sentry gives no hash for {quoted(record.name)}, without which it cannot be asked"
                " for. Upload the snapshot again with a newer sentry-cli."
            )
        try:
            with self._cache.claim(record.sha256, token):
                return self._cache.get(record.sha256) or self._download(record.sha256, token)
        except Fault as fault:
            if fault.kind is Kind.REFUSED:
                self._credentials.note_refusal(fault.address.origin)
            raise image_error(fault, record.name) from fault
        except IntegrityError as fault:
            raise IntegrityError(
                f"The bytes of {quoted(record.name)} from {self._place.root.host} are not those"
                " that were uploaded: their hash differs. Upload the snapshot again."
            ) from fault
        except OSError as fault:
            raise FetchError(
                f"{quoted(record.name)} could not be kept on this computer ({fault.strerror})."
                " Make room on the disk, or move the cache with SNAPREVIEW_CACHE_DIR."
            ) from fault

    def _download(self, sha256: str, token: CancelToken) -> Path:
        if self._offline:  # each image would have to wait until its host is found silent again
            raise FetchError(
                f"{self._place.root.host} could not be reached, and this image is not on this"
                " computer yet. Check your network, then compare again."
            )
        if not self._project:
            raise FetchError("The snapshot has to be opened before its images are.")
        return self._api.image(self._project, sha256, self._cache, token)
