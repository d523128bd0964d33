"""The window: puts the pages together and wires them. What happens is the presenter's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent, QColor
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from snapreview.model.change import Change, Comparison
from snapreview.model.errors import SnapReviewError
from snapreview.model.manifest import Manifest
from snapreview.ui.actions import WindowActions
from snapreview.ui.changes.category import NUMBERED
from snapreview.ui.dialogs.about import show_about
from snapreview.ui.dialogs.export_dialog import ExportChoice, ExportDialog
from snapreview.ui.dialogs.fault_dialog import FaultDialog
from snapreview.ui.endings import faults_of, finished_text, stopped_text
from snapreview.ui.export_job import ExportJob
from snapreview.ui.presenter import OpenRequest, Presenter
from snapreview.ui.review_page import ReviewPage
from snapreview.ui.settings import Settings
from snapreview.ui.start_page import StartPage
from snapreview.ui.theme import ThemeSwitch
from snapreview.ui.viewer.viewer import Viewer

MakeExport = Callable[[ExportChoice, Comparison], ExportJob]


class MainWindow(QMainWindow):
    """Start page and review page; the presenter's view.

    Signals: `settled()` when everything there is to show is on screen, `settingsChanged(Settings)`,
    `closing()`.
    """

    settled = Signal()
    settingsChanged = Signal(object)
    closing = Signal()

    def __init__(
        self, viewer: Viewer, themes: ThemeSwitch, settings: Settings, make_export: MakeExport
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("SnapReview")
        self.presenter: Presenter | None = None
        self.failure: SnapReviewError | None = None
        self._themes = themes
        self._settings = settings
        self._make_export = make_export
        self.start = StartPage()
        self.review = ReviewPage(viewer, themes.theme)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.review)
        self.setCentralWidget(self.pages)
        self.actions_ = WindowActions(self, viewer.actions_for_menu())
        self._restore()
        self._connect()
        self.review.set_theme(themes.theme)
        self.show_start()

    @property
    def settings(self) -> Settings:
        """What is to be remembered."""
        return self._settings

    def show_start(self) -> None:
        """Go to the start page; what is open stays open."""
        self.start.show_settings(self._settings)
        self.pages.setCurrentWidget(self.start)
        self.actions_.set_reviewing(False)
        self.start.head.focus() if self.start.base.source else self.start.base.focus()

    def show_opening(self, request: OpenRequest) -> None:
        """See View."""
        self.failure = None
        self.start.show_sources(request.base, request.head)
        self.start.show_fault("")
        self.review.header.show_request(request)
        self.review.begin(browsing=request.browsing)
        self.pages.setCurrentWidget(self.review)
        self.actions_.set_reviewing(True)
        self._title(request)
        self.review.changes.table.setFocus()

    def show_rows(self, base: Manifest, head: Manifest) -> None:
        """See View: only what could be opened is worth remembering."""
        self._remember(self._settings.with_recent(base.source, head.source))

    def update_rows(self, changes: Sequence[Change], dropped: Sequence[str]) -> None:
        """See View."""
        self.review.update_rows(changes, dropped)

    def show_finished(self, comparison: Comparison) -> None:
        """See View."""
        self.review.finish(comparison, finished_text(comparison, browsing=self._browsing()))

    def show_stopped(self, comparison: Comparison) -> None:
        """See View."""
        if comparison.changes:
            self.review.finish(comparison, stopped_text(comparison), unfinished=True)
        else:
            self.review.fail("Cancelled", "Cancelled before anything was read.")

    def show_failure(self, error: SnapReviewError) -> None:
        """See View."""
        self.failure = error
        self.start.show_fault(str(error))
        self.review.fail("This could not be opened", str(error))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how it looks, and let the rest be closed."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        sizes = tuple(self.review.splitter.sizes())
        self._remember(self._settings.model_copy(update={"geometry": geometry, "splitter": sizes}))
        self.closing.emit()
        super().closeEvent(event)

    def export(self) -> None:
        """Ask what to export, and do it."""
        presenter = self.presenter
        if presenter is None or presenter.comparison is None:
            self.review.status.say("Wait until the comparison has ended, or cancel it, to export.")
            return
        comparison = presenter.comparison
        shown = list(self.review.changes.model.changes)
        selected = self.review.changes.table.selected_changes()
        folder = Path(self._settings.export_folder or Path.home())
        dialog = ExportDialog(
            selected,
            shown,
            folder / "snapreview.zip",
            lambda choice: self._make_export(choice, comparison),
            self,
        )
        dialog.exported.connect(self._exported)
        dialog.open()

    def _exported(self, target: Path) -> None:
        self._remember(self._settings.model_copy(update={"export_folder": str(target.parent)}))

    def _show_faults(self) -> None:
        rows = self.presenter.comparison.changes if self._has_result() else ()
        FaultDialog(faults_of(rows), self).open()

    def _has_result(self) -> bool:
        return self.presenter is not None and self.presenter.comparison is not None

    def _browsing(self) -> bool:
        request = self.presenter.request if self.presenter else None
        return request is not None and request.browsing

    def _open(self, base: str, head: str) -> None:
        if self.presenter is not None:
            self.presenter.open(OpenRequest(base, head))

    def _ask(self, what: str) -> None:
        """Have the presenter do what an action or a button stands for."""
        if self.presenter is not None:
            getattr(self.presenter, what)()

    def _swap(self) -> None:
        if self.pages.currentWidget() is self.start:
            self.start.swap()
        else:
            self._ask("swap")

    def _remember(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.settingsChanged.emit(settings)

    def _forget(self, pair: object) -> None:
        self._remember(self._settings.without_recent(pair.base, pair.head))
        self.start.show_settings(self._settings)

    def _title(self, request: OpenRequest) -> None:
        name = request.head.rstrip("/\\").rpartition("/")[2] or request.head
        self.setWindowTitle(f"{name} – SnapReview")

    def _choose_theme(self, choice: str) -> None:
        self._themes.choose(choice)
        theme = None if choice == "system" else choice
        self._remember(self._settings.model_copy(update={"theme": theme}))

    def _keep_overlay(self, overlay: object) -> None:
        self._remember(
            self._settings.model_copy(
                update={
                    "overlay_visible": overlay.visible,
                    "overlay_colour": overlay.colour.name(),
                    "overlay_opacity": overlay.opacity,
                }
            )
        )

    def _restore(self) -> None:
        settings = self._settings
        if not settings.geometry or not self.restoreGeometry(
            QByteArray.fromBase64(settings.geometry.encode())
        ):
            self.resize(1440, 900)
        if settings.splitter:
            self.review.splitter.setSizes(list(settings.splitter))
        self.review.viewer.set_overlay(
            visible=settings.overlay_visible,
            colour=QColor(settings.overlay_colour),
            opacity=settings.overlay_opacity,
        )

    def _connect(self) -> None:
        self._connect_pages()
        actions, bar, table = self.actions_, self.review.changes.bar, self.review.changes.table
        actions.open.triggered.connect(self.show_start)
        actions.reload.triggered.connect(partial(self._ask, "reload"))
        actions.swap.triggered.connect(self._swap)
        actions.export.triggered.connect(self.export)
        actions.quit.triggered.connect(self.close)
        actions.filter.triggered.connect(bar.focus_field)
        actions.select_all.triggered.connect(table.selectAll)
        actions.about.triggered.connect(partial(show_about, self))
        actions.on_theme(self._choose_theme)
        actions.on_isolate(lambda number: bar.isolate(NUMBERED[number]))
        actions.on_step(table.step)
        actions.first.triggered.connect(lambda: table.go_to_row(0))
        actions.last.triggered.connect(table.go_last)
        actions.show_theme(self._themes.choice)
        self._themes.themeChanged.connect(self.review.set_theme)

    def _connect_pages(self) -> None:
        start, review = self.start, self.review
        start.openRequested.connect(self._open)
        start.forgetRequested.connect(self._forget)
        review.header.backRequested.connect(self.show_start)
        review.header.swapRequested.connect(self._swap)
        review.header.reloadRequested.connect(partial(self._ask, "reload"))
        review.header.exportRequested.connect(self.export)
        review.status.cancelRequested.connect(partial(self._ask, "cancel"))
        review.status.retryRequested.connect(partial(self._ask, "retry"))
        review.status.detailsRequested.connect(self._show_faults)
        review.settled.connect(self.settled)
        review.viewer.overlay_changed.connect(self._keep_overlay)
