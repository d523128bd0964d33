"""The window: puts the pages together and wires them. What happens is the presenter's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget

from snapreview.model.change import Change, Comparison
from snapreview.model.errors import SnapReviewError
from snapreview.model.manifest import Manifest
from snapreview.stores.explain import offline_note
from snapreview.stores.opening import lasting_source
from snapreview.ui.actions import WindowActions, enable
from snapreview.ui.authorising import Authorising
from snapreview.ui.deciding import Deciding
from snapreview.ui.dialogs.about import AboutBox
from snapreview.ui.dialogs.fault_dialog import FaultDialog
from snapreview.ui.dialogs.shortcut_rows import by_hand
from snapreview.ui.dialogs.shortcuts_sheet import ShortcutsSheet
from snapreview.ui.drop_guide import DropGuide
from snapreview.ui.endings import faults_of, finished_text, stopped_text, window_title
from snapreview.ui.exporting import Exporting
from snapreview.ui.forgetting import Forgetting
from snapreview.ui.image_commands import ImageCommands
from snapreview.ui.menus import fill_window, groups_of
from snapreview.ui.pairing import Pairing
from snapreview.ui.preferring import Preferring
from snapreview.ui.presenter import Presenter
from snapreview.ui.rebasing import Rebasing
from snapreview.ui.remembering import Remembering
from snapreview.ui.review_page import ReviewPage
from snapreview.ui.roles import OpenRequest
from snapreview.ui.services import Services
from snapreview.ui.settings import RecentPair, Settings
from snapreview.ui.start_page import StartPage
from snapreview.ui.wiring import wire


class MainWindow(QMainWindow):
    """Start page and review page; the presenter's view.

    Signals: `settled()` when everything there is to show is on screen, `settingsChanged(Settings)`,
    `closing()`.
    """

    settled = Signal()
    settingsChanged = Signal(object)
    closing = Signal()

    def __init__(self, services: Services, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("SnapReview")
        self.presenter: Presenter | None = None
        self.failure: SnapReviewError | None = None
        self.remembers = True
        self._services = services
        themes = services.themes
        self.start = StartPage(services.choosing, themes.theme)
        self.review = ReviewPage(services.viewer, services.thumbnails, themes.theme)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.review)
        self.setCentralWidget(self.pages)
        self.actions_ = actions = WindowActions(self)
        self.memory = Remembering(settings, self)
        self.memory.follow(self, self.review)
        self.deciding = Deciding(services.make_desk, self.review, actions, self)
        desk = self.deciding.desk
        self.images = ImageCommands(self.review, actions, services.fetch, desk.decision, self)
        make_export, decisions = services.make_export, lambda: desk.decisions
        self.exporting = Exporting(self, self.review, actions, make_export, decisions)
        describe = services.describe_engine
        self.preferring = Preferring(self, self.review, self.memory, themes, actions, describe)
        self.forgetting = Forgetting(self, self.deciding, self.memory, lambda: self.presenter)
        self.authorising = Authorising(self, services.keychain)
        self.rebasing = Rebasing(services.latest_base, lambda: self.presenter, self)
        self.pairing = Pairing(desk, self.review, self.presented, self)
        fill_window(self, actions, self.review)
        wire(self, services.themes)
        DropGuide(self.review, self.start, self.show_start, self.show_review, self)
        self.review.set_theme(themes.theme)
        self.show_start()

    @property
    def settings(self) -> Settings:
        """What is to be remembered."""
        return self.memory.settings

    def show_start(self) -> None:
        """Go to the start page; what is open stays open."""
        self.start.show_settings(self.settings)
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
            self.review.focus_list()

    def show_opening(self, request: OpenRequest) -> None:
        """See View."""
        self.failure = None
        self.start.show_sources(request.base, request.head)
        self.start.show_fault("")
        self.start.show_back(True)
        self.deciding.begin(self._services.hash_of())
        self.review.begin(request)
        self.preferring.compared(request.options)
        self.setWindowTitle(window_title(request.head))
        self.show_review()
        self.exporting.offer(None)
        self._services.opening()

    def show_rows(self, base: Manifest, head: Manifest) -> None:
        """See View: only what could be opened is worth remembering."""
        self.review.show_offline(offline_note((base, head)))
        if self.remembers:
            sources = (lasting_source(manifest.source) for manifest in (base, head))
            self.memory.keep(self.settings.with_recent(*sources))

    def update_rows(self, changes: Sequence[Change], dropped: Sequence[str]) -> None:
        """See View."""
        self.review.update_rows(changes, dropped)
        self.deciding.update(changes, dropped)

    def show_retrying(self) -> None:
        """See View."""
        self.review.resume()
        self.exporting.offer(None)

    def show_finished(self, comparison: Comparison) -> None:
        """See View."""
        request = self.presenter.request if self.presenter else None
        browsing = request is not None and request.browsing
        self.review.finish(comparison, finished_text(comparison, browsing=browsing))
        self.exporting.offer(comparison)
        self.images.offer()
        self.pairing.restore(comparison)

    def show_stopped(self, comparison: Comparison) -> None:
        """See View."""
        if comparison.changes:
            self.review.finish(comparison, stopped_text(comparison), unfinished=True)
            self.exporting.offer(comparison)
        else:
            self.review.fail("Cancelled", "Cancelled before anything was read.", "cancel")
        self.images.offer()

    def show_failure(self, error: SnapReviewError) -> None:
        """See View."""
        self.failure = error
        self.start.show_fault(str(error))
        self.review.fail("This could not be opened", str(error), "errored")
        self.authorising.offer(error)

    def changeEvent(self, event: QEvent) -> None:
        """Looked at again: another window may have decided something."""
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.deciding.refresh()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how it looks, and let the rest be closed."""
        self.memory.keep_shape(self, self.review)
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.closing.emit()
        super().closeEvent(event)

    def close_services(self) -> None:
        """Keep what was decided and written last, and end what works for the window."""
        self.start.close_services()
        self.deciding.close()
        self.images.close()
        self.preferring.close()
        self.authorising.close()
        self.rebasing.close()

    def _set_reviewing(self, reviewing: bool, *, comparing: bool = False) -> None:
        """Whether there is a list to act on, and whether its rows have statuses."""
        enable(self.actions_.of_review, on=reviewing)
        enable(self.actions_.of_decisions, on=comparing)
        enable(self.review.viewer.actions_for_menu(), on=reviewing)
        enable(self.review.changes.strip.toggles(), on=reviewing)
        enable(self.actions_.isolate, on=comparing)
        if reviewing:
            self.images.offer()

    def presented(self, act: Callable[[Presenter], object]) -> None:
        """Have the presenter do what an action or a button stands for."""
        if self.presenter is not None:
            act(self.presenter)

    def open(self, base: str, head: str) -> None:
        """Compare these, or look at `head` alone where there is no base."""
        self.presented(lambda presenter: presenter.open_shown(base, head))

    def reload(self) -> None:
        """Compare the same again, with what is set now."""
        self.presented(lambda presenter: presenter.reload())

    def swap(self) -> None:
        """Exchange base and head: in the fields, or of what is open."""
        if self.pages.currentWidget() is self.start:
            self.start.swap()
        else:
            self.presented(lambda presenter: presenter.swap())

    def retry(self, names: Sequence[str] | None = None) -> None:
        """Try rows again, or all that failed."""
        self.presented(lambda presenter: presenter.retry(names))

    def show_nothing(self) -> None:
        """What was open is forgotten: go where something else can be opened."""
        self.exporting.offer(None)
        self.start.show_back(False)
        self.show_start()

    def show_faults(self) -> None:
        """Tell which images could not be compared, and why."""
        changes = self.result.changes if self.result else ()
        dialog = FaultDialog(faults_of(changes), self, self.authorising.refused)
        dialog.tokenRequested.connect(self.authorising.ask)
        dialog.open()

    def show_about(self) -> None:
        """Tell which SnapReview this is."""
        AboutBox(self._services.engine, self).open()

    def show_shortcuts(self) -> None:
        """Tell which keys there are."""
        groups = groups_of(self.actions_, self.review).items()
        ShortcutsSheet(groups, by_hand(), self).open()

    def set_options(self) -> None:
        """What is opened next is compared as it is set now, what is exported goes there."""
        options = self.settings.options
        self.presented(lambda presenter: setattr(presenter, "options", options))
        self.deciding.advances = self.settings.advance
        self.exporting.folder = Path(self.settings.export_folder or Path.home())

    @property
    def result(self) -> Comparison | None:
        """What was found, while nothing is under way."""
        return self.presenter.comparison if self.presenter else None

    def forget(self, pair: RecentPair) -> None:
        """Remember a recent pair no longer."""
        self.memory.keep(self.settings.without_recent(pair.base, pair.head))
        self.start.show_settings(self.settings)
