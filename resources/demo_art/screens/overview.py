"""The overview of a team's travel on a desktop."""

from ..canvas import Canvas, alpha, mix
from ..desk import LEFT, RIGHT, ROOM, panel, title, window
from ..fonts import BODY, SMALL, Type, width
from ..portraits import avatar
from ..signs import spline
from ..theme import Theme
from ..widgets import button, card, meter, pill

FIGURES = (
    ("Spent in April", "€18,420", "6 % under", "accent", (5, 6, 4, 7, 6, 8, 7)),
    ("Journeys", "142", "+ 11 %", "accent", (3, 4, 4, 5, 7, 6, 8)),
    ("Nights", "67", "+ 4 %", "accent", (4, 3, 5, 5, 4, 6, 6)),
    ("CO₂ saved", "3.4 t", "+ 22 %", "accent", (2, 3, 3, 5, 6, 7, 9)),
)
RAIL_BY_MONTH = (6.2, 7.1, 6.4, 8.3, 9.4, 8.8, 10.2, 11.6, 10.9, 12.4, 13.1, 14.0)
STAY_BY_MONTH = (3.1, 3.6, 3.2, 4.4, 4.1, 4.9, 4.3, 5.2, 5.6, 4.8, 5.1, 4.4)
NAMES = ("M", "J", "J", "A", "S", "O", "N", "D", "J", "F", "M", "A")
TEAMS = (
    ("Design", "€6,240", 0.92),
    ("Field work", "€5,180", 0.76),
    ("Sales", "€3,960", 0.58),
    ("Research", "€2,110", 0.31),
    ("Office", "€930", 0.14),
)
BOOKINGS = (
    ("Tomas Beck", "Carrow – Vesterholm", "12 May, 08:14", "Rail", "€64.00", "Booked", "accent"),
    ("Priya Nandan", "Pinesund, forest hut", "18 – 20 May", "Stay", "€212.00", "Waiting", "gold"),
    (
        "Joel Aster",
        "Night train to Castel Bruna",
        "21 May, 22:30",
        "Rail",
        "€96.00",
        "Booked",
        "accent",
    ),
    ("Sade Cole", "Harrow Fell, two rooms", "26 – 27 May", "Stay", "€184.00", "Declined", "clay"),
)


def overview(t: Theme, head: bool) -> Canvas:
    """Figures, two charts and a table. Head tints one figure's trend differently."""
    c = window(t, "Overview")
    title(c, t, "Overview", "Northgate Studio · April 2026")
    button(c, t, (RIGHT - 300, 40, 132, 44), "Export", "plain", "save", Type(15, "SemiBold", -0.1))
    button(
        c,
        t,
        (RIGHT - 156, 40, 156, 44),
        "Book a trip",
        sign="plus",
        style=Type(15, "SemiBold", -0.1),
    )
    for k, figure in enumerate(FIGURES):
        changed = (*figure[:3], "gold", figure[4]) if head and k == 2 else figure
        small_figure(c, t, LEFT + k * 284, 116, changed)
    panel(c, t, (LEFT, 252, 736, 280), "Spending by month")
    lines(c, t, LEFT + 24, 312)
    panel(c, t, (LEFT + 752, 252, 368, 280), "Teams", "April")
    for k, (name, total, share) in enumerate(TEAMS):
        y = 316 + 44 * k
        c.label(LEFT + 776, y, name, Type(14, "Medium", -0.05), t.ink)
        c.label(RIGHT - 24, y, total, Type(14, "SemiBold", -0.05), t.ink, "r")
        meter(c, (LEFT + 776, y + 13, 320, 7), share, t.accent, t.sunken)
    table(c, t, 548)
    return c


def small_figure(
    c: Canvas, t: Theme, x: int, y: int, figure: tuple[str, str, str, str, tuple[int, ...]]
) -> None:
    """Draw one figure with its trend and a line of the last weeks."""
    name, value, trend, kind, past = figure
    card(c, t, (x, y, 268, 120))
    c.label(x + 22, y + 29, name, Type(14, "Medium", -0.05), t.ink2)
    c.label(x + 22, y + 61, value, Type(28, "Bold", -0.6), t.ink)
    pill(c, t, x + 22, y + 95, trend, kind)
    spots = [(x + 168 + 13 * k, y + 84 - 5 * v) for k, v in enumerate(past)]
    curve = spline(spots, 10)
    c.polygon([*curve, (spots[-1][0], y + 96), (spots[0][0], y + 96)], alpha(t.accent, 0.1))
    c.stroke(curve, t.accent, 2)
    c.circle(*spots[-1], 3.5, t.accent)


def lines(c: Canvas, t: Theme, x: int, y: int) -> None:
    """Draw rail and stays over a year."""
    w, h, most = 688, 168, 15
    legend = (("Rail", t.accent), ("Stays", t.clay))
    right = LEFT + 712.0
    for name, color in reversed(legend):
        right -= width(name, SMALL)
        c.label(right, 284, name, SMALL, t.ink2)
        c.circle(right - 12, 284, 4.5, color)
        right -= 36
    for k in range(4):
        level = y + h - h * k * 5 // most
        c.rect((x + 36, level, w - 36, 1), mix(t.line, t.surface, 0.25))
        c.label(x, level, f"€{k * 5}k" if k else "€0", Type(12, "Regular"), t.ink3)
    step = (w - 72) / 11
    for series, color in ((RAIL_BY_MONTH, t.accent), (STAY_BY_MONTH, t.clay)):
        spots = [(x + 54 + step * k, y + h - h * v / most) for k, v in enumerate(series)]
        curve = spline(spots, 12)
        c.polygon([*curve, (spots[-1][0], y + h), (spots[0][0], y + h)], alpha(color, 0.08))
        c.stroke(curve, color, 2.5)
        c.circle(*spots[-1], 6.5, t.surface)
        c.circle(*spots[-1], 4.5, color)
    for k, name in enumerate(NAMES):
        c.label(x + 54 + step * k, y + h + 22, name, Type(12, "Medium"), t.ink3, "m")


def table(c: Canvas, t: Theme, y: int) -> None:
    """Draw the latest bookings."""
    panel(c, t, (LEFT, y, ROOM, 312), "Latest bookings")
    c.label(RIGHT - 24, y + 32, "See all 142", Type(14, "Medium", -0.1), t.accent, "r")
    columns = (24, 260, 560, 740, 860, 980)
    for x, name in zip(columns, ("Who", "What", "When", "Kind", "Price", "State"), strict=True):
        c.label(LEFT + x, y + 74, name, Type(12, "Medium"), t.ink3)
    for k, (who, what, when, kind, price, state, tint) in enumerate(BOOKINGS):
        top = y + 92 + 53 * k
        c.rect((LEFT + 24, top, ROOM - 48, 1), t.line)
        cy = top + 27
        avatar(c, LEFT + 40, cy, 32, who)
        c.label(LEFT + 66, cy, who, BODY.medium(), t.ink)
        cells = ((260, what, t.ink), (560, when, t.ink2), (740, kind, t.ink2), (860, price, t.ink))
        for x, text, ink in cells:
            c.label(LEFT + x, cy, text, Type(14, "Regular", -0.05), ink)
        pill(c, t, LEFT + 980, cy, state, tint)
