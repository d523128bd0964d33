"""The window: puts the pages together and wires them. What happens is the presenter's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget

from snapreview.model.change import Change, Comparison
from snapreview.model.errors import SnapReviewError
from snapreview.model.manifest import Manifest
from snapreview.stores.opening import lasting_source
from snapreview.ui import memory
from snapreview.ui.actions import WindowActions, enable
from snapreview.ui.changes.category import NUMBERED
from snapreview.ui.dialogs.about import AboutBox
from snapreview.ui.dialogs.export_dialog import ExportChoice, ExportDialog
from snapreview.ui.dialogs.fault_dialog import FaultDialog
from snapreview.ui.drop_guide import DropGuide
from snapreview.ui.endings import faults_of, finished_text, stopped_text, window_title
from snapreview.ui.engine_facts import EngineFacts
from snapreview.ui.export_job import ExportJob
from snapreview.ui.menus import fill, fill_bar, groups_of
from snapreview.ui.presenter import Presenter
from snapreview.ui.review_page import ReviewPage
from snapreview.ui.roles import OpenRequest
from snapreview.ui.settings import RecentPair, Settings
from snapreview.ui.start_page import StartPage
from snapreview.ui.theme import ThemeSwitch
from snapreview.ui.viewer.colours import Overlay
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
        self,
        viewer: Viewer,
        themes: ThemeSwitch,
        settings: Settings,
        make_export: MakeExport,
        engine: EngineFacts,
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("SnapReview")
        self.presenter: Presenter | None = None
        self.failure: SnapReviewError | None = None
        self.remembers = True
        self._themes = themes
        self._settings = settings
        self._make_export = make_export
        self._engine = engine
        self.start = StartPage()
        self.review = ReviewPage(viewer, themes.theme)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.review)
        self.setCentralWidget(self.pages)
        self.actions_ = WindowActions(self)
        self._fill_menus()
        memory.restore(settings, self, self.review)
        self._connect()
        DropGuide(self.review, self.start, self.show_start, self.show_review, self)
        self.review.set_theme(themes.theme)
        self.show_start()
        self._offer_export()

    @property
    def _result(self) -> Comparison | None:
        return self.presenter.comparison if self.presenter else None

    @property
    def settings(self) -> Settings:
        """What is to be remembered."""
        return self._settings

    def show_start(self) -> None:
        """Go to the start page; what is open stays open."""
        self.start.show_settings(self._settings)
        self.pages.setCurrentWidget(self.start)
        self._set_reviewing(False)
        self.start.head.focus() if self.start.base.source else self.start.base.focus()

    def show_review(self) -> None:
        """Go to what is open."""
        request = self.presenter.request if self.presenter else None
        if request is not None:
            self.pages.setCurrentWidget(self.review)
            self._set_reviewing(True, comparing=not request.browsing)
            self.review.refresh()
            self.review.changes.table.setFocus()

    def show_opening(self, request: OpenRequest) -> None:
        """See View."""
        self.failure = None
        self.start.show_sources(request.base, request.head)
        self.start.show_fault("")
        self.start.show_back(True)
        self.review.begin(request)
        self.setWindowTitle(window_title(request.head))
        self.show_review()
        self._offer_export()

    def show_rows(self, base: Manifest, head: Manifest) -> None:
        """See View: only what could be opened is worth remembering."""
        if self.remembers:
            sources = (lasting_source(manifest.source) for manifest in (base, head))
            self._remember(self._settings.with_recent(*sources))

    def update_rows(self, changes: Sequence[Change], dropped: Sequence[str]) -> None:
        """See View."""
        self.review.update_rows(changes, dropped)

    def show_retrying(self) -> None:
        """See View."""
        self.review.resume()
        self._offer_export()

    def show_finished(self, comparison: Comparison) -> None:
        """See View."""
        request = self.presenter.request if self.presenter else None
        browsing = request is not None and request.browsing
        self.review.finish(comparison, finished_text(comparison, browsing=browsing))
        self._offer_export()

    def show_stopped(self, comparison: Comparison) -> None:
        """See View."""
        if comparison.changes:
            self.review.finish(comparison, stopped_text(comparison), unfinished=True)
        else:
            self.review.fail("Cancelled", "Cancelled before anything was read.", "cancel")
        self._offer_export()

    def show_failure(self, error: SnapReviewError) -> None:
        """See View."""
        self.failure = error
        self.start.show_fault(str(error))
        self.review.fail("This could not be opened", str(error), "errored")
        self._offer_export()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how it looks, and let the rest be closed."""
        self._remember(memory.with_shape(self._settings, self, self.review))
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.closing.emit()
        super().closeEvent(event)

    def export(self) -> None:
        """Ask what to export, and do it."""
        comparison = self._result
        if comparison is None:
            return
        dialog = ExportDialog(
            self.review.changes.table.selected_changes(),
            list(self.review.changes.model.changes),
            Path(self._settings.export_folder or Path.home()),
            lambda choice: self._make_export(choice, comparison),
            self,
        )
        dialog.exported.connect(lambda zip_: self._remember(self._settings.exported_to(zip_)))
        dialog.open()

    def _offer_export(self) -> None:
        """Only what is settled can be exported."""
        possible = self._result is not None
        self.actions_.export.setEnabled(possible)
        self.review.header.export.setEnabled(possible)

    def _show_faults(self) -> None:
        comparison = self._result
        FaultDialog(faults_of(comparison.changes if comparison else ()), self).open()

    def _ask(self, what: str, *arguments: object) -> None:
        """Have the presenter do what an action or a button stands for."""
        if self.presenter is not None:
            getattr(self.presenter, what)(*arguments)

    def _swap(self) -> None:
        if self.pages.currentWidget() is self.start:
            self.start.swap()
        else:
            self._ask("swap")

    def _remember(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.settingsChanged.emit(settings)

    def _forget(self, pair: RecentPair) -> None:
        self._remember(self._settings.without_recent(pair.base, pair.head))
        self.start.show_settings(self._settings)

    def _choose_theme(self, choice: str) -> None:
        self._themes.choose(choice)
        theme = None if choice == "system" else choice
        self._remember(self._settings.model_copy(update={"theme": theme}))

    def _keep_overlay(self, overlay: Overlay) -> None:
        self._remember(memory.with_overlay(self._settings, overlay))

    def _fill_menus(self) -> None:
        menus = fill_bar(self.menuBar(), groups_of(self.actions_))
        view = menus["&View"]
        view.addSeparator()
        view.addActions(self.review.viewer.actions_for_menu())
        view.addSeparator()
        fill(view.addMenu("Theme"), list(self.actions_.themes.values()))

    def _set_reviewing(self, reviewing: bool, *, comparing: bool = False) -> None:
        """Whether there is a list to act on, and whether its rows have statuses."""
        enable(self.actions_.of_review, on=reviewing)
        enable(self.review.viewer.actions_for_menu(), on=reviewing)
        enable(self.actions_.isolate, on=comparing)

    def _connect(self) -> None:
        self._connect_pages()
        actions, bar, table = self.actions_, self.review.changes.bar, self.review.changes.table
        actions.open.triggered.connect(self.show_start)
        actions.reload.triggered.connect(lambda: self._ask("reload"))
        actions.swap.triggered.connect(self._swap)
        actions.export.triggered.connect(self.export)
        actions.quit.triggered.connect(self.close)
        actions.filter.triggered.connect(bar.focus_field)
        actions.select_all.triggered.connect(table.selectAll)
        actions.about.triggered.connect(lambda: AboutBox(self._engine, self).open())
        actions.on_theme(self._choose_theme)
        actions.on_isolate(lambda number: bar.isolate(NUMBERED[number]))
        actions.previous.triggered.connect(lambda: table.step(-1))
        actions.next.triggered.connect(lambda: table.step(1))
        actions.first.triggered.connect(lambda: table.go_to_row(0))
        actions.last.triggered.connect(table.go_last)
        actions.show_theme(self._themes.choice)
        self._themes.themeChanged.connect(self.review.set_theme)

    def _connect_pages(self) -> None:
        start, review = self.start, self.review
        start.openRequested.connect(partial(self._ask, "open_shown"))
        start.forgetRequested.connect(self._forget)
        start.backRequested.connect(self.show_review)
        review.header.backRequested.connect(self.show_start)
        review.header.swapRequested.connect(self._swap)
        review.header.reloadRequested.connect(partial(self._ask, "reload"))
        review.header.exportRequested.connect(self.export)
        review.status.cancelRequested.connect(partial(self._ask, "cancel"))
        review.status.retryRequested.connect(partial(self._ask, "retry"))
        review.status.detailsRequested.connect(self._show_faults)
        review.wanted.connect(partial(self._ask, "prefer"))
        review.settled.connect(self.settled)
        review.viewer.overlay_changed.connect(self._keep_overlay)
