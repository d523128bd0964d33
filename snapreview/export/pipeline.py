"""From planned entries to written ones: fetched side by side, written one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

from snapreview.export.ahead import worked_ahead
from snapreview.export.contents import Content, Contents, Fetch
from snapreview.export.entries import Entry, Missing, Row
from snapreview.export.faults import unreadable
from snapreview.export.overlay import Tint
from snapreview.export.writer import Writer
from snapreview.model.cancel import CancelToken

Progress = Callable[[int, int], None]
"""Called with (files done, files in all), in the thread that exports; begins with 0 done."""

WORKERS = 8
"""Images fetched at the same time: they mostly wait for a network."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the content of entries comes from, and how it is drawn.

    `max_pixels` is the largest image that is drawn; None draws all.
    """

    fetch: Fetch
    tint: Tint = field(default_factory=Tint)
    max_pixels: int | None = None
    workers: int = WORKERS


@dataclass(slots=True)
class Written:
    """What was written so far: entries, with their SHA-256 where nobody knew it, and what is not.

    The only value here that grows; it belongs to the thread that writes.
    """

    entries: list[tuple[Entry, str | None]] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Entries dealt with."""
        return len(self.entries) + len(self.missing)


def write_rows(
    writer: Writer,
    rows: Sequence[Row],
    sources: Sources,
    token: CancelToken,
    progress: Progress,
) -> Written:
    """Write each entry of `rows`, in order. What cannot be had is missing, and the rest goes on.

    Raises ExportError when it cannot be written, and Cancelled.
    """
    rows = [row for row in rows if row]
    total = sum(len(row) for row in rows)
    written, running = Written(), CancelToken()
    contents = Contents(sources.fetch, running, sources.tint, sources.max_pixels)
    progress(0, total)
    with (
        worked_ahead(contents.of, rows, sources.workers) as batches,
        _cancelled_after(running, token),
    ):
        for entry, content in chain.from_iterable(batches):
            _add(writer, entry, content, written)
            progress(written.done, total)
    return written


@contextmanager
def _cancelled_after(running: CancelToken, token: CancelToken) -> Iterator[None]:
    """Cancels `running` with `token` and, so that nobody waits for a slow host, on leaving."""
    forget = token.on_cancel(running.cancel)
    try:
        yield
    finally:
        forget()
        running.cancel()


def _add(writer: Writer, entry: Entry, content: Content, written: Written) -> None:
    if isinstance(content, Missing):
        written.missing.append(content)
        return
    unknown = entry.part is None and entry.record.sha256 is None
    try:
        digest = writer.add(entry.name, content, hashed=unknown)
    except OSError as fault:
        written.missing.append(Missing(entry.image, entry.part, unreadable(fault)))
    else:
        written.entries.append((entry, digest))
