"""From what the user gave to the store of the static layout that it names."""

from __future__ import annotations

from pathlib import Path

from snapreview.model.errors import SourceError, SourceNotFound
from snapreview.model.layout import SNAPSHOTS, layout_place
from snapreview.model.names import quoted
from snapreview.stores.addresses import shown_source
from snapreview.stores.bucket_opening import bucket_root
from snapreview.stores.bucket_source import is_bucket_source
from snapreview.stores.folder_root import FolderRoot
from snapreview.stores.opening import local_path
from snapreview.stores.root import Root


def open_root(text: str) -> Root:
    """The store that `text` is, or lies in. Raises SourceError where there is none."""
    if is_bucket_source(text):
        return bucket_root(text)
    path = local_path(text)
    if path is None:
        raise SourceError(
            f"The store at {shown_source(text)} cannot be changed from here. Name the folder or"
            " the bucket that it is kept in."
        )
    folder = folder_of_store(path)
    if not (folder / SNAPSHOTS).is_dir():
        raise SourceNotFound(
            f"{quoted(str(folder))} is no store: it has no folder {quoted(SNAPSHOTS)}. Name the"
            " folder that you publish into."
        )
    return FolderRoot(folder)


def folder_of_store(path: Path) -> Path:
    """The root of the store that `path` lies in; `path` itself where it is not in its layout."""
    place = layout_place(path.absolute().as_posix())
    return path if place is None else Path(place.root or "/")
