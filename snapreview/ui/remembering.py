"""What the window remembers: changed piece by piece, told whole."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from snapreview.ui import memory
from snapreview.ui.review_page import ReviewPage
from snapreview.ui.settings import Settings


class Remembering(QObject):
    """Holds the settings of this run. Signals: `changed(Settings)` whenever one is another."""

    changed = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def settings(self) -> Settings:
        """What is to be remembered."""
        return self._settings

    def keep(self, settings: Settings) -> None:
        """Remember these from now on."""
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)

    def update(self, **fields: object) -> None:
        """Remember some of them."""
        self.keep(self._settings.model_copy(update=fields))

    def follow(self, window: QMainWindow, page: ReviewPage) -> None:
        """Make the window look as it did, and remember from now on how it looks."""
        memory.restore(self._settings, window, page)
        viewer, changes = page.viewer, page.changes
        viewer.overlay_changed.connect(lambda overlay: self.update(**memory.of_overlay(overlay)))
        viewer.looks_changed.connect(lambda looks: self.update(**memory.of_looks(looks)))
        viewer.boxes_changed.connect(lambda shown: self.update(boxes_visible=shown))
        viewer.backdrop_changed.connect(lambda backdrop: self.update(backdrop=backdrop.name))
        changes.sortChanged.connect(lambda sort: self.update(sort=sort.value))
        changes.groupingChanged.connect(lambda grouped: self.update(grouping=grouped))
        changes.viewKindChanged.connect(lambda kind: self.update(list_kind=kind.value))
        page.grid.tileSizeChanged.connect(lambda size: self.update(tile_size=size))
        page.header.inspectorToggled.connect(lambda shown: self.update(inspector_visible=shown))

    def keep_shape(self, window: QMainWindow, page: ReviewPage) -> None:
        """Remember where the window is and how its parts share it."""
        self.keep(memory.with_shape(self._settings, window, page))
