"""The app's sign, smooth curves, and the code on a ticket."""

from collections.abc import Sequence

from .canvas import Canvas
from .masks import Point


def mark(c: Canvas, cx: float, cy: float, size: float, fill: str, ink: str) -> None:
    """Draw the app's sign: a line that climbs two hills, under a sun, in a rounded square."""
    s = size / 48
    c.rect((cx - 24 * s, cy - 24 * s, 48 * s, 48 * s), fill, 13 * s)
    hills(c, cx, cy, s, ink)


def hills(c: Canvas, cx: float, cy: float, s: float, ink: str) -> None:
    """Draw the sign's line and sun without a ground."""
    points = [
        (-14, 9),
        (-9, 1),
        (-5.5, -3.4),
        (-2.4, -1.2),
        (0.6, 4),
        (3.4, 6.6),
        (6, 4.4),
        (9, 0.6),
        (11.4, 2.8),
        (14, 9),
    ]
    smooth = spline([(cx + x * s, cy + y * s) for x, y in points])
    c.stroke(smooth, ink, 3.6 * s)
    c.circle(cx + 6.4 * s, cy - 9 * s, 3.6 * s, ink)


def spline(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """Return a smooth curve through points."""
    padded = [points[0], *points, points[-1]]
    found = []
    for corners in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        xs, ys = zip(*corners, strict=True)
        found += [(between(xs, k / steps), between(ys, k / steps)) for k in range(steps)]
    return [*found, points[-1]]


def between(values: tuple[float, ...], u: float) -> float:
    """Return the value `u` of the way between the middle two of four, bent by the outer two."""
    a, b, c, d = values
    bend = 2 * a - 5 * b + 4 * c - d
    return (2 * b + (c - a) * u + bend * u * u + (3 * b - a - 3 * c + d) * u**3) / 2


def code(c: Canvas, x: float, y: float, size: int, ink: str, seed: int = 9) -> None:
    """Draw a square code such as a gate reads: finder squares and a fixed pattern."""
    cells, state = 25, seed
    step = size / cells
    for row in range(cells):
        for column in range(cells):
            state = (state * 1103515245 + 12345) % 2**31
            corner = (column < 8 and not 8 <= row <= 16) or (row < 8 and column > 16)
            if not corner and state >> 16 & 1:
                c.rect((x + column * step, y + row * step, step, step), ink)
    for row, column in ((0, 0), (0, 18), (18, 0)):
        left, top = x + column * step, y + row * step
        c.frame((left, top, 7 * step, 7 * step), ink, 0, step)
        c.rect((left + 2 * step, top + 2 * step, 3 * step, 3 * step), ink)
