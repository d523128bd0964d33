"""Which sources are zip files, and which folder in them is meant."""

from __future__ import annotations

from pathlib import Path

_ENDING = ".zip"
_MARK = "!"


def archive_in(path: Path) -> tuple[Path, str | None] | None:
    """The zip file that `path` is, or names before a `!`, and the folder after that.

    The first `!` counts before which stands a zip file, so that names may have others. None where
    there is no such file; the folder is None where none is given.
    """
    text = str(path)
    if text.lower().endswith(_ENDING) and _is_file(path):
        return path, None
    end = text.find(_MARK)
    while end >= 0:
        before = Path(text[:end])
        if before.name.lower().endswith(_ENDING) and _is_file(before):
            return before, text[end + 1 :]
        end = text.find(_MARK, end + 1)
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
