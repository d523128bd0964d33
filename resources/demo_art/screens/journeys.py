"""The list of journeys found, in two layouts."""

from ..canvas import Canvas
from ..fonts import BODY, HEAD, SMALL, Type, width
from ..icons import icon
from ..phone import INNER, SIDE, WIDTH, bar, home_bar, screen
from ..theme import Theme
from ..widgets import card, chip, overline, pill, toggle

BIG = Type(20, "SemiBold", -0.3)
FOUND = (
    ("08:14", "14:22", "6 h 08", "1 change · Ostermark", "€64", "Quietest", "accent"),
    ("09:40", "16:31", "6 h 51", "Direct", "€71", "", ""),
    ("12:05", "18:02", "5 h 57", "1 change · Pinesund", "€83", "Fastest", "sky"),
    ("14:48", "21:20", "6 h 32", "2 changes", "€49", "Lowest fare", "gold"),
    ("22:30", "07:12", "8 h 42", "Night train · sleeper", "€96", "", ""),
)


def results(t: Theme, head: bool) -> Canvas:
    """Journeys to Vesterholm. Head replaces tall cards with grouped, denser rows."""
    c = screen(t)
    bar(c, t, "Carrow – Vesterholm", "sliders")
    c.label(WIDTH / 2, 101, "Tue 12 May · 2 people", SMALL, t.ink2, "m")
    x: float = SIDE
    for name in ("Departure", "Price", "Direct", "With a bike"):
        x = chip(c, t, x, 124, name, name == "Departure")
    if head:
        rows(c, t)
    else:
        for k, journey in enumerate(FOUND):
            tall(c, t, 178 + 168 * k, journey)
    home_bar(c, t.ink)
    return c


def tall(c: Canvas, t: Theme, y: int, journey: tuple[str, ...]) -> None:
    """Draw one journey as the base does: a card with its line from end to end."""
    leave, arrive, lasts, how, price, note, kind = journey
    card(c, t, (SIDE, y, INNER, 152))
    left, right = SIDE + 20, WIDTH - SIDE - 20
    c.label(left, y + 34, leave, BIG, t.ink)
    c.label(right, y + 34, arrive, BIG, t.ink, "r")
    track(c, t, left + 68, right - 68, y + 34)
    c.label(WIDTH / 2, y + 58, lasts, SMALL, t.ink2, "m")
    c.label(left, y + 58, "Carrow Jn", SMALL, t.ink2)
    c.label(right, y + 58, "Vesterholm", SMALL, t.ink2, "r")
    c.rect((left, y + 82, INNER - 40, 1), t.line)
    icon(c, "train", left + 10, y + 117, t.ink2, 20, 1.6)
    c.label(left + 29, y + 117, how, SMALL, t.ink2)
    c.label(right, y + 117, price, BIG, t.ink, "r")
    if note:
        pill(c, t, right - width(price, BIG) - 12, y + 117, note, kind, "r")


def track(c: Canvas, t: Theme, left: float, right: float, cy: float) -> None:
    """Draw the line between two stations, a train in its middle."""
    middle = (left + right) / 2
    c.stroke([(left, cy), (middle - 20, cy)], t.line, 2)
    c.stroke([(middle + 20, cy), (right, cy)], t.line, 2)
    c.circle(left, cy, 4, t.accent)
    c.circle(right, cy, 4, t.clay)
    icon(c, "train", middle, cy, t.accent, 22)


def rows(c: Canvas, t: Theme) -> None:
    """Draw the head's list: one card for each part of the day."""
    y = 192
    for name, part in (("Morning", FOUND[:2]), ("Afternoon", FOUND[2:4]), ("Night", FOUND[4:])):
        overline(c, t, SIDE + 4, y, name)
        count = "1 journey" if len(part) == 1 else f"{len(part)} journeys"
        c.label(WIDTH - SIDE - 4, y, count, SMALL, t.ink3, "r")
        card(c, t, (SIDE, y + 16, INNER, 84 * len(part)))
        for k, journey in enumerate(part):
            if k:
                c.rect((SIDE + 20, y + 16 + 84 * k, INNER - 40, 1), t.line)
            row(c, t, y + 16 + 84 * k, journey)
        y += 84 * len(part) + 46
    card(c, t, (SIDE, 742, INNER, 60))
    icon(c, "bell", SIDE + 32, 772, t.accent, 22)
    c.label(SIDE + 56, 772, "Tell me when fares drop", BODY.medium(), t.ink)
    toggle(c, t, WIDTH - SIDE - 18, 772, on=True)


def row(c: Canvas, t: Theme, y: int, journey: tuple[str, ...]) -> None:
    """Draw one journey as the head does: times, then what matters, then the fare."""
    leave, arrive, lasts, how, price, note, kind = journey
    left, right = SIDE + 20, WIDTH - SIDE - 20
    times = f"{leave} – {arrive}"
    c.label(left, y + 30, times, HEAD, t.ink)
    c.label(left, y + 55, f"{lasts} · {how}", SMALL, t.ink2)
    c.label(right, y + 30, price, HEAD, t.accent, "r")
    if note:
        pill(c, t, left + width(times, HEAD) + 10, y + 30, note, kind)
    icon(c, "right", right - 6, y + 55, t.ink3, 16, 1.8)
