"""Draws the line icons: reads their paths, traces them at any size."""

from collections.abc import Callable
from math import cos, pi, radians, sin

from .canvas import Canvas
from .icon_paths import ICONS
from .masks import Point


def star(turns: int = 5) -> str:
    """Return the path of a filled star."""
    angles = [pi * k / turns - pi / 2 for k in range(2 * turns)]
    reach = [9.2 if k % 2 == 0 else 4.2 for k in range(2 * turns)]
    spots = [(12 + r * cos(a), 12.6 + r * sin(a)) for a, r in zip(angles, reach, strict=True)]
    return "* M " + " L ".join(f"{x:.2f} {y:.2f}" for x, y in spots) + " Z"


def cubic(p0: Point, p1: Point, p2: Point, p3: Point, steps: int = 14) -> list[Point]:
    """Return points along a cubic curve, its start left out."""
    found = []
    for k in range(1, steps + 1):
        t, u = k / steps, 1 - k / steps
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        pairs = list(zip(weights, (p0, p1, p2, p3), strict=True))
        found.append((sum(w * p[0] for w, p in pairs), sum(w * p[1] for w, p in pairs)))
    return found


def arc(cx: float, cy: float, r: float, start: float, end: float) -> list[Point]:
    """Return points along an arc, angles in degrees."""
    steps = 32
    angles = [radians(start + (end - start) * k / steps) for k in range(steps + 1)]
    return [(cx + r * cos(a), cy + r * sin(a)) for a in angles]


def frame(x: float, y: float, w: float, h: float, r: float) -> list[Point]:
    """Return the outline of a rounded rectangle."""
    right, bottom = x + w - r, y + h - r
    points = arc(x + r, y + r, r, 180, 270) + arc(right, y + r, r, 270, 360)
    points += arc(right, bottom, r, 0, 90) + arc(x + r, bottom, r, 90, 180)
    return [*points, points[0]]


def ring(cx: float, cy: float, r: float) -> list[Point]:
    """Return the points of a circle."""
    return arc(cx, cy, r, 0, 360)


OUTLINES: dict[str, Callable[..., list[Point]]] = {"O": ring, "R": frame, "A": arc}


def outline(path: str) -> list[Point]:
    """Return the points of a path."""
    words = path.lstrip("* ").split()
    numbers = {"M": 2, "L": 2, "C": 6, "Z": 0, "O": 3, "R": 5, "A": 5}
    points: list[Point] = []
    while words:
        letter = words.pop(0)
        count = numbers[letter]
        v = [float(word) for word in words[:count]]
        del words[:count]
        if letter in "ML":
            points.append((v[0], v[1]))
        elif letter == "C":
            points += cubic(points[-1], (v[0], v[1]), (v[2], v[3]), (v[4], v[5]))
        elif letter == "Z":
            points.append(points[0])
        else:
            points += OUTLINES[letter](*v)
    return points


def icon(
    c: Canvas,
    name: str,
    cx: float,
    cy: float,
    color: str,
    size: float = 24,
    line: float = 1.75,
    filled: bool = False,
) -> None:
    """Draw an icon centred on a point."""
    zoom = size / 24
    for path in [star()] if name == "star" else ICONS[name].split(" | "):
        spots = [(cx + (x - 12) * zoom, cy + (y - 12) * zoom) for x, y in outline(path)]
        if path.startswith("*") or filled:
            c.polygon(spots, color)
        if not path.startswith("*"):
            c.stroke(spots, color, line)
