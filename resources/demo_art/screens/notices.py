"""What has happened lately."""

from ..canvas import Canvas
from ..fonts import BODY, SMALL, Type
from ..phone import INNER, SIDE, WIDTH, bar, home_bar, screen
from ..theme import Theme
from ..widgets import card, overline, tile

NOTICES = (
    (
        "Today",
        (
            (
                "train",
                "sky",
                "Seats 21 and 22 are yours",
                "Carrow – Orrin Halt, Tuesday 12 May.",
                "5 min",
            ),
            (
                "chat",
                "accent",
                "Marit wrote to you",
                "“Breakfast leaves the jetty at eight.”",
                "9 min",
            ),
        ),
    ),
    (
        "Yesterday",
        (
            ("tag", "gold", "Vesterholm fell to €58", "Six euros less than last week.", "18:20"),
            ("leaf", "accent", "400 kg of CO₂ saved", "That’s a small forest, Ines.", "12:02"),
        ),
    ),
    (
        "Last week",
        (
            ("gift", "clay", "Tomas sent you a gift card", "€100 for the night train.", "Thu"),
            ("star", "plum", "How was Harrow Fell?", "Tell the next guests in a line.", "Tue"),
        ),
    ),
)


def notices(t: Theme, _head: bool) -> Canvas:
    """What has happened lately: only in head."""
    c = screen(t)
    bar(c, t, "Notifications", "gear")
    y = 122
    for name, entries in NOTICES:
        overline(c, t, SIDE + 4, y, name)
        card(c, t, (SIDE, y + 18, INNER, 78 * len(entries)))
        for k, entry in enumerate(entries):
            notice(c, t, y + 18 + 78 * k, entry, fresh=name == "Today", first=k == 0)
        y += 78 * len(entries) + 52
    c.label(WIDTH / 2, 768, "That’s everything from the last 30 days", SMALL, t.ink3, "m")
    home_bar(c, t.ink)
    return c


def notice(c: Canvas, t: Theme, y: int, entry: tuple[str, ...], fresh: bool, first: bool) -> None:
    """Draw one notice, with a dot while it is new."""
    sign, kind, text, note, when = entry
    tile(c, t, (SIDE + 14, y + 18, 42, 42), sign, kind, 12)
    c.label(SIDE + 70, y + 29, text, BODY.bold(), t.ink)
    c.label(SIDE + 70, y + 51, note, SMALL, t.ink2)
    c.label(WIDTH - SIDE - 16, y + 29, when, Type(12, "Regular"), t.ink3, "r")
    if fresh:
        c.circle(WIDTH - SIDE - 20, y + 51, 4, t.clay)
    if not first:
        c.rect((SIDE + 70, y, INNER - 70, 1), t.line)
