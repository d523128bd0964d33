"""Paying for a trip on a phone."""

from ..canvas import Canvas, alpha
from ..fonts import BODY, HEAD, SMALL, Type
from ..icons import icon
from ..phone import INNER, SIDE, WIDTH, action, bar, screen
from ..scenery import scene
from ..signs import hills
from ..theme import Theme
from ..widgets import card, field, pill, radio, rule, tile, toggle

ITEMS = (
    ("train", "Carrow – Orrin Halt", "Tue 12 May, 08:14 · 2 seats", "€96"),
    ("orrin", "Orrin Boathouse", "2 nights · 2 people", "€284"),
    ("train", "Orrin Halt – Carrow", "Thu 14 May, 16:40 · 2 seats", "€96"),
)
SUMS = (("Trains and stay", "€476"), ("Booking fee", "€10"), ("Rail pass saving", "– €24"))


def cart(t: Theme, head: bool) -> Canvas:
    """What the trip consists of and costs. Head changes the button's colour."""
    c = screen(t)
    bar(c, t, "Your trip", "more")
    for k, item in enumerate(ITEMS):
        line_item(c, t, 112 + 104 * k, item)
    tile(c, t, (SIDE, 428, 44, 44), "leaf", "accent", 13)
    c.label(SIDE + 58, 440, "58 kg less CO₂ than by air", BODY.medium(), t.ink)
    c.label(SIDE + 58, 461, "Counted into your yearly tally", SMALL, t.ink2)
    c.rect((SIDE, 494, INNER, 52), t.sunken, 14)
    icon(c, "tag", SIDE + 26, 520, t.ink2, 20)
    c.label(SIDE + 48, 520, "Add a code or a gift card", BODY.medium(), t.ink)
    icon(c, "plus", WIDTH - SIDE - 24, 520, t.ink, 20, 1.9)
    sums(c, t, 582)
    action(c, t, "Continue to payment", "clay" if head else "accent")
    return c


def line_item(c: Canvas, t: Theme, y: int, item: tuple[str, ...]) -> None:
    """Draw one thing in the cart."""
    picture, name, note, price = item
    card(c, t, (SIDE, y, INNER, 92))
    if picture == "train":
        tile(c, t, (SIDE + 14, y + 14, 64, 64), "train", "sky", 14)
    else:
        c.paste(scene(picture, 64, 64), SIDE + 14, y + 14, 14)
    c.label(SIDE + 92, y + 26, name, Type(16, "SemiBold", -0.2), t.ink)
    c.label(SIDE + 92, y + 47, note, SMALL, t.ink2)
    c.label(SIDE + 92, y + 69, "Edit", SMALL.bold(), t.accent)
    c.label(WIDTH - SIDE - 18, y + 69, price, Type(16, "SemiBold", -0.2), t.ink, "r")


def sums(c: Canvas, t: Theme, y: int) -> None:
    """Write the sums and the total."""
    for name, value in SUMS:
        c.label(SIDE, y, name, BODY, t.ink2)
        saving = value.startswith("–")
        c.label(WIDTH - SIDE, y, value, BODY.medium(), t.accent if saving else t.ink, "r")
        y += 30
    rule(c, t, SIDE, y - 8, INNER)
    c.label(SIDE, y + 20, "Total", HEAD, t.ink)
    c.label(WIDTH - SIDE, y + 20, "€462", Type(22, "Bold", -0.4), t.ink, "r")


def payment(t: Theme, head: bool) -> Canvas:
    """How to pay. Head shifts the lock on the button by two pixels."""
    c = screen(t)
    bar(c, t, "Payment", "help")
    bank_card(c, t, (SIDE, 112, INNER, 186))
    overlay_steps(c, t)
    y = 330
    choices = (
        ("card", "Card ending 4821", "Expires 08/29"),
        ("phone", "Pay by phone", ""),
        ("swap", "Bank transfer", ""),
    )
    card(c, t, (SIDE, y, INNER, 172))
    top = y
    for k, (sign, name, note) in enumerate(choices):
        high = 64 if k == 0 else 54
        middle = top + high / 2
        icon(c, sign, SIDE + 30, middle, t.ink, 22, 1.7)
        c.label(SIDE + 58, middle - (10 if note else 0), name, BODY.medium(), t.ink)
        if note:
            c.label(SIDE + 58, middle + 10, note, SMALL, t.ink2)
        radio(c, t, WIDTH - SIDE - 28, middle, k == 0)
        top += high
        if k < 2:
            rule(c, t, SIDE + 58, top, INNER - 58)
    field(c, t, (SIDE, 520, 228, 60), "Name on card", "Ines Halloran")
    field(c, t, (SIDE + 240, 520, INNER - 240, 60), "CVC", "•••", focused=True)
    c.label(SIDE, 616, "Keep this card for next time", BODY.medium(), t.ink)
    toggle(c, t, WIDTH - SIDE, 616, on=True)
    rule(c, t, SIDE, 648, INNER)
    c.label(SIDE, 682, "Total", HEAD, t.ink)
    c.label(SIDE + 52, 682, "incl. tax", SMALL, t.ink3)
    c.label(WIDTH - SIDE, 682, "€462", Type(22, "Bold", -0.4), t.ink, "r")
    action(c, t, "Pay €462", sign="lock", nudge=2 if head else 0)
    return c


