"""The phone's calendar of trips."""

from ..canvas import Canvas, mix
from ..fonts import BODY, SMALL, Type
from ..icons import icon
from ..phone import INNER, SIDE, WIDTH, screen, tabs, title
from ..theme import Theme
from ..widgets import card, pill, round_button, tints

FIRST, DAYS = 4, 31
"""May begins on a Friday and has 31 days."""
SPANS = ((12, 14, "accent"), (20, 20, "gold"), (22, 25, "sky"), (30, 31, "plum"))
TRIPS = (
    ("12", "14", "Lake Orrin", "Boathouse · with Tomas", "accent", "Booked"),
    ("20", "", "Renew the rail pass", "Runs out on the 21st", "gold", "To do"),
    ("22", "25", "Vesterholm", "Lighthouse keeper’s flat", "sky", "Held"),
    ("30", "31", "Pinesund", "Forest hut · with Noor", "plum", "Idea"),
)
CELL, ROW, LEFT = 48, 46, SIDE + 7


def calendar(t: Theme, _head: bool) -> Canvas:
    """May, with the trips marked, and a list of them."""
    c = screen(t)
    title(c, t, "May")
    c.label(SIDE + 65, 84, "2026", Type(26, "Regular", -0.4), t.ink3)
    round_button(c, WIDTH - SIDE - 68, 82, "left", t.sunken, t.ink)
    round_button(c, WIDTH - SIDE - 20, 82, "right", t.sunken, t.ink)
    card(c, t, (SIDE, 118, INNER, 284), 20)
    for k, name in enumerate("MTWTFSS"):
        c.label(LEFT + CELL * (k + 0.5), 144, name, Type(12, "SemiBold"), t.ink3, "m")
    for start, end, kind in SPANS:
        span(c, t, start, end, kind)
    for day in range(1, DAYS + 1):
        number(c, t, day)
    agenda(c, t, 436)
    tabs(c, t, 1)
    return c


def place(day: int) -> tuple[float, float]:
    """Return the centre of a day's cell."""
    slot = day - 1 + FIRST
    return LEFT + CELL * (slot % 7 + 0.5), 182 + ROW * (slot // 7)


def span(c: Canvas, t: Theme, start: int, end: int, kind: str) -> None:
    """Mark the days of a trip, row by row."""
    fill, _ = tints(t, kind)
    for first in range(start, end + 1):
        x, y = place(first)
        left = x - (19 if first == start else CELL / 2)
        right = x + (19 if first == end else CELL / 2)
        c.rect((left, y - 19, right - left, 38), fill, 0 if start < first < end else 19)
        if start <= first < end:
            c.rect((x, y - 19, right - x, 38), fill)
        if start < first <= end:
            c.rect((left, y - 19, x - left, 38), fill)


def number(c: Canvas, t: Theme, day: int) -> None:
    """Write a day's number; today is filled."""
    x, y = place(day)
    inside = next((kind for a, b, kind in SPANS if a <= day <= b), "")
    ink = tints(t, inside)[1] if inside else t.ink
    if day == 3:
        c.circle(x, y, 19, t.ink)
        ink = t.page
    elif not inside and day < 3:
        ink = mix(t.ink3, t.surface, 0.3)
    c.label(
        x, y, str(day), Type(16, "SemiBold" if inside or day == 3 else "Regular", -0.2), ink, "m"
    )


def agenda(c: Canvas, t: Theme, y: int) -> None:
    """List what the month holds."""
    c.label(SIDE, y, "This month", Type(19, "SemiBold", -0.35), t.ink)
    c.label(WIDTH - SIDE, y, "4 entries", SMALL, t.ink2, "r")
    for k, (start, end, name, note, kind, state) in enumerate(TRIPS):
        top = y + 24 + 86 * k
        card(c, t, (SIDE, top, INNER, 76), 16)
        fill, ink = tints(t, kind)
        c.rect((SIDE + 12, top + 12, 52, 52), fill, 13)
        dates = f"{start}–{end}" if end else start
        c.label(SIDE + 38, top + 31, dates, Type(14, "Bold", -0.5), ink, "m")
        c.label(SIDE + 38, top + 49, "May", Type(11, "SemiBold"), ink, "m")
        c.label(SIDE + 80, top + 28, name, BODY.bold(), t.ink)
        c.label(SIDE + 80, top + 50, note, SMALL, t.ink2)
        pill(c, t, WIDTH - SIDE - 16, top + 28, state, kind, "r")
        icon(c, "right", WIDTH - SIDE - 22, top + 52, t.ink3, 15, 1.8)
