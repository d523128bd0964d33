"""Scenes of two images, and what each mode makes of them, computed plainly."""

from __future__ import annotations

import numpy as np
from viewer_samples import cut, grabbed, image_of, mask_of

from snapreview.ui.viewer.canvas import Canvas
from snapreview.ui.viewer.colours import Overlay, ViewerColours
from snapreview.ui.viewer.modes import Mode
from snapreview.ui.viewer.scene import Scene
from snapreview.ui.viewer.source import Picture, Side

BOTH = (Side.BASE, Side.HEAD)
NO_OVERLAY = Overlay(visible=False)
COMPOSED = (Mode.WIPE, Mode.ONION, Mode.BLINK, Mode.DIFFERENCE)

HANDLE = 20
"""Logical pixels to either side of the wipe's line that its grip may cover."""

BADGE = 48
"""Logical pixels below a caption that the badge of blinking may cover."""


def scene(base, head, marked=None, **more) -> Scene:
    """Two RGB arrays, and where they are marked as changed."""
    size = np.max([base.shape[1::-1], head.shape[1::-1]], axis=0).tolist()
    return Scene(
        sides=BOTH,
        pictures={Side.BASE: Picture(image_of(base)), Side.HEAD: Picture(image_of(head))},
        mask=mask_of(marked) if marked is not None else None,
        image_size=tuple(size),
        **more,
    )


def pane_of(canvas: Canvas) -> np.ndarray:
    """The only pane's pixels."""
    (area,) = canvas.pane_areas()
    return cut(grabbed(canvas), area)


def image_in(canvas: Canvas, width: int, height: int) -> np.ndarray:
    """The pixels of the only pane where an image of this size lies at 100 %."""
    x, y = canvas.view.origin
    return pane_of(canvas)[y : y + height, x : x + width]


def mixed(top, bottom, opacity: float) -> np.ndarray:
    """`top` over `bottom`."""
    return np.asarray(top, float) * opacity + np.asarray(bottom, float) * (1 - opacity)


def dimmed(rgb, colours: ViewerColours) -> np.ndarray:
    """Pixels of the head that did not change, as Difference shows them."""
    return mixed(colours.shade.getRgb()[:3], rgb, colours.shade.alphaF())
