"""What landscapes are made of: hills, mountains, trees, houses, water, a boat, a train."""

from math import pi, sin
from random import Random

from .canvas import Canvas, alpha, mix
from .masks import Point
from .moods import Mood


def unit(c: Canvas) -> float:
    """Return the length by which a picture's motifs are sized."""
    return min(c.height, c.width * 0.9)


def ridge(c: Canvas, base: float, swell: float, rng: Random, color: str) -> list[Point]:
    """Draw rolling hills whose mean height is `base` of the picture; return their crest."""
    waves = [(swell / n, rng.uniform(0.6, 1.2) * n, rng.uniform(0, 2 * pi)) for n in (1, 2, 3)]
    crest = []
    for k in range(61):
        t = k / 60
        rise = sum(a * sin(2 * pi * f * t + p) for a, f, p in waves)
        crest.append((t * c.width, c.height * (base + rise * 0.5)))
    c.polygon([*crest, (c.width, c.height + 1), (0, c.height + 1)], color)
    return crest


def peaks(c: Canvas, base: float, rng: Random, color: str, snow: str) -> None:
    """Draw a row of mountains, their sunny flanks lighter."""
    u, x = unit(c), -0.1 * c.width
    while x < c.width * 1.05:
        high, wide = u * rng.uniform(0.26, 0.4), u * rng.uniform(0.3, 0.42)
        foot, top = c.height * base, c.height * base - high
        mid = x + wide * rng.uniform(-0.1, 0.1)
        c.polygon([(mid - wide, foot), (mid, top), (mid + wide, foot)], color)
        c.polygon(
            [
                (mid - wide, foot),
                (mid, top),
                (mid + wide * 0.12, foot - high * 0.45),
                (mid - wide * 0.2, foot),
            ],
            mix(color, snow, 0.35),
        )
        c.polygon(
            [
                (mid - wide * 0.24, top + high * 0.24),
                (mid, top),
                (mid + wide * 0.2, top + high * 0.2),
                (mid + wide * 0.07, top + high * 0.17),
                (mid, top + high * 0.3),
                (mid - wide * 0.1, top + high * 0.2),
            ],
            mix(color, snow, 0.8),
        )
        x += wide * rng.uniform(0.75, 1.1)


def pine(c: Canvas, x: float, foot: float, high: float, color: str) -> None:
    """Draw a pine of three tiers."""
    c.rect(
        (x - high * 0.035, foot - high * 0.15, high * 0.07, high * 0.17), mix(color, "#3a2c20", 0.5)
    )
    for k, wide in enumerate((0.3, 0.24, 0.17)):
        low = foot - high * (0.1 + 0.25 * k)
        c.polygon([(x - high * wide, low), (x, low - high * 0.42), (x + high * wide, low)], color)


def grove(c: Canvas, crest: list[Point], rng: Random, color: str, count: int, high: float) -> None:
    """Plant pines along a crest."""
    for _ in range(count):
        x, y = crest[rng.randrange(len(crest))]
        pine(c, x + rng.uniform(-6, 6), y + high * 0.12, high * rng.uniform(0.7, 1.15), color)


def house(c: Canvas, x: float, foot: float, size: float, wall: str, roof: str, glow: str) -> None:
    """Draw a small house with a lit window and a door."""
    c.rect((x, foot - size * 0.6, size, size * 0.6), wall)
    c.rect((x + size * 0.72, foot - size * 1.02, size * 0.12, size * 0.32), roof)
    c.polygon(
        [
            (x - size * 0.12, foot - size * 0.58),
            (x + size / 2, foot - size * 1.08),
            (x + size * 1.12, foot - size * 0.58),
        ],
        roof,
    )
    c.rect((x + size * 0.16, foot - size * 0.42, size * 0.24, size * 0.22), glow)
    c.rect((x + size * 0.58, foot - size * 0.4, size * 0.22, size * 0.4), roof)


def water(c: Canvas, level: float, mood: Mood, rng: Random) -> None:
    """Fill the foreground with water and a few glints."""
    top = c.height * level
    c.rect((0, top, c.width, c.height - top), mix(mood.land[0], mood.sky[0], 0.55))
    for _ in range(9):
        long = c.width * rng.uniform(0.05, 0.16)
        x, y = rng.uniform(0, c.width), top + (c.height - top) * rng.uniform(0.1, 0.95)
        c.rect((x, y, long, max(1.2, c.height * 0.006)), alpha("#ffffff", 0.32), 2)


def sail(c: Canvas, x: float, y: float, size: float, mood: Mood) -> None:
    """Draw a small sailing boat."""
    c.polygon([(x, y - size), (x, y - size * 0.1), (x + size * 0.55, y - size * 0.1)], "#fffaf0")
    c.polygon(
        [
            (x - size * 0.06, y - size * 0.85),
            (x - size * 0.06, y - size * 0.1),
            (x - size * 0.4, y - size * 0.1),
        ],
        mix("#fffaf0", mood.land[1], 0.25),
    )
    c.polygon(
        [
            (x - size * 0.5, y - size * 0.04),
            (x + size * 0.6, y - size * 0.04),
            (x + size * 0.4, y + size * 0.14),
            (x - size * 0.34, y + size * 0.14),
        ],
        mood.land[3],
    )


def arch(c: Canvas, x: float, top: float, gap: float, high: float, stone: str) -> None:
    """Draw one pier of a viaduct and the two quarter arches it carries."""
    half = gap * 0.11
    reach = gap / 2
    left = [
        (
            x - reach + (reach - half) * sin(pi / 2 * k / 8),
            top + gap * 0.42 * (1 - sin(pi / 2 * (1 - k / 8))),
        )
        for k in range(9)
    ]
    right = [(2 * x - px, py) for px, py in left]
    c.polygon(
        [
            (x - reach, top - 1),
            *left,
            (x - half, top + high),
            (x + half, top + high),
            *reversed(right),
            (x + reach, top - 1),
        ],
        stone,
    )


def train(c: Canvas, x: float, rail: float, tall: float, mood: Mood) -> None:
    """Draw a train of three coaches with lit windows, heading right."""
    long, cream, red = tall * 3.1, "#f5ead7", "#b5573a"
    for k in range(3):
        left = x + k * (long + tall * 0.12)
        front = tall * 0.5 if k == 2 else tall * 0.14
        c.rect((left, rail - tall, long, tall * 0.92), red, front)
        c.rect((left, rail - tall * 0.5, long - (tall * 0.1 if k == 2 else 0), tall * 0.12), cream)
        for n in range(5):
            spot = (
                left + tall * 0.28 + n * tall * 0.54,
                rail - tall * 0.84,
                tall * 0.36,
                tall * 0.26,
            )
            c.rect(spot, mood.glow, tall * 0.06)
        for axle in (0.5, 2.5):
            c.circle(left + tall * axle, rail - tall * 0.06, tall * 0.09, mood.land[3])
