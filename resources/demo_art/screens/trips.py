"""A trip day by day, and the empty list of saved places."""

from random import Random

from ..canvas import Canvas, alpha, mix
from ..fonts import BODY, SMALL, TITLE, Type
from ..icons import icon
from ..landforms import peaks, pine, unit
from ..phone import INNER, SIDE, WIDTH, screen, status, tabs, title
from ..portraits import avatar
from ..scenery import scene
from ..theme import Theme
from ..widgets import button, card, round_button, tile

PAPER = "#fbfaf5"
Step = tuple[str, str, str, str, str]
DAYS: tuple[tuple[str, str, tuple[Step, ...]], ...] = (
    (
        "Tuesday",
        "12 May",
        (
            ("08:14", "train", "sky", "Carrow – Orrin Halt", "Coach 4, seats 21 and 22"),
            ("11:52", "walk", "plain", "Walk to the boathouse", "12 minutes along the shore"),
            ("15:00", "bed", "accent", "Check in", "Marit meets you at the jetty"),
        ),
    ),
    (
        "Wednesday",
        "13 May",
        (
            ("08:00", "cup", "gold", "Breakfast by boat", "Included in your stay"),
            ("10:30", "boat", "sky", "Across to Fell Side", "Return when you like"),
        ),
    ),
)
LAST_DAY: tuple[str, str, tuple[Step, ...]] = (
    "Thursday",
    "14 May",
    (
        ("10:00", "sun", "clay", "Late morning swim", "Water is 14 degrees"),
        ("16:40", "train", "sky", "Orrin Halt – Carrow", "Coach 2, seats 9 and 10"),
    ),
)


def itinerary(t: Theme, head: bool) -> Canvas:
    """A trip day by day. Head shows its last day too, and so is taller."""
    days = [*DAYS, LAST_DAY] if head else list(DAYS)
    c = screen(t, 1046 if head else 844)
    picture = "orrin-night" if t.dark else "orrin"
    c.paste(scene(picture, WIDTH, 230, 0.5), 0, 0)
    c.gradient((0, 110, WIDTH, 120), "#0d2b2600", "#0d2b26e0")
    status(c, t.ink)
    veil = alpha(t.surface, 0.92)
    round_button(c, 40, 82, "left", veil, t.ink)
    round_button(c, WIDTH - 40, 82, "more", veil, t.ink)
    c.label(SIDE, 176, "Lake Orrin", Type(28, "Bold", -0.5), "#ffffff")
    c.label(SIDE, 206, "12 – 14 May · leaves in 9 days", BODY, "#ffffffe0")
    for k, name in enumerate(("Tomas Beck", "Ines Halloran")):
        cx = WIDTH - SIDE - 18 - 26 * k
        c.circle(cx, 190, 20, "#ffffff")
        avatar(c, cx, 190, 36, name)
    y = 262
    for day in days:
        y = draw_day(c, t, y, day)
    tabs(c, t, 1)
    return c


def draw_day(c: Canvas, t: Theme, y: int, day: tuple[str, str, tuple[Step, ...]]) -> int:
    """Draw a day's steps along a line; return where the next day begins."""
    name, date, steps = day
    c.label(SIDE, y, name, Type(18, "SemiBold", -0.3), t.ink)
    c.label(WIDTH - SIDE, y, date, BODY, t.ink2, "r")
    y += 24
    c.rect((SIDE + 19, y + 30, 2, 76 * (len(steps) - 1)), t.line)
    for when, sign, kind, what, note in steps:
        c.circle(SIDE + 20, y + 32, 23, t.page)
        tile(c, t, (SIDE, y + 12, 40, 40), sign, kind, 20)
        card(c, t, (SIDE + 56, y, INNER - 56, 66), 15)
        c.label(SIDE + 72, y + 23, what, BODY.bold(), t.ink)
        c.label(SIDE + 72, y + 44, note, SMALL, t.ink2)
        c.label(WIDTH - SIDE - 16, y + 23, when, SMALL.bold(), t.accent, "r")
        y += 76
    return y + 24


def saved_empty(t: Theme, _head: bool) -> Canvas:
    """Nothing is saved yet."""
    c = screen(t)
    title(c, t, "Saved")
    icon(c, "plus", WIDTH - SIDE - 10, 82, t.ink, 24, 2)
    island(c, t, WIDTH // 2 - 110, 206)
    c.label(WIDTH / 2, 474, "Nothing saved yet", TITLE, t.ink, "m")
    words = "Tap the heart on a place or a stay, and it waits here until you have the time."
    c.prose(WIDTH / 2, 513, words, BODY, t.ink2, 270, 1.5, "m")
    button(c, t, (WIDTH // 2 - 100, 580, 200, 50), "Look around", "soft", "compass")
    tabs(c, t, 1)
    return c


def island(c: Canvas, t: Theme, x: int, y: int) -> None:
    """Draw a quiet picture: a round window on a lake, and one boat."""
    art = Canvas(220, 220, t.sky_soft)
    back = mix(t.sky_soft, t.accent, 0.28)
    art.circle(150, 58, 17, "#f4dfb0" if t.dark else "#fbf2df")
    peaks(art, 0.66, Random(8), back, PAPER)
    art.rect((0, 144, 220, 76), mix(t.sky_soft, t.sky, 0.25))
    art.polygon([(0, 144), (52, 132), (96, 144), (60, 152), (0, 154)], mix(back, t.accent, 0.4))
    for spot, size in ((20, 0.28), (42, 0.2)):
        pine(art, spot, 146, unit(art) * size, mix(back, t.accent, 0.75))
    art.polygon([(118, 168), (190, 168), (178, 184), (130, 184)], t.clay)
    art.rect((152, 116, 3, 52), t.ink2)
    art.polygon([(157, 118), (186, 162), (157, 162)], PAPER)
    for left, top, long in ((70, 172, 34), (150, 198, 42), (36, 200, 22), (196, 178, 18)):
        art.rect((left, top, long, 2.5), alpha(t.surface, 0.8), 1)
    c.paste(art, x, y, 110)
