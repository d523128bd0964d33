"""The desktop application, put together. The only place that names all its concrete classes."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from snapreview import __version__
from snapreview.cli.interrupt import cancelled_by_interrupt
from snapreview.cli.window import WindowRequest
from snapreview.engine.lazybench import LazyBench, described
from snapreview.engine.locate import locate_engine
from snapreview.engine.session import ReviewSession, Setup
from snapreview.export.entries import ExportResult
from snapreview.export.run import ExportChoice, run_export
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Comparison, Side
from snapreview.model.decision import Decision
from snapreview.model.errors import FetchError, SnapReviewError
from snapreview.model.manifest import ImageRecord
from snapreview.review.desk import ReviewDesk
from snapreview.review.keys import HashOf
from snapreview.review.store import DecisionStore
from snapreview.stores.base_choice import FoundBase, find_base, find_latest_base
from snapreview.stores.credentials import VARIABLE
from snapreview.stores.empty import EmptyStore
from snapreview.stores.eviction import cache_limit, clear
from snapreview.stores.imagefile import sha256_file
from snapreview.stores.implied import implied_pair
from snapreview.stores.keychain import Keychain
from snapreview.stores.leases import Lease
from snapreview.stores.offers import Offers, offers
from snapreview.stores.opening import StoreContext, open_pair, open_store, store_context
from snapreview.stores.perhaps import PerhapsStore
from snapreview.stores.resources import resource
from snapreview.stores.store import Store
from snapreview.stores.userdirs import UserDirs, user_dirs
from snapreview.ui.background import Background
from snapreview.ui.bridge import Bridge
from snapreview.ui.changes.thumbnails import Thumbnails
from snapreview.ui.collecting import QuietCollection
from snapreview.ui.engine_facts import EngineFacts
from snapreview.ui.export_job import ExportJob
from snapreview.ui.main_window import MainWindow
from snapreview.ui.presenter import Presenter
from snapreview.ui.roles import OpenRequest
from snapreview.ui.services import Services
from snapreview.ui.settings import Settings, SettingsFile
from snapreview.ui.settings_saver import SettingsSaver
from snapreview.ui.start.choosing import Choosing
from snapreview.ui.theme import ThemeSwitch
from snapreview.ui.viewer.loader import ImageLoader
from snapreview.ui.viewer.viewer import Viewer

_SCREENSHOT_SIZE = 1440, 900
_CLOSE_SECONDS = 1.0
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def open_window(request: WindowRequest) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    app = application()
    dirs = user_dirs()
    desktop = Desktop(app, dirs, theme=request.theme, allow_origins=request.allow_origins)
    desktop.window.remembers = request.remember
    try:
        if request.screenshot is not None:
            return _photograph(app, desktop, request, request.screenshot)
        desktop.show(request.sources)
        with cancelled_by_interrupt() as token:
            token.on_cancel(desktop.interrupted.emit)
            code = app.exec()
            token.check()
        return code
    finally:
        desktop.close()


def application() -> QApplication:
    """The one QApplication of the process."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    app.setApplicationName("SnapReview")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("snapreview")
    app.setWindowIcon(QIcon(str(resource("app", "icon.svg"))))
    qInstallMessageHandler(_log_message)
    return app


def _log_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """What Qt has to say goes where everything else does, not to the terminal."""
    level = _LEVELS.get(kind, logging.WARNING)
    logging.getLogger("snapreview.qt").log(level, "%s: %s", context.category, text)


