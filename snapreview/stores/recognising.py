"""What kind of source a text is, told from the text and from this computer alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError, SourceNotFound
from snapreview.model.layout import INDEX_KEY, SNAPSHOTS, layout_place, manifest_key
from snapreview.model.names import is_image_name, quoted
from snapreview.stores.addresses import BadAddress, parse_address, shown_source
from snapreview.stores.archive_path import archive_in
from snapreview.stores.bucket_source import is_bucket_source, parse_bucket
from snapreview.stores.git_source import SCHEME, Place, is_git_source, place_of
from snapreview.stores.implied import implied_pair
from snapreview.stores.opening import is_web_source, local_path
from snapreview.stores.published import published_in
from snapreview.stores.sentry_source import is_sentry_source
from snapreview.stores.sentry_source import place_of as sentry_place

_REMOTE = re.compile(r"[\w.-]+@[\w.-]+:[^\\]+|(ssh|git)://.+|https?://[^?#]+\.git/?", re.IGNORECASE)
_QUOTES = '"', "'"


class Kind(Enum):
    """Kinds of sources."""

    FOLDER = "folder"
    IMAGE = "image"
    ZIP = "zip"
    GIT = "git"
    STORE = "store"
    SNAPSHOT = "snapshot"
    MANIFEST = "manifest"
    ADDRESS = "address"
    SENTRY = "sentry"
    BUCKET = "bucket"


@dataclass(frozen=True, slots=True)
class Recognised:
    """`said` is what it is, as “a folder”; `source` is the text as it can be opened.

    An ADDRESS may be a store or a snapshot: only its host knows. `place` is set for GIT.
    """

    kind: Kind
    said: str
    source: str
    place: Place | None = None


def recognised(text: str, token: CancelToken) -> Recognised:
    """What `text` is. Raises SourceError where it is nothing, SourceNotFound, Cancelled."""
    source = _unquoted(text.strip())
    if not source:
        raise SourceError("Paste or type a folder, a file or an address.")
    if _REMOTE.fullmatch(source):
        raise SourceError(
            "A git repository on a server cannot be opened from here. Clone it, then give its"
            " folder."
        )
    if is_git_source(source):
        return _git(place_of(source, token), source)
    if is_sentry_source(source):
        sentry_place(source)
        return Recognised(Kind.SENTRY, "a snapshot on Sentry", source)
    if is_bucket_source(source):
        return Recognised(Kind.BUCKET, f"the bucket {parse_bucket(source).shown}", source)
    if is_web_source(source):
        return _web(source)
    return _on_disk(source, token)


def _unquoted(text: str) -> str:
    """File managers copy paths in quotes."""
    quotes = next((mark for mark in _QUOTES if text[:1] == mark == text[-1:]), "")
    return text[1:-1].strip() if quotes and len(text) > 1 else text


def _git(place: Place, source: str) -> Recognised:
    at = f" at {quoted(place.rev)}" if place.rev else ""
    folder = f", folder {quoted(place.folder)}" if place.folder else ""
    said = f"the git repository {quoted(place.git.folder.name)}{at}{folder}"
    return Recognised(Kind.GIT, said, source, place)


def _web(source: str) -> Recognised:
    try:
        host = parse_address(source).host
    except BadAddress as fault:
        raise SourceError(f"The web address cannot be used: {fault}.") from fault
    path = urlsplit(source).path
    place = layout_place(path)
    if place is not None and place.snapshot:
        said = f"the snapshot {quoted(place.snapshot)} on {host}"
        return Recognised(Kind.SNAPSHOT, said, source)
    if place is not None:
        return Recognised(Kind.STORE, f"a store of snapshots on {host}", source)
    if path.lower().endswith(".json"):
        return Recognised(Kind.MANIFEST, f"a manifest on {host}", source)
    return Recognised(Kind.ADDRESS, f"an address on {host}", source)


def _on_disk(source: str, token: CancelToken) -> Recognised:
    path = local_path(source)
    if path is None:
        raise SourceError(
            f"{quoted(shown_source(source))} cannot be opened. Give a folder, an image, a zip, or"
            " an address that begins with https://."
        )
    try:
        found = _file(path, source) if path.is_file() else _folder(path, source, token)
    except (OSError, ValueError) as fault:
        raise SourceError(f"{quoted(source)} cannot be opened ({fault}).") from fault
    if found is None:
        raise SourceNotFound(f"There is nothing at {quoted(source)}. Check the path.")
    return found


def _file(path: Path, source: str) -> Recognised:
    if published_in(path) is not None:
        return Recognised(Kind.SNAPSHOT, f"the snapshot {quoted(path.parent.name)}", source)
    if is_image_name(path.name):
        return Recognised(Kind.IMAGE, f"the image {quoted(path.name)}", source)
    if archive_in(path) is not None:
        both = ", with both sides of a comparison" if implied_pair(source) else ""
        return Recognised(Kind.ZIP, f"the zip {quoted(path.name)}{both}", source)
    raise SourceError(
        f"{quoted(path.name)} is neither an image nor a zip, so that there is nothing to compare."
    )


def _folder(path: Path, source: str, token: CancelToken) -> Recognised | None:
    if not path.is_dir():
        inside = archive_in(path)
        said = f"a folder in the zip {quoted(inside[0].name)}" if inside else ""
        return Recognised(Kind.ZIP, said, source) if inside else None
    if published_in(path) is not None:
        return Recognised(Kind.SNAPSHOT, f"the snapshot {quoted(path.absolute().name)}", source)
    place = layout_place(path.absolute().as_posix())
    root = path.absolute().parent if place is not None and place.snapshot is None else path
    if _is_store(root):
        name = quoted(root.absolute().name)
        return Recognised(Kind.STORE, f"the store of snapshots {name}", source)
    return _repository(path, source, token) or Recognised(
        Kind.FOLDER, f"the folder {quoted(path.absolute().name)}", source
    )


def _is_store(root: Path) -> bool:
    if (root / INDEX_KEY).is_file():
        return True
    return any((root / SNAPSHOTS).glob(manifest_key("*").removeprefix(f"{SNAPSHOTS}/")))


def _repository(path: Path, source: str, token: CancelToken) -> Recognised | None:
    """What `path` is where it is the top of a repository, bare or not."""
    bare = all((path / name).exists() for name in ("HEAD", "objects", "refs"))
    if not bare and not (path / ".git").exists():
        return None
    try:
        found = _git(place_of(f"{SCHEME}{path.absolute()}", token), source)
    except SourceError:  # no git here, or it does not trust the folder: its files can be opened
        return None
    return found
