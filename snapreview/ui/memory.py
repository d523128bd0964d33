"""How the window looks, to and from what is remembered."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMainWindow

from snapreview.model.order import Sort
from snapreview.ui.changes.list_strip import ViewKind
from snapreview.ui.review_page import ReviewPage
from snapreview.ui.settings import Settings
from snapreview.ui.viewer.colours import Backdrop, Overlay
from snapreview.ui.viewer.modes import Looks, Mode

_FIRST_SIZE = 1440, 900


def restore(settings: Settings, window: QMainWindow, page: ReviewPage) -> None:
    """Make the window look as it did when it was closed."""
    geometry = QByteArray.fromBase64(settings.geometry.encode())
    if not settings.geometry or not window.restoreGeometry(geometry):
        window.resize(*_FIRST_SIZE)
    if len(settings.splitter) == page.splitter.count():
        page.splitter.setSizes(list(settings.splitter))
    restore_viewer(settings, page)
    page.changes.set_sort(_member(Sort, settings.sort, Sort.DIFFERENCE))
    page.changes.set_grouping(settings.grouping)
    page.changes.set_view_kind(_member(ViewKind, settings.list_kind, ViewKind.LIST))
    page.grid.set_tile_size(settings.tile_size)
    page.header.inspector.setChecked(settings.inspector_visible)
    page.inspector.setVisible(settings.inspector_visible)


def restore_viewer(settings: Settings, page: ReviewPage) -> None:
    """Look at images as the settings say."""
    mode = Mode.__members__.get(settings.mode, Mode.SPLIT)
    page.viewer.set_comparison(Looks(mode, settings.wipe, settings.onion, settings.blink_ms))
    page.viewer.set_backdrop(Backdrop[settings.backdrop])
    page.viewer.set_boxes_shown(settings.boxes_visible)
    page.viewer.set_overlay(
        visible=settings.overlay_visible,
        colour=QColor(settings.overlay_colour),
        opacity=settings.overlay_opacity,
    )


def with_shape(settings: Settings, window: QMainWindow, page: ReviewPage) -> Settings:
    """`settings` with the window's place and size."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode()
    sizes = page.splitter.sizes()
    if not page.inspector.isVisibleTo(page):  # hidden, it has no width to remember
        sizes[-1] = (
            settings.splitter[-1] if settings.splitter else page.inspector.sizeHint().width()
        )
    return settings.model_copy(update={"geometry": geometry, "splitter": tuple(sizes)})


def of_overlay(overlay: Overlay) -> dict[str, object]:
    """An overlay as fields of Settings."""
    return {
        "overlay_visible": overlay.visible,
        "overlay_colour": overlay.colour.name(),
        "overlay_opacity": overlay.opacity,
    }


def of_looks(looks: Looks) -> dict[str, object]:
    """A way to look as fields of Settings."""
    return {
        "mode": looks.mode.name,
        "wipe": looks.wipe,
        "onion": looks.onion,
        "blink_ms": looks.blink_ms,
    }


def _member(kind: type[Sort] | type[ViewKind], value: str, usual: Sort | ViewKind) -> object:
    """The member of this value; the usual one where an older or newer version had another."""
    return next((member for member in kind if member.value == value), usual)
