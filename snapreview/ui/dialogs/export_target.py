"""Which file an export is written to. No Qt."""

from __future__ import annotations

from itertools import count
from pathlib import Path

_STEM = "snapreview"


def free_target(folder: Path) -> Path:
    """A name in `folder` that no file has yet."""
    names = (f"{_STEM}.zip" if n == 1 else f"{_STEM} {n}.zip" for n in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def typed_target(text: str, folder: Path) -> Path:
    """The zip that `text` means: relative to `folder`, and with the ending of a zip.

    A folder means a file in it.
    """
    path = folder / _expanded(text.strip())
    if path.is_dir() or not path.name:
        return free_target(path)
    return path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # ~name of a user that does not exist: then it is a name
        return Path(text)
