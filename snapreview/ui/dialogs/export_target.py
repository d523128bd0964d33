"""Which file or folder an export is written to. No Qt."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from snapreview.export.entries import INDEX_NAME
from snapreview.export.run import Kind

_STEMS = {
    Kind.ZIP: "snapreview",
    Kind.HTML: "snapreview-report",
    Kind.CSV: "snapreview-decisions",
    Kind.JSON: "snapreview-decisions",
}
_ENDINGS = {Kind.ZIP: ".zip", Kind.HTML: "", Kind.CSV: ".csv", Kind.JSON: ".json"}


def free_target(folder: Path, kind: Kind) -> Path:
    """A name in `folder` that nothing has yet."""
    stem, ending = _STEMS[kind], _ENDINGS[kind]
    names = (f"{stem}{ending}" if n == 1 else f"{stem} {n}{ending}" for n in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def typed_target(text: str, folder: Path, kind: Kind) -> Path:
    """What `text` means: relative to `folder`, and with the ending of its kind.

    A folder means something in it, but not where it can be the report's own: it is empty, or an
    older report that must not get lost in a newer one.
    """
    path = folder / _expanded(text.strip())
    if not path.name or (path.is_dir() and not (kind is Kind.HTML and _own(path))):
        return free_target(path, kind)
    ending = _ENDINGS[kind]
    return path if path.suffix.lower() == ending or not ending else _with(path, ending)


def converted(text: str, before: Kind, after: Kind) -> str:
    """The name somebody typed for one kind of export, as one for another kind."""
    ending = _ENDINGS[before]
    named = text.strip()
    if ending and named.lower().endswith(ending):
        named = named[: -len(ending)]
    return f"{named}{_ENDINGS[after]}" if named else ""


def _own(folder: Path) -> bool:
    return (folder / INDEX_NAME).exists() or not any(folder.iterdir())


def _with(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}{ending}")


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # ~name of a user that does not exist: then it is a name
        return Path(text)