class Desktop(QObject):
    """A window with everything behind it. `close` ends all threads and processes it began.

    Signals: `interrupted()`, emitted from any thread, closes the window.
    """

    interrupted = Signal()

    def __init__(
        self,
        app: QApplication,
        dirs: UserDirs,
        *,
        theme: str | None = None,
        allow_origins: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self._collection = QuietCollection()
        self._dirs = dirs
        self._allow_origins = allow_origins
        file = SettingsFile(dirs.config)
        settings = file.load()
        self._saver = SettingsSaver(file)
        self._bench = LazyBench(_engine_path(settings), dirs)
        self._bridge = Bridge()
        self._reading = CancelToken()
        self._loader = ImageLoader(self._fetch)
        self._thumbnails = Thumbnails(self._fetch, pictures=self._loader.cache)
        self._engine = EngineFacts(self._bench.describe)
        self._exports: list[ExportJob] = []
        self._tidying = Background(self)
        self._keychain = Keychain()
        themes = ThemeSwitch(app, theme or settings.theme or "system")
        self.window = MainWindow(self._services(themes), settings)
        themes.setParent(self.window)
        self.presenter = Presenter(self.window, self._start_session)
        self.window.presenter = self.presenter
        self.window.set_options()
        self.window.settingsChanged.connect(self._keep_settings)
        self.window.closing.connect(self.close)
        self.interrupted.connect(self.window.close, Qt.ConnectionType.QueuedConnection)
        self._bridge.arrived.connect(self.presenter.handle)
        self._closed = False

    def show(self, sources: tuple[str, ...]) -> None:
        """Show the window: the start page, one set, or a comparison of base and head."""
        self.window.show()
        self._tidying.run(self._tidy, _nothing, _nothing)
        if sources:
            base = sources[0] if len(sources) == 2 else ""
            self.presenter.open(OpenRequest(base, sources[-1], self.presenter.options))

    def close(self) -> None:
        """End what is under way, in the order in which one waits for the other.

        What was decided is kept first: an image may have to be read for that.
        """
        if self._closed:
            return
        self._closed = True
        self.window.close_services()
        self._reading.cancel()
        self._loader.stop()
        for job in self._exports:
            job.cancel()
        self._bridge.close()
        self.presenter.close()
        for job in self._exports:
            job.wait(_CLOSE_SECONDS)
        self._engine.wait(_CLOSE_SECONDS)
        self._tidying.close()
        self._loader.close()
        self._thumbnails.close()
        self._bench.close()
        self.window.settingsChanged.disconnect(self._keep_settings)
        self._saver.close()
        self._collection.end()

    def _services(self, themes: ThemeSwitch) -> Services:
        """What the window works with."""
        return Services(
            viewer=Viewer(self._loader),
            thumbnails=self._thumbnails,
            themes=themes,
            engine=self._engine,
            describe_engine=lambda path: described(locate_engine(path)),
            make_desk=lambda post, wake: ReviewDesk(self._open_decisions, post, wake),
            make_export=self._make_export,
            fetch=self._fetch,
            hash_of=self._hash_of,
            keychain=self._keychain,
            choosing=Choosing(self._look, self._find_base),
            opening=self._collection.pause,
            latest_base=self._latest_base,
        )

    def _open_decisions(self) -> DecisionStore:
        return DecisionStore(self._dirs.decisions)

    def _keep_settings(self, settings: Settings) -> None:
        self._saver.save(settings)
        self._bench.use(_engine_path(settings))

    def _hash_of(self) -> HashOf:
        """Reads images of what is open now, and of nothing that is opened later."""
        generation, token = self.presenter.generation, self._reading

        def hash_of(record: ImageRecord, side: Side) -> str:
            if self.presenter.generation != generation:
                raise FetchError("The comparison was closed before this image was read.")
            return sha256_file(self._fetch(record, side, token), token)

        return hash_of

    def _tidy(self, _: CancelToken) -> None:
        """Keep the cache below its limit, once in each run."""
        clear(self._dirs.cache, (self._dirs.images, self._dirs.masks), cache_limit())

    def _start_session(self, request: OpenRequest, generation: int) -> ReviewSession:
        def set_up() -> Setup:
            tools, stores = self._bench.tools(), self._open_stores(request)
            return Setup(stores, tools, Lease(self._dirs.cache))

        return ReviewSession(set_up, request.options, self._bridge.post, generation)

    def _open_stores(self, request: OpenRequest) -> tuple[Store, Store]:
        pair = request.base, request.head
        if request.browsing:
            pair = implied_pair(request.head) or pair
        sources = [source for source in pair if source]
        self._keychain.refresh()
        context = self._context(sources, os.environ)
        if not pair[0]:
            return EmptyStore(), open_store(request.head, context)
        base, head = open_pair(*pair, context)
        return (PerhapsStore(base), head) if request.browsing else (base, head)

    def _latest_base(self, head: str, token: CancelToken) -> FoundBase:
        return find_latest_base(head, self._context([head], os.environ), token)

    def _context(self, sources: list[str], environ: Mapping[str, str]) -> StoreContext:
        return store_context(
            sources, self._dirs.images, environ, self._allow_origins, self._keychain
        )

    def _look(self, text: str, token: CancelToken) -> Offers:
        """The variable that names no host is left out: half an address may be another's."""
        environ = {name: value for name, value in os.environ.items() if name != VARIABLE}
        return offers(text, self._context([text], environ), token)

    def _find_base(self, head: str, token: CancelToken) -> FoundBase:
        return find_base(head, self._context([head], os.environ), token)

    def _fetch(self, record: ImageRecord, side: Side, token: CancelToken) -> Path:
        """For those who look: nobody does any more once the window is closed."""
        self._reading.check()
        forget = self._reading.on_cancel(token.cancel)
        try:
            return self.presenter.fetch(record, side, token)
        finally:
            forget()

    def _make_export(
        self, choice: ExportChoice, comparison: Comparison, decisions: Mapping[str, Decision]
    ) -> ExportJob:
        def work(token: CancelToken, progress: Callable[[int, int], None]) -> ExportResult:
            fetch = self.presenter.fetch
            return run_export(choice, comparison, decisions, fetch, token, progress)

        self._exports = [job for job in self._exports if job.running]
        self._exports.append(ExportJob(work))
        return self._exports[-1]


def _nothing(_: object) -> None:
    """What went wrong while tidying up is in the log, and no concern of the user's."""


def _engine_path(settings: Settings) -> Path | None:
    return Path(settings.engine_path) if settings.engine_path else None


def _photograph(app: QApplication, desktop: Desktop, request: WindowRequest, target: Path) -> int:
    """Wait until everything is on screen, write a picture of the window, and end."""
    window = desktop.window
    window.resize(*_SCREENSHOT_SIZE)

    table = window.review.changes.table

    def shoot() -> None:
        """The first row is the one to see, wherever the results came in first."""
        if len(window.review.changes.model.changes) and table.currentIndex().row() != 0:
            table.go_to_row(0)
        else:
            app.exit(0 if window.grab().save(str(target), "PNG") else 1)

    window.settled.connect(lambda: QTimer.singleShot(0, shoot))
    desktop.show(request.sources)
    if not request.sources:
        QTimer.singleShot(0, window.settled.emit)
    code = app.exec()
    if code:
        raise SnapReviewError(f"The picture could not be written to {target}.")
    if window.failure is not None:
        raise window.failure
    return code
