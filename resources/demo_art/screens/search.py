"""Stays beside a map on a desktop, in two layouts."""

from ..canvas import Canvas
from ..desk import HEIGHT, WIDTH, top_bar
from ..fonts import BODY, HEAD, SMALL, Type, width
from ..icons import icon
from ..maps import region, tag
from ..portraits import avatar
from ..scenery import scene
from ..theme import Theme
from ..widgets import button, card, chip, pill, rating

STAYS = (
    ("orrin", "Orrin Boathouse", "Lake Orrin · car-free", "4.92", "€142", (0.27, 0.4)),
    ("vesterholm", "Keeper’s Flat", "Vesterholm · by the light", "4.88", "€168", (0.74, 0.21)),
    ("pinesund", "Forest Hut Six", "Pinesund · wood stove", "4.74", "€106", (0.58, 0.6)),
    ("harrow", "Signal House", "Harrow Fell · on the line", "4.81", "€124", (0.2, 0.68)),
    ("bruna", "Tower Rooms", "Castel Bruna · roof terrace", "4.90", "€155", (0.8, 0.78)),
)
FORM = (
    ("Where", "By the water"),
    ("When", "12 – 14 May"),
    ("Who", "2 people"),
    ("From", "Carrow Junction"),
)


def search(t: Theme, head: bool) -> Canvas:
    """Stays and a map. Head lists them in rows beside a wider map."""
    c = Canvas(WIDTH, HEIGHT, t.page)
    top_bar(c, t)
    form(c, t)
    for k, name in enumerate(("Explore", "Trips", "Messages")):
        style = Type(15, "SemiBold" if k == 0 else "Medium", -0.1)
        c.label(1130 + (0, 82, 142)[k], 36, name, style, t.ink if k == 0 else t.ink2)
    avatar(c, 1386, 36, 40, "Ines Halloran")
    split = 640 if head else 800
    c.label(40, 114, "Five quiet stays by the water", Type(24, "Bold", -0.5), t.ink)
    c.label(40, 143, "Two nights, rail from Carrow included", BODY, t.ink2)
    x = 40.0
    filters = ("Car-free", "Under €150", "Wood stove", "Breakfast", "Dogs welcome")
    for k, name in enumerate(filters[: 4 if head else 5]):
        x = chip(c, t, x, 166, name, k == 0)
    (rows if head else grid)(c, t)
    land = region(t, WIDTH - split, HEIGHT - 72)
    for _, name, _, _, price, (x, y) in STAYS:
        tag(land, t, x * land.width, y * land.height, price, name == "Orrin Boathouse")
    c.paste(land, split, 72)
    return c


def form(c: Canvas, t: Theme) -> None:
    """Draw the search form in the bar."""
    c.rect((330, 12, 700, 48), t.page, 24)
    c.frame((330, 12, 700, 48), t.line, 24)
    for k, (name, value) in enumerate(FORM):
        x = 356 + 158 * k
        c.label(x, 28, name, Type(11, "Medium"), t.ink3)
        c.label(x, 45, value, Type(14, "Medium", -0.1), t.ink)
        if k:
            c.rect((x - 20, 24, 1, 24), t.line)
    c.circle(1006, 36, 19, t.accent)
    icon(c, "search", 1006, 36, t.on_accent, 19, 2)


def grid(c: Canvas, t: Theme) -> None:
    """Draw the base's cards, two in a row."""
    for k, (picture, name, note, stars, price, _) in enumerate(STAYS):
        x, y = 40 + 368 * (k % 2), 226 + 312 * (k // 2)
        card(c, t, (x, y, 352, 296))
        c.paste(scene(picture, 352, 196), x, y, 18, square_foot=True)
        c.circle(x + 322, y + 30, 17, "#ffffffd8")
        icon(c, "heart", x + 322, y + 31, "#1b2521", 19, 1.8)
        c.label(x + 20, y + 222, name, HEAD, t.ink)
        rating(c, t, x + 280, y + 222, stars)
        c.label(x + 20, y + 246, note, SMALL, t.ink2)
        c.label(x + 20, y + 272, price, BODY.bold(), t.ink)
        c.label(x + 24 + width(price, BODY.bold()), y + 272, "a night", SMALL, t.ink2)


def rows(c: Canvas, t: Theme) -> None:
    """Draw the head's rows: a picture at the left, what matters at the right."""
    for k, (picture, name, note, stars, price, _) in enumerate(STAYS):
        y = 226 + 152 * k
        card(c, t, (40, y, 568, 136))
        c.paste(scene(picture, 160, 112), 52, y + 12, 12)
        c.label(232, y + 31, name, HEAD, t.ink)
        c.label(232, y + 56, note, SMALL, t.ink2)
        rating(c, t, 230, y + 82, stars, "· free to cancel")
        c.label(586, y + 31, price, HEAD, t.ink, "r")
        c.label(586, y + 56, "a night", SMALL, t.ink2, "r")
        if k == 0:
            pill(c, t, 232, y + 111, "Closest to the train", "accent")
        button(c, t, (498, y + 88, 88, 36), "View", "soft", style=Type(14, "SemiBold", -0.1))
