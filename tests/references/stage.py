"""The real window with everything behind it but a session, which says what it is told to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication, QProgressBar, QWidget

from snapreview.app import Desktop, application
from snapreview.engine.events import Event, Failed, Finished, Opened, RowsChanged, Stopped
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison, Side, Status
from snapreview.model.errors import SnapReviewError
from snapreview.model.manifest import ImageRecord
from snapreview.stores.userdirs import UserDirs
from snapreview.ui.presenter import Presenter
from snapreview.ui.roles import OpenRequest
from snapreview.ui.settings import Settings, SettingsFile

from .sample import BASE, HEAD, Sample
from .surroundings import FACES, FONTS, THEMES

SIZE = 1180, 760
"""Of the window, in logical pixels."""

_PATIENCE_MS = 20_000
_LOOK_MS = 2
_CALM_LOOKS = 4
_SHORT_MS = 1000
"""Timers of at most this long are waited for: what they do belongs to the picture."""


class StuckError(Exception):
    """Something that a picture needs has not come."""


def make_application() -> QApplication:
    """The application, with fonts of our own and a cursor that stands still."""
    app = application()
    app.setCursorFlashTime(0)
    for face in FACES:
        if QFontDatabase.addApplicationFont(str(FONTS / face)) < 0:
            raise StuckError(f"{face} cannot be loaded")
    font = app.font()  # so that letters look the same whatever the system's fontconfig says
    font.setHintingPreference(QFont.HintingPreference.PreferFullHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    app.setFont(font)
    return app


class Replay:
    """A session that does nothing by itself. Its images are the sample's."""

    def __init__(self, sample: Sample) -> None:
        self._sample = sample

    def fetch(self, record: ImageRecord, side: Side, token: CancelToken) -> Path:
        """See Session."""
        return self._sample.fetch(record, side, token)

    def start(self) -> None:
        """See Session."""

    def cancel(self) -> None:
        """See Session."""

    def retry(self, names: Sequence[str] | None = None) -> None:
        """See Session."""

    def pair(self, old: str, new: str) -> None:
        """See Session."""

    def split(self, name: str) -> None:
        """See Session."""

    def prefer(self, names: Sequence[str]) -> None:
        """See Session."""

    def close(self) -> None:
        """See Session."""


class Stage:
    """One window for one picture.

    `before_taking` is called when all has come to rest: what it does is seen at once or never.
    """

    def __init__(self, app: QApplication, dirs: UserDirs, sample: Sample) -> None:
        self.app = app
        self.sample = sample
        self._dirs = dirs
        self._desktop: Desktop | None = None
        self._generation = 0
        self.before_taking: Callable[[], None] = lambda: None

    def remember(self, **settings: object) -> None:
        """Let these be what the window remembers. To be called first."""
        SettingsFile(self._dirs.config).save(Settings.model_validate(settings))

    @property
    def desktop(self) -> Desktop:
        """What is behind the window; made when it is first asked for."""
        if self._desktop is None:
            self._desktop = self._raise_curtain()
        return self._desktop

    @property
    def window(self):
        """The window."""
        return self.desktop.window

    @property
    def page(self):
        """The page with list, viewer and inspector."""
        return self.window.review

    def _raise_curtain(self) -> Desktop:
        desktop = Desktop(self.app, self._dirs, theme=THEMES[0])
        window = desktop.window
        desktop.presenter = window.presenter = Presenter(window, self._start)
        window.remembers = False
        window.set_options()
        window.resize(*SIZE)
        desktop.show(())
        window.activateWindow()
        self.wait("the window to be active", window.isActiveWindow)
        return desktop

    def _start(self, _request: OpenRequest, generation: int) -> Replay:
        self._generation = generation
        return Replay(self.sample)

    # What a session tells

    def open(self, base: str = str(BASE), head: str = str(HEAD)) -> None:
        """Somebody asks for a comparison, of which nothing is known yet."""
        self.desktop.presenter.open(OpenRequest(base, head))

    def tell(self, *events: Event) -> None:
        """A session tells this."""
        self.desktop.presenter.handle(events)

    def opened(self, comparison: Comparison, changes: Sequence[Change]) -> None:
        """The manifests are read, and rows are there."""
        self.tell(Opened(self._generation, comparison.base, comparison.head, tuple(changes)))

    def settled(self, changes: Sequence[Change]) -> None:
        """Rows have their results."""
        self.tell(RowsChanged(self._generation, tuple(changes)))

    def finish(self, comparison: Comparison) -> None:
        """Everything is compared."""
        self.tell(Finished(self._generation, comparison))

    def stop(self, comparison: Comparison) -> None:
        """Somebody has cancelled."""
        self.tell(Stopped(self._generation, comparison))

    def fail(self, error: SnapReviewError) -> None:
        """Nothing can be opened."""
        self.tell(Failed(self._generation, error))

    def review(self, comparison: Comparison | None = None, name: str = "") -> None:
        """All of a comparison is there, and the row of this name is looked at, or the first."""
        shown = comparison or self.sample.comparison
        self.open()
        self.opened(shown, [change for change in shown.changes if change.status in _AT_ONCE])
        self.settled([change for change in shown.changes if change.status not in _AT_ONCE])
        self.finish(shown)
        self.page.changes.table.go_first()
        if name and not self.page.changes.table.go_to(name):
            raise StuckError(f"{name} is not in the list")

    # Waiting and seeing

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        """Let the window work until `condition` holds."""
        loop = QEventLoop()
        looking = QTimer(interval=_LOOK_MS)
        looking.timeout.connect(lambda: condition() and loop.quit())
        QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
        looking.start()
        if not condition():
            loop.exec()
        if not condition():
            raise StuckError(f"waited in vain for {what}")

    def calm(self) -> None:
        """Wait until all that is on its way to the screen has come."""
        calm = 0

        def look() -> bool:
            nonlocal calm
            calm = 0 if self._at_work() else calm + 1
            return calm >= _CALM_LOOKS

        self.wait("the window to come to rest", look)

    def _at_work(self) -> bool:
        supply = self.page.viewer.supply
        timers = self.window.findChildren(QTimer)
        if any(_ends_soon(each) for each in self.window.findChildren(QAbstractAnimation)):
            return True
        short = (t for t in timers if t.isSingleShot() and t.interval() <= _SHORT_MS)
        busy = not supply.complete or not supply.loader.idle or not self.page.grid.complete
        return busy or any(timer.isActive() for timer in short)

    def pictures(self, shown: QWidget) -> dict[str, QImage]:
        """What is to be seen of a widget now, in each theme; `before_taking` holds this once."""
        taken = {}
        for theme, choose in self.window.actions_.themes.items():
            if theme in THEMES:
                choose.trigger()
                taken[theme] = self._take(shown)
        self.before_taking = lambda: None
        return taken

    def _take(self, shown: QWidget) -> QImage:
        self.calm()
        for bar in shown.findChildren(QProgressBar):
            for animation in bar.findChildren(QAbstractAnimation):
                animation.setCurrentTime(0)
        self.before_taking()
        return shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    def close(self) -> None:
        """End everything."""
        if self._desktop is not None:
            window = self._desktop.window
            window.close()
            self._desktop.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self._desktop = None


def _ends_soon(animation: QAbstractAnimation) -> bool:
    """Whether something fades in or out; what goes round for ever has no duration."""
    running = animation.state() is QAbstractAnimation.State.Running
    return running and animation.totalDuration() > 0


_AT_ONCE = {Status.UNCHANGED, Status.ADDED, Status.REMOVED, Status.RENAMED, Status.SKIPPED}
