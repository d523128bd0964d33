"""What the canvas draws a scene from: a source for each ink that can be drawn now."""

from __future__ import annotations

from PySide6.QtGui import QBrush, QColor, QImage

from snapreview.model.change import Side
from snapreview.ui.viewer.drawing import ImageSource, Source, graded, shaded, tinted
from snapreview.ui.viewer.layers import Layer
from snapreview.ui.viewer.modes import INK_OF, Ink
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.view_state import ViewState


class Inks:
    """The sources of a scene, and a layer as large as the view for each that was drawn."""

    def __init__(self) -> None:
        self._sources: dict[Ink, Source] = {}
        self._layers = {ink: Layer() for ink in Ink}

    def take(self, scene: Scene, surround: QColor, backdrop: QBrush, shade: QColor) -> None:
        """Draw another scene: with `surround` around its images, `backdrop` behind what is
        transparent, `shade` over what did not change. The overlay has to be tinted anew."""
        self._sources = {
            INK_OF[side]: ImageSource(picture.pyramid, surround, backdrop)
            for side, picture in scene.pictures.items()
        }
        head = scene.pictures.get(Side.HEAD)
        if head is not None and scene.marks is not None:
            self._sources[Ink.SHADE] = shaded(scene.marks, shade, head.size)

    def tint(self, scene: Scene, colour: QColor) -> None:
        """Mark changed pixels in `colour`: by the engine's mask, else whatever differs at all."""
        if scene.mask is not None:
            self._sources[Ink.MASK] = tinted(scene.mask, colour)
        elif scene.difference is not None:
            self._sources[Ink.MASK] = graded(scene.difference, colour)

    def image(self, ink: Ink, view: ViewState) -> QImage | None:
        """What is drawn with an ink, as large as the view; None where there is nothing."""
        source = self._sources.get(ink)
        return self._layers[ink].image(source, view) if source is not None else None

    def forget(self, ink: Ink) -> None:
        """Let go of a layer's memory, which is as much as two windows take."""
        self._layers[ink] = Layer()

    def refine(self) -> bool:
        """Draw anew where panning left something inexact; whether there was anything."""
        refined = [layer.refine() for layer in self._layers.values()]
        return any(refined)
