"""Decoded pictures kept for as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from snapreview.ui.viewer.pyramid import Pyramid
from snapreview.ui.viewer.source import Picture

Kept = Picture | Pyramid


class PictureCache:
    """The most recently used pictures and masks, at most `max_bytes` of them. Thread-safe."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._nbytes = 0
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """Bytes kept now."""
        with self._lock:
            return self._nbytes

    def get(self, key: Hashable) -> Kept | None:
        """What is kept under `key`, which becomes the most recently used."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep `kept`, dropping what was unused longest; what is larger than all room is not."""
        with self._lock:
            old = self._kept.pop(key, None)
            self._nbytes += kept.nbytes - (old.nbytes if old is not None else 0)
            self._kept[key] = kept
            while self._nbytes > self.max_bytes:
                self._nbytes -= self._kept.popitem(last=False)[1].nbytes
