"""From what the user gave to the place that a snapshot is published to."""

from __future__ import annotations

from pathlib import Path

from snapreview.stores.bucket_opening import bucket_destination
from snapreview.stores.bucket_source import is_bucket_source
from snapreview.stores.destination import Destination, FolderDestination


def destination_at(root: Path | str) -> Destination:
    """The folder or bucket `root`. Raises SourceError for an address that is not complete."""
    if isinstance(root, str) and is_bucket_source(root):
        return bucket_destination(root)
    return FolderDestination(Path(root))
