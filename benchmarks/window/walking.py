"""How many images are there before they are asked for, by somebody who walks at 4 a second."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from benchmarks.corpus import PairSet
from benchmarks.window.laps import Line
from snapreview.engine.locate import locate_engine
from snapreview.engine.session import ReviewSession, Setup
from snapreview.engine.workbench import workbench
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Side
from snapreview.model.manifest import ImageRecord
from snapreview.model.options import DiffOptions
from snapreview.stores.folder import FolderStore
from snapreview.stores.userdirs import UserDirs
from snapreview.ui.viewer.loader import ImageLoader
from snapreview.ui.viewer.lookahead import steps_ahead
from snapreview.ui.viewer.scene import Viewing
from snapreview.ui.viewer.viewer import Viewer

PACE_MS = 250
TARGET = 95.0
_SIZE = 1440, 900


class Walk:
    """Steps through changes in a viewer, and counts those whose images were all there."""

    def __init__(self, pairs: PairSet, changes: Sequence[Change]) -> None:
        self._folders = {Side.BASE: pairs.base, Side.HEAD: pairs.head}
        self._changes = changes
        self._loader = ImageLoader(self._fetch)
        self._viewer = Viewer(self._loader)
        self._viewer.resize(*_SIZE)
        self._place = 0
        self._ready = 0
        self._loop = QEventLoop()
        self._clock = QTimer(interval=PACE_MS)
        self._clock.timeout.connect(self._step)

    def run(self) -> float:
        """The share of images shown from memory in percent; the first one does not count."""
        self._viewer.show()
        self._viewer.settled.connect(self._begin)
        self._show()
        self._loop.exec()
        self._loader.close()
        return self._ready / (len(self._changes) - 1) * 100

    def _begin(self) -> None:
        self._viewer.settled.disconnect(self._begin)
        self._clock.start()

    def _step(self) -> None:
        self._place += 1
        if self._place == len(self._changes):
            self._clock.stop()
            self._loop.quit()
            return
        self._ready += self._is_ready(self._changes[self._place])
        self._show()

    def _is_ready(self, change: Change) -> bool:
        """Whether all there is to show of it can be had without any work."""
        viewing = Viewing(change)
        while missing := viewing.missing():
            for request in missing:
                there = self._loader.peek(request)
                if there is None:
                    return False
                viewing.accept(request.key, there)
        return True

    def _show(self) -> None:
        places = (self._place + step for step in steps_ahead(1))
        neighbours = [self._changes[p] for p in places if 0 <= p < len(self._changes)]
        self._viewer.show_change(self._changes[self._place], neighbours)

    def _fetch(self, record: ImageRecord, side: Side, token: CancelToken) -> Path:
        token.check()
        return self._folders[side] / record.name


def measure(pairs: PairSet, most: int) -> list[Line]:
    """One line, in percent."""
    with tempfile.TemporaryDirectory(prefix="snapreview-benchmark-") as scratch:
        changes = compared(pairs, Path(scratch))[:most]
        share = Walk(pairs, changes).run()
    detail = f"{len(changes)} images, one each {PACE_MS} ms"
    title = "images shown from memory while walking"
    return [Line(title, share, "%", TARGET, at_most=False, detail=detail)]


def compared(pairs: PairSet, scratch: Path) -> list[Change]:
    """What there is to look at, in the order of the list."""
    dirs = UserDirs(scratch, scratch, scratch)
    with workbench(locate_engine(), dirs, None) as tools:
        setup = Setup((FolderStore(pairs.base), FolderStore(pairs.head)), tools)
        session = ReviewSession(lambda: setup, DiffOptions(), lambda _: None)
        try:
            comparison = session.run()
        finally:
            session.close()
    return [change for change in comparison.changes if change.diff is not None]
