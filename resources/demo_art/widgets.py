"""The controls that every screen shares."""

from . import fonts
from .canvas import Canvas, alpha, mix
from .fonts import BODY, HEAD, OVERLINE, SMALL, Type
from .icons import icon
from .masks import Box
from .theme import Theme


def card(c: Canvas, t: Theme, box: Box, radius: float = 18) -> None:
    """Draw a raised surface: a soft shadow by day, a hairline by night."""
    if not t.dark:
        c.shadow(box, radius, 7, 3, alpha("#3a3626", 0.09))
    c.rect(box, t.surface, radius)
    c.frame(box, t.line if t.dark else mix(t.line, t.surface, 0.35), radius)


def rule(c: Canvas, t: Theme, x: float, y: float, w: float) -> None:
    """Draw a hairline."""
    c.rect((x, y, w, 1), t.line)


def tints(t: Theme, kind: str) -> tuple[str, str]:
    """Return a tinted background and the colour that reads on it."""
    return {
        "accent": (t.accent_soft, t.on_soft),
        "clay": (t.clay_soft, t.on_clay_soft),
        "gold": (t.gold_soft, mix(t.gold, t.ink, 0.3)),
        "sky": (t.sky_soft, mix(t.sky, t.ink, 0.15)),
        "plum": (t.plum_soft, t.plum),
        "plain": (t.sunken, t.ink2),
    }[kind]


def button(
    c: Canvas,
    t: Theme,
    box: Box,
    text: str,
    kind: str = "accent",
    sign: str = "",
    style: Type = HEAD,
    nudge: int = 0,
) -> None:
    """Draw a button, with an icon before its text if one is named."""
    x, y, w, h = box
    fill, ink = {
        "accent": (t.accent, t.on_accent),
        "clay": (t.clay, t.on_clay),
        "soft": (t.accent_soft, t.on_soft),
        "plain": (t.surface, t.ink),
    }[kind]
    radius = min(14, h / 3.4)
    c.rect(box, fill, radius)
    if kind == "plain":
        c.frame(box, t.line, radius)
    middle = x + w / 2
    if sign:
        run = fonts.width(text, style) + 27
        icon(c, sign, middle - run / 2 + 9 + nudge, y + h / 2, ink, 19, 1.8)
        middle += 13
    c.label(middle, y + h / 2, text, style, ink, "m")


def chip(
    c: Canvas, t: Theme, x: float, y: float, text: str, on: bool = False, sign: str = ""
) -> float:
    """Draw a chip that filters; return where the next one begins."""
    style = Type(14, "Medium", -0.1)
    w = round(fonts.width(text, style)) + 28 + (20 if sign else 0)
    fill, ink = (t.ink, t.page) if on else (t.surface, t.ink)
    c.rect((x, y, w, 36), fill, 18)
    if not on:
        c.frame((x, y, w, 36), t.line, 18)
    if sign:
        icon(c, sign, x + 22, y + 18, ink, 17, 1.6)
    c.label(x + (34 if sign else 14), y + 18, text, style, ink)
    return x + w + 8


def pill(
    c: Canvas, t: Theme, x: float, cy: float, text: str, kind: str = "plain", anchor: str = "l"
) -> float:
    """Draw a small tinted label; return its width."""
    fill, ink = tints(t, kind)
    style = Type(11.5, "SemiBold")
    w = round(fonts.width(text, style)) + 16
    left = x - w if anchor == "r" else x
    c.rect((left, cy - 11, w, 22), fill, 11)
    c.label(left + 8, cy, text, style, ink)
    return w


def badge(c: Canvas, t: Theme, cx: float, cy: float, text: str) -> None:
    """Draw a count in a filled circle."""
    style = Type(11, "Bold")
    w = max(18, round(fonts.width(text, style)) + 11)
    c.rect((cx - w / 2, cy - 9, w, 18), t.clay, 9)
    c.label(cx, cy, text, style, t.on_clay, "m")


def field(
    c: Canvas,
    t: Theme,
    box: Box,
    name: str,
    value: str,
    sign: str = "",
    focused: bool = False,
    hint: bool = False,
) -> None:
    """Draw a form field with its name above the value, inside one frame."""
    x, y, w, h = box
    c.rect(box, t.surface, 12)
    c.frame(box, t.accent if focused else t.line, 12, 2 if focused else 1)
    c.label(x + 16, y + h / 2 - 11, name, Type(12, "Medium"), t.accent if focused else t.ink3)
    c.label(x + 16, y + h / 2 + 9, value, BODY.medium(), t.ink3 if hint else t.ink)
    if focused:
        caret = x + 18 + fonts.width(value, BODY.medium())
        c.rect((caret, y + h / 2, 2, 18), t.accent, 1)
    if sign:
        icon(c, sign, x + w - 28, y + h / 2, t.ink3, 20, 1.6)


def toggle(c: Canvas, t: Theme, right: float, cy: float, on: bool) -> None:
    """Draw a switch that ends at right."""
    x = right - 46
    off = mix(t.line, t.ink3, 0.35)
    c.rect((x, cy - 14, 46, 28), t.accent if on else off, 14)
    knob = "#ffffff" if not t.dark else (t.on_accent if on else t.ink)
    c.circle(x + (32 if on else 14), cy, 11.5, knob)


def radio(c: Canvas, t: Theme, cx: float, cy: float, on: bool) -> None:
    """Draw a radio button."""
    c.circle(cx, cy, 11, t.accent if on else mix(t.line, t.ink3, 0.5))
    c.circle(cx, cy, 9.4 if not on else 4.2, t.surface if not on else t.on_accent)


def tile(
    c: Canvas, t: Theme, box: Box, sign: str, kind: str = "accent", radius: float = 11
) -> None:
    """Draw an icon on a tinted square."""
    x, y, w, h = box
    fill, ink = tints(t, kind)
    c.rect(box, fill, radius)
    icon(c, sign, x + w / 2, y + h / 2, ink, w * 0.54, max(1.5, w * 0.042))


def meter(c: Canvas, box: Box, share: float, color: str, track: str) -> None:
    """Draw a progress bar."""
    x, y, w, h = box
    c.rect(box, track, h / 2)
    c.rect((x, y, max(h, w * share), h), color, h / 2)


def rating(c: Canvas, t: Theme, x: float, cy: float, value: str, rest: str = "") -> None:
    """Draw a star, a mark out of five and what follows it."""
    icon(c, "star", x + 8, cy - 0.5, t.gold, 17)
    c.label(x + 20, cy, value, SMALL.bold(), t.ink)
    if rest:
        c.label(x + 25 + fonts.width(value, SMALL.bold()), cy, rest, SMALL, t.ink2)


def heading(c: Canvas, t: Theme, x: float, y: float, text: str, right: float, more: str) -> None:
    """Write a section's title and, at its right end, a link."""
    c.label(x, y, text, Type(19, "SemiBold", -0.35), t.ink)
    if more:
        c.label(right, y, more, Type(14, "Medium", -0.1), t.accent, "r")


def overline(c: Canvas, t: Theme, x: float, cy: float, text: str) -> None:
    """Write a group's name in small capitals."""
    c.label(x, cy, text.upper(), OVERLINE, t.ink3)


def round_button(
    c: Canvas, cx: float, cy: float, sign: str, fill: str, ink: str, filled: bool = False
) -> None:
    """Draw an icon in a circle."""
    c.circle(cx, cy, 20, fill)
    icon(c, sign, cx, cy, ink, 21, 1.8, filled)
