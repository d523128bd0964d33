"""Looking for a journey: the start screen."""

from ..canvas import Canvas
from ..fonts import BODY, SMALL, Type
from ..icons import icon
from ..phone import INNER, SIDE, WIDTH, screen, status, tabs, title
from ..portraits import avatar
from ..scenery import scene
from ..theme import Theme
from ..widgets import button, card, chip, heading, pill, rating, round_button

DEALS = (
    ("vesterholm", "Vesterholm", "Harbour and lighthouse", "6 h by rail", "€64", "4.9"),
    ("bruna", "Castel Bruna", "Hill town, late harvest", "8 h by rail", "€88", "4.8"),
    ("pinesund", "Pinesund", "Forest and river", "5 h by rail", "€52", "4.7"),
)


def home(t: Theme, head: bool) -> Canvas:
    """The start screen. Head has another header: a picture with a journey planner on it."""
    c = screen(t)
    y = planner(c, t) if head else greeting(c, t)
    heading(c, t, SIDE, y, "Quiet this week", WIDTH - SIDE, "See all")
    for k, deal in enumerate(DEALS):
        deal_card(c, t, SIDE + k * 248, y + 22, deal)
    y += 274
    heading(c, t, SIDE, y, "Pick up where you left off", WIDTH - SIDE, "")
    resume(c, t, y + 22, "orrin", "Lake Orrin, two nights", "12 – 14 May · 2 people", "1 step left")
    resume(c, t, y + 124, "bruna", "Castel Bruna", "3 – 7 September · 4 people", "Draft")
    tabs(c, t, 0)
    return c


def greeting(c: Canvas, t: Theme) -> int:
    """Draw the base's header: a greeting, a search field and chips."""
    title(c, t, "Good morning, Ines", "Where shall we slow down next?")
    avatar(c, WIDTH - SIDE - 22, 92, 44, "Ines Halloran")
    card(c, t, (SIDE, 142, INNER, 52), 14)
    icon(c, "search", SIDE + 26, 168, t.ink2, 21)
    c.label(SIDE + 48, 168, "Places, stations or stays", BODY, t.ink3)
    icon(c, "sliders", WIDTH - SIDE - 26, 168, t.ink2, 21)
    x: float = SIDE
    chips = (("Rail", "train"), ("Stays", "bed"), ("Both", ""), ("Night trains", "moon"))
    for name, sign in chips:
        x = chip(c, t, x, 212, name, name == "Both", sign)
    return 288


def planner(c: Canvas, t: Theme) -> int:
    """Draw the head's header: a picture, a title on it and a form that overlaps it."""
    c.paste(scene("night-line" if t.dark else "harrow", WIDTH, 300, sun=0), 0, -58)
    status(c, "#ffffff")
    c.label(SIDE, 88, "Where to, Ines?", Type(30, "Bold", -0.6), "#ffffff")
    round_button(c, WIDTH - SIDE - 20, 88, "bell", "#ffffff33", "#ffffff")
    card(c, t, (SIDE, 140, INNER, 176))
    legs = (("From", "Carrow Junction"), ("To", "Anywhere by the water"))
    for k, (name, place) in enumerate(legs):
        y = 171 + 50 * k
        c.circle(SIDE + 24, y, 5, t.accent if k == 0 else t.clay)
        c.label(SIDE + 46, y - 9, name, Type(12, "Medium"), t.ink3)
        c.label(SIDE + 46, y + 9, place, BODY.medium(), t.ink)
    for k in range(4):
        c.circle(SIDE + 24, 183 + 8.7 * k, 1.3, t.ink3)
    c.rect((SIDE + 46, 196, INNER - 112, 1), t.line)
    round_button(c, WIDTH - SIDE - 36, 196, "swap", t.sunken, t.ink)
    c.rect((SIDE + 14, 256, 212, 46), t.sunken, 12)
    icon(c, "calendar", SIDE + 36, 279, t.ink2, 19)
    c.label(SIDE + 56, 279, "12 – 15 May · 2 people", Type(14, "Medium", -0.1), t.ink)
    button(c, t, (WIDTH - SIDE - 114, 256, 100, 46), "Search", style=Type(16, "SemiBold", -0.2))
    return 352


def deal_card(c: Canvas, t: Theme, x: int, y: int, deal: tuple[str, ...]) -> None:
    """Draw a place with its picture, its mark and its price."""
    picture, name, note, time, price, stars = deal
    card(c, t, (x, y, 236, 220))
    c.paste(scene(picture, 236, 126), x, y, 18, square_foot=True)
    c.label(x + 16, y + 146, name, Type(16, "SemiBold", -0.2), t.ink)
    rating(c, t, x + 178, y + 146, stars)
    c.label(x + 16, y + 168, note, SMALL, t.ink2)
    c.label(x + 16, y + 197, time, SMALL, t.ink2)
    c.label(x + 220, y + 197, price, Type(16, "SemiBold", -0.2), t.ink, "r")


def resume(c: Canvas, t: Theme, y: int, picture: str, name: str, note: str, state: str) -> None:
    """Draw a trip that was being planned."""
    card(c, t, (SIDE, y, INNER, 92))
    c.paste(scene(picture, 68, 68), SIDE + 12, y + 12, 12)
    c.label(SIDE + 96, y + 23, name, Type(16, "SemiBold", -0.2), t.ink)
    c.label(SIDE + 96, y + 44, note, SMALL, t.ink2)
    pill(c, t, SIDE + 96, y + 70, state, "gold")
    icon(c, "right", WIDTH - SIDE - 24, y + 46, t.ink3, 20, 2)
