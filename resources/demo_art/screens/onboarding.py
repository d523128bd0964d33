"""The first two screens a traveller sees."""

from ..canvas import Canvas, mix
from ..fonts import BODY, SMALL, Type, width
from ..phone import INNER, SIDE, WIDTH, home_bar, screen, status
from ..scenery import scene
from ..signs import mark
from ..theme import Theme
from ..widgets import button, field


def welcome(t: Theme, _head: bool) -> Canvas:
    """A picture of the viaduct over a promise and two ways in."""
    c = Canvas(WIDTH, 844, t.page)
    c.paste(scene("night-line" if t.dark else "harrow-day", WIDTH, 500), 0, 0)
    status(c, t.ink)
    c.rect((0, 468, WIDTH, 400), t.page, 28)
    mark(c, WIDTH / 2, 468, 64, t.accent, t.on_accent)
    c.label(WIDTH / 2, 544, "Take the slow way there", Type(29, "Bold", -0.6), t.ink, "m")
    promise = "Rail journeys and small stays, planned together and paid for once."
    c.prose(WIDTH / 2, 588, promise, Type(16, "Regular", -0.15), t.ink2, 300, anchor="m")
    for k in range(3):
        spot = (WIDTH / 2 - 23 + k * 16, 648, 18 if k == 0 else 6, 6)
        c.rect((spot[0] + (12 if k else 0), *spot[1:]), t.accent if k == 0 else t.line, 3)
    button(c, t, (SIDE, 680, INNER, 52), "Create account")
    button(c, t, (SIDE, 742, INNER, 52), "I already have one", "plain")
    home_bar(c, t.ink)
    return c


def sign_in(t: Theme, head: bool) -> Canvas:
    """A form with two fields. Head renames its button."""
    c = screen(t)
    mark(c, SIDE + 28, 118, 56, t.accent, t.on_accent)
    c.label(SIDE, 188, "Welcome back", Type(30, "Bold", -0.6), t.ink)
    c.label(SIDE, 223, "Your next departure is in nine days.", Type(16, "Regular", -0.15), t.ink2)
    field(c, t, (SIDE, 262, INNER, 62), "Email", "ines@alderline.example", "mail")
    field(c, t, (SIDE, 338, INNER, 62), "Password", "•••••••••••", "eye", focused=True)
    c.label(WIDTH - SIDE, 428, "Forgot your password?", Type(14, "Medium", -0.1), t.accent, "r")
    button(c, t, (SIDE, 462, INNER, 52), "Continue" if head else "Sign in")
    c.rect((SIDE, 546, 154, 1), t.line)
    c.rect((WIDTH - SIDE - 154, 546, 154, 1), t.line)
    c.label(WIDTH / 2, 546, "or", SMALL, t.ink3, "m")
    button(c, t, (SIDE, 578, INNER, 52), "Email me a link", "plain", "mail")
    start = WIDTH / 2 - width("New to Alderline?  Create account", BODY) / 2
    c.label(start, 768, "New to Alderline?", BODY, mix(t.ink2, t.page, 0.1))
    link = start + width("New to Alderline?  ", BODY)
    c.label(link, 768, "Create account", BODY.bold(), t.accent)
    home_bar(c, t.ink)
    return c
