"""Images in a folder on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import FetchError, SourceEmpty, SourceError, SourceNotFound
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.names import quoted
from snapreview.stores.sidecar import read_sidecar
from snapreview.stores.walk import FoundImage, checked_name, walk_images


class FolderStore:
    """A folder and everything below it. Hands out its own files: nothing is copied.

    Hashes and image headers are left to whoever needs them, so that a manifest costs one walk.
    """

    def __init__(self, root: Path, source: str | None = None) -> None:
        self._root = root
        self._source = source or str(root)
        self._files: Mapping[str, Path] = MappingProxyType({})

    @property
    def source(self) -> str:
        """The folder as the user gave it."""
        return self._source

    def manifest(self, token: CancelToken) -> Manifest:
        """Its images by path from the folder. Raises SourceError or Cancelled."""
        self._require_folder()
        found = sorted(walk_images(self._root, token), key=lambda image: image.name)
        if not found:
            raise SourceEmpty(self._empty())
        self._files = MappingProxyType({image.name: image.path for image in found})
        return Manifest(self._source, {image.name: _record(image, token) for image in found})

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """The image's own file. Raises FetchError where it cannot be read any more, Cancelled."""
        token.check()
        path = self._files.get(record.name)
        if path is None:
            raise FetchError(f"{self._source} has no image {quoted(record.name)}.")
        return readable(path, record.name)

    def close(self) -> None:
        """Nothing is held."""

    def _require_folder(self) -> None:
        try:
            self._root.stat()
        except (FileNotFoundError, NotADirectoryError) as fault:
            raise SourceNotFound(
                f"There is no folder {quoted(self._source)}. Check the path."
            ) from fault
        except (OSError, ValueError) as fault:
            raise SourceError(f"{quoted(self._source)} cannot be opened ({fault}).") from fault
        if not self._root.is_dir():
            raise SourceError(f"{quoted(self._source)} is neither a folder nor an image.")

    def _empty(self) -> str:
        said = f"The folder {quoted(self._source)} holds no image."
        if (self._root / "manifest.json").is_file():
            return (
                f"{said} It is a published snapshot: open it by its web address, or open the folder"
                " that it was published from."
            )
        return f"{said} Choose a folder with PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF files."


class SingleImageStore:
    """One image file as a snapshot of one image.

    `name` is what the image is called in the manifest: two files of different names are compared
    as one image when both stores are given the same.
    """

    def __init__(self, path: Path, name: str, source: str | None = None) -> None:
        self._path = path
        self._name = checked_name(name)
        self._source = source or str(path)

    @property
    def source(self) -> str:
        """The file as the user gave it."""
        return self._source

    def manifest(self, token: CancelToken) -> Manifest:
        """The one image. Raises SourceNotFound, SourceError or Cancelled."""
        token.check()
        try:
            size = self._path.stat().st_size
        except FileNotFoundError as fault:
            raise SourceNotFound(f"There is no file {quoted(self._source)}.") from fault
        except OSError as fault:
            raise SourceError(f"{quoted(self._source)} cannot be opened ({fault}).") from fault
        sidecar = self._path.with_suffix(".json")
        image = FoundImage(self._name, self._path, size, sidecar if sidecar.is_file() else None)
        return Manifest(self._source, {self._name: _record(image, token)})

    def fetch(self, record: ImageRecord, token: CancelToken) -> Path:
        """The file itself. Raises FetchError or Cancelled."""
        token.check()
        if record.name != self._name:
            raise FetchError(f"{self._source} is not the image {quoted(record.name)}.")
        return readable(self._path, record.name)

    def close(self) -> None:
        """Nothing is held."""


def readable(path: Path, name: str) -> Path:
    """`path`, when it can be read. Raises FetchError."""
    try:
        with path.open("rb"):
            return path
    except OSError as fault:
        raise FetchError(
            f"The file of {quoted(name)} cannot be read ({fault.strerror})."
        ) from fault


def _record(image: FoundImage, token: CancelToken) -> ImageRecord:
    token.check()
    if image.sidecar is None:
        return ImageRecord(image.name, byte_size=image.byte_size)
    return replace(read_sidecar(image.sidecar, image.name), byte_size=image.byte_size)
