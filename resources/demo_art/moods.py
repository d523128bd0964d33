"""The light in which a landscape lies."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mood:
    """The light of a landscape: its sky, its sun and the land from far to near."""

    sky: tuple[str, str]
    sun: str
    land: tuple[str, str, str, str]
    glow: str


MOODS = {
    "day": Mood(
        ("#cfe3ea", "#f3efe2"), "#fff8e2", ("#b3ccc9", "#7fa89b", "#4d8270", "#2a5c4c"), "#f7c873"
    ),
    "dawn": Mood(
        ("#f3d3bd", "#fbeedd"), "#fff3dc", ("#dcb7a8", "#b98c85", "#80656f", "#4c4757"), "#ffd98f"
    ),
    "dusk": Mood(
        ("#46527c", "#eeb48d"), "#ffe3b5", ("#a78496", "#74638a", "#494873", "#282c50"), "#ffcf7a"
    ),
    "night": Mood(
        ("#0e1c2a", "#2b4a58"), "#e9efe2", ("#294854", "#1f3a45", "#162c35", "#0d1d24"), "#f6c76b"
    ),
    "autumn": Mood(
        ("#dfe6e2", "#f8eeda"), "#fff6dd", ("#d2b791", "#c08a54", "#9a5f3a", "#5b3d31"), "#ffd98f"
    ),
}
