"""What can be done with the selected images, by menu and key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from snapreview.export.contents import Fetch
from snapreview.export.entries import Part
from snapreview.export.overlay import Tint
from snapreview.model.change import Change, Side, Status, is_paired_by_hand
from snapreview.model.decision import Decision
from snapreview.ui import system
from snapreview.ui.actions import WindowActions
from snapreview.ui.image_files import ImageFiles
from snapreview.ui.inspector.facts import Profiles, details_text
from snapreview.ui.menus import fill
from snapreview.ui.review_page import ReviewPage
from snapreview.ui.viewer.modes import Mode

_RETRIED = {Status.ERRORED, Status.PENDING}


class ImageCommands(QObject):
    """Has them done for the images that are chosen on the page, and offers what makes sense.

    `fetch` gives an image's local file and may wait; `decision` is what was said of a row.

    Signals: `told(str)`, a sentence; `pairRequested(str, str)`, names of a removed and an added
    image; `splitRequested(str)`; `retryRequested(list[str])`.
    """

    told = Signal(str)
    pairRequested = Signal(str, str)
    splitRequested = Signal(str)
    retryRequested = Signal(object)

    def __init__(
        self,
        page: ReviewPage,
        actions: WindowActions,
        fetch: Fetch,
        decision: Callable[[str], Decision],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._decision = decision
        self._actions = actions
        self._files = ImageFiles(fetch, self)
        self._connect()

    def close(self) -> None:
        """Stop what is under way, and remove the files that were handed out."""
        self._files.close()

    def offer(self) -> None:
        """Make possible what makes sense for the images that are selected."""
        chosen, actions = self._page.chosen(), self._actions
        one = chosen[0] if len(chosen) == 1 else None
        masked = one is not None and one.diff is not None and one.diff.mask is not None
        actions.pair.setEnabled(_pair_in(chosen) is not None)
        actions.split.setEnabled(one is not None and is_paired_by_hand(one))
        actions.retry.setEnabled(any(change.status in _RETRIED for change in chosen))
        actions.open_base.setEnabled(one is not None and one.base is not None)
        actions.open_head.setEnabled(one is not None and one.head is not None)
        actions.open_diff.setEnabled(masked)
        for action in (actions.copy_image, actions.reveal):
            action.setEnabled(one is not None)
        actions.copy_details.setEnabled(bool(chosen))

    def copy_details(self) -> None:
        """Put what is known of the images on the clipboard, as text."""
        inspector, chosen = self._page.inspector, self._page.chosen()
        if inspector.change is not None:
            text = inspector.as_text()
        else:
            text = "\n".join(details_text(c, self._decision(c.name), Profiles()) for c in chosen)
        system.copy_text(text)
        self.told.emit("The details are on the clipboard.")

    def _copy_json(self) -> None:
        system.copy_text(self._page.inspector.as_json())
        self.told.emit("The details are on the clipboard as JSON.")

    def _for_one(self, act: Callable[[Change], None]) -> None:
        chosen = self._page.chosen()
        if len(chosen) == 1:
            act(chosen[0])

    def _side(self, change: Change) -> Side:
        """The side that is looked at: the base in its own mode, else the head if there is one."""
        base = change.head is None or self._page.viewer.mode is Mode.BASE
        return Side.BASE if base and change.base is not None else Side.HEAD

    def _open(self, part: Part) -> None:
        overlay = self._page.viewer.overlay
        red, green, blue, _ = overlay.colour.getRgb()
        tint = Tint((red, green, blue), overlay.opacity)
        self._for_one(lambda change: self._files.open(change, part, tint))

    def _ask_pair(self) -> None:
        pair = _pair_in(self._page.chosen())
        if pair is not None:
            self.pairRequested.emit(*pair)

    def _ask_retry(self) -> None:
        names = [change.name for change in self._page.chosen() if change.status in _RETRIED]
        if names:
            self.retryRequested.emit(names)

    def _show_menu(self, place: QWidget, at: QPoint) -> None:
        if not self._page.chosen():
            return
        menu = QMenu(place)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("imageMenu")
        a = self._actions
        pairing = [action for action in (a.pair, a.split, a.retry) if action.isEnabled()]
        fill(menu, [a.approve, a.reject, a.clear, a.note, None, *pairing, None])
        fill(menu, [a.copy_image, a.copy_details, a.export, None])
        fill(menu, [a.reveal, a.open_base, a.open_head, a.open_diff])
        menu.popup(place.mapToGlobal(at))

    def _connect(self) -> None:
        actions, page, files = self._actions, self._page, self._files
        files.told.connect(self.told)
        actions.copy_image.triggered.connect(
            lambda: self._for_one(lambda change: files.copy(change, self._side(change)))
        )
        actions.reveal.triggered.connect(
            lambda: self._for_one(lambda change: files.reveal(change, self._side(change)))
        )
        actions.copy_details.triggered.connect(self.copy_details)
        actions.open_base.triggered.connect(lambda: self._open(Part.BASE))
        actions.open_head.triggered.connect(lambda: self._open(Part.HEAD))
        actions.open_diff.triggered.connect(lambda: self._open(Part.OVERLAY))
        actions.pair.triggered.connect(self._ask_pair)
        actions.split.triggered.connect(
            lambda: self._for_one(lambda change: self.splitRequested.emit(change.name))
        )
        actions.retry.triggered.connect(self._ask_retry)
        page.inspector.copyJsonRequested.connect(self._copy_json)
        page.inspector.copyDetailsRequested.connect(self.copy_details)
        for view in (page.changes.table, page.grid):
            view.dragRequested.connect(lambda: files.drag(page.chosen(), page))
            self._give_menu(view, view.viewport())
        self._give_menu(page.viewer.canvas, page.viewer.canvas)
        page.changes.table.selectedChangesChanged.connect(self.offer)
        page.changes.table.currentChangeChanged.connect(self.offer)

    def _give_menu(self, widget: QWidget, place: QWidget) -> None:
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(lambda at: self._show_menu(place, at))


def _pair_in(chosen: Sequence[Change]) -> tuple[str, str] | None:
    """Names of a removed and an added image, where just these two are chosen."""
    if len(chosen) != 2:
        return None
    one, two = sorted(chosen, key=lambda change: change.base is None)
    gone, came = one.base is not None and one.head is None, two.head is not None
    return (one.name, two.name) if gone and came and two.base is None else None
