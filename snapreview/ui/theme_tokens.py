"""The visual language as values: spaces, sizes of type, and colours by day and by night. No Qt.

Status colours keep apart for eyes that do not see red, green or blue, and every text reaches
the contrast that WCAG 2.1 AA asks for (4.5:1) on every ground it stands on; tests measure both.
Shape tells a status as well: colour never does alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances in logical pixels."""

    xs: int = 4
    sm: int = 8
    md: int = 12
    lg: int = 16
    xl: int = 24


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Heights of type in logical pixels, for a system whose own text is 13 px high."""

    caption: int = 11
    small: int = 12
    body: int = 13
    title: int = 15
    heading: int = 20
    display: int = 28

    def scaled(self, factor: float) -> TypeScale:
        """All heights for a system whose text is `factor` times as high."""
        return TypeScale(*(round(getattr(self, name) * factor) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour for text and glyphs, and the pale ground that belongs to it."""

    ink: str
    soft: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One look. Colours are `#rrggbb`.

    Grounds, from back to front: `sunken` (wells, the canvas), `window` (panels), `surface`
    (lists, fields), `raised` (menus, tips). `hover`, `selected` and `selected_idle` (the list
    has no focus) are grounds of rows. `border` divides, `border_strong` outlines what can be
    operated. Texts: `text`, `text_secondary`, `text_muted`, `on_accent`. `accent` is the one
    colour of action; `accent_text` is the same for text, `focus` for focus rings. `statuses`
    is keyed by the values of `changes.category.Category`.
    """

    name: str
    sunken: str
    window: str
    surface: str
    raised: str
    hover: str
    pressed: str
    selected: str
    selected_idle: str
    border: str
    border_strong: str
    text: str
    text_secondary: str
    text_muted: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    accent_soft: str
    on_accent: str
    focus: str
    danger: str
    scrollbar: str
    scrollbar_hover: str
    canvas: str
    canvas_light: str
    canvas_dark: str
    checker: str
    checker_alt: str
    pane_caption: str
    pane_caption_text: str
    statuses: Mapping[str, Ink]
    space: Spacing = Spacing()
    radius: int = 6

    @property
    def dark(self) -> bool:
        """Whether it is the look for the night."""
        return self.name == "dark"


LIGHT = Theme(
    name="light",
    sunken="#eceef2",
    window="#f6f7f9",
    surface="#ffffff",
    raised="#ffffff",
    hover="#f3f4f7",
    pressed="#e6e9ee",
    selected="#e6ecfe",
    selected_idle="#eceef2",
    border="#e2e5ea",
    border_strong="#868e9b",
    text="#1b1e24",
    text_secondary="#4a505b",
    text_muted="#5f6673",
    accent="#3b5bdb",
    accent_hover="#3350c8",
    accent_pressed="#2b45b0",
    accent_text="#3350c8",
    accent_soft="#e6ecfe",
    on_accent="#ffffff",
    focus="#4c6ef5",
    danger="#bd1331",
    scrollbar="#c6cbd4",
    scrollbar_hover="#a3aab6",
    canvas="#e4e7ec",
    canvas_light="#ffffff",
    canvas_dark="#17181b",
    checker="#ffffff",
    checker_alt="#e3e6eb",
    pane_caption="#ffffff",
    pane_caption_text="#4a505b",
    statuses=MappingProxyType(
        {
            "changed": Ink("#935800", "#fdf1dc"),
            "errored": Ink("#bd1331", "#fde9ec"),
            "removed": Ink("#9c2a86", "#fbeaf7"),
            "added": Ink("#05706a", "#def5f1"),
            "renamed": Ink("#1c5fb8", "#e3effd"),
            "subtle": Ink("#6a4bc4", "#efeafd"),
            "unchanged": Ink("#5a6170", "#eef0f3"),
            "skipped": Ink("#5f6673", "#eef0f3"),
            "pending": Ink("#5f6673", "#eef0f3"),
        }
    ),
)

DARK = Theme(
    name="dark",
    sunken="#121316",
    window="#191a1e",
    surface="#1d1f23",
    raised="#282a30",
    hover="#25272d",
    pressed="#30333a",
    selected="#28324f",
    selected_idle="#2b2e35",
    border="#2e3138",
    border_strong="#737b89",
    text="#eceef2",
    text_secondary="#b9bec8",
    text_muted="#a0a7b4",
    accent="#4263eb",
    accent_hover="#4c6ae6",
    accent_pressed="#3b5bdb",
    accent_text="#9db2ff",
    accent_soft="#28324f",
    on_accent="#ffffff",
    focus="#7c95ff",
    danger="#ff8a94",
    scrollbar="#43474f",
    scrollbar_hover="#5c616b",
    canvas="#0e0f11",
    canvas_light="#ffffff",
    canvas_dark="#17181b",
    checker="#26282d",
    checker_alt="#1b1c20",
    pane_caption="#282a30",
    pane_caption_text="#b9bec8",
    statuses=MappingProxyType(
        {
            "changed": Ink("#f0b549", "#3a2f1a"),
            "errored": Ink("#ff8a94", "#43232a"),
            "removed": Ink("#e983d8", "#3d2439"),
            "added": Ink("#4fd1c1", "#17352f"),
            "renamed": Ink("#84b7ff", "#1f2f4a"),
            "subtle": Ink("#b9a6ff", "#302a4c"),
            "unchanged": Ink("#a8aeba", "#2b2e35"),
            "skipped": Ink("#a0a7b4", "#2b2e35"),
            "pending": Ink("#a0a7b4", "#2b2e35"),
        }
    ),
)


def theme_named(name: str) -> Theme:
    """`light` or `dark` as a theme. Raises KeyError for any other name."""
    return {"light": LIGHT, "dark": DARK}[name]
