"""Files to be dragged to another program: on the disk, under names that can be read there."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from snapreview.export.contents import Fetch
from snapreview.export.entries import Entry, Missing, Part, Row, planned
from snapreview.export.faults import not_written
from snapreview.export.folder_writer import FolderWriter
from snapreview.export.names import EntryNames, folded
from snapreview.export.overlay import Tint
from snapreview.export.pipeline import Sources, write_rows
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change
from snapreview.model.names import is_image_name

_SUFFIXES = {Part.BASE: " (base)", Part.HEAD: "", Part.DIFF: " (mask)", Part.OVERLAY: " (overlay)"}
"""Files of one image that are dropped in one place keep apart; the head, the usual one, is just
called what it is called."""

_ABSENT = {
    Part.BASE: "It is not in the base.",
    Part.HEAD: "It is not in the head.",
    Part.DIFF: "Nothing is marked in it.",
    Part.OVERLAY: "Nothing is marked in it.",
}


@dataclass(frozen=True, slots=True)
class HandOut:
    """Files in the order of their rows, and what there is none for, with the reason."""

    files: tuple[Path, ...]
    missing: tuple[Missing, ...] = ()


def hand_out(
    changes: Iterable[Change],
    part: Part,
    fetch: Fetch,
    token: CancelToken,
    folder: Path,
    *,
    tint: Tint | None = None,
    max_pixels: int | None = None,
) -> HandOut:
    """Put `part` of each of `changes` into a new folder within `folder`, which is there.

    They are copies: whoever gets them may keep, move or paint over them, and neither the user's
    own files nor the cache notice. The caller removes `folder` when nobody can want them any more.
    Raises ExportError when they cannot be written, and Cancelled.
    """
    rows = list(changes)
    try:
        place = Path(tempfile.mkdtemp(dir=folder))
    except OSError as fault:
        raise not_written(folder / "files", fault) from fault
    entries = _named([row for row in planned(rows, {part}) if row], part)
    sources = Sources(fetch, tint or Tint(), max_pixels)
    try:
        written = write_rows(FolderWriter(place, token), entries, sources, token, _untold)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)  # the reason is on its way already
        raise
    files = tuple(place / entry.name for entry, _ in written.entries)
    return HandOut(files, (*_absent(rows, entries, part), *written.missing))


def _untold(_done: int, _total: int) -> None:
    """A drag shows no progress."""


def _named(rows: list[Row], part: Part) -> list[Row]:
    """Each under the last part of its name, with its folders where that is not the only one."""
    entries = [entry for row in rows for entry in row]
    counts = Counter(folded(_short(entry)) for entry in entries)
    names = EntryNames()
    result: list[Row] = []
    for entry in entries:
        alone = counts[folded(_short(entry))] == 1
        wanted = _short(entry) if alone else _long(entry)
        result.append((replace(entry, name=names.assign(_marked(wanted, _SUFFIXES[part]))),))
    return result


def _short(entry: Entry) -> str:
    """`entry.name` is safe and begins with the part's folder."""
    return entry.name.rpartition("/")[2]


def _long(entry: Entry) -> str:
    return " - ".join(entry.name.split("/")[1:])


def _marked(name: str, suffix: str) -> str:
    """`suffix` before the ending; of a drawing's two (.jpg.png) the one of what it is goes."""
    stem, dot, ending = name.rpartition(".")
    if not stem:
        return f"{name}{suffix}"
    drawn = suffix and is_image_name(stem)
    return f"{stem.rpartition('.')[0] if drawn else stem}{suffix}{dot}{ending}"


def _absent(changes: list[Change], rows: list[Row], part: Part) -> Iterator[Missing]:
    there = {entry.image for row in rows for entry in row}
    for change in changes:
        if change.name not in there:
            yield Missing(change.name, part, _ABSENT[part])
