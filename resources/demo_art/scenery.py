"""Pictures of the app's places."""

from dataclasses import dataclass
from random import Random

from .canvas import Canvas, alpha
from .landforms import unit
from .moods import MOODS, Mood
from .motifs import MOTIFS


@dataclass(frozen=True)
class Place:
    """What a landscape shows, and in which light."""

    mood: str
    seed: int
    motif: str


PLACES = {
    "vesterholm": Place("dawn", 4, "coast"),
    "orrin": Place("day", 11, "lake"),
    "bruna": Place("autumn", 7, "village"),
    "harrow": Place("dusk", 21, "viaduct"),
    "pinesund": Place("day", 34, "pines"),
    "night-line": Place("night", 5, "viaduct"),
    "orrin-night": Place("night", 11, "lake"),
    "harrow-day": Place("day", 21, "viaduct"),
}


def scene(name: str, width: int, height: int, sun: float | None = None) -> Canvas:
    """Return the picture of a place; `sun` moves its sun along the width, 0 leaves it out."""
    place = PLACES[name]
    mood = MOODS[place.mood]
    c = Canvas(width, height, mood.sky[1])
    c.gradient((0, 0, width, round(height * 0.7)), *mood.sky)
    sky(c, mood, place, sun)
    MOTIFS[place.motif](c, mood, Random(place.seed))
    return c


def sky(c: Canvas, mood: Mood, place: Place, sun: float | None) -> None:
    """Draw the sun or the moon, and stars at night."""
    rng = Random(place.seed)
    side = (0.7 if place.seed % 2 else 0.28) if sun is None else sun
    if place.mood == "night":
        for _ in range(26):
            spot = rng.uniform(0, c.width), rng.uniform(0, c.height * 0.42)
            c.circle(*spot, rng.choice([0.7, 0.9, 1.2]), alpha("#ffffff", rng.uniform(0.3, 0.8)))
    if side:
        c.circle(c.width * side, c.height * 0.27, unit(c) * 0.085, mood.sun)
