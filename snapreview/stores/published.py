"""A snapshot of a store in a folder on this computer, as `publish` wrote it."""

from __future__ import annotations

from pathlib import Path

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, IntegrityError, ManifestError
from snapreview.model.layout import IMAGES, layout_place
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.manifest_json import DEFAULT_IMAGE_URL, MAX_MANIFEST_BYTES, parse_manifest
from snapreview.model.names import quoted
from snapreview.stores.folder import readable
from snapreview.stores.folder_root import FolderRoot
from snapreview.stores.imagefile import sha256_file

MANIFEST = "manifest.json"


def published_in(path: Path) -> Path | None:
    """The manifest that `path` is, or has in it, where that is a snapshot of a store's layout."""
    try:
        found = path if path.name == MANIFEST else path / MANIFEST
        place = layout_place(found.absolute().as_posix())
        return found if place is not None and place.snapshot and found.is_file() else None
    except (OSError, ValueError):  # told by the store that it is opened as then
        return None


class PublishedStore:
    """`ROOT/snapshots/ID` in a folder. Hands out the store's own files, checked against their hash.

    `manifest` is the path of the snapshot's manifest.
    """

    def __init__(self, manifest: Path, source: str | None = None) -> None:
        self._path = manifest
        self._images = manifest.absolute().parent.parent.parent / IMAGES
        self._source = source or str(manifest.parent)
        self._checked: dict[str, tuple[int, int]] = {}

    @property
    def source(self) -> str:
        """The snapshot as the user gave it."""
        return self._source

    def manifest(self, token: CancelToken) -> Manifest:
        """The manifest. Raises SourceError or Cancelled."""
        folder = FolderRoot(self._path.parent)
        data = folder.read(self._path.name, MAX_MANIFEST_BYTES, token)
        manifest = parse_manifest(data, self._source, self._path.absolute().parent.name)
        if manifest.image_url not in (None, DEFAULT_IMAGE_URL):
            raise ManifestError(
                f"The images of {self._source} are not in {self._images}, but where its manifest's"
                " image_url says. Open it by its web address."
            )
        return manifest

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """The image's own file. Raises ImageError or Cancelled."""
        token.check()
        if record.sha256 is None:
            raise FetchError(f"The manifest gives no hash for {quoted(record.name)}.")
        path = readable(self._images / record.sha256, record.name)
        found = path.stat()
        state = found.st_size, found.st_mtime_ns
        if self._checked.get(record.sha256) == state:
            return path
        if sha256_file(path, token) != record.sha256:
            raise IntegrityError(
                f"The bytes of {quoted(record.name)} in {self._images} are not those that its"
                " manifest promises. Publish the snapshot again."
            )
        self._checked[record.sha256] = state
        return path

    def close(self) -> None:
        """Nothing is held."""
