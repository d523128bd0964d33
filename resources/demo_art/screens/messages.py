"""Conversations with hosts and companions on a phone."""

from ..canvas import Canvas
from ..fonts import BODY, HEAD, SMALL, Type, fit, width, wrap
from ..icons import icon
from ..phone import INNER, SIDE, WIDTH, home_bar, screen, tabs, title
from ..portraits import avatar
from ..scenery import scene
from ..theme import Theme
from ..widgets import badge, card, chip, pill

THREADS = (
    ("Marit Lund", "Boathouse host", "Breakfast leaves the jetty at eight.", "09:32", 1),
    ("Tomas Beck", "Lake Orrin", "I’ll bring the stove coffee pot", "09:05", 1),
    ("Noor Haddad", "Castel Bruna", "Harvest weekend? Four of us now.", "Sat", 0),
    ("Oskar Wren", "Keeper, Vesterholm", "The stair light is mended.", "Fri", 0),
    ("Sade Cole", "Night train", "Top bunk, no discussion :)", "Thu", 0),
    ("Joel Aster", "Traveller care", "Your seat change went through.", "28 Apr", 0),
    ("Priya Nandan", "Pinesund", "You: The hut sleeps six, I asked.", "21 Apr", 0),
)
TALK = (
    ("them", "Good morning! Which train do you come with on Tuesday?"),
    ("us", "The 08:14 from Carrow, so we’re at Orrin Halt by noon."),
    ("trip", ""),
    ("them", "Perfect. I’ll meet you at the jetty with the keys. Bring warm socks."),
    ("us", "Packed. Can we swim yet?"),
    ("them", "14 degrees. Breakfast leaves the jetty at eight, so swim before."),
    ("us", "Seven it is, then."),
)


def inbox(t: Theme, head: bool) -> Canvas:
    """All conversations. Head has one more unread message."""
    c = screen(t)
    title(c, t, "Messages")
    icon(c, "search", WIDTH - SIDE - 10, 82, t.ink, 23, 2)
    x: float = SIDE
    for name in ("All", "Hosts", "Companions", "Care"):
        x = chip(c, t, x, 116, name, name == "All")
    for k, thread in enumerate(THREADS):
        unread = thread[4] + (1 if head and k == 0 else 0)
        thread_row(c, t, 168 + 84 * k, thread, unread)
    tabs(c, t, 2, "3" if head else "2")
    return c


def thread_row(
    c: Canvas, t: Theme, y: int, thread: tuple[str, str, str, str, int], unread: int
) -> None:
    """Draw one conversation."""
    who, topic, last, when, _ = thread
    avatar(c, SIDE + 27, y + 42, 54, who)
    left = SIDE + 70
    c.label(left, y + 24, who, BODY.bold(), t.ink)
    c.label(left + width(who, BODY.bold()) + 7, y + 24, f"· {topic}", SMALL, t.ink3)
    c.label(WIDTH - SIDE, y + 24, when, SMALL, t.accent if unread else t.ink3, "r")
    style = Type(14, "Medium" if unread else "Regular", -0.05)
    room = INNER - 70 - (36 if unread else 10)
    c.label(left, y + 49, fit(last, style, room), style, t.ink if unread else t.ink2)
    if unread:
        badge(c, t, WIDTH - SIDE - 9, y + 50, str(unread))
    c.rect((left, y + 83, INNER - 70, 1), t.line)


def chat(t: Theme, _head: bool) -> Canvas:
    """A talk with a host, a trip attached to it."""
    c = screen(t)
    icon(c, "left", SIDE + 8, 80, t.ink, 24, 2)
    avatar(c, SIDE + 50, 80, 40, "Marit Lund")
    c.circle(SIDE + 64, 94, 7, t.page)
    c.circle(SIDE + 64, 94, 5, t.accent)
    c.label(SIDE + 82, 71, "Marit Lund", HEAD, t.ink)
    c.label(SIDE + 82, 92, "Host of Orrin Boathouse", SMALL, t.ink2)
    icon(c, "phone", WIDTH - SIDE - 10, 80, t.accent, 23)
    c.rect((0, 114, WIDTH, 1), t.line)
    c.label(WIDTH / 2, 138, "Today, 09:18", Type(12, "Medium"), t.ink3, "m")
    y = 158
    for side, words in TALK:
        y = attachment(c, t, y) if side == "trip" else bubble(c, t, y, side, words)
    composer(c, t)
    return c


def bubble(c: Canvas, t: Theme, y: int, side: str, words: str) -> int:
    """Draw one message; return where the next one begins."""
    lines = wrap(words, BODY, 236)
    w = round(max(width(line, BODY) for line in lines)) + 30
    h = 21 * len(lines) + 19
    ours = side == "us"
    left = WIDTH - SIDE - w if ours else SIDE
    fill, ink = (t.accent, t.on_accent) if ours else (t.surface, t.ink)
    c.rect((left, y, w, h), fill, 19)
    tail = (left + w - 19, y + h - 19, 19, 19) if ours else (left, y + h - 19, 19, 19)
    c.rect(tail, fill, 5)
    for k, line in enumerate(lines):
        c.label(left + 15, y + 20 + 21 * k, line, BODY, ink)
    return y + h + 10


def attachment(c: Canvas, t: Theme, y: int) -> int:
    """Draw the trip that was attached; return where the next message begins."""
    left, w = WIDTH - SIDE - 250, 250
    card(c, t, (left, y, w, 144), 18)
    c.paste(scene("orrin-night" if t.dark else "orrin", w, 76, 0.3), left, y, 18, square_foot=True)
    c.label(left + 15, y + 98, "Lake Orrin", BODY.bold(), t.ink)
    c.label(left + 15, y + 121, "12 – 14 May · 2 people", SMALL, t.ink2)
    pill(c, t, left + w - 14, y + 98, "Booked", "accent", "r")
    return y + 154


def composer(c: Canvas, t: Theme) -> None:
    """Draw where the next message is written."""
    top = c.height - 96
    c.rect((0, top, WIDTH, 96), t.surface)
    c.rect((0, top, WIDTH, 1), t.line)
    icon(c, "clip", SIDE + 12, top + 33, t.ink2, 24)
    c.rect((SIDE + 38, top + 12, INNER - 88, 42), t.sunken, 21)
    c.label(SIDE + 56, top + 33, "Write to Marit", BODY, t.ink3)
    c.circle(WIDTH - SIDE - 21, top + 33, 21, t.accent)
    icon(c, "send", WIDTH - SIDE - 22.5, top + 34, t.on_accent, 20, 1.8)
    home_bar(c, t.ink)
