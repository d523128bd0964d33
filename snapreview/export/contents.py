"""Fetches and draws what is exported, on whichever thread asks."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore

from snapreview.export.entries import Entry, Missing, Part, Row
from snapreview.export.faults import unreadable
from snapreview.export.overlay import Tint, overlay_png
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Side
from snapreview.model.errors import Cancelled, FetchError, SnapReviewError
from snapreview.model.manifest import ImageRecord

Fetch = Callable[[ImageRecord, Side, CancelToken], Path]
"""A local file with the bytes of an image of that side, as Store.fetch gives it."""

Content = Path | bytes | Missing
"""What an entry is made of: a file to be copied, bytes, or the reason why there is neither."""


class Contents:
    """Prepares the entries of rows. Used from several threads at once."""

    def __init__(
        self, fetch: Fetch, token: CancelToken, tint: Tint, max_pixels: int | None
    ) -> None:
        self._fetch = fetch
        self._token = token
        self._tint = tint
        self._max_pixels = max_pixels
        # Drawing takes a processor and some ten bytes per pixel, unlike fetching, which waits.
        self._drawing = BoundedSemaphore(os.cpu_count() or 1)

    def of(self, row: Row) -> list[tuple[Entry, Content]]:
        """The content of each of the row's entries, in order. Raises Cancelled.

        Each image of the row is asked for once, also when that fails.
        """
        files: dict[Side, Path | Missing] = {}
        result: list[tuple[Entry, Content]] = []
        for entry in row:
            self._token.check()
            if entry.part is not Part.DIFF and entry.side not in files:
                files[entry.side] = self._file(entry)
            result.append((entry, self._content(entry, files)))
        return result

    def _content(self, entry: Entry, files: dict[Side, Path | Missing]) -> Content:
        if entry.part is Part.DIFF and entry.mask is not None:
            return entry.mask
        file = files[entry.side]
        if isinstance(file, Missing):
            return Missing(entry.image, entry.part, file.reason)
        if entry.mask is not None:
            return self._drawn(entry, file, entry.mask)
        return file

    def _file(self, entry: Entry) -> Path | Missing:
        try:
            return self._fetched(entry)
        except Cancelled:
            raise
        except SnapReviewError as fault:
            return Missing(entry.image, entry.part, str(fault))

    def _fetched(self, entry: Entry) -> Path:
        try:
            return self._fetch(entry.record, entry.side, self._token)
        except OSError as fault:
            raise FetchError(unreadable(fault)) from fault

    def _drawn(self, entry: Entry, head: Path, mask: Path) -> Content:
        with self._drawing:
            self._token.check()
            try:
                return overlay_png(head, mask, self._tint, self._max_pixels)
            except SnapReviewError as fault:
                return Missing(entry.image, entry.part, str(fault))