def overlay_steps(c: Canvas, t: Theme) -> None:
    """Draw how far the checkout has come, under the bar."""
    for k in range(3):
        color = t.accent if k < 2 else t.line
        c.rect((WIDTH / 2 - 38 + 26 * k, 97, 22, 3), color, 1.5)


def bank_card(c: Canvas, t: Theme, box: tuple[int, int, int, int]) -> None:
    """Draw the traveller's card."""
    x, y, w, h = box
    ground = Canvas(w, h, "#1f5f4e")
    ground.circle(w * 0.92, h * 0.02, 170, "#2a6f5c")
    ground.circle(w * 1.02, h * 0.05, 110, "#357f6a")
    hills(ground, 36, 34, 0.8, "#ffffff")
    ground.label(60, 34, "Alderline", Type(16, "SemiBold", -0.2), "#ffffff")
    ground.rect((24, 68, 42, 31), "#e3c583", 6)
    for k in (1, 2):
        ground.rect((24, 68 + 10 * k, 42, 1), "#b6934a")
    ground.rect((38, 68, 1, 31), "#b6934a")
    ground.rect((52, 68, 1, 31), "#b6934a")
    ground.label(24, 122, "••••   ••••   ••••   4821", Type(18, "Medium", 0.3), "#ffffff")
    for left, name, value in ((24, "Holder", "Ines Halloran"), (206, "Expires", "08/29")):
        ground.label(left, 149, name, Type(11, "Medium"), alpha("#ffffff", 0.7))
        ground.label(left, 166, value, Type(13, "SemiBold"), "#ffffff")
    if not t.dark:
        c.shadow(box, 18, 9, 6, alpha("#143a30", 0.28))
    c.paste(ground, x, y, 18)


def gift(t: Theme, _head: bool) -> Canvas:
    """Buying a gift card: only in the base."""
    c = screen(t)
    bar(c, t, "Gift card", "help")
    art = scene("harrow", INNER, 190)
    art.gradient((0, 80, INNER, 110), "#1b1d3a00", "#1b1d3ae0")
    hills(art, 40, 38, 1, "#ffffff")
    art.label(24, 158, "€100", Type(28, "Bold", -0.5), "#ffffff")
    c.paste(art, SIDE, 112, 20)
    c.label(SIDE, 336, "Amount", HEAD, t.ink)
    for k, amount in enumerate(("€25", "€50", "€100", "€150", "€200", "Other")):
        box = (SIDE + (k % 3) * 120, 358 + (k // 3) * 62, 110, 52)
        on = amount == "€100"
        c.rect(box, t.accent_soft if on else t.surface, 13)
        c.frame(box, t.accent if on else t.line, 13, 2 if on else 1)
        ink = t.on_soft if on else t.ink
        c.label(box[0] + 55, box[1] + 26, amount, Type(16, "SemiBold", -0.2), ink, "m")
    c.label(SIDE, 512, "For", HEAD, t.ink)
    field(c, t, (SIDE, 534, INNER, 60), "Send to", "tomas@alderline.example", "mail")
    c.rect((SIDE, 606, INNER, 88), t.surface, 12)
    c.frame((SIDE, 606, INNER, 88), t.line, 12)
    c.label(SIDE + 16, 625, "A few words", Type(12, "Medium"), t.ink3)
    words = "For the night train we keep talking about. The window seat is yours."
    c.prose(SIDE + 16, 651, words, BODY.medium(), t.ink, INNER - 32, 1.4)
    pill(c, t, WIDTH - SIDE, 512, "Arrives today", "accent", "r")
    action(c, t, "Add to cart", sign="gift")
    return c
