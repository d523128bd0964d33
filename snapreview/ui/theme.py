"""Puts the visual language on an application: palette, style sheet, font, light or dark."""

from __future__ import annotations

import re
from dataclasses import asdict

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from snapreview.stores.resources import resource
from snapreview.ui.theme_tokens import DARK, LIGHT, Theme, TypeScale, theme_named

__all__ = [
    "DARK",
    "LIGHT",
    "Theme",
    "ThemeSwitch",
    "apply_theme",
    "colour",
    "status_colour",
    "stylesheet",
    "system_scheme",
    "type_scale",
]

_TOKEN = re.compile(r"@(?:\{([a-z_]+)\}|([a-z_]+))")
_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_GENERIC = {"Sans Serif", "Sans", "sans-serif", "sans", ""}
_LARGEST_TEXT = 1.6


def colour(theme: Theme, token: str, alpha: float = 1.0) -> QColor:
    """The colour of this name (a field of Theme), with an opacity from 0 to 1."""
    found = QColor(getattr(theme, token))
    found.setAlphaF(alpha)
    return found


def status_colour(theme: Theme, category: str, *, soft: bool = False) -> QColor:
    """The colour of a category's text and glyph, or of its pale ground."""
    ink = theme.statuses[category]
    return QColor(ink.soft if soft else ink.ink)


def system_scheme(app: QApplication) -> str:
    """`light` or `dark`, as the system (or an override by Qt) has it now."""
    dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def type_scale() -> TypeScale:
    """The sizes of type for this system: never below ours, larger where its own text is."""
    system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    own = TypeScale()
    return own.scaled(min(max(system / own.body, 1.0), _LARGEST_TEXT))


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Make the whole application look like this. May be called again at any time."""
    scale = type_scale()
    if not app.styleSheet():  # with one, a style does not tell its name any more
        app.setStyle("Fusion")
    app.setFont(_font(scale, app.font()))
    app.setPalette(_palette(theme))
    app.setStyleSheet(stylesheet(theme, scale))


def stylesheet(theme: Theme, scale: TypeScale) -> str:
    """The style sheet with its `@tokens` filled in. Raises KeyError for one that is unknown."""
    template = resource("style", "snapreview.qss").read_text(encoding="utf-8")
    values = {name: str(value) for name, value in asdict(theme.space).items()}
    values |= {name: str(value) for name, value in asdict(scale).items()}
    values |= {n: str(getattr(theme, n)) for n in Theme.__slots__ if n not in {"space", "statuses"}}
    values["images"] = resource("style").as_posix()
    return _TOKEN.sub(lambda match: values[match[1] or match[2]], template)


def _font(scale: TypeScale, before: QFont) -> QFont:
    """The system's own font. How letters are drawn stays as somebody has set it `before`."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if font.family() in _GENERIC:  # no desktop has chosen one
        font.setFamilies(["Inter", "Noto Sans", font.family()])
    font.setPixelSize(scale.body)
    font.setHintingPreference(before.hintingPreference())
    font.setStyleStrategy(before.styleStrategy())
    return font


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, token in {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "window",
        role.Text: "text",
        role.PlaceholderText: "text_muted",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "danger",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
        role.Light: "raised",
        role.Midlight: "hover",
        role.Mid: "border",
        role.Dark: "border_strong",
        role.Shadow: "sunken",
    }.items():
        palette.setColor(target, colour(theme, token))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, colour(theme, "border_strong"))
    return palette


class ThemeSwitch(QObject):
    """Follows the system's light and dark, unless the user has chosen one.

    Signals: `themeChanged(Theme)` after the application has been restyled.
    """

    themeChanged = Signal(object)

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice = "system"
        self._theme: Theme | None = None
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose(choice)

    @property
    def theme(self) -> Theme:
        """What is applied now."""
        return self._theme or LIGHT

    @property
    def choice(self) -> str:
        """`system`, `light` or `dark`."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Take `system`, `light` or `dark`; the system's own dialogs follow too."""
        self._choice = choice
        hints = self._app.styleHints()
        if choice == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(_SCHEMES[choice])
        self._follow()

    def _follow(self) -> None:
        name = system_scheme(self._app) if self._choice == "system" else self._choice
        theme = theme_named(name)
        if theme is not self._theme:
            self._theme = theme
            apply_theme(self._app, theme)
            self.themeChanged.emit(theme)
