"""Settings on a desktop."""

from ..canvas import Canvas
from ..desk import LEFT, RIGHT, ROOM, panel, title, window
from ..fonts import BODY, SMALL, Type
from ..icons import icon
from ..portraits import avatar
from ..theme import Theme
from ..widgets import button, field, rule, tile, toggle

PAGES = (
    ("user", "Profile"),
    ("bell", "Notifications"),
    ("card", "Payment"),
    ("leaf", "Preferences"),
    ("shield", "Security"),
    ("users", "Companions"),
)
CHOICES = (
    (
        "leaf",
        "accent",
        "Prefer low-carbon routes",
        "Trains and ferries come first in results",
        True,
    ),
    ("bell", "clay", "Fare alerts", "When a saved route falls below its usual fare", True),
    ("moon", "plum", "Quiet hours", "No notifications between 21:00 and 07:00", True),
    (
        "users",
        "sky",
        "Share trips with companions",
        "They see times and places, never prices",
        False,
    ),
)


def settings(t: Theme, _head: bool) -> Canvas:
    """A profile form and a list of preferences."""
    c = window(t, "Settings")
    title(c, t, "Settings", "Your profile and how Alderline behaves")
    style = Type(15, "SemiBold", -0.1)
    button(c, t, (RIGHT - 260, 40, 112, 44), "Discard", "plain", style=style)
    button(c, t, (RIGHT - 136, 40, 136, 44), "Save changes", style=style)
    for k, (sign, name) in enumerate(PAGES):
        y = 122 + 46 * k
        if k == 0:
            c.rect((LEFT - 4, y, 208, 40), t.sunken, 11)
        ink = t.ink if k == 0 else t.ink2
        icon(c, sign, LEFT + 20, y + 20, ink, 20)
        weight = "SemiBold" if k == 0 else "Medium"
        c.label(LEFT + 44, y + 20, name, Type(15, weight, -0.1), ink)
    profile(c, t, LEFT + 236, ROOM - 236)
    choices(c, t, LEFT + 236, ROOM - 236)
    return c


def profile(c: Canvas, t: Theme, x: int, w: int) -> None:
    """Draw the form about the traveller."""
    panel(c, t, (x, 116, w, 366), "Profile")
    avatar(c, x + 64, 220, 80, "Ines Halloran")
    c.label(x + 124, 210, "Your picture", BODY.bold(), t.ink)
    c.label(x + 124, 231, "Hosts see it when you book.", SMALL, t.ink2)
    small = Type(14, "SemiBold", -0.1)
    button(c, t, (x + w - 224, 201, 104, 38), "Replace", "soft", style=small)
    button(c, t, (x + w - 112, 201, 88, 38), "Remove", "plain", style=small)
    rule(c, t, x + 24, 282, w - 48)
    half = (w - 60) // 2
    field(c, t, (x + 24, 302, half, 62), "First name", "Ines")
    field(c, t, (x + 36 + half, 302, half, 62), "Last name", "Halloran")
    field(c, t, (x + 24, 376, half, 62), "Email", "ines@alderline.example", "mail")
    field(c, t, (x + 36 + half, 376, half, 62), "Home station", "Carrow Junction", "train")
    c.label(
        x + 24,
        460,
        "Changes to your name take a day to reach tickets already booked.",
        Type(12.5, "Regular"),
        t.ink3,
    )


def choices(c: Canvas, t: Theme, x: int, w: int) -> None:
    """Draw the preferences."""
    panel(c, t, (x, 500, w, 358), "Preferences", "Synced to your phone")
    for k, (sign, kind, name, note, on) in enumerate(CHOICES):
        y = 556 + 74 * k
        rule(c, t, x + 24, y, w - 48)
        tile(c, t, (x + 24, y + 16, 42, 42), sign, kind, 12)
        c.label(x + 82, y + 28, name, BODY.bold(), t.ink)
        c.label(x + 82, y + 49, note, SMALL, t.ink2)
        toggle(c, t, x + w - 24, y + 37, on)
