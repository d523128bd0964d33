"""The viewer: what changed in one image, seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from snapreview.model.change import Change, Side, Status
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
from snapreview.ui.viewer.inspection import Inspection
from snapreview.ui.viewer.loader import ImageLoader
from snapreview.ui.viewer.message import NOTHING_SELECTED, Message
from snapreview.ui.viewer.modes import ADJUSTABLE, Looks, Mode
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.source import shown_sides
from snapreview.ui.viewer.supply import Supply
from snapreview.ui.viewer.toolbar import ViewerToolbar


class Viewer(QWidget):
    """Shows one change at a time.

    Signals: `settled()` when all there is to show of the current change is on screen,
    `mode_changed(Mode)`, `looks_changed(Looks)` (the mode, or what a mode remembers),
    `overlay_changed(Overlay)`, `backdrop_changed(Backdrop)` when the user chose another;
    `retry_requested(Change)` for a row that is to be compared again; and those of Inspection:
    `region_changed(int)`, `boxes_changed(bool)`, `probed(Probe or None)`, `copied(str)`.
    """

    settled = Signal()
    mode_changed = Signal(object)
    looks_changed = Signal(object)
    overlay_changed = Signal(object)
    backdrop_changed = Signal(object)
    region_changed = Signal(int)
    boxes_changed = Signal(bool)
    probed = Signal(object)
    copied = Signal(str)
    retry_requested = Signal(object)

    def __init__(self, loader: ImageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewer")
        self.supply = Supply(loader, self)
        self._nothing = NOTHING_SELECTED
        self._looks = Looks()
        self._overlay = Overlay()
        self._unsettled = False
        self.commands = ViewerActions(self)
        self.canvas = Canvas()
        self.inspection = Inspection(self.canvas)
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
        return self._looks.mode

    @property
    def comparison(self) -> Looks:
        """The way to look, and what each of them remembers."""
        return self._looks

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
        before = self.supply.viewing
        if before is None or change is None or change.name != before.change.name:
            self.inspection.forget()
        self._unsettled = True
        self.supply.show(change, neighbours)
        self._show_words()

    def set_nothing(self, message: Message) -> None:
        """What to say while no row is shown: why there is none."""
        self._nothing = message
        if self.supply.viewing is None:
            self._show_scene()

    def go_to_region(self, index: int) -> None:
        """Zoom to a region by its index in the change's `diff.regions`."""
        self.inspection.go_to_region(index)

    def retry(self) -> None:
        """Load again what could not be loaded; a row that failed is to be compared again."""
        self._unsettled = True
        self.supply.retry()
        viewing = self.supply.viewing
        if viewing is not None and viewing.change.status is Status.ERRORED:
            self.retry_requested.emit(viewing.change)

    def set_browsing(self, browsing: bool) -> None:
        """Whether images are compared with nothing: then there is nothing to say of a change."""
        self._heading.set_browsing(browsing)

    def set_mode(self, mode: Mode) -> None:
        """Look in another way; where and how large stays."""
        self.set_comparison(replace(self._looks, mode=mode))

    def set_comparison(self, looks: Looks) -> None:
        """Look in another way, or move what a mode remembers; numbers are kept in range."""
        old, looks = self._looks, looks.within_limits()
        if looks == old:
            return
        self._looks = looks
        self.canvas.set_looks(looks)
        self._show_looks()
        if looks.mode is not old.mode:
            self.commands.mode[looks.mode].setChecked(True)
            self._unsettled = self._unsettled or looks.mode is Mode.DIFFERENCE
            self.supply.set_difference_wanted(looks.mode is Mode.DIFFERENCE)
            self.mode_changed.emit(looks.mode)
        self.looks_changed.emit(looks)

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

    def profiles(self) -> tuple[str, str]:
        """Names of the colour profiles of base and head, as far as they are loaded; else empty."""
        viewing = self.supply.viewing
        pictures = viewing.scene().pictures if viewing is not None else {}
        base, head = (pictures.get(side) for side in (Side.BASE, Side.HEAD))
        return base.profile if base else "", head.profile if head else ""

    def set_boxes_shown(self, shown: bool) -> None:
        """Draw boxes around all changed regions, or only around the one that was gone to."""
        self.commands.boxes.setChecked(shown)

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
        self.supply.ready.connect(self._show_scene)
        canvas.painted.connect(self._on_painted)
        canvas.view_changed.connect(lambda: self.toolbar.show_zoom(canvas.view.zoom))
        canvas.looks_changed.connect(self.set_comparison)
        self.toolbar.dial.moved.connect(self.set_comparison)
        actions.on_mode(self.set_mode)
        actions.less.triggered.connect(lambda: self.set_comparison(self._looks.nudged(-1)))
        actions.more.triggered.connect(lambda: self.set_comparison(self._looks.nudged(1)))
        actions.on_backdrop(self.set_backdrop)
        actions.toggle_side.triggered.connect(self._toggle_side)
        actions.fit.triggered.connect(canvas.fit)
        actions.actual.triggered.connect(lambda: canvas.zoom_to(1.0))
        actions.toggle_fit.triggered.connect(canvas.toggle_fit)
        actions.zoom_in.triggered.connect(lambda: canvas.zoom_by_steps(1))
        actions.zoom_out.triggered.connect(lambda: canvas.zoom_by_steps(-1))
        self._wire_inspection()
        self._heading.retry_requested.connect(self.retry)
        actions.overlay.toggled.connect(lambda on: self.set_overlay(visible=on))
        actions.weaker.triggered.connect(lambda: self._strengthen(-OPACITY_STEP))
        actions.stronger.triggered.connect(lambda: self._strengthen(OPACITY_STEP))
        self.toolbar.colour.chosen.connect(lambda colour: self.set_overlay(colour=colour))
        self.toolbar.opacity.valueChanged.connect(lambda v: self.set_overlay(opacity=v / 100))

    def _wire_inspection(self) -> None:
        actions, inspection = self.commands, self.inspection
        actions.next_region.triggered.connect(lambda: inspection.step_region(1))
        actions.last_region.triggered.connect(lambda: inspection.step_region(-1))
        actions.boxes.toggled.connect(inspection.set_boxes_shown)
        actions.flash.triggered.connect(lambda: inspection.flash(visible=self._overlay.visible))
        actions.copy_colour.triggered.connect(inspection.copy)
        inspection.region_changed.connect(self.region_changed)
        inspection.boxes_changed.connect(actions.boxes.setChecked)
        inspection.boxes_changed.connect(self.boxes_changed)
        inspection.probed.connect(self.probed)
        inspection.copied.connect(self.copied)

    def _toggle_side(self) -> None:
        self.set_mode(Mode.BASE if self.mode is Mode.HEAD else Mode.HEAD)

    def _strengthen(self, step: float) -> None:
        self.set_overlay(opacity=self._overlay.opacity + step)

    def _show_scene(self) -> None:
        viewing = self.supply.viewing
        scene = viewing.scene() if viewing is not None else Scene(nothing=self._nothing)
        self.canvas.show_scene(scene)
        self._show_words()
        self.inspection.show_scene(scene)
        self.commands.set_pointable(regions=bool(scene.regions), overlay=scene.mask is not None)
        if not self.canvas.isVisible():
            QTimer.singleShot(0, self, self._on_painted)

    def _on_painted(self) -> None:
        if self._unsettled and self.supply.complete:
            self._unsettled = False
            # Not from inside the painting: whoever takes a picture now would paint again.
            QTimer.singleShot(0, self, self.settled.emit)

    @property
    def _two_sided(self) -> bool:
        viewing = self.supply.viewing
        return viewing is None or len(shown_sides(viewing.change)) == 2

    def _show_looks(self) -> None:
        """A row with one side looks the same in all modes: there is nothing to adjust."""
        self.commands.set_adjustable(self._two_sided and self._looks.mode in ADJUSTABLE)
        self.toolbar.show_looks(self._looks if self._two_sided else None)

    def _show_words(self) -> None:
        viewing = self.supply.viewing
        for widget in (self._heading, self.toolbar):
            widget.setVisible(viewing is not None)
        self.commands.set_two_sided(self._two_sided)
        self._show_looks()
        if viewing is not None:
            self._heading.show_change(viewing.change, viewing.remarks, failed=viewing.failed)
