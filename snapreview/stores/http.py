"""A snapshot behind a web address: a manifest, and images by their hash."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, IntegrityError, ManifestError, SourceError
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.manifest_json import DEFAULT_IMAGE_URL, parse_manifest
from snapreview.model.names import quoted
from snapreview.stores.addresses import Address, BadAddress, parse_address
from snapreview.stores.authorisation import Authorisation
from snapreview.stores.cache import ContentCache
from snapreview.stores.credentials import Credentials
from snapreview.stores.explain import fetch_error
from snapreview.stores.faults import Fault, Kind
from snapreview.stores.manifest_cache import ManifestCache
from snapreview.stores.revalidated import ManifestSource
from snapreview.stores.settings import TransportSettings
from snapreview.stores.transport import Transport

_PLACEHOLDER = "{content_hash}"
_HASH = re.compile(r"[0-9a-f]{64}")
_SNAPSHOT_ID = re.compile(r"/([^/]+)/manifest\.json$")
_PROBE_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where images are: a template relative to the manifest's final address."""

    manifest: Address
    template: str
    allowed: frozenset[str]

    def image(self, sha256: str) -> Address:
        """The address of a content. Raises ManifestError for one that must not be asked."""
        if not _HASH.fullmatch(sha256):
            raise ManifestError(f"{quoted(sha256)} is not a SHA-256.")
        if _PLACEHOLDER not in self.template:
            raise self._refused(f"it does not contain {_PLACEHOLDER}")
        try:
            address = self.manifest.join(self.template.replace(_PLACEHOLDER, sha256))
        except BadAddress as fault:
            raise self._refused(str(fault)) from fault
        if address.authorisation:
            raise self._refused("it contains a user name or password")
        if address.origin not in self.allowed:
            raise self._refused(
                f"it leads to {address.origin}; if you trust that place, allow it with"
                f" --allow-origin {address.origin}"
            )
        return address

    def _refused(self, why: str) -> ManifestError:
        return ManifestError(
            f"The manifest at {self.manifest.shown} has an image_url that is not used"
            f" ({quoted(_without_secrets(self.template))}): {why}."
        )


class HttpStore:
    """A static manifest and its images on any web server or bucket.

    Images are kept in `cache` under their hash and asked for only where they are not there yet.
    `allow_origins` are further origins (`https://host[:port]`) that a manifest may have its
    images at. Where the host does not answer, the manifest is the one that was read last, and
    images are those that are in the cache. Raises SourceError for an address that cannot be asked.
    """

    def __init__(
        self,
        url: str,
        *,
        cache: ContentCache,
        manifests: ManifestCache,
        credentials: Credentials,
        allow_origins: frozenset[str] = frozenset(),
        settings: TransportSettings | None = None,
    ) -> None:
        self._address = _source_address(url)
        self._cache = cache
        self._manifests = manifests
        self._settings = settings or TransportSettings()
        self._credentials = credentials
        self._authorisation = Authorisation(credentials, [self._address])
        self._transport = Transport(self._authorisation, self._settings)
        self._allowed = allow_origins | {self._address.origin}
        self._layout = _Layout(candidates(self._address)[0], DEFAULT_IMAGE_URL, self._allowed)
        self._offline = False

    @property
    def source(self) -> str:
        """The address as given, without what could be a secret."""
        return self._address.shown

    def manifest(self, token: CancelToken) -> Manifest:
        """The manifest, checked. Raises SourceError or Cancelled."""
        with self._authorisation.discreet():
            return self._read(token)

    def _read(self, token: CancelToken) -> Manifest:
        limit = self._settings.max_manifest_bytes
        source = ManifestSource(self._transport, self._manifests, limit)
        found = source.read(candidates(self._address), token)
        named = _SNAPSHOT_ID.search(found.address.path)
        manifest = parse_manifest(found.data, self.source, named[1] if named else None)
        template = manifest.image_url or DEFAULT_IMAGE_URL
        layout = _Layout(found.address, template, self._allowed | {found.address.origin})
        layout.image(_PROBE_HASH)
        source.keep(found)
        self._layout, self._offline = layout, bool(found.offline)
        return replace(manifest, offline=found.offline)

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """The image in the cache, verified. Raises ImageError or Cancelled."""
        with self._authorisation.discreet():
            return self._fetched(record, token)

    def _fetched(self, record: ImageRecord, token: CancelToken) -> Path:
        token.check()
        if record.sha256 is None:
            raise FetchError(f"The manifest gives no hash for {quoted(record.name)}.")
        try:
            with self._cache.claim(record.sha256, token):
                return self._cache.get(record.sha256) or self._download(record.sha256, token)
        except Fault as fault:
            if fault.kind is Kind.REFUSED:
                self._credentials.note_refusal(fault.address.origin)
            raise fetch_error(fault, record.name) from fault
        except ManifestError as fault:
            raise FetchError(str(fault)) from fault
        except IntegrityError as fault:
            raise IntegrityError(
                f"The bytes of {quoted(record.name)} from {self._address.host} are not those that"
                " its manifest promises. Publish the snapshot again."
            ) from fault
        except OSError as fault:
            raise FetchError(
                f"{quoted(record.name)} could not be kept on this computer ({fault.strerror})."
                " Make room on the disk, or move the cache with SNAPREVIEW_CACHE_DIR."
            ) from fault

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _download(self, sha256: str, token: CancelToken) -> Path:
        if self._offline:  # each image would have to wait until its host is found silent again
            raise FetchError(
                f"{self._address.host} could not be reached, and this image is not on this computer"
                " yet. Check your network, then compare again."
            )
        return self._transport.get(
            self._layout.image(sha256),
            self._settings.max_image_bytes,
            lambda answer: self._cache.add(sha256, answer.chunks),
            token,
        )


def _without_secrets(template: str) -> str:
    """`template` without what may hold a password or a signature."""
    return re.sub(r"//[^/]*@", "//", template.partition("?")[0])


def _source_address(url: str) -> Address:
    try:
        return parse_address(url)
    except BadAddress as fault:
        raise SourceError(f"The web address cannot be used: {fault}.") from fault


def candidates(address: Address) -> tuple[Address, ...]:
    """Where the manifest may be: below an address that is not that of a .json, then there."""
    if address.path.lower().endswith(".json"):
        return (address,)
    return address.with_path(address.path.rstrip("/") + "/manifest.json"), address
