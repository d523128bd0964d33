"""What travel has cost, with a chart."""

from math import cos, radians, sin

from ..canvas import Canvas, alpha, mix
from ..fonts import BODY, SMALL, Type, width
from ..phone import INNER, SIDE, WIDTH, bar, screen, tabs
from ..signs import spline
from ..theme import Theme
from ..widgets import card, meter, pill, tile

MONTHS = ("Dec", "Jan", "Feb", "Mar", "Apr", "May")
SPENT = (212, 148, 306, 264, 388, 462)
KINDS = (
    ("train", "sky", "Trains", "7 journeys", "€842", 0.47),
    ("bed", "accent", "Stays", "9 nights", "€716", 0.4),
    ("cup", "gold", "On the way", "Meals, ferries", "€222", 0.13),
)


def month(t: Theme, head: bool) -> Canvas:
    """Spending over six months. Head turns bars into a line and the meters into a ring."""
    c = screen(t)
    bar(c, t, "Spending", "save")
    c.label(SIDE, 128, "Six months", BODY, t.ink2)
    c.label(SIDE, 164, "€1,780", Type(36, "Bold", -1), t.ink)
    run = width("€1,780", Type(36, "Bold", -1))
    pill(c, t, SIDE + run + 12, 166, "12 % less than last year", "accent")
    card(c, t, (SIDE, 200, INNER, 240))
    (line if head else bars)(c, t, (SIDE + 20, 222, INNER - 40, 172))
    c.label(SIDE, 474, "By kind", Type(19, "SemiBold", -0.35), t.ink)
    if head:
        wheel(c, t, 498)
    else:
        kinds(c, t, 498)
    tabs(c, t, 3)
    return c


def bars(c: Canvas, t: Theme, box: tuple[int, int, int, int]) -> None:
    """Draw a bar for each month."""
    x, y, w, h = box
    step = w / len(SPENT)
    for k in range(4):
        c.rect((x, y + h - 2 - k * 50, w, 1), mix(t.line, t.surface, 0.3))
    for k, value in enumerate(SPENT):
        tall = round(h * value / 520)
        last = k == len(SPENT) - 1
        left = round(x + step * k + (step - 30) / 2)
        c.rect((left, y + h - tall, 30, tall), t.accent if last else t.accent_soft, 8)
        c.rect((left, y + h - 9, 30, 9), t.accent if last else t.accent_soft)
        weight = "SemiBold" if last else "Medium"
        c.label(left + 15, y + h + 22, MONTHS[k], Type(12, weight), t.ink if last else t.ink3, "m")
        if last:
            c.label(left + 15, y + h - tall - 13, f"€{value}", SMALL.bold(), t.ink, "m")


def line(c: Canvas, t: Theme, box: tuple[int, int, int, int]) -> None:
    """Draw a curve over the months, the ground under it tinted."""
    x, y, w, h = box
    for k in range(4):
        level = round(y + h - h * 150 * k / 590)
        c.rect((x + 34, level, w - 34, 1), mix(t.line, t.surface, 0.3))
        c.label(x, level, f"€{k * 150}", Type(11, "Medium"), t.ink3)
    step = (w - 62) / (len(SPENT) - 1)
    spots = [(x + 48 + step * k, y + h - h * v / 590) for k, v in enumerate(SPENT)]
    curve = spline(spots, 16)
    foot = [(spots[-1][0], y + h), (spots[0][0], y + h)]
    c.polygon([*curve, *foot], alpha(t.accent, 0.14))
    c.stroke(curve, t.accent, 3)
    for k, spot in enumerate(spots):
        c.label(spot[0], y + h + 22, MONTHS[k], Type(12, "Medium"), t.ink3, "m")
    c.circle(*spots[-1], 8, t.surface)
    c.circle(*spots[-1], 5.5, t.clay)
    pill(c, t, spots[-1][0] + 12, spots[-1][1] - 22, "€462 in May", "clay", "r")


def kinds(c: Canvas, t: Theme, y: int) -> None:
    """Draw the base's list of kinds, each with its share as a bar."""
    card(c, t, (SIDE, y, INNER, 228))
    for k, (sign, kind, name, note, total, share) in enumerate(KINDS):
        top = y + 76 * k
        tile(c, t, (SIDE + 16, top + 17, 42, 42), sign, kind, 12)
        c.label(SIDE + 72, top + 24, name, BODY.bold(), t.ink)
        run = width(name, BODY.bold())
        c.label(SIDE + 80 + run, top + 24, note, SMALL, t.ink3)
        c.label(WIDTH - SIDE - 16, top + 24, total, BODY.bold(), t.ink, "r")
        meter(c, (SIDE + 72, top + 46, INNER - 88, 7), share, color(t, kind), t.sunken)


def color(t: Theme, kind: str) -> str:
    """Return the strong colour of a kind."""
    return {"sky": t.sky, "accent": t.accent, "gold": t.gold}[kind]


def wheel(c: Canvas, t: Theme, y: int) -> None:
    """Draw the head's ring with a legend beside it."""
    card(c, t, (SIDE, y, INNER, 190))
    cx, cy, start = SIDE + 98, y + 95, -90.0
    for _, kind, _, _, _, share in KINDS:
        end = start + 360 * share
        span = [radians(start + (end - start - 3) * k / 60) for k in range(61)]
        outer = [(cx + 70 * cos(a), cy + 70 * sin(a)) for a in span]
        inner = [(cx + 50 * cos(a), cy + 50 * sin(a)) for a in reversed(span)]
        c.polygon([*outer, *inner], color(t, kind))
        start = end
    c.label(cx, cy - 9, "€1,780", Type(19, "Bold", -0.4), t.ink, "m")
    c.label(cx, cy + 13, "in total", Type(12, "Regular"), t.ink2, "m")
    for k, (_, kind, name, _, total, share) in enumerate(KINDS):
        top = y + 42 + 53 * k
        c.circle(SIDE + 204, top - 8, 5, color(t, kind))
        c.label(SIDE + 218, top - 8, name, BODY.medium(), t.ink)
        c.label(SIDE + 218, top + 13, f"{total} · {round(share * 100)} %", SMALL, t.ink2)
