"""A map of the invented region: land, woods, water, railways."""

from math import cos, pi, sin

from .canvas import Canvas, mix
from .fonts import Type
from .icons import icon
from .masks import Point
from .signs import spline
from .theme import Theme

SHORE = ((0.55, -0.1), (0.6, 0.08), (0.64, 0.2), (0.8, 0.26), (0.9, 0.4), (1.1, 0.46))
RIVER = ((0.36, 0.46), (0.46, 0.54), (0.54, 0.72), (0.5, 0.88), (0.55, 1.1))
TRACKS = (
    ((-0.05, 0.3), (0.12, 0.32), (0.24, 0.3), (0.44, 0.33), (0.56, 0.3), (0.66, 0.32)),
    ((0.44, 0.33), (0.47, 0.5), (0.44, 0.66), (0.6, 0.76), (0.74, 0.86), (1.05, 0.9)),
    ((0.44, 0.66), (0.26, 0.76), (0.1, 0.78), (-0.05, 0.84)),
)
STOPS = (
    ("Orrin Halt", 0.24, 0.3, 0, -16, "m"),
    ("Carrow Junction", 0.44, 0.33, -8, 20, "r"),
    ("Vesterholm", 0.66, 0.32, 0, 19, "m"),
    ("Pinesund", 0.44, 0.66, -14, 0, "r"),
    ("Bruna Road", 0.74, 0.86, 4, 20, "m"),
    ("Fell Bridge", 0.26, 0.76, 4, 20, "m"),
)
WOODS = (
    (0.06, 0.12, 0.15),
    (0.33, 0.1, 0.1),
    (0.66, 0.5, 0.12),
    (0.86, 0.6, 0.09),
    (0.34, 0.92, 0.12),
    (0.08, 0.6, 0.08),
    (0.92, 0.98, 0.12),
)


def scaled(m: Canvas, points: tuple[Point, ...]) -> list[Point]:
    """Return points given as shares of the map, smoothed, in pixels."""
    return spline([(x * m.width, y * m.height) for x, y in points], 14)


def region(t: Theme, width: int, height: int) -> Canvas:
    """Return the map."""
    land = mix(t.accent_soft, t.page, 0.45)
    water = mix(t.sky_soft, t.sky, 0.12)
    m = Canvas(width, height, land)
    for k, (x, y, size) in enumerate(WOODS):
        wood(m, x * width, y * height, size * height, k, mix(land, t.accent, 0.1))
    m.polygon([*scaled(m, SHORE), (width * 1.1, -height * 0.1)], water)
    wood(m, width * 0.275, height * 0.455, height * 0.088, 8, water)
    m.stroke(scaled(m, RIVER), water, 7)
    railways(m, t, land)
    italic = Type(14, "MediumItalic", 0.3)
    m.label(width * 0.84, height * 0.1, "Vester Sound", italic, t.sky, "m")
    m.label(width * 0.275, height * 0.478, "Lake Orrin", italic, t.sky, "m")
    for k, sign in enumerate(("plus", "minus")):
        box = (width - 64, height - 118 + 46 * k, 40, 40)
        m.rect(box, t.surface, 12)
        m.frame(box, t.line, 12)
        icon(m, sign, box[0] + 20, box[1] + 20, t.ink, 20, 2)
    return m


def wood(m: Canvas, cx: float, cy: float, size: float, seed: int, color: str) -> None:
    """Draw a wood, or a lake, with an uneven edge."""
    edge = []
    for k in range(120):
        angle = 2 * pi * k / 120
        reach = size * (1 + 0.14 * sin(2 * angle + seed) + 0.09 * sin(3 * angle + 2 * seed))
        edge.append((cx + 1.25 * reach * cos(angle), cy + reach * sin(angle)))
    m.polygon(edge, color)


def railways(m: Canvas, t: Theme, land: str) -> None:
    """Draw the railways, their stations and the stations' names."""
    ink = mix(t.ink2, land, 0.3)
    for track in TRACKS:
        m.stroke(scaled(m, track), ink, 3)
    for name, x, y, dx, dy, anchor in STOPS:
        cx, cy = x * m.width, y * m.height
        m.circle(cx, cy, 7, ink)
        m.circle(cx, cy, 4.2, t.surface)
        m.label(cx + dx, cy + dy, name, Type(12.5, "SemiBold"), mix(t.ink2, t.ink, 0.4), anchor)


def tag(m: Canvas, t: Theme, cx: float, cy: float, price: str, chosen: bool) -> None:
    """Draw a price on the map."""
    plain = mix(t.surface, t.ink, 0.88) if t.dark else t.surface
    fill, ink = (t.accent, t.on_accent) if chosen else (plain, "#1b2521")
    m.shadow((cx - 32, cy - 17, 64, 34), 17, 4, 2, "#00000030")
    m.polygon([(cx - 7, cy + 14), (cx + 7, cy + 14), (cx, cy + 24)], fill)
    m.rect((cx - 32, cy - 17, 64, 34), fill, 17)
    m.label(cx, cy, price, Type(15, "SemiBold", -0.2), ink, "m")
