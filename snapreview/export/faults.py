"""Why something could not be read or written, in words."""

from __future__ import annotations

import errno
from pathlib import Path

from snapreview.model.errors import ExportError


def not_written(target: Path | None, fault: OSError) -> ExportError:
    """What stopped the writing, in words."""
    what = "The zip" if target is None else str(target)
    if fault.errno == errno.ENOSPC:
        return ExportError(f"The disk is full: {what} was not written. Free some space first.")
    if isinstance(fault, BrokenPipeError):
        return ExportError(f"{what} was not written: the program that should read it has ended.")
    if target is not None and not target.parent.is_dir():
        return ExportError(f"{what} was not written: its folder does not exist. Create it first.")
    return ExportError(
        f"{what} was not written ({fault.strerror or fault}). Check that you may write there and"
        " that no other program has the file open."
    )


def unreadable(fault: OSError) -> str:
    """The sentence for an image's file that cannot be opened."""
    return (
        f"The file could not be opened ({fault.strerror or fault}). Check that it is still there"
        " and that you may read it, or compare again."
    )
