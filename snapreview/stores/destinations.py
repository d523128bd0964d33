"""From what the user gave to the place that a snapshot is published to."""

from __future__ import annotations

from pathlib import Path

from snapreview.model.errors import SourceError
from snapreview.stores.addresses import shown_source
from snapreview.stores.bucket_opening import bucket_destination
from snapreview.stores.bucket_source import is_bucket_source
from snapreview.stores.destination import Destination, FolderDestination
from snapreview.stores.opening import local_path


def destination_at(root: Path | str) -> Destination:
    """The folder or bucket `root`.

    Raises SourceError for an address that is not complete, and for a place of another kind.
    """
    if isinstance(root, Path):
        return FolderDestination(root)
    if is_bucket_source(root):
        return bucket_destination(root)
    folder = local_path(root)
    if folder is None:
        raise SourceError(
            f"Nothing can be published to {shown_source(root)} from here. Name the folder or the"
            " bucket that the store is kept in."
        )
    return FolderDestination(folder)
