"""The viewer: what changed in one image, seen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from snapreview.model.change import Change
from snapreview.ui.theme_tokens import LIGHT
from snapreview.ui.viewer.actions import ViewerActions
from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.colours import (
    LEAST_OPACITY,
    OPACITY_STEP,
    Backdrop,
    Overlay,
    ViewerColours,
)
from snapreview.ui.viewer.heading import Heading
from snapreview.ui.viewer.loader import ImageLoader
from snapreview.ui.viewer.modes import Mode
from snapreview.ui.viewer.scene import Scene, Viewing, ahead
from snapreview.ui.viewer.source import Outcome, shown_sides
from snapreview.ui.viewer.toolbar import ViewerToolbar

_PATIENCE_MS = 150
"""How long the last image stays while the next one loads: most come sooner, and none flickers."""


class Viewer(QWidget):
    """Shows one change at a time.

    Signals: `settled()` when all there is to show of the current change is on screen,
    `mode_changed(Mode)`, `overlay_changed(Overlay)`, `backdrop_changed(Backdrop)` when the user
    chose another.
    """

    settled = Signal()
    mode_changed = Signal(object)
    overlay_changed = Signal(object)
    backdrop_changed = Signal(object)

    def __init__(self, loader: ImageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewer")
        self._loader = loader
        self._viewing: Viewing | None = None
        self._neighbours: tuple[Change, ...] = ()
        self._mode = Mode.SPLIT
        self._overlay = Overlay()
        self._unsettled = False
        self._patience = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        self.commands = ViewerActions(self)
        self.canvas = Canvas()
        self.toolbar = ViewerToolbar(self.commands)
        self._heading = Heading()
        self._assemble()
        self._wire()
        self.set_theme(ViewerColours.of(LIGHT))
        self.toolbar.show_overlay(self._overlay)
        self._show_words()

    @property
    def mode(self) -> Mode:
        """The way to look."""
        return self._mode

    @property
    def overlay(self) -> Overlay:
        """How changed pixels are tinted."""
        return self._overlay

    def actions_for_menu(self) -> list[QAction]:
        """Every action with its key, separators between groups; already active in the window."""
        return self.commands.all()

    def show_change(self, change: Change | None, neighbours: Sequence[Change] = ()) -> None:
        """Show a row, or nothing; load its neighbours ahead, the likeliest first.

        The same row in a newer version keeps its place, and what is loaded of it.
        """
        self._viewing = Viewing(change) if change is not None else None
        self._neighbours = tuple(neighbours)
        self._unsettled = True
        self._show_words()
        self._take_what_is_there()
        self._want()
        if self._viewing is None or self._viewing.complete:
            self._show_scene()
        elif not self._patience.isActive():
            self._patience.start()

    def set_browsing(self, browsing: bool) -> None:
        """Whether images are compared with nothing: then there is nothing to say of a change."""
        self._heading.set_browsing(browsing)

    def set_mode(self, mode: Mode) -> None:
        """Look in another way; where and how large stays."""
        if mode is not self._mode:
            self._mode = mode
            self.commands.mode[mode].setChecked(True)
            self.canvas.set_mode(mode)
            self.mode_changed.emit(mode)

    def set_overlay(
        self,
        *,
        visible: bool | None = None,
        colour: QColor | None = None,
        opacity: float | None = None,
    ) -> None:
        """Change what is given of the overlay; opacity is kept between 0.1 and 1."""
        given = {"visible": visible, "colour": colour, "opacity": opacity}
        if opacity is not None:
            given["opacity"] = min(max(round(opacity, 2), LEAST_OPACITY), 1.0)
        overlay = replace(self._overlay, **{k: v for k, v in given.items() if v is not None})
        if overlay != self._overlay:
            self._overlay = overlay
            self.toolbar.show_overlay(overlay)
            self.canvas.set_overlay(overlay)
            self.overlay_changed.emit(overlay)

    def set_backdrop(self, backdrop: Backdrop) -> None:
        """Show something else behind images."""
        self.commands.backdrop[backdrop].setChecked(True)
        self.canvas.set_backdrop(backdrop)
        self.backdrop_changed.emit(backdrop)

    def set_theme(self, theme: ViewerColours) -> None:
        """Follow the window's look."""
        self.commands.set_colours(theme)
        self.toolbar.set_colours(theme)
        self.canvas.set_colours(theme)

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self.toolbar)
        column.addWidget(self.canvas, 1)
        self.addActions(self.commands.all())

    def _wire(self) -> None:
        actions, canvas = self.commands, self.canvas
        self._loader.arrived.connect(self._on_arrived)
        self._patience.timeout.connect(self._show_scene)
        canvas.painted.connect(self._on_painted)
        canvas.view_changed.connect(lambda: self.toolbar.show_zoom(canvas.view.zoom))
        actions.on_mode(self.set_mode)
        actions.on_backdrop(self.set_backdrop)
        actions.toggle_side.triggered.connect(self._toggle_side)
        actions.fit.triggered.connect(canvas.fit)
        actions.actual.triggered.connect(lambda: canvas.zoom_to(1.0))
        actions.toggle_fit.triggered.connect(canvas.toggle_fit)
        actions.zoom_in.triggered.connect(lambda: canvas.zoom_by_steps(1))
        actions.zoom_out.triggered.connect(lambda: canvas.zoom_by_steps(-1))
        actions.overlay.toggled.connect(lambda on: self.set_overlay(visible=on))
        actions.weaker.triggered.connect(lambda: self._strengthen(-OPACITY_STEP))
        actions.stronger.triggered.connect(lambda: self._strengthen(OPACITY_STEP))
        self.toolbar.colour.chosen.connect(lambda colour: self.set_overlay(colour=colour))
        self.toolbar.opacity.valueChanged.connect(lambda v: self.set_overlay(opacity=v / 100))

    def _toggle_side(self) -> None:
        self.set_mode(Mode.BASE if self._mode is Mode.HEAD else Mode.HEAD)

    def _strengthen(self, step: float) -> None:
        self.set_overlay(opacity=self._overlay.opacity + step)

    def _take_what_is_there(self) -> None:
        """Answers that need no work; the mask is asked for when the images are there."""
        viewing = self._viewing
        while viewing is not None:
            found = [(r.key, self._loader.peek(r)) for r in viewing.missing()]
            there = [(key, outcome) for key, outcome in found if outcome is not None]
            if not there:
                return
            for key, outcome in there:
                viewing.accept(key, outcome)

    def _want(self) -> None:
        missing = self._viewing.missing() if self._viewing is not None else []
        self._loader.want([*missing, *ahead(self._neighbours)])

    def _on_arrived(self, key: Hashable, outcome: Outcome) -> None:
        viewing = self._viewing
        if viewing is None or not viewing.accept(key, outcome):
            return  # a neighbour's, which is in the cache now
        self._take_what_is_there()
        self._want()
        if viewing.complete or not self._patience.isActive():
            self._show_scene()

    def _show_scene(self) -> None:
        self._patience.stop()
        self.canvas.show_scene(self._viewing.scene() if self._viewing is not None else Scene())
        self._show_words()
        if not self.canvas.isVisible():
            QTimer.singleShot(0, self, self._on_painted)

    def _on_painted(self) -> None:
        done = self._viewing is None or self._viewing.complete
        if self._unsettled and done and not self._patience.isActive():
            self._unsettled = False
            # Not from inside the painting: whoever takes a picture now would paint again.
            QTimer.singleShot(0, self, self.settled.emit)

    def _show_words(self) -> None:
        viewing = self._viewing
        for widget in (self._heading, self.toolbar):
            widget.setVisible(viewing is not None)
        self.commands.set_two_sided(viewing is None or len(shown_sides(viewing.change)) == 2)
        if viewing is not None:
            self._heading.show_change(viewing.change, viewing.mask_failure)
