"""Files of images for other programs: on the clipboard, in their folder, opened, dragged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QImage

from snapreview.export.contents import Fetch
from snapreview.export.entries import Part
from snapreview.export.handout import HandOut, hand_out
from snapreview.export.overlay import Tint
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Side
from snapreview.model.errors import SnapReviewError
from snapreview.ui import system
from snapreview.ui.background import Background
from snapreview.ui.viewer.decode import require_showable
from snapreview.ui.viewer.pillow_reading import read_with_pillow
from snapreview.ui.viewer.reading import reader_of
from snapreview.ui.viewer.source import record_of


class ImageFiles(QObject):
    """Gets files in the background and hands them to the system.

    `fetch` gives an image's local file and may wait. What other programs get are copies, which
    are there until `close`. Signals: `told(str)`, a sentence on how it went.
    """

    told = Signal(str)

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._background = Background(self)
        self._folder: TemporaryDirectory[str] | None = None
        self._making = Lock()

    def close(self) -> None:
        """Stop what is under way, and remove the files that were handed out."""
        self._background.close()
        if self._folder is not None:
            self._folder.cleanup()

    def copy(self, change: Change, side: Side) -> None:
        """Put an image on the clipboard."""
        self._with_file(change, side, _decoded, self._copied)

    def reveal(self, change: Change, side: Side) -> None:
        """Show an image's file in its folder."""
        self._with_file(change, side, lambda path: path, self._revealed)

    def open(self, change: Change, part: Part, tint: Tint) -> None:
        """Open a part of a row with the program that the system has for it."""

        def work(token: CancelToken) -> Path:
            found = hand_out([change], part, self._fetch, token, self._place(), tint=tint)
            if not found.files:
                raise SnapReviewError(found.missing[0].reason)
            return found.files[0]

        self._background.run(work, self._opened, self.told.emit)

    def drag(self, changes: Sequence[Change], source: QObject) -> None:
        """Drag images out as files, if the button is still held when they are there.

        Their heads go, or the bases of those that were removed.
        """

        def work(token: CancelToken) -> HandOut:
            place, fetch = self._place(), self._fetch
            heads = [change for change in changes if change.head is not None]
            gone = [change for change in changes if change.head is None]
            one = hand_out(heads, Part.HEAD, fetch, token, place)
            two = hand_out(gone, Part.BASE, fetch, token, place)
            return HandOut(one.files + two.files, one.missing + two.missing)

        self._background.run(work, lambda found: self._begin_drag(found, source), self.told.emit)

    def _begin_drag(self, found: HandOut, source: QObject) -> None:
        if found.missing:
            self.told.emit(f"{found.missing[0].name} cannot be dragged: {found.missing[0].reason}")
        if found.files and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            drag = QDrag(source)
            drag.setMimeData(system.file_data(found.files))
            drag.exec(Qt.DropAction.CopyAction)

    def _opened(self, path: Path) -> None:
        if not system.open_file(path):
            self.told.emit(f"The system has no program to open {path.name} with.")

    def _revealed(self, path: Path) -> None:
        if not system.reveal(path):
            self.told.emit(f"The system shows no folder. The file is {path}.")

    def _copied(self, image: QImage) -> None:
        system.copy_image(image)
        self.told.emit(f"The image is on the clipboard, {image.width()} × {image.height()} pixels.")

    def _with_file(
        self,
        change: Change,
        side: Side,
        work: Callable[[Path], object],
        done: Callable[[object], None],
    ) -> None:
        record = record_of(change, side)
        if record is not None:
            self._background.run(
                lambda token: work(self._fetch(record, side, token)), done, self.told.emit
            )

    def _place(self) -> Path:
        """Where the copies are. Asked for in workers."""
        with self._making:
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="snapreview-", ignore_cleanup_errors=True)
            return Path(self._folder.name)


def _decoded(path: Path) -> QImage:
    """In a worker: Qt's reader lets other threads run. What it does not read, Pillow does."""
    reader = reader_of(path)
    if reader is not None:
        reader.setAutoTransform(True)
        image = reader.read()
        if not image.isNull():
            return image
    return read_with_pillow(path, require_showable)[0].copy()
