"""The booking, confirmed, as a ticket."""

from ..canvas import Canvas, alpha
from ..fonts import BODY, SMALL, Type
from ..icons import icon
from ..phone import INNER, SIDE, WIDTH, home_bar, screen
from ..scenery import scene
from ..signs import code
from ..theme import Theme
from ..widgets import button

FACTS = (("Date", "Tue 12 May"), ("Coach", "4"), ("Seats", "21, 22"), ("Platform", "7"))


def confirmed(t: Theme, _head: bool) -> Canvas:
    """A ticket with a code for the gate."""
    c = screen(t)
    icon(c, "close", SIDE + 8, 76, t.ink, 22, 2)
    icon(c, "share", WIDTH - SIDE - 10, 76, t.ink, 22)
    c.circle(WIDTH / 2, 122, 28, t.accent)
    icon(c, "check", WIDTH / 2, 122, t.on_accent, 30, 3)
    c.label(WIDTH / 2, 180, "You’re going to the lake", Type(26, "Bold", -0.5), t.ink, "m")
    c.label(WIDTH / 2, 213, "Tickets are in Trips, and offline too.", BODY, t.ink2, "m")
    stub(c, t, 246)
    button(c, t, (SIDE, 716, 169, 52), "Calendar", "plain", "calendar")
    button(c, t, (SIDE + 181, 716, 169, 52), "See trip")
    home_bar(c, t.ink)
    return c


def stub(c: Canvas, t: Theme, y: int) -> None:
    """Draw the ticket, notched where it tears."""
    w, h, tear = INNER, 446, 262
    if not t.dark:
        c.shadow((SIDE, y, w, h), 20, 9, 5, alpha("#3a3626", 0.12))
    c.rect((SIDE, y, w, h), t.surface, 20)
    c.paste(scene("harrow-day", w, 96), SIDE, y, 20, square_foot=True)
    left, right = SIDE + 22, WIDTH - SIDE - 22
    big = Type(24, "Bold", -0.5)
    c.label(left, y + 130, "08:14", big, t.ink)
    c.label(right, y + 130, "11:52", big, t.ink, "r")
    c.label(left, y + 156, "Carrow Junction", SMALL, t.ink2)
    c.label(right, y + 156, "Orrin Halt", SMALL, t.ink2, "r")
    for k in range(11):
        c.circle(WIDTH / 2 - 60 + 12 * k, y + 130, 1.5, t.ink3 if abs(k - 5) > 1 else t.surface)
    icon(c, "train", WIDTH / 2, y + 130, t.accent, 24)
    for k, (name, value) in enumerate(FACTS):
        x = left + (0, 104, 172, 248)[k]
        c.label(x, y + 201, name, Type(12, "Medium"), t.ink3)
        c.label(x, y + 222, value, BODY.bold(), t.ink)
    for x in (SIDE, WIDTH - SIDE):
        c.circle(x, y + tear, 11, t.page)
    for k in range(26):
        c.rect((SIDE + 22 + 12 * k, y + tear, 6, 1.5), t.line)
    c.rect((WIDTH / 2 - 61, y + tear + 22, 122, 122), "#ffffff", 10)
    code(c, WIDTH / 2 - 50, y + tear + 33, 100, "#1b2521")
    c.label(WIDTH / 2, y + tear + 161, "AL4 82K 19", Type(13, "SemiBold", 1.2), t.ink2, "m")
