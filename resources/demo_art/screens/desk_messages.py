"""Conversations on a desktop, with the trip at the side."""

from ..canvas import Canvas
from ..desk import HEIGHT, RAIL, WIDTH, window
from ..fonts import BODY, HEAD, SMALL, Type, fit, width, wrap
from ..icons import icon
from ..portraits import avatar
from ..scenery import scene
from ..theme import Theme
from ..widgets import badge, button, pill, rule, tile
from .messages import THREADS

LIST, ASIDE = 336, 296
LEFT, RIGHT = RAIL + LIST, WIDTH - ASIDE
LATEST = ("Marit Lund", "Boathouse host", "You: Left at the chapel. Noted.", "09:41", 0)
TALK = (
    ("them", "Good morning! Which train do you come with on Tuesday?"),
    (
        "us",
        "The 08:14 from Carrow, so we’re at Orrin Halt just before noon. "
        "Tomas brings his coffee pot.",
    ),
    (
        "them",
        "Perfect. I’ll meet you at the jetty with the keys. Bring warm socks, the evenings "
        "on the water are cold until June.",
    ),
    ("us", "Packed. Can we swim yet?"),
    ("them", "14 degrees, so briefly. Breakfast leaves the jetty at eight."),
    ("us", "Seven it is, then. Thank you, Marit."),
    (
        "them",
        "See you on Tuesday. The path from the halt is in your itinerary: keep left at the chapel.",
    ),
    ("us", "Left at the chapel. Noted."),
)


def inbox(t: Theme, head: bool) -> Canvas:
    """Three columns: conversations, one of them, its trip. Head has one more unread."""
    c = window(t, "Messages", "2" if head else "1")
    c.label(RAIL + 24, 50, "Messages", Type(26, "Bold", -0.5), t.ink)
    c.rect((RAIL + 24, 84, LIST - 48, 42), t.sunken, 12)
    icon(c, "search", RAIL + 46, 105, t.ink3, 19)
    c.label(RAIL + 64, 105, "Search people and trips", Type(14, "Regular"), t.ink3)
    for k, thread in enumerate((LATEST, *THREADS[1:])):
        unread = thread[4] + (1 if head and k == 1 else 0)
        row(c, t, 142 + 78 * k, thread, unread, chosen=k == 0)
    c.rect((LEFT, 0, 1, HEIGHT), t.line)
    talk(c, t)
    c.rect((RIGHT, 0, ASIDE, HEIGHT), t.surface)
    c.rect((RIGHT, 0, 1, HEIGHT), t.line)
    aside(c, t)
    return c


def row(
    c: Canvas,
    t: Theme,
    y: int,
    thread: tuple[str, str, str, str, int],
    unread: int,
    chosen: bool,
) -> None:
    """Draw one conversation in the list."""
    who, topic, last, when, _ = thread
    if chosen:
        c.rect((RAIL + 12, y, LIST - 24, 74), t.accent_soft, 14)
    avatar(c, RAIL + 48, y + 37, 46, who)
    x, right = RAIL + 84, LEFT - 26
    c.label(x, y + 19, who, Type(14.5, "SemiBold", -0.1), t.ink)
    c.label(right, y + 19, when, Type(12, "Regular"), t.accent if unread else t.ink2, "r")
    style = Type(13, "Medium" if unread else "Regular")
    c.label(x, y + 38, fit(last, style, LIST - 112), style, t.ink if unread else t.ink2)
    c.label(x, y + 57, topic, Type(12, "Regular"), t.ink2 if chosen else t.ink3)
    if unread:
        badge(c, t, right - 9, y + 54, str(unread))


def talk(c: Canvas, t: Theme) -> None:
    """Draw the chosen conversation."""
    avatar(c, LEFT + 48, 44, 44, "Marit Lund")
    c.label(LEFT + 82, 34, "Marit Lund", HEAD, t.ink)
    c.circle(LEFT + 87, 57, 4, t.accent)
    c.label(LEFT + 97, 57, "Here now · host of Orrin Boathouse", SMALL, t.ink2)
    icon(c, "phone", RIGHT - 78, 44, t.ink2, 22)
    icon(c, "more", RIGHT - 36, 44, t.ink2, 22)
    c.rect((LEFT, 87, RIGHT - LEFT, 1), t.line)
    c.label((LEFT + RIGHT) / 2, 118, "Today", Type(12, "SemiBold"), t.ink3, "m")
    y = 142
    for side, words in TALK:
        y = bubble(c, t, y, side == "us", words)
    x = LEFT + 24
    c.rect((x, 820, RIGHT - LEFT - 48, 56), t.surface, 16)
    c.frame((x, 820, RIGHT - LEFT - 48, 56), t.line, 16)
    icon(c, "clip", x + 30, 848, t.ink2, 22)
    c.label(x + 56, 848, "Write to Marit", BODY, t.ink3)
    c.rect((RIGHT - 76, 828, 44, 40), t.accent, 12)
    icon(c, "send", RIGHT - 55, 848.5, t.on_accent, 19, 1.8)


def bubble(c: Canvas, t: Theme, y: int, ours: bool, words: str) -> int:
    """Draw one message; return where the next one begins."""
    lines = wrap(words, BODY, 330)
    w = round(max(width(line, BODY) for line in lines)) + 36
    h = 22 * len(lines) + 22
    left = RIGHT - 24 - w if ours else LEFT + 72
    fill, ink = (t.accent, t.on_accent) if ours else (t.surface, t.ink)
    if not ours:
        avatar(c, LEFT + 42, y + h - 17, 34, "Marit Lund")
    c.rect((left, y, w, h), fill, 18)
    c.rect((left + w - 18 if ours else left, y + h - 18, 18, 18), fill, 5)
    for k, line in enumerate(lines):
        c.label(left + 18, y + 22 + 22 * k, line, BODY, ink)
    return y + h + 14


def aside(c: Canvas, t: Theme) -> None:
    """Draw the trip that the conversation is about."""
    x, right = RIGHT + 24, WIDTH - 24
    c.label(x, 44, "About this trip", HEAD, t.ink)
    c.paste(scene("orrin-night" if t.dark else "orrin", 248, 148), x, 76, 14)
    c.label(x, 254, "Lake Orrin", Type(20, "SemiBold", -0.3), t.ink)
    pill(c, t, right, 254, "Booked", "accent", "r")
    c.label(x, 281, "12 – 14 May · 2 people", SMALL, t.ink2)
    rule(c, t, x, 306, 248)
    steps = (
        ("train", "sky", "08:14 to Orrin Halt", "Coach 4, seats 21, 22"),
        ("bed", "accent", "Orrin Boathouse", "Check in from 15:00"),
        ("cup", "gold", "Breakfast by boat", "Wednesday, 08:00"),
    )
    for k, (sign, kind, name, note) in enumerate(steps):
        y = 326 + 64 * k
        tile(c, t, (x, y, 44, 44), sign, kind, 13)
        c.label(x + 58, y + 13, name, Type(14, "SemiBold", -0.1), t.ink)
        c.label(x + 58, y + 33, note, SMALL, t.ink2)
    rule(c, t, x, 522, 248)
    c.label(x, 550, "Travelling", Type(14, "SemiBold", -0.1), t.ink)
    for k, who in enumerate(("Ines Halloran", "Tomas Beck")):
        avatar(c, x + 18, 588 + 46 * k, 36, who)
        c.label(x + 48, 588 + 46 * k, who, Type(14, "Medium", -0.1), t.ink)
    button(c, t, (x, 668, 248, 44), "Open itinerary", "soft", style=Type(15, "SemiBold", -0.1))
