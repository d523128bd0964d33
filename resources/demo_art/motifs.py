"""Whole landscapes, each a place of the app."""

from collections.abc import Callable
from math import pi, sin
from random import Random

from .canvas import Canvas, mix
from .landforms import arch, grove, house, peaks, pine, ridge, sail, train, unit, water
from .masks import Point
from .moods import MOODS, Mood


def lake(c: Canvas, mood: Mood, rng: Random) -> None:
    """A lake under mountains with a boathouse on its shore."""
    peaks(c, 0.62, rng, mood.land[0], mood.sun)
    crest = ridge(c, 0.56, 0.07, rng, mood.land[1])
    grove(c, crest, rng, mood.land[2], 12, unit(c) * 0.12)
    water(c, 0.66, mood, rng)
    shore = [(c.width * 0.52, c.height * 0.7), (c.width * 0.68, c.height * 0.655)]
    c.polygon(
        [
            *shore,
            (c.width, c.height * 0.64),
            (c.width, c.height * 0.76),
            (c.width * 0.7, c.height * 0.725),
        ],
        mood.land[2],
    )
    size = unit(c) * 0.15
    house(c, c.width * 0.7, c.height * 0.69, size, "#b5573a", mood.land[3], mood.glow)
    pine(c, c.width * 0.7 + size * 1.5, c.height * 0.71, size * 1.9, mood.land[3])
    pine(c, c.width * 0.7 + size * 2.1, c.height * 0.71, size * 1.4, mood.land[3])
    ridge(c, 0.95, 0.05, rng, mood.land[3])


def coast(c: Canvas, mood: Mood, rng: Random) -> None:
    """A sea with islands and a lighthouse."""
    ridge(c, 0.6, 0.08, rng, mood.land[0])
    water(c, 0.64, mood, rng)
    w, h, u = c.width, c.height, unit(c)
    c.polygon(
        [
            (w * 0.5, h),
            (w * 0.58, h * 0.74),
            (w * 0.72, h * 0.64),
            (w * 0.9, h * 0.61),
            (w, h * 0.63),
            (w, h),
        ],
        mood.land[2],
    )
    c.polygon(
        [(w * 0.5, h), (w * 0.64, h * 0.84), (w * 0.84, h * 0.72), (w, h * 0.7), (w, h)],
        mood.land[3],
    )
    x = w * 0.78
    lighthouse(c, x, h * 0.635, u, mood)
    house(c, x + u * 0.09, h * 0.64, u * 0.11, "#efe3d2", "#b5573a", mood.glow)
    sail(c, w * 0.27, h * 0.76, u * 0.13, mood)


def lighthouse(c: Canvas, x: float, foot: float, u: float, mood: Mood) -> None:
    """Draw a white tower with a red band and a lit lantern."""
    tall = u * 0.3
    c.polygon(
        [
            (x - u * 0.045, foot),
            (x - u * 0.03, foot - tall),
            (x + u * 0.03, foot - tall),
            (x + u * 0.045, foot),
        ],
        "#fbf6ec",
    )
    c.polygon(
        [
            (x - u * 0.041, foot - tall * 0.3),
            (x - u * 0.036, foot - tall * 0.58),
            (x + u * 0.036, foot - tall * 0.58),
            (x + u * 0.041, foot - tall * 0.3),
        ],
        "#b5573a",
    )
    c.rect((x - u * 0.042, foot - tall - u * 0.014, u * 0.084, u * 0.018), mood.land[3])
    c.rect((x - u * 0.022, foot - tall - u * 0.062, u * 0.044, u * 0.05), mood.glow)
    c.polygon(
        [
            (x - u * 0.04, foot - tall - u * 0.06),
            (x, foot - tall - u * 0.105),
            (x + u * 0.04, foot - tall - u * 0.06),
        ],
        mood.land[3],
    )


