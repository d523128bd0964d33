"""From what the user gave to the store that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from snapreview.model.errors import SourceError
from snapreview.model.names import is_image_name, quoted
from snapreview.stores.addresses import SCHEMES, BadAddress, origin_of, shown_source
from snapreview.stores.archive import ArchiveStore
from snapreview.stores.archive_path import archive_in
from snapreview.stores.bucket_opening import open_bucket
from snapreview.stores.bucket_source import is_bucket_source
from snapreview.stores.cache import ContentCache
from snapreview.stores.credentials import Credentials
from snapreview.stores.folder import FolderStore, SingleImageStore
from snapreview.stores.git import GitStore
from snapreview.stores.git_source import is_git_source, lasting_git
from snapreview.stores.http import HttpStore
from snapreview.stores.keychain import Keychain
from snapreview.stores.manifest_cache import ManifestCache
from snapreview.stores.published import PublishedStore, published_in
from snapreview.stores.sentry import SentryStore
from snapreview.stores.sentry_source import api_origin, is_sentry_source
from snapreview.stores.sentry_token import sentry_token_origins
from snapreview.stores.settings import TransportSettings
from snapreview.stores.store import Store

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://|(file):", re.IGNORECASE)
"""At least two letters: one is a drive of Windows."""

_HALF_AN_ADDRESS = re.compile(r"https?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StoreContext:
    """What stores need of the run: where downloads are kept, tokens, and further image hosts."""

    cache_dir: Path
    credentials: Credentials
    allow_origins: frozenset[str] = frozenset()
    settings: TransportSettings = field(default_factory=TransportSettings)


def store_context(
    sources: Iterable[str],
    cache_dir: Path,
    environ: Mapping[str, str],
    allow_origins: Iterable[str] = (),
    keychain: Keychain | None = None,
) -> StoreContext:
    """The context of a run with `sources`, which decide whose tokens are used.

    `allow_origins` are origins or bare hosts as the user gave them; `keychain` has the tokens that
    were given before in this process. Raises SourceError.
    """
    allowed = frozenset(_origin(text) for text in allow_origins)
    given = tuple(sources)
    origins = frozenset(_source_origin(source) for source in given if _is_remote(source))
    sentry = sentry_token_origins(given, environ)
    tokens = Credentials(environ, origins, allowed, keychain, sentry)
    return StoreContext(cache_dir, tokens, allowed)


def open_store(source: str, context: StoreContext) -> Store:
    """The store of `source`: a folder, an image, a zip, a git revision or a web address.

    Nothing is read yet.

    Raises SourceError for what is none of these.
    """
    return _open(source, context, _shared_cache((source,), context))


def open_pair(base: str, head: str, context: StoreContext) -> tuple[Store, Store]:
    """The stores of a comparison. Two image files become one image, under the head's file name.

    Raises SourceError, also for an image file that is to be compared with something else.
    """
    single = _image_file(base), _image_file(head)
    if single[0] and single[1]:
        name = single[1].name
        return SingleImageStore(single[0], name, base), SingleImageStore(single[1], name, head)
    for file, source in zip(single, (base, head), strict=True):
        if file:
            raise SourceError(
                f"{quoted(source)} is one image, and the other side is not. Compare two images,"
                " or two folders or snapshots."
            )
    cache = _shared_cache((base, head), context)
    return _open(base, context, cache), _open(head, context, cache)


def lasting_source(source: str) -> str:
    """`source` as it can be opened tomorrow, from any folder, and holds no secret."""
    if is_git_source(source):
        return lasting_git(source)
    if not source or _scheme(source) or is_sentry_source(source):
        return shown_source(source)
    return str(_expanded(source).absolute())


def _open(source: str, context: StoreContext, cache: ContentCache | None) -> Store:
    if not source.strip():
        raise SourceError("The source is empty. Give a folder, an image or a web address.")
    if cache is not None and is_git_source(source):
        return GitStore(source, cache)
    if cache is not None and (_is_remote(source) or is_bucket_source(source)):
        return _open_remote(source, context, cache)
    file = _image_file(source)
    if file is not None:
        return SingleImageStore(file, file.name, source)
    archive = archive_in(_path(source))
    if archive is not None and cache is not None:
        return ArchiveStore(*archive, cache, shown_source(source))
    published = published_in(_path(source))
    if published is not None:
        return PublishedStore(published, shown_source(source))
    return FolderStore(_path(source), shown_source(source))


def _open_remote(source: str, context: StoreContext, cache: ContentCache) -> Store:
    manifests = ManifestCache(context.cache_dir.with_name("manifests"))
    tokens, settings = context.credentials, context.settings
    if is_bucket_source(source):
        return open_bucket(source, cache, manifests, settings)
    if is_sentry_source(source):
        return SentryStore(source, cache, tokens, manifests=manifests, settings=settings)
    return HttpStore(
        source,
        cache=cache,
        manifests=manifests,
        credentials=tokens,
        allow_origins=context.allow_origins,
        settings=settings,
    )


def is_web_source(source: str) -> bool:
    """Whether `source` is written as a web address, be it complete or not."""
    return _is_web(source)


def local_path(source: str) -> Path | None:
    """The path that `source` is or, as a file: address, means; None for any other kind.

    Raises SourceError for one that can be none on this computer.
    """
    text = source.strip()
    if is_git_source(text) or is_sentry_source(text) or _scheme(text) not in ("", "file"):
        return None
    return _path(source)


def _is_web(source: str) -> bool:
    return _scheme(source) in SCHEMES


def _is_remote(source: str) -> bool:
    return _is_web(source) or is_sentry_source(source)


def _scheme(source: str) -> str:
    """The scheme in lower case; empty for a path."""
    match = _SCHEME.match(source.strip())
    return (match[1] or match[2]).lower() if match else ""


def _path(source: str) -> Path:
    """The path that `source` is or, as a file: address, means. Raises SourceError."""
    scheme = _scheme(source)
    if scheme and scheme != "file":
        raise SourceError(
            f"{quoted(scheme + '://')} is not supported. Give a folder, an image, or an address"
            " that begins with https://, http://, file://, s3://, gs:// or az://."
        )
    if not scheme and _HALF_AN_ADDRESS.match(source.strip()):
        raise SourceError("The web address is not complete: it begins with https:// or http://.")
    if not scheme:
        return _expanded(source)
    parts = urlsplit(source.strip())
    if parts.netloc.lower() not in ("", "localhost"):
        raise SourceError(
            f"{quoted(shown_source(source))} names a file on another computer. Give its path on"
            " this one."
        )
    return Path(url2pathname(parts.path))


def _expanded(source: str) -> Path:
    try:
        return Path(source).expanduser()
    except (RuntimeError, ValueError):  # ~name of nobody, or with a zero byte: then it is a name
        return Path(source)


def _image_file(source: str) -> Path | None:
    """The path, where `source` is an image file."""
    if _is_remote(source) or is_git_source(source) or is_bucket_source(source):
        return None
    path = _path(source)
    try:
        return path if is_image_name(path.name) and path.is_file() else None
    except (OSError, ValueError):  # told by the store when it is read
        return None


def _is_archive(source: str) -> bool:
    return (
        not is_git_source(source)
        and not is_bucket_source(source)
        and not _is_remote(source)
        and archive_in(_path(source)) is not None
    )


def _source_origin(source: str) -> str:
    """The origin that is asked for a source: of a page of Sentry's, that of its API."""
    return api_origin(source) or _origin(source)


def _origin(text: str) -> str:
    try:
        return origin_of(text)
    except BadAddress as fault:
        raise SourceError(f"The web address cannot be used: {fault}.") from fault


def _shared_cache(sources: Iterable[str], context: StoreContext) -> ContentCache | None:
    """One cache for all `sources`, so that a content both want is fetched once; None for paths."""
    kinds = is_git_source, is_bucket_source, _is_remote, _is_archive
    if not any(is_kind(source) for source in sources for is_kind in kinds):
        return None
    try:
        return ContentCache(context.cache_dir)
    except OSError as fault:
        raise SourceError(
            f"Downloads cannot be kept in {context.cache_dir} ({fault.strerror}). Name another"
            " folder with SNAPREVIEW_CACHE_DIR."
        ) from fault
