"""How the window looks, to and from what is remembered."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMainWindow

from snapreview.ui.review_page import ReviewPage
from snapreview.ui.settings import Settings
from snapreview.ui.viewer.colours import Overlay

_FIRST_SIZE = 1440, 900


def restore(settings: Settings, window: QMainWindow, review: ReviewPage) -> None:
    """Make the window look as it did when it was closed."""
    geometry = QByteArray.fromBase64(settings.geometry.encode())
    if not settings.geometry or not window.restoreGeometry(geometry):
        window.resize(*_FIRST_SIZE)
    if settings.splitter:
        review.splitter.setSizes(list(settings.splitter))
    review.viewer.set_overlay(
        visible=settings.overlay_visible,
        colour=QColor(settings.overlay_colour),
        opacity=settings.overlay_opacity,
    )


def with_shape(settings: Settings, window: QMainWindow, review: ReviewPage) -> Settings:
    """`settings` with the window's place and size."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode()
    splitter = tuple(review.splitter.sizes())
    return settings.model_copy(update={"geometry": geometry, "splitter": splitter})


def with_overlay(settings: Settings, overlay: Overlay) -> Settings:
    """`settings` with this overlay."""
    chosen = {
        "overlay_visible": overlay.visible,
        "overlay_colour": overlay.colour.name(),
        "overlay_opacity": overlay.opacity,
    }
    return settings.model_copy(update=chosen)
