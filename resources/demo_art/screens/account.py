"""The traveller's own pages: settings, profile, membership."""

from ..canvas import Canvas, mix
from ..fonts import BODY, HEAD, SMALL, TITLE, Type, width
from ..icons import icon
from ..phone import INNER, SIDE, WIDTH, action, bar, screen, status, tabs, title
from ..portraits import avatar
from ..scenery import scene
from ..signs import hills
from ..theme import Theme
from ..widgets import card, meter, overline, pill, tile, toggle

Row = tuple[str, str, str, str]
TRAVEL: tuple[Row, ...] = (
    ("globe", "sky", "Language", "English"),
    ("swap", "gold", "Currency", "Euro, €"),
    ("leaf", "accent", "Prefer low-carbon routes", "on"),
)
ALERTS: Row = ("bell", "clay", "Fare alerts", "on")
PRIVACY: tuple[Row, ...] = (
    ("moon", "plum", "Match the phone’s theme", "on"),
    ("shield", "accent", "Privacy and security", ""),
    ("users", "sky", "Share trips with companions", "off"),
)
HELP: tuple[Row, ...] = (("help", "gold", "Help", ""), ("exit", "plain", "Sign out", ""))


def settings(t: Theme, head: bool) -> Canvas:
    """Grouped settings. Head adds a row, which moves what follows it."""
    c = screen(t)
    title(c, t, "Settings")
    card(c, t, (SIDE, 116, INNER, 84))
    avatar(c, SIDE + 44, 158, 56, "Ines Halloran")
    c.label(SIDE + 88, 147, "Ines Halloran", HEAD, t.ink)
    c.label(SIDE + 88, 170, "ines@alderline.example", SMALL, t.ink2)
    icon(c, "right", WIDTH - SIDE - 24, 158, t.ink3, 20, 2)
    y = 230
    travel = (*TRAVEL, ALERTS) if head else TRAVEL
    for name, rows in (("Travel", travel), ("This phone", PRIVACY), ("", HELP)):
        y = group(c, t, y, name, rows)
    tabs(c, t, 3)
    return c


def group(c: Canvas, t: Theme, y: int, name: str, rows: tuple[Row, ...]) -> int:
    """Draw a group of settings; return where the next one begins."""
    if name:
        overline(c, t, SIDE + 4, y, name)
        y += 18
    card(c, t, (SIDE, y, INNER, 54 * len(rows)))
    for k, (sign, kind, text, value) in enumerate(rows):
        cy = y + 27 + 54 * k
        tile(c, t, (SIDE + 14, cy - 16, 32, 32), sign, kind, 9)
        c.label(SIDE + 60, cy, text, BODY.medium(), t.ink)
        if value in ("on", "off"):
            toggle(c, t, WIDTH - SIDE - 14, cy, value == "on")
        else:
            icon(c, "right", WIDTH - SIDE - 22, cy, t.ink3, 16, 1.8)
            c.label(WIDTH - SIDE - 38, cy, value, BODY, t.ink2, "r")
        if k:
            c.rect((SIDE + 60, cy - 27, INNER - 60, 1), t.line)
    return y + 54 * len(rows) + (30 if name != "This phone" else 18)


def profile(t: Theme, _head: bool) -> Canvas:
    """What a traveller has done so far."""
    c = screen(t)
    c.paste(scene("pinesund", WIDTH, 210, 0.42), 0, 0)
    status(c, t.ink)
    c.rect((0, 182, WIDTH, 700), t.page, 28)
    c.circle(WIDTH / 2, 190, 54, t.page)
    avatar(c, WIDTH / 2, 190, 98, "Ines Halloran")
    c.label(WIDTH / 2, 268, "Ines Halloran", Type(25, "Bold", -0.5), t.ink, "m")
    c.label(WIDTH / 2, 298, "Carrow · travelling slowly since 2021", SMALL, t.ink2, "m")
    card(c, t, (SIDE, 326, INNER, 84))
    facts = (("14", "trips"), ("6,120", "km by rail"), ("412", "kg CO₂ saved"))
    for k, (value, name) in enumerate(facts):
        cx = SIDE + INNER * (2 * k + 1) / 6
        c.label(cx, 356, value, TITLE, t.ink, "m")
        c.label(cx, 383, name, SMALL, t.ink2, "m")
        if k:
            c.rect((SIDE + INNER * k / 3, 346, 1, 44), t.line)
    stamps(c, t, 446)
    rows: tuple[Row, ...] = (
        ("user", "accent", "Personal details", ""),
        ("card", "sky", "Ways to pay", "2 cards"),
    )
    group(c, t, 620, "", rows)
    tabs(c, t, 3)
    return c


