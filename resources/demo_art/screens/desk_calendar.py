"""A team's calendar on a desktop."""

from ..canvas import Canvas
from ..desk import LEFT, RIGHT, ROOM, title, window
from ..fonts import Type, fit
from ..icons import icon
from ..portraits import avatar
from ..theme import Theme
from ..widgets import button, card, round_button, tints

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TOP, CELL, ROW, FIRST = 160, 160, 140, 4
Event = tuple[int, int, int, str, str, str]
EVENTS: tuple[Event, ...] = (
    (1, 1, 0, "Public holiday", "plain", ""),
    (2, 2, 0, "Walk, Harrow Fell", "accent", "Tomas Beck"),
    (5, 1, 0, "09:00 Planning", "plain", ""),
    (6, 3, 0, "Site visit, Pinesund", "sky", "Joel Aster"),
    (12, 3, 0, "Lake Orrin", "accent", "Ines Halloran"),
    (10, 1, 0, "Pack for the lake", "gold", ""),
    (14, 2, 1, "Fair, Castel Bruna", "clay", "Priya Nandan"),
    (18, 2, 0, "Forest hut week", "plum", "Sade Cole"),
    (20, 1, 0, "Renew rail passes", "gold", ""),
    (22, 3, 0, "Vesterholm", "sky", "Tomas Beck"),
    (25, 1, 0, "Vesterholm", "sky", "Tomas Beck"),
    (28, 2, 0, "Harrow Fell retreat", "accent", "Noor Haddad"),
)
MOVED: Event = (21, 1, 1, "Forest hut talk", "plum", "Oskar Wren")


def calendar(t: Theme, head: bool) -> Canvas:
    """A month. Head moves one trip by a day and adds another."""
    c = window(t, "Calendar")
    title(c, t, "May 2026", "Where everyone is, and how they get there")
    round_button(c, RIGHT - 330, 62, "left", t.sunken, t.ink)
    round_button(c, RIGHT - 282, 62, "right", t.sunken, t.ink)
    style = Type(15, "SemiBold", -0.1)
    button(c, t, (RIGHT - 246, 40, 90, 44), "Today", "plain", style=style)
    button(c, t, (RIGHT - 144, 40, 144, 44), "New trip", sign="plus", style=style)
    card(c, t, (LEFT, 116, ROOM, 44 + 5 * ROW), 18)
    for k, name in enumerate(WEEK):
        c.label(LEFT + CELL * k + 16, 138, name, Type(13, "Medium"), t.ink3)
    for slot in range(35):
        cell(c, t, slot)
    events = [moved(event) for event in EVENTS] + [MOVED] if head else list(EVENTS)
    for event in events:
        entry(c, t, event)
    return c


def moved(event: Event) -> Event:
    """Return an event as it stands in head."""
    return (29, *event[1:]) if event[3] == "Harrow Fell retreat" else event


def corner(day: int) -> tuple[int, int]:
    """Return the left and top of a day's cell."""
    slot = day - 1 + FIRST
    return LEFT + CELL * (slot % 7), TOP + ROW * (slot // 7)


def cell(c: Canvas, t: Theme, slot: int) -> None:
    """Draw one day's lines and number."""
    day = slot + 1 - FIRST
    x, y = LEFT + CELL * (slot % 7), TOP + ROW * (slot // 7)
    c.rect((LEFT, y, ROOM, 1), t.line)
    if slot % 7:
        c.rect((x, TOP, 1, ROW * 5 - 1), t.line)
    text = str(day if day > 0 else 30 + day)
    if day == 3:
        c.circle(x + 24, y + 24, 14, t.accent)
    ink = t.on_accent if day == 3 else t.ink if day > 3 else t.ink3
    c.label(x + 24, y + 24, text, Type(14, "SemiBold" if day == 3 else "Medium"), ink, "m")


def entry(c: Canvas, t: Theme, event: Event) -> None:
    """Draw an event over the days it takes."""
    day, days, line, name, kind, who = event
    x, y = corner(day)
    fill, ink = tints(t, kind)
    left, top, w = x + 8, y + 48 + 40 * line, CELL * days - 15
    c.rect((left, top, w, 32), fill, 9)
    c.rect((left, top + 6, 3, 20), ink, 1.5)
    style = Type(13, "SemiBold", -0.05)
    inset = 12
    if who:
        avatar(c, left + 24, top + 16, 22, who)
        inset = 42
    c.label(left + inset, top + 16, fit(name, style, w - inset - 8), style, ink)
    if days > 2:
        icon(c, "train", left + w - 18, top + 16, ink, 16, 1.5)
