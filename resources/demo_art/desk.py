"""The frame of a desktop screen: its side bar or top bar, its title, its panels."""

from .canvas import Canvas
from .fonts import BODY, HEAD, SMALL, Type
from .icons import icon
from .portraits import avatar
from .signs import mark
from .theme import Theme
from .widgets import badge, card

WIDTH, HEIGHT = 1440, 900
RAIL = 240
LEFT, RIGHT = RAIL + 40, WIDTH - 40
ROOM = RIGHT - LEFT
PLACES = (
    ("chart", "Overview"),
    ("compass", "Explore"),
    ("calendar", "Calendar"),
    ("chat", "Messages"),
    ("ticket", "Bookings"),
    ("users", "People"),
    ("gear", "Settings"),
)


def window(t: Theme, active: str, unread: str = "2") -> Canvas:
    """Return a screen with the side bar, one of its places active."""
    c = Canvas(WIDTH, HEIGHT, t.page)
    c.rect((0, 0, RAIL, HEIGHT), t.surface)
    c.rect((RAIL - 1, 0, 1, HEIGHT), t.line)
    mark(c, 40, 48, 36, t.accent, t.on_accent)
    c.label(70, 48, "Alderline", Type(19, "SemiBold", -0.4), t.ink)
    for k, (sign, name) in enumerate(PLACES):
        place(c, t, 100 + 46 * k, sign, name, name == active)
        if sign == "chat" and unread:
            badge(c, t, RAIL - 38, 120 + 46 * k, unread)
    c.rect((16, 820, RAIL - 32, 1), t.line)
    avatar(c, 40, 857, 40, "Ines Halloran")
    c.label(70, 848, "Ines Halloran", Type(14, "SemiBold", -0.1), t.ink)
    c.label(70, 867, "Northgate Studio", Type(12, "Regular"), t.ink2)
    icon(c, "more", RAIL - 32, 857, t.ink3, 20)
    return c


def place(c: Canvas, t: Theme, y: int, sign: str, name: str, active: bool) -> None:
    """Draw one entry of the side bar."""
    if active:
        c.rect((16, y, RAIL - 32, 40), t.accent_soft, 11)
    ink = t.on_soft if active else t.ink2
    icon(c, sign, 40, y + 20, ink, 21, 1.9 if active else 1.7)
    c.label(64, y + 20, name, Type(15, "SemiBold" if active else "Medium", -0.1), ink)


def title(c: Canvas, t: Theme, text: str, note: str) -> None:
    """Write a screen's title and what it is about."""
    c.label(LEFT, 50, text, Type(28, "Bold", -0.6), t.ink)
    c.label(LEFT, 82, note, BODY, t.ink2)


def panel(
    c: Canvas, t: Theme, box: tuple[float, float, float, float], name: str = "", note: str = ""
) -> None:
    """Draw a card with a title and, at its right end, a note."""
    x, y, w, _ = box
    card(c, t, box, 18)
    if name:
        c.label(x + 24, y + 32, name, HEAD, t.ink)
    if note:
        c.label(x + w - 24, y + 32, note, SMALL, t.ink2, "r")


def top_bar(c: Canvas, t: Theme) -> None:
    """Draw a bar over the whole width, with the app's name."""
    c.rect((0, 0, WIDTH, 72), t.surface)
    c.rect((0, 71, WIDTH, 1), t.line)
    mark(c, 58, 36, 36, t.accent, t.on_accent)
    c.label(88, 36, "Alderline", Type(19, "SemiBold", -0.4), t.ink)
