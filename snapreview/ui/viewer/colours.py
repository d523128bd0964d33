"""Colours of the viewer: its own, the overlay's, and what lies behind an image."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtGui import QColor

from snapreview.ui.theme_tokens import Theme

_SHADE_OPACITY = 0.75


@dataclass(frozen=True, slots=True)
class ViewerColours:
    """The window's look, as far as the viewer needs it. `dark` tells which scheme it is.

    `canvas`, `canvas_light` and `canvas_dark` lie around images; `check` and `check_alt` behind
    their transparent parts, when that is asked for. `shade` dims what did not change; `badge` and
    `on_badge` are for labels on images.
    """

    background: QColor
    text: QColor
    muted: QColor
    accent: QColor
    border: QColor
    focus: QColor
    canvas: QColor
    canvas_light: QColor
    canvas_dark: QColor
    check: QColor
    check_alt: QColor
    shade: QColor
    badge: QColor
    on_badge: QColor
    dark: bool

    @classmethod
    def of(cls, theme: Theme) -> ViewerColours:
        """The viewer's share of a theme."""
        return cls(
            background=QColor(theme.pane_caption),
            text=QColor(theme.text),
            muted=QColor(theme.text_muted),
            accent=QColor(theme.accent_text),
            border=QColor(theme.border),
            focus=QColor(theme.focus),
            canvas=QColor(theme.canvas),
            canvas_light=QColor(theme.canvas_light),
            canvas_dark=QColor(theme.canvas_dark),
            check=QColor(theme.checker),
            check_alt=QColor(theme.checker_alt),
            shade=_shade(theme),
            badge=QColor(theme.accent),
            on_badge=QColor(theme.on_accent),
            dark=theme.dark,
        )


def _shade(theme: Theme) -> QColor:
    """A middle grey: whatever is not covered by it, light or dark, stands out."""
    grey = QColor(theme.border_strong)
    grey.setAlphaF(_SHADE_OPACITY)
    return grey


OVERLAY_COLOURS = {
    "Vermilion": QColor("#ff5a00"),
    "Magenta": QColor("#ff00aa"),
    "Sky blue": QColor("#00a8ff"),
    "Green": QColor("#00c853"),
    "Yellow": QColor("#ffe600"),
    "Black": QColor("#000000"),
}
"""Offered colours. The first is the default: of those that are rare in interfaces it stays the
furthest from their greys and blues under protanopia, deuteranopia and tritanopia alike, where
magenta fades into them; tests measure it."""

LEAST_OPACITY = 0.1
OPACITY_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Overlay:
    """How changed pixels are tinted. `opacity` runs from 0.1 to 1."""

    visible: bool = True
    colour: QColor = field(default_factory=lambda: QColor(OVERLAY_COLOURS["Vermilion"]))
    opacity: float = 0.7


class Backdrop(Enum):
    """What lies behind images."""

    AUTO = "As the image or the window says"
    LIGHT = "Light"
    DARK = "Dark"
    CHECKER = "Checkerboard"


def canvas_colour(colours: ViewerColours, backdrop: Backdrop, canvas_theme: str | None) -> QColor:
    """The colour around an image: the user's choice, else the image's theme, else the window's."""
    asked = {Backdrop.LIGHT: "light", Backdrop.DARK: "dark", Backdrop.AUTO: canvas_theme}
    chosen = {"light": colours.canvas_light, "dark": colours.canvas_dark}
    return chosen.get(asked.get(backdrop) or "", colours.canvas)