def village(c: Canvas, mood: Mood, rng: Random) -> None:
    """A village with a tower on a hill, vineyards below."""
    ridge(c, 0.55, 0.1, rng, mood.land[0])
    ridge(c, 0.62, 0.08, rng, mix(mood.land[0], mood.land[1], 0.6))
    w, h, u = c.width, c.height, unit(c)
    hill = [
        (w / 2 - u * 0.75 + u * 1.5 * k / 40, h * 0.8 - h * 0.24 * sin(pi * k / 40))
        for k in range(41)
    ]
    walls = ("#f4e4cb", "#e9cfae", "#f7ecd9", "#e2bd95")
    for k, off in enumerate((-0.34, -0.24, -0.13, 0.1, 0.2, 0.3)):
        foot = h * 0.8 - h * 0.24 * sin(pi * (off + 0.75) / 1.5) + u * 0.03
        house(c, w / 2 + u * off - u * 0.05, foot, u * 0.115, walls[k % 4], "#a8512f", mood.glow)
    x, foot = w / 2 - u * 0.045, h * 0.58
    c.rect((x, foot - u * 0.34, u * 0.1, u * 0.36), "#f7ecd9")
    c.polygon(
        [
            (x - u * 0.015, foot - u * 0.34),
            (x + u * 0.05, foot - u * 0.45),
            (x + u * 0.115, foot - u * 0.34),
        ],
        "#a8512f",
    )
    c.rect((x + u * 0.035, foot - u * 0.28, u * 0.03, u * 0.06), mood.land[3], u * 0.015)
    c.polygon(hill, mood.land[1])
    vines(c, hill, mood)


def vines(c: Canvas, hill: list[Point], mood: Mood) -> None:
    """Draw a near slope with rows of vines."""
    c.polygon(hill, mood.land[1])
    near = ridge(c, 0.83, 0.05, Random(3), mood.land[2])
    for k in range(-2, 16):
        x = c.width * k / 13
        start = near[min(60, max(0, round(60 * k / 13)))]
        low = (c.width / 2 + (x - c.width / 2) * 1.9, c.height)
        c.stroke(
            [(x, start[1] + c.height * 0.03), low],
            mix(mood.land[2], mood.land[3], 0.5),
            max(1.2, unit(c) * 0.012),
        )


def viaduct(c: Canvas, mood: Mood, rng: Random) -> None:
    """A train on a viaduct between hills."""
    ridge(c, 0.48, 0.1, rng, mood.land[0])
    ridge(c, 0.57, 0.09, rng, mood.land[1])
    w, h, u = c.width, c.height, unit(c)
    deck = h * 0.66
    stone = mix(mood.land[1], "#e2c9a2", 0.22 if mood is MOODS["night"] else 0.55)
    c.rect((0, deck, w, u * 0.035), stone)
    gap = u * 0.2
    for k in range(-1, int(w / gap) + 2):
        arch(c, k * gap, deck + u * 0.03, gap, h - deck, stone)
    train(c, w * 0.2, deck, u * 0.075, mood)
    crest = ridge(c, 0.86, 0.09, rng, mood.land[2])
    grove(c, crest, rng, mix(mood.land[2], mood.land[3], 0.6), 10, u * 0.13)
    ridge(c, 0.96, 0.05, rng, mood.land[3])


def pines(c: Canvas, mood: Mood, rng: Random) -> None:
    """A river through a pine forest."""
    peaks(c, 0.56, rng, mood.land[0], mood.sun)
    crest = ridge(c, 0.54, 0.06, rng, mood.land[1])
    grove(c, crest, rng, mix(mood.land[1], mood.land[2], 0.6), 26, unit(c) * 0.13)
    crest = ridge(c, 0.66, 0.07, rng, mood.land[2])
    w, h = c.width, c.height
    c.polygon(
        [
            (w * 0.5, h * 0.66),
            (w * 0.54, h * 0.66),
            (w * 0.5, h * 0.74),
            (w * 0.62, h * 0.84),
            (w * 0.5, h),
            (w * 0.2, h),
            (w * 0.47, h * 0.85),
            (w * 0.44, h * 0.74),
        ],
        mood.sky[0],
    )
    grove(c, crest[:24] + crest[38:], rng, mix(mood.land[2], mood.land[3], 0.6), 16, unit(c) * 0.19)
    for x, size in ((0.06, 0.46), (0.17, 0.36), (0.86, 0.5), (0.96, 0.4), (0.75, 0.3)):
        pine(c, w * x, h * 1.02, unit(c) * size, mood.land[3])


MOTIFS: dict[str, Callable[[Canvas, Mood, Random], None]] = {
    "lake": lake,
    "coast": coast,
    "village": village,
    "viaduct": viaduct,
    "pines": pines,
}
