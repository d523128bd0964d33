"""Paying for a trip on a desktop."""

from ..canvas import Canvas
from ..desk import HEIGHT, WIDTH, panel, top_bar
from ..fonts import BODY, HEAD, SMALL, Type
from ..icons import icon
from ..scenery import scene
from ..theme import Theme
from ..widgets import button, field, pill, radio, rule, tile, toggle

STEPS = ("Trip", "Travellers", "Payment")
LEFT, SIDE, WIDE, NARROW = 170, 906, 700, 364
WAYS = (("card", "Card"), ("phone", "Pay by phone"), ("swap", "Bank transfer"))
SUMS = (("Trains and stay", "€476"), ("Booking fee", "€10"), ("Rail pass saving", "– €24"))


def payment(t: Theme, head: bool) -> Canvas:
    """A form beside the sums. Head renames the button."""
    c = Canvas(WIDTH, HEIGHT, t.page)
    top_bar(c, t)
    stepper(c, t)
    icon(c, "lock", 1330, 36, t.ink2, 19)
    c.label(1346, 36, "Secure", Type(14, "Medium", -0.1), t.ink2)
    c.label(LEFT, 122, "How would you like to pay?", Type(28, "Bold", -0.6), t.ink)
    c.label(LEFT, 155, "Nothing is charged until the host confirms, within an hour.", BODY, t.ink2)
    form(c, t)
    extras(c, t)
    summary(c, t, "Confirm and pay €462" if head else "Pay €462")
    return c


def stepper(c: Canvas, t: Theme) -> None:
    """Draw the three steps in the bar."""
    for k, name in enumerate(STEPS):
        x = 544 + (0, 122, 282)[k]
        last = k == 2
        c.circle(x, 36, 13, t.accent if last else t.accent_soft)
        if last:
            c.label(x, 36, "3", Type(13, "Bold"), t.on_accent, "m")
        else:
            icon(c, "check", x, 36, t.on_soft, 15, 2)
        weight = "SemiBold" if last else "Medium"
        c.label(x + 22, 36, name, Type(15, weight, -0.1), t.ink if last else t.ink2)
        if not last:
            end = (122, 282)[k] + 544 - 24
            c.rect((end - 22, 35.5, 22, 1.5), t.line)


def form(c: Canvas, t: Theme) -> None:
    """Draw the ways to pay and the card's fields."""
    panel(c, t, (LEFT, 190, WIDE, 414))
    for k, (sign, name) in enumerate(WAYS):
        box = (LEFT + 24 + 221 * k, 214, 210, 60)
        c.rect(box, t.accent_soft if k == 0 else t.surface, 13)
        c.frame(box, t.accent if k == 0 else t.line, 13, 2 if k == 0 else 1)
        icon(c, sign, box[0] + 28, 244, t.on_soft if k == 0 else t.ink2, 22)
        c.label(box[0] + 50, 244, name, BODY.medium(), t.on_soft if k == 0 else t.ink)
        radio(c, t, box[0] + 186, 244, k == 0)
    x = LEFT + 24
    c.label(x, 306, "Card details", HEAD, t.ink)
    field(c, t, (x, 328, 652, 62), "Card number", "5204  ••••  ••••  4821", "card")
    field(c, t, (x, 402, 320, 62), "Expires", "08 / 29")
    field(c, t, (x + 332, 402, 320, 62), "Security code", "•••", "help", focused=True)
    field(c, t, (x, 476, 652, 62), "Name on card", "Ines Halloran")
    c.label(x, 570, "Keep this card for next time", BODY.medium(), t.ink)
    toggle(c, t, x + 652, 570, on=True)


def extras(c: Canvas, t: Theme) -> None:
    """Draw what may be added to the trip."""
    panel(c, t, (LEFT, 624, WIDE, 206), "Before you go")
    rows = (
        ("shield", "accent", "Flexible return", "Take any train home that day", "€12"),
        ("bag", "gold", "Luggage to the door", "We carry two bags from the halt", "€9"),
    )
    for k, (sign, kind, name, note, price) in enumerate(rows):
        y = 680 + 72 * k
        if k:
            rule(c, t, LEFT + 24, y, WIDE - 48)
        tile(c, t, (LEFT + 24, y + 14, 44, 44), sign, kind, 13)
        c.label(LEFT + 84, y + 27, name, BODY.bold(), t.ink)
        c.label(LEFT + 84, y + 48, note, SMALL, t.ink2)
        c.label(LEFT + WIDE - 128, y + 36, price, BODY.medium(), t.ink, "r")
        style = Type(14, "SemiBold", -0.1)
        button(c, t, (LEFT + WIDE - 108, y + 18, 84, 36), "Add", "soft", style=style)


def summary(c: Canvas, t: Theme, text: str) -> None:
    """Draw the trip, its sums and the button."""
    panel(c, t, (SIDE, 190, NARROW, 640))
    picture = "orrin-night" if t.dark else "orrin"
    c.paste(scene(picture, NARROW, 168), SIDE, 190, 18, square_foot=True)
    x, right = SIDE + 24, SIDE + NARROW - 24
    c.label(x, 390, "Lake Orrin", Type(22, "SemiBold", -0.4), t.ink)
    pill(c, t, right, 390, "Car-free", "accent", "r")
    c.label(x, 418, "12 – 14 May · 2 people", BODY, t.ink2)
    legs = (
        ("train", "Carrow – Orrin Halt", "Tue 08:14"),
        ("bed", "Orrin Boathouse", "2 nights"),
        ("train", "Orrin Halt – Carrow", "Thu 16:40"),
    )
    for k, (sign, name, when) in enumerate(legs):
        y = 462 + 36 * k
        icon(c, sign, x + 10, y, t.accent, 21)
        c.label(x + 32, y, name, BODY, t.ink)
        c.label(right, y, when, SMALL, t.ink2, "r")
    rule(c, t, x, 566, NARROW - 48)
    for k, (name, value) in enumerate(SUMS):
        y = 594 + 30 * k
        c.label(x, y, name, BODY, t.ink2)
        ink = t.accent if value.startswith("–") else t.ink
        c.label(right, y, value, BODY.medium(), ink, "r")
    rule(c, t, x, 682, NARROW - 48)
    c.label(x, 712, "Total", HEAD, t.ink)
    c.label(right, 712, "€462", Type(24, "Bold", -0.5), t.ink, "r")
    button(c, t, (x, 744, NARROW - 48, 52), text, sign="lock")
    c.label(SIDE + NARROW / 2, 813, "Free to cancel until 9 May", Type(12, "Regular"), t.ink3, "m")
