"""Sources that hold a comparison by themselves: both of its sides."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from snapreview.model.change import Side
from snapreview.model.errors import SourceError
from snapreview.stores.archive_index import entries_of
from snapreview.stores.archive_notes import holds_comparison
from snapreview.stores.archive_path import archive_in


def implied_pair(source: str) -> tuple[str, str] | None:
    """The sources of base and head where `source` alone is both: a zip that was exported.

    None for any other, and for what cannot be read: whoever opens it will say why.
    """
    try:
        found = archive_in(Path(source).expanduser())
    except (RuntimeError, ValueError):  # no such user's folder, or no path at all
        return None
    if found is None or found[1] is not None:
        return None
    path = found[0]
    try:
        with ZipFile(path) as archive:
            entries = entries_of(archive, source, path.stat().st_size)
            holds = holds_comparison(archive, entries)
    except (OSError, BadZipFile, SourceError, NotImplementedError, RuntimeError):
        return None
    base, head = (f"{source}!{side.value}" for side in Side)
    return (base, head) if holds else None
