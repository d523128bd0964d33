"""Flat portraits of the invented people of the app."""

from dataclasses import dataclass

from .canvas import Canvas, mix


@dataclass(frozen=True)
class Person:
    """How a portrait is coloured, and how its hair is cut."""

    back: str
    skin: str
    hair: str
    shirt: str
    cut: str


PEOPLE = {
    "Ines Halloran": Person("#cfe3d8", "#e0a884", "#4a2c22", "#1f5f4e", "bob"),
    "Tomas Beck": Person("#f3d9c4", "#f0c3a0", "#8a5a34", "#356b99", "short"),
    "Priya Nandan": Person("#e6d9ee", "#b97a55", "#231a1c", "#b9532c", "long"),
    "Joel Aster": Person("#d9e4ee", "#8d5a3c", "#1d1715", "#b07d1c", "curly"),
    "Noor Haddad": Person("#f2e4bf", "#d9a27c", "#77508a", "#5a3c6b", "scarf"),
    "Marit Lund": Person("#d8e2df", "#f3cdb0", "#d9b26b", "#b9532c", "bun"),
    "Oskar Wren": Person("#e8d9cf", "#e9b796", "#8f8a84", "#3f4a57", "beard"),
    "Sade Cole": Person("#cfdcec", "#6f4630", "#191413", "#77508a", "bun"),
}


def portrait(name: str, size: int) -> Canvas:
    """Return a square portrait."""
    person = PEOPLE[name]
    c = Canvas(size, size, person.back)
    s = size / 100
    behind(c, person, s)
    c.ellipse((14 * s, 74 * s, 72 * s, 60 * s), person.shirt)
    c.rect((41 * s, 56 * s, 18 * s, 24 * s), mix(person.skin, "#5a2f1c", 0.18), 8 * s)
    c.ellipse((31 * s, 23 * s, 38 * s, 46 * s), person.skin)
    CUTS[person.cut](c, person, s)
    return c


def behind(c: Canvas, person: Person, s: float) -> None:
    """Draw the hair that falls behind the head."""
    if person.cut == "bob":
        c.rect((25 * s, 17 * s, 50 * s, 52 * s), person.hair, 24 * s)
    elif person.cut == "long":
        c.rect((25 * s, 16 * s, 50 * s, 72 * s), person.hair, 24 * s)
    elif person.cut == "scarf":
        c.rect((24 * s, 13 * s, 52 * s, 66 * s), person.hair, 25 * s)
    elif person.cut == "curly":
        for x, y, r in ((30, 32, 12), (40, 21, 13), (55, 18, 13), (67, 27, 13), (71, 38, 9)):
            c.circle(x * s, y * s, r * s, person.hair)
    elif person.cut == "bun":
        c.circle(50 * s, 13 * s, 11 * s, person.hair)


def fringe(c: Canvas, person: Person, s: float) -> None:
    """Draw hair parted to one side."""
    c.polygon(
        [
            (30 * s, 44 * s),
            (29 * s, 30 * s),
            (38 * s, 19 * s),
            (54 * s, 16 * s),
            (67 * s, 24 * s),
            (71 * s, 44 * s),
            (64 * s, 34 * s),
            (52 * s, 29 * s),
            (40 * s, 33 * s),
        ],
        person.hair,
    )


def crop(c: Canvas, person: Person, s: float) -> None:
    """Draw short hair with a quiff."""
    c.polygon(
        [
            (30 * s, 42 * s),
            (28 * s, 28 * s),
            (36 * s, 17 * s),
            (52 * s, 13 * s),
            (68 * s, 17 * s),
            (72 * s, 30 * s),
            (70 * s, 42 * s),
            (66 * s, 31 * s),
            (50 * s, 28 * s),
            (35 * s, 31 * s),
        ],
        person.hair,
    )


def curls(c: Canvas, person: Person, s: float) -> None:
    """Draw the curls over the forehead."""
    for x, y, r in ((37, 28, 7), (46, 25, 7), (55, 25, 7), (63, 29, 6)):
        c.circle(x * s, y * s, r * s, person.hair)


def scarf(c: Canvas, person: Person, s: float) -> None:
    """Draw a headscarf: its edge over the brow and its fall over the shoulders."""
    c.polygon(
        [
            (31 * s, 44 * s),
            (33 * s, 30 * s),
            (50 * s, 21 * s),
            (67 * s, 30 * s),
            (69 * s, 44 * s),
            (64 * s, 34 * s),
            (50 * s, 30 * s),
            (36 * s, 34 * s),
        ],
        person.hair,
    )
    c.polygon(
        [
            (28 * s, 58 * s),
            (40 * s, 67 * s),
            (60 * s, 67 * s),
            (72 * s, 58 * s),
            (78 * s, 84 * s),
            (50 * s, 96 * s),
            (22 * s, 84 * s),
        ],
        person.hair,
    )


def swept(c: Canvas, person: Person, s: float) -> None:
    """Draw hair combed up to a bun."""
    c.polygon(
        [
            (30 * s, 46 * s),
            (29 * s, 32 * s),
            (37 * s, 20 * s),
            (50 * s, 15 * s),
            (63 * s, 20 * s),
            (71 * s, 32 * s),
            (70 * s, 46 * s),
            (64 * s, 33 * s),
            (50 * s, 27 * s),
            (36 * s, 33 * s),
        ],
        person.hair,
    )


def beard(c: Canvas, person: Person, s: float) -> None:
    """Draw short hair and a full beard."""
    crop(c, person, s)
    c.polygon(
        [
            (31 * s, 44 * s),
            (35 * s, 54 * s),
            (43 * s, 53 * s),
            (50 * s, 55 * s),
            (57 * s, 53 * s),
            (65 * s, 54 * s),
            (69 * s, 44 * s),
            (68 * s, 62 * s),
            (59 * s, 74 * s),
            (50 * s, 77 * s),
            (41 * s, 74 * s),
            (32 * s, 62 * s),
        ],
        person.hair,
    )


CUTS = {
    "bob": fringe,
    "long": fringe,
    "short": crop,
    "curly": curls,
    "scarf": scarf,
    "bun": swept,
    "beard": beard,
}


def avatar(c: Canvas, cx: float, cy: float, size: int, name: str) -> None:
    """Draw a round portrait centred on a point."""
    c.paste(portrait(name, size), round(cx - size / 2), round(cy - size / 2), size / 2)
