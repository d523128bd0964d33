"""Gets what a change's screen needs, and its neighbours' meanwhile."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from snapreview.model.change import Change
from snapreview.ui.viewer.loader import ImageLoader
from snapreview.ui.viewer.lookahead import Lookahead
from snapreview.ui.viewer.scene import Viewing
from snapreview.ui.viewer.source import Outcome

_PATIENCE_MS = 150
"""How long the last image stays while the next one loads: most come sooner, and none flickers."""


class Supply(QObject):
    """Keeps one change's answers up to date. Signals: `ready()` when they are to be shown."""

    ready = Signal()

    def __init__(self, loader: ImageLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.loader = loader
        self._viewing: Viewing | None = None
        self._ahead = Lookahead()
        self._difference = False
        self._patience = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self.ready)
        loader.arrived.connect(self._on_arrived)

    @property
    def viewing(self) -> Viewing | None:
        """The change on screen with what is known of it."""
        return self._viewing

    @property
    def complete(self) -> bool:
        """Whether nothing is waited for, and all that has come was told."""
        waiting = self._viewing is not None and not self._viewing.complete
        return not waiting and not self._patience.isActive()

    def show(self, change: Change | None, neighbours: Sequence[Change] = ()) -> None:
        """Get a row's images, or none; then the neighbours', the likeliest first.

        It is ready at once when all is there, else when it is, or after a moment of patience.
        """
        self._viewing = Viewing(change) if change is not None else None
        self._ahead = Lookahead(change, neighbours, self.loader.cache.max_bytes)
        self._get()
        if self._viewing is None or self._viewing.complete:
            self._tell()
        elif not self._patience.isActive():
            self._patience.start()

    def set_difference_wanted(self, wanted: bool) -> None:
        """Whether to compute the difference, too: only where no mask tells it."""
        self._difference = wanted
        self._get()
        if self._viewing is None or self._viewing.complete:
            self._tell()

    def retry(self) -> None:
        """Ask again for what failed."""
        if self._viewing is not None:
            self._viewing.forget_failures()
            self._get()
            self._tell()

    def _get(self) -> None:
        """Take what is there at once, and have the rest loaded."""
        viewing, peek = self._viewing, self.loader.peek
        missing = []
        if viewing is not None:
            viewing.difference_wanted = self._difference
            viewing.take(peek)
            missing = viewing.missing()
        self.loader.want(missing, self._ahead.requests(peek, difference=self._difference))

    def _on_arrived(self, key: Hashable, outcome: Outcome) -> None:
        viewing = self._viewing
        before = viewing.missing() if viewing is not None else []
        if viewing is None or not viewing.accept(key, outcome):
            self._ahead.answered(key)
        # A neighbour's mask, once its images are there; and of this row what a worker has put
        # into the cache meanwhile, of which nothing else will be told then.
        self._get()
        if viewing is None or viewing.missing() == before:
            return
        if viewing.complete or not self._patience.isActive():
            self._tell()

    def _tell(self) -> None:
        self._patience.stop()
        self.ready.emit()
