"""What stands on a synthetic screen, and what a commit may do to it. Values only."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
"""x, y, width and height in pixels."""

_WORDS = re.findall(
    r"\w+",
    """
    account balance booking calendar card change city comment contact delivery evening export
    flight friend gate hotel invite journey language message morning offer order passenger photo
    platform price profile receipt return route search seat settings station street ticket today
    tomorrow total train transfer update voucher weather week window
    """,
)


@dataclass(frozen=True, slots=True)
class Card:
    """A rounded box with lines of text and, where `photo` is a seed, a picture at its left."""

    box: Box
    fill: Colour
    lines: tuple[str, ...]
    photo: int | None


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen. `unit` is the length in pixels that its drawing takes as one.

    `mode` is Pillow's: the tools of phones write an alpha channel, browsers none.
    """

    size: tuple[int, int]
    mode: str
    unit: float
    page: Colour
    title: str
    rows: tuple[str, ...]
    row_box: Box
    cards: tuple[Card, ...]


def phone(seed: int, scale: float) -> Screen:
    """A screen of 1170 × 2532: cards in one column, a list below. `scale` makes it smaller."""
    chance = Random(seed)
    boxes = [_box(48, 240 + 318 * n, 1074, 288, scale) for n in range(5)]
    return Screen(
        size=_scaled((1170, 2532), scale),
        mode="RGBA",
        unit=2 * scale,
        page=_light(chance),
        title=_words(chance, 2),
        rows=tuple(_words(chance, chance.randint(4, 8)) for _ in range(9)),
        row_box=_box(48, 1860, 1074, 640, scale),
        cards=tuple(_card(chance, box) for box in boxes),
    )


def desktop(seed: int, scale: float) -> Screen:
    """A screen of 1440 × 900: a list at the left, cards in three columns beside it."""
    chance = Random(seed)
    places = [(268 + 388 * (n % 3), 96 + 196 * (n // 3)) for n in range(12)]
    return Screen(
        size=_scaled((1440, 900), scale),
        mode="RGB",
        unit=scale,
        page=_light(chance),
        title=_words(chance, 3),
        rows=tuple(_words(chance, 2) for _ in range(22)),
        row_box=_box(24, 96, 220, 780, scale),
        cards=tuple(_card(chance, _box(x, y, 372, 180, scale)) for x, y in places),
    )


def edited(screen: Screen, seed: int) -> Screen:
    """The screen after a commit that moved a card, changed its colour or its text.

    Which of the three it is goes by `seed`: three seeds in a row bring all three.
    """
    chance = Random(seed)
    place = chance.randrange(len(screen.cards))
    card = screen.cards[place]
    x, y, width, height = card.box
    step = max(1, round(6 * screen.unit))
    changed = (
        replace(card, box=(x, y + step, width, height)),
        replace(card, fill=_shifted(card.fill)),
        replace(card, lines=tuple(_words(chance, 4) for _ in card.lines)),
    )[seed % 3]
    return replace(screen, cards=(*screen.cards[:place], changed, *screen.cards[place + 1 :]))


def _card(chance: Random, box: Box) -> Card:
    return Card(
        box=box,
        fill=_light(chance),
        lines=tuple(_words(chance, chance.randint(2, 5)) for _ in range(4)),
        photo=chance.randrange(2**32) if chance.random() < 0.4 else None,
    )


def _words(chance: Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count)).capitalize()


def _light(chance: Random) -> Colour:
    return chance.randint(222, 252), chance.randint(222, 252), chance.randint(222, 252)


def _shifted(colour: Colour) -> Colour:
    red, green, blue = colour
    return red - 40, green - 20, blue


def _box(x: int, y: int, width: int, height: int, scale: float) -> Box:
    return round(x * scale), round(y * scale), round(width * scale), round(height * scale)


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return round(size[0] * scale), round(size[1] * scale)
