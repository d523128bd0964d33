"""What can be done with the selected images: copied, shown in their folder, opened, dragged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QImageReader
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from snapreview.export.contents import Fetch
from snapreview.export.entries import Part
from snapreview.export.handout import HandOut, hand_out
from snapreview.export.overlay import Tint
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Side, Status, is_paired_by_hand
from snapreview.model.decision import Decision
from snapreview.model.errors import SnapReviewError, UnreadableImage
from snapreview.ui import system
from snapreview.ui.actions import WindowActions
from snapreview.ui.background import Background
from snapreview.ui.inspector.facts import Profiles, details_text
from snapreview.ui.menus import fill
from snapreview.ui.review_page import ReviewPage
from snapreview.ui.viewer.modes import Mode
from snapreview.ui.viewer.source import record_of

_RETRIED = {Status.ERRORED, Status.PENDING}


class ImageCommands(QObject):
    """Does them in the background, one after the other, and tells how it went.

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
        self._fetch = fetch
        self._background = Background(self)
        self._folder: TemporaryDirectory[str] | None = None
        self._making = Lock()
        self._connect()

    def close(self) -> None:
        """Stop what is under way, and remove the files that were handed out."""
        self._background.close()
        if self._folder is not None:
            self._folder.cleanup()

    def offer(self) -> None:
        """Make possible what makes sense for the images that are selected."""
        chosen, actions = self._page.chosen(), self._actions
        one = chosen[0] if len(chosen) == 1 else None
        actions.pair.setEnabled(_pair_in(chosen) is not None)
        actions.split.setEnabled(one is not None and is_paired_by_hand(one))
        actions.retry.setEnabled(any(change.status in _RETRIED for change in chosen))
        actions.open_base.setEnabled(one is not None and one.base is not None)
        actions.open_head.setEnabled(one is not None and one.head is not None)
        masked = one is not None and one.diff is not None and one.diff.mask is not None
        actions.open_diff.setEnabled(masked)
        for action in (actions.copy_image, actions.reveal):
            action.setEnabled(one is not None)
        actions.copy_details.setEnabled(bool(chosen))

    def copy_image(self) -> None:
        """Put the image that is looked at on the clipboard: the base in its mode, else the head."""
        self._with_file(_decoded, self._copied)

    def copy_details(self) -> None:
        """Put what is known of the images on the clipboard, as text."""
        inspector = self._page.inspector
        texts = [inspector.as_text()] if inspector.change is not None else []
        if not texts:
            chosen = self._page.chosen()
            texts = [details_text(c, self._decision(c.name), Profiles()) for c in chosen]
        system.copy_text("\n".join(texts))
        self.told.emit("The details are on the clipboard.")

    def drag(self) -> None:
        """Drag the selected images out as files, if the button is still held when they are there.

        Their heads go, or the bases of those that were removed.
        """
        chosen = self._page.chosen()
        tint = self._tint()

        def work(token: CancelToken) -> HandOut:
            folder, fetch = self._place(), self._fetch
            heads = [change for change in chosen if change.head is not None]
            gone = [change for change in chosen if change.head is None]
            one = hand_out(heads, Part.HEAD, fetch, token, folder, tint=tint)
            two = hand_out(gone, Part.BASE, fetch, token, folder, tint=tint)
            return HandOut(one.files + two.files, one.missing + two.missing)

        self._background.run(work, self._begin_drag, self.told.emit)

    def _open(self, part: Part) -> Callable[[], None]:
        """Opens a part of the image with what the system has for it; never the user's own file
        under a name that is no image's."""

        def work(token: CancelToken, change: Change) -> Path:
            found = hand_out([change], part, self._fetch, token, self._place(), tint=self._tint())
            if not found.files:
                raise SnapReviewError(found.missing[0].reason)
            return found.files[0]

        return lambda: self._for_one(work, self._opened)

    def _opened(self, path: Path) -> None:
        if not system.open_file(path):
            self.told.emit(f"The system has no program to open {path.name} with.")

    def _reveal(self) -> None:
        self._with_file(lambda path: path, self._revealed)

    def _revealed(self, path: Path) -> None:
        if not system.reveal(path):
            self.told.emit(f"The system shows no folder. The file is {path}.")

    def _copied(self, image: QImage) -> None:
        system.copy_image(image)
        self.told.emit(f"The image is on the clipboard, {image.width()} × {image.height()} pixels.")

    def _begin_drag(self, found: HandOut) -> None:
        if found.missing:
            self.told.emit(f"{found.missing[0].name} cannot be dragged: {found.missing[0].reason}")
        held = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if found.files and held:
            drag = QDrag(self._page)
            drag.setMimeData(system.file_data(found.files))
            drag.exec(Qt.DropAction.CopyAction)

    def _with_file(self, work: Callable[[Path], object], done: Callable[[object], None]) -> None:
        """Fetch the side of the image that is looked at, and go on with its file."""

        def fetched(token: CancelToken, change: Change) -> object:
            base_only = self._page.viewer.mode is Mode.BASE or change.head is None
            side = Side.BASE if base_only and change.base is not None else Side.HEAD
            record = record_of(change, side)
            if record is None:
                raise SnapReviewError("There is no image to show.")
            return work(self._fetch(record, side, token))

        self._for_one(fetched, done)

    def _for_one(
        self, work: Callable[[CancelToken, Change], object], done: Callable[[object], None]
    ) -> None:
        chosen = self._page.chosen()
        if len(chosen) == 1:
            self._background.run(lambda token: work(token, chosen[0]), done, self.told.emit)

    def _place(self) -> Path:
        """Where files are that were handed out, until the window is closed. In a worker."""
        with self._making:
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="snapreview-", ignore_cleanup_errors=True)
            return Path(self._folder.name)

    def _tint(self) -> Tint:
        overlay = self._page.viewer.overlay
        red, green, blue, _ = overlay.colour.getRgb()
        return Tint((red, green, blue), overlay.opacity)

    def _show_menu(self, view: QWidget, at: QPoint) -> None:
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("imageMenu")
        a = self._actions
        pairing = [action for action in (a.pair, a.split, a.retry) if action.isEnabled()]
        fill(menu, [a.approve, a.reject, a.clear, a.note, None, *pairing, None])
        fill(menu, [a.export, a.copy_image, a.copy_details, None])
        fill(menu, [a.reveal, a.open_base, a.open_head, a.open_diff])
        menu.popup(view.mapToGlobal(at))

    def _connect(self) -> None:
        actions, page = self._actions, self._page
        actions.copy_image.triggered.connect(self.copy_image)
        actions.copy_details.triggered.connect(self.copy_details)
        actions.reveal.triggered.connect(self._reveal)
        actions.open_base.triggered.connect(self._open(Part.BASE))
        actions.open_head.triggered.connect(self._open(Part.HEAD))
        actions.open_diff.triggered.connect(self._open(Part.OVERLAY))
        actions.pair.triggered.connect(self._ask_pair)
        actions.split.triggered.connect(
            lambda: [self.splitRequested.emit(change.name) for change in page.chosen()]
        )
        actions.retry.triggered.connect(self._ask_retry)
        page.inspector.copyJsonRequested.connect(lambda: system.copy_text(page.inspector.as_json()))
        page.inspector.copyDetailsRequested.connect(self.copy_details)
        page.grid.dragRequested.connect(self.drag)
        page.changes.table.dragRequested.connect(self.drag)
        for view in (page.changes.table, page.grid):
            self._give_menu(view, view.viewport())
        self._give_menu(page.viewer.canvas, page.viewer.canvas)
        page.changes.table.selectedChangesChanged.connect(self.offer)
        page.changes.table.currentChangeChanged.connect(self.offer)

    def _give_menu(self, widget: QAbstractItemView | QWidget, place: QWidget) -> None:
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(lambda at: self._show_menu(place, at))

    def _ask_pair(self) -> None:
        pair = _pair_in(self._page.chosen())
        if pair is not None:
            self.pairRequested.emit(*pair)

    def _ask_retry(self) -> None:
        names = [change.name for change in self._page.chosen() if change.status in _RETRIED]
        if names:
            self.retryRequested.emit(names)


def _pair_in(chosen: Sequence[Change]) -> tuple[str, str] | None:
    """Names of a removed and an added image, where just these two are chosen."""
    if len(chosen) != 2:
        return None
    one, two = sorted(chosen, key=lambda change: change.base is None)
    gone, came = one.base is not None and one.head is None, two.head is not None
    return (one.name, two.name) if gone and came and two.base is None else None


def _decoded(path: Path) -> QImage:
    """In a worker: Qt's reader lets other threads run."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    image = reader.read()
    if image.isNull():
        raise UnreadableImage(f"{path.name} cannot be read as an image ({reader.errorString()}).")
    return image