def stamps(c: Canvas, t: Theme, y: int) -> None:
    """Draw the stamps collected on journeys."""
    c.label(SIDE, y, "Stamps", Type(19, "SemiBold", -0.35), t.ink)
    c.label(WIDTH - SIDE, y, "4 of 12", SMALL, t.ink2, "r")
    names = (
        ("vesterholm", "Vesterholm"),
        ("orrin", "Lake Orrin"),
        ("bruna", "Castel Bruna"),
        ("harrow", "Harrow Fell"),
    )
    for k, (picture, name) in enumerate(names):
        x = round(SIDE + k * 91.4)
        c.circle(x + 38, y + 64, 38, t.surface)
        c.paste(scene(picture, 68, 68), x + 4, y + 30, 34)
        c.label(x + 38, y + 120, name, Type(12, "Medium"), t.ink, "m")


def membership(t: Theme, _head: bool) -> Canvas:
    """The yearly pass: only in the base."""
    c = screen(t)
    bar(c, t, "Rail pass", "help")
    pass_card(c, t, 112)
    c.label(SIDE, 348, "What it brings", Type(19, "SemiBold", -0.35), t.ink)
    perks = (
        ("train", "sky", "A quarter off every fare", "All lines, all seasons"),
        ("moon", "plum", "Two sleeper upgrades", "One used so far"),
        ("cup", "gold", "Lounges at 40 stations", "With one companion"),
    )
    card(c, t, (SIDE, 374, INNER, 222))
    for k, (sign, kind, text, note) in enumerate(perks):
        y = 374 + 74 * k
        tile(c, t, (SIDE + 16, y + 16, 42, 42), sign, kind, 12)
        c.label(SIDE + 74, y + 28, text, BODY.bold(), t.ink)
        c.label(SIDE + 74, y + 49, note, SMALL, t.ink2)
        if k:
            c.rect((SIDE + 74, y, INNER - 74, 1), t.line)
    c.label(SIDE, 634, "Runs out in 18 days", BODY.bold(), t.ink)
    c.label(WIDTH - SIDE, 634, "21 May 2026", SMALL, t.ink2, "r")
    meter(c, (SIDE, 656, INNER, 8), 0.95, t.clay, t.sunken)
    c.label(SIDE, 690, "Renew before then and keep this year’s price.", SMALL, t.ink2)
    action(c, t, "Renew for €129 a year")
    return c


def pass_card(c: Canvas, t: Theme, y: int) -> None:
    """Draw the pass."""
    art = scene("night-line", INNER, 200, 0.8)
    art.gradient((0, 60, INNER, 140), "#0e1c2a00", "#0e1c2af0")
    hills(art, 38, 36, 0.9, "#ffffff")
    art.label(64, 36, "Alderline Pass", HEAD, "#ffffff")
    name = "Ines Halloran"
    art.label(22, 156, name, Type(18, "SemiBold", -0.3), "#ffffff")
    art.label(22, 178, "No. 0047 1182 · second class", SMALL, mix("#ffffff", "#0e1c2a", 0.2))
    c.paste(art, SIDE, y, 20)
    w = width("Active", Type(11.5, "SemiBold")) + 16
    pill(c, t, WIDTH - SIDE - 20 - w, y + 156, "Active", "accent")
