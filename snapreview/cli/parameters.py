"""Types of what can be given on the command line."""

from __future__ import annotations

import math
import os
from pathlib import Path

import click

from snapreview.export.folder_writer import require_free
from snapreview.model.change import STATUSES, Change, Status
from snapreview.model.errors import ExportError

_SUBTLE = "subtle"
STATUS_NAMES = (*(status.value for status in STATUSES), _SUBTLE)
PARTS = ("base", "head", "diff", "overlay")


class CommaList(click.ParamType[tuple[str, ...]]):
    """Words separated by commas, each one of a given few."""

    name = "list"

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self._allowed = allowed

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The words in the order given."""
        if isinstance(value, tuple):  # the default
            return value
        words = tuple(word.strip() for word in str(value).split(",") if word.strip())
        wrong = next((word for word in words if word not in self._allowed), None)
        if wrong is not None or not words:
            self.fail(f"{wrong or value!r} is none of {', '.join(self._allowed)}.", param, ctx)
        return words


class Share(click.ParamType[float]):
    """A number from 0 to 1. Infinity and nan, which float() takes, are refused."""

    name = "0…1"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number."""
        try:
            number = float(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a number.", param, ctx)
        if not math.isfinite(number) or not 0 <= number <= 1:
            self.fail(f"{value} is not between 0 and 1.", param, ctx)
        return number


class OutputFile(click.ParamType[Path]):
    """A file that can be written, as far as can be told before the work that fills it.

    `endings`, in lower case, are those that it may have; without any it may have all.
    """

    name = "file"

    def __init__(self, endings: tuple[str, ...] = ()) -> None:
        self._endings = endings

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """The path."""
        path = Path(str(value))
        if self._endings and path.suffix.lower() not in self._endings:
            self.fail(f"{str(path)!r} does not end in {' or '.join(self._endings)}.", param, ctx)
        if path.is_dir():
            self.fail(f"{str(path)!r} is a folder; name a file.", param, ctx)
        _refuse(_unwritable(path), self, param, ctx)
        return path


class NewFolder(click.ParamType[Path]):
    """A folder that can be made, as far as can be told before the work that fills it."""

    name = "folder"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """The path."""
        path = Path(str(value))
        try:
            require_free(path)
        except ExportError as fault:
            self.fail(str(fault), param, ctx)
        _refuse(_unwritable(path), self, param, ctx)
        return path


def _unwritable(path: Path) -> str | None:
    """Why nothing can be made at `path`."""
    if not path.parent.is_dir():
        return f"The folder {str(path.parent)!r} does not exist."
    if not path.exists() and not os.access(path.parent, os.W_OK):
        return f"The folder {str(path.parent)!r} cannot be written to."
    return None


def _refuse(
    fault: str | None,
    kind: click.ParamType[Path],
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> None:
    if fault is not None:
        kind.fail(fault, param, ctx)


DEFAULT_STATUSES = tuple(
    status.value for status in STATUSES if status not in {Status.UNCHANGED, Status.SKIPPED}
)
"""What a zip or a page holds unless told otherwise."""


def has_status(change: Change, names: tuple[str, ...]) -> bool:
    """Whether a row is of one of the statuses in `names`, where subtle rows have their own."""
    return change.status.value in names or (change.is_subtle and _SUBTLE in names)
