"""What is written for people: progress and sentences to stderr, the summary to stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from snapreview.model.change import STATUSES, Change, Comparison, Status
from snapreview.model.names import quoted
from snapreview.model.percent import percent
from snapreview.stores.explain import offline_note

_LISTED = 40
"""Rows named below the counts; the report has them all."""

_STYLES = {
    Status.CHANGED: "yellow",
    Status.ERRORED: "red",
    Status.REMOVED: "magenta",
    Status.ADDED: "green",
    Status.RENAMED: "cyan",
}


class _Output(Console):
    """A console that goes silent when its reader has ended: the exit code stays what was found."""

    def on_broken_pipe(self) -> None:
        """Let what is left go nowhere, also at the interpreter's end."""
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def complain(sentence: str) -> None:
    """Write `sentence` to stderr as it is."""
    Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(sentence)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on stderr that leaves nothing behind; silent where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        yield bar


def print_summary(comparison: Comparison) -> None:
    """The counts by status, and the first rows that somebody has to look at."""
    note = offline_note((comparison.base, comparison.head))
    if note:
        complain(note)
    console = _Output(highlight=False)
    counts = comparison.counts()
    table = Table(title=f"{len(comparison.changes)} images", title_justify="left")
    table.add_column("status")
    table.add_column("images", justify="right")
    for status in STATUSES:
        if counts.get(status):
            table.add_row(status.value, str(counts[status]), style=_STYLES.get(status))
    if comparison.subtle:
        table.add_row("  of which subtle", str(comparison.subtle), style="dim")
    console.print(table)
    _print_rows(console, comparison)


def _print_rows(console: Console, comparison: Comparison) -> None:
    rows = [change for change in comparison.changes if change.status in _STYLES]
    for change in rows[:_LISTED]:
        line = f"{change.status.value:>9}  {_described(change)}"
        console.print(line, style=_STYLES[change.status], markup=False, soft_wrap=True)
    if len(rows) > _LISTED:
        console.print(f"… and {len(rows) - _LISTED} more", style="dim")


def _described(change: Change) -> str:
    name = quoted(change.name)[1:-1]
    if change.error:
        return f"{name}: {change.error}"
    if change.previous_name:
        return f"{quoted(change.previous_name)[1:-1]} → {name}"
    if change.diff is None:
        return name
    size = ", size differs" if change.diff.size_changed else ""
    return f"{name}  {percent(change.ratio)}{size}"
