"""The frame of a phone screen: its status bar, its title and its tabs."""

from .canvas import Canvas
from .fonts import DISPLAY, HEAD, Type
from .icons import arc, icon
from .theme import Theme
from .widgets import badge, button

WIDTH, HEIGHT, SIDE = 390, 844, 20
INNER = WIDTH - 2 * SIDE
TABS = (("compass", "Explore"), ("ticket", "Trips"), ("chat", "Messages"), ("user", "Account"))


def screen(t: Theme, height: int = HEIGHT, fill: str = "") -> Canvas:
    """Return an empty screen with its status bar."""
    c = Canvas(WIDTH, height, fill or t.page)
    status(c, t.ink)
    return c


def status(c: Canvas, ink: str) -> None:
    """Draw the clock, the signal, the network and the battery."""
    c.label(52, 28, "9:41", Type(16, "SemiBold", -0.2), ink, "m")
    for k in range(4):
        tall = 4 + 2.7 * k
        c.rect((297 + 5 * k, 34 - tall, 3.2, tall), ink, 1)
    for r in (11.5, 7.3, 3.2):
        c.stroke(arc(331, 33.2, r, -136, -44), ink, 2.2 if r > 4 else 3)
    c.frame((346, 22, 24, 12.5), ink + "73", 4, 1)
    c.rect((348, 24, 17, 8.5), ink, 2.4)
    c.rect((371, 26.2, 1.6, 4), ink + "73", 1)


def home_bar(c: Canvas, ink: str) -> None:
    """Draw the bar by which a phone goes home."""
    c.rect((128, c.height - 13, 134, 5), ink, 2.5)


def title(c: Canvas, t: Theme, text: str, note: str = "") -> None:
    """Write a large title and a line under it."""
    c.label(SIDE, 82, text, DISPLAY, t.ink)
    if note:
        c.label(SIDE, 113, note, Type(15, "Regular", -0.1), t.ink2)


def bar(c: Canvas, t: Theme, text: str, sign: str = "", back: str = "left") -> None:
    """Draw a navigation bar: a way back, a title, an action."""
    icon(c, back, SIDE + 8, 76, t.ink, 24, 2)
    c.label(WIDTH / 2, 76, text, HEAD, t.ink, "m")
    if sign:
        icon(c, sign, WIDTH - SIDE - 10, 76, t.ink, 22)


def tabs(c: Canvas, t: Theme, active: int, unread: str = "2") -> None:
    """Draw the tab bar at the bottom."""
    top = c.height - 84
    c.rect((0, top, WIDTH, 84), t.surface)
    c.rect((0, top, WIDTH, 1), t.line)
    for k, (sign, name) in enumerate(TABS):
        cx = WIDTH / 8 + k * WIDTH / 4
        ink = t.accent if k == active else t.ink3
        icon(c, sign, cx, top + 24, ink, 25, 2.1 if k == active else 1.7)
        weight = "SemiBold" if k == active else "Medium"
        c.label(cx, top + 46, name, Type(11, weight), ink, "m")
        if sign == "chat" and unread:
            badge(c, t, cx + 14, top + 14, unread)
    home_bar(c, t.ink)


def dock(c: Canvas, t: Theme, high: int = 100) -> float:
    """Draw the surface on which a screen's main action stands; return its top."""
    top = c.height - high
    c.rect((0, top, WIDTH, high), t.surface)
    c.rect((0, top, WIDTH, 1), t.line)
    home_bar(c, t.ink)
    return top


def action(
    c: Canvas, t: Theme, text: str, kind: str = "accent", sign: str = "", nudge: int = 0
) -> None:
    """Draw a docked button over the whole width."""
    top = dock(c, t)
    button(c, t, (SIDE, top + 12, INNER, 52), text, kind, sign, nudge=nudge)
