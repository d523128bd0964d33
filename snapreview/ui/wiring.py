"""Which signal leads where in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snapreview.ui.changes.category import NUMBERED
from snapreview.ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from snapreview.ui.main_window import MainWindow


def wire(window: MainWindow, themes: ThemeSwitch) -> None:
    """Connect actions, pages and helpers of a window that has all of them."""
    _wire_actions(window)
    _wire_start(window)
    _wire_review(window)
    _wire_helpers(window)
    themes.themeChanged.connect(window.review.set_theme)
    themes.themeChanged.connect(window.start.set_theme)


def _wire_actions(window: MainWindow) -> None:
    actions, page = window.actions_, window.review
    bar, table = page.changes.bar, page.changes.table
    actions.open.triggered.connect(window.show_start)
    actions.reload.triggered.connect(window.reload)
    actions.swap.triggered.connect(window.swap)
    actions.latest_base.triggered.connect(window.rebasing.compare_with_latest)
    actions.forget.triggered.connect(window.forgetting.ask)
    actions.quit.triggered.connect(window.close)
    actions.filter.triggered.connect(bar.focus_field)
    actions.select_all.triggered.connect(table.selectAll)
    actions.note.triggered.connect(page.write_note)
    actions.inspector.toggled.connect(page.header.inspector.setChecked)
    page.header.inspectorToggled.connect(actions.inspector.setChecked)
    page.header.inspectorToggled.connect(page.inspector.setVisible)
    actions.inspector.setChecked(page.header.inspector.isChecked())
    actions.thumbnails.toggled.connect(page.show_thumbnails)
    actions.thumbnails.setChecked(window.settings.list_thumbnails)
    actions.thumbnails.toggled.connect(lambda on: window.memory.update(list_thumbnails=on))
    actions.shortcuts.triggered.connect(window.show_shortcuts)
    actions.about.triggered.connect(window.show_about)
    actions.on_isolate(lambda number: bar.isolate(NUMBERED[number]))
    actions.previous.triggered.connect(lambda: page.step(-1))
    actions.next.triggered.connect(lambda: page.step(1))
    actions.first.triggered.connect(table.go_first)
    actions.last.triggered.connect(table.go_last)


def _wire_start(window: MainWindow) -> None:
    start = window.start
    start.openRequested.connect(window.open)
    start.forgetRequested.connect(window.forget)
    start.backRequested.connect(window.show_review)


def _wire_review(window: MainWindow) -> None:
    page = window.review
    page.header.backRequested.connect(window.show_start)
    page.header.swapRequested.connect(window.swap)
    page.header.reloadRequested.connect(window.reload)
    page.header.nextRequested.connect(window.deciding.go_on)
    page.status.cancelRequested.connect(lambda: window.presented(lambda p: p.cancel()))
    page.status.retryRequested.connect(window.retry)
    page.status.detailsRequested.connect(window.show_faults)
    page.viewer.retry_requested.connect(lambda change: window.retry([change.name]))
    page.wanted.connect(lambda names: window.presented(lambda p: p.prefer(names)))
    page.settled.connect(window.settled)


def _wire_helpers(window: MainWindow) -> None:
    memory, pairing, images = window.memory, window.pairing, window.images
    memory.changed.connect(window.settingsChanged)
    memory.changed.connect(window.set_options)
    window.exporting.exported.connect(
        lambda target: memory.keep(memory.settings.exported_to(target))
    )
    for part in (window.deciding, images, pairing, window.authorising, window.rebasing):
        part.told.connect(window.review.status.tell)
    window.review.viewer.copied.connect(lambda text: window.review.status.tell(f"Copied: {text}"))
    window.forgetting.forgotten.connect(window.show_nothing)
    images.pairRequested.connect(pairing.pair)
    images.splitRequested.connect(pairing.split)
    images.retryRequested.connect(window.retry)
    window.deciding.pairsKnown.connect(lambda: pairing.restore(window.result))
    window.preferring.compareAgainRequested.connect(window.reload)
    window.authorising.retryRequested.connect(window.retry)
