"""One small stay by a lake."""

from ..canvas import Canvas, alpha
from ..fonts import BODY, SMALL, TITLE, Type, width
from ..icons import icon
from ..phone import INNER, SIDE, WIDTH, dock, status
from ..portraits import avatar
from ..scenery import scene
from ..theme import Theme
from ..widgets import button, pill, rating, round_button, rule, tile

OFFERS = (
    ("bed", "2 beds", "accent"),
    ("boat", "Rowing boat", "sky"),
    ("fire", "Wood stove", "clay"),
    ("wifi", "Wi-Fi", "gold"),
)


def stay(t: Theme, head: bool) -> Canvas:
    """A boathouse with its host and its price. Head marks it as liked."""
    c = Canvas(WIDTH, 844, t.page)
    c.paste(scene("orrin-night" if t.dark else "orrin", WIDTH, 330, 0.42), 0, 0)
    status(c, t.ink)
    veil, ink = alpha(t.surface, 0.92), t.ink
    round_button(c, 40, 82, "left", veil, ink)
    round_button(c, WIDTH - 92, 82, "share", veil, ink)
    round_button(c, WIDTH - 40, 82, "heart", veil, t.clay if head else ink, filled=head)
    c.rect((WIDTH - 72, 258, 52, 26), "#00000080", 13)
    c.label(WIDTH - 46, 271, "1 / 14", Type(12, "SemiBold"), "#ffffff", "m")
    c.rect((0, 304, WIDTH, 560), t.page, 26)
    about(c, t)
    offers(c, t, 446)
    host(c, t, 568)
    foot(c, t)
    return c


def about(c: Canvas, t: Theme) -> None:
    """Write the stay's name, place and mark."""
    c.label(SIDE, 345, "Orrin Boathouse", Type(26, "Bold", -0.5), t.ink)
    pill(c, t, WIDTH - SIDE, 345, "Car-free", "accent", "r")
    rating(c, t, SIDE, 379, "4.92", "· 118 reviews")
    icon(c, "pin", SIDE + 8, 408, t.ink2, 18, 1.6)
    c.label(SIDE + 23, 408, "Lake Orrin · 12 minutes on foot from Orrin Halt", SMALL, t.ink2)


def offers(c: Canvas, t: Theme, y: int) -> None:
    """Draw what the house offers."""
    for k, (sign, name, kind) in enumerate(OFFERS):
        left = SIDE + k * 89.3
        tile(c, t, (left + 15, y, 52, 52), sign, kind, 16)
        c.label(left + 41, y + 70, name, Type(12.5, "Medium"), t.ink, "m")
    rule(c, t, SIDE, y + 98, INNER)


def host(c: Canvas, t: Theme, y: int) -> None:
    """Draw the host and what she writes."""
    avatar(c, SIDE + 24, y + 24, 48, "Marit Lund")
    c.label(SIDE + 62, y + 14, "Hosted by Marit Lund", BODY.bold(), t.ink)
    c.label(SIDE + 62, y + 35, "Answers within an hour", SMALL, t.ink2)
    icon(c, "chat", WIDTH - SIDE - 12, y + 24, t.accent, 24)
    words = (
        "The old ferryman’s boathouse, with a stove, two beds under the roof and a jetty for "
        "the morning swim. Breakfast comes over the water at eight."
    )
    c.prose(SIDE, y + 82, words, BODY, t.ink2, INNER, 1.5)


def foot(c: Canvas, t: Theme) -> None:
    """Draw the price and the way on."""
    top = dock(c, t)
    c.label(SIDE, top + 29, "€142", TITLE, t.ink)
    c.label(SIDE + width("€142", TITLE) + 5, top + 31, "a night", SMALL, t.ink2)
    c.label(SIDE, top + 52, "12 – 14 May", SMALL.medium(), t.accent)
    button(c, t, (WIDTH - SIDE - 186, top + 12, 186, 52), "Choose dates")
