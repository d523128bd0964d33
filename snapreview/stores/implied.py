"""Sources that hold a comparison by themselves: both of its sides."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from snapreview.model.change import Side
from snapreview.model.errors import SourceError
from snapreview.stores.archive_index import entries_of
from snapreview.stores.archive_notes import holds_comparison
from snapreview.stores.archive_path import archive_in
from snapreview.stores.sentry_source import implied_pair as sentry_pair
from snapreview.stores.sentry_source import is_sentry_source


def implied_pair(source: str) -> tuple[str, str] | None:
    """The sources of base and head where `source` alone is both.

    That is a zip that was exported, or a snapshot of Sentry, whose base may turn out not to be
    there. None for any other, and for what cannot be read: whoever opens it will say why.
    """
    if is_sentry_source(source):
        return sentry_pair(source)
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
