"""The colours of the app, by day and by night."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """One set of named colours."""

    name: str
    page: str
    surface: str
    sunken: str
    line: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    on_accent: str
    accent_soft: str
    on_soft: str
    clay: str
    on_clay: str
    clay_soft: str
    on_clay_soft: str
    gold: str
    gold_soft: str
    sky: str
    sky_soft: str
    plum: str
    plum_soft: str
    danger: str

    @property
    def dark(self) -> bool:
        """Whether this is the night theme."""
        return self.name == "dark"


LIGHT = Theme(
    name="light",
    page="#f6f4ee",
    surface="#ffffff",
    sunken="#eeebe2",
    line="#e3dfd3",
    ink="#1b2521",
    ink2="#56635c",
    ink3="#65706a",
    accent="#1f5f4e",
    on_accent="#ffffff",
    accent_soft="#dcebe3",
    on_soft="#17503f",
    clay="#b9532c",
    on_clay="#ffffff",
    clay_soft="#f8e6da",
    on_clay_soft="#8c3a1a",
    gold="#b07d1c",
    gold_soft="#f6ebd0",
    sky="#356b99",
    sky_soft="#deeaf4",
    plum="#77508a",
    plum_soft="#ece2f1",
    danger="#b3392f",
)

DARK = Theme(
    name="dark",
    page="#101614",
    surface="#1a221f",
    sunken="#232d29",
    line="#2e3934",
    ink="#edf2ef",
    ink2="#a9b5af",
    ink3="#87938d",
    accent="#72c2a3",
    on_accent="#0a1d16",
    accent_soft="#1e3a31",
    on_soft="#a5dcc6",
    clay="#e78f68",
    on_clay="#2a1006",
    clay_soft="#40291f",
    on_clay_soft="#f3b99f",
    gold="#dcb057",
    gold_soft="#3a3119",
    sky="#82b4de",
    sky_soft="#1f3242",
    plum="#c19ad3",
    plum_soft="#34273b",
    danger="#ee8a80",
)

THEMES = {"light": LIGHT, "dark": DARK}
