"""Type styles, and the fonts that set them."""

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont, features

FONT_DIR = Path("/usr/share/fonts/opentype/inter")
DISPLAY_FROM = 20
"""From this size on, the tighter display cut is used."""
CAP_HEIGHT = 0.727
"""Height of a capital as a share of the type size."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class Type:
    """A type style: size in pixels, weight, extra space after each letter."""

    size: float
    weight: str = "Regular"
    tracking: float = 0.0

    def bold(self) -> "Type":
        """Return the same style in semi-bold."""
        return replace(self, weight="SemiBold")

    def medium(self) -> "Type":
        """Return the same style in medium."""
        return replace(self, weight="Medium")


HERO = Type(34, "Bold", -0.7)
DISPLAY = Type(28, "Bold", -0.5)
TITLE = Type(22, "SemiBold", -0.3)
HEAD = Type(17, "SemiBold", -0.25)
BODY = Type(15, "Regular", -0.1)
SMALL = Type(13, "Regular", -0.05)
TINY = Type(11, "Medium")
OVERLINE = Type(11, "SemiBold", 0.7)


@cache
def face(size: float, weight: str, scale: int) -> Font:
    """Return the font of a style, enlarged `scale` times."""
    family = "InterDisplay" if size >= DISPLAY_FROM else "Inter"
    path = FONT_DIR / f"{family}-{weight}.otf"
    if path.exists():
        return ImageFont.truetype(str(path), round(size * scale))
    return ImageFont.load_default(round(size * scale))


@cache
def layout_features() -> list[str] | None:
    """Return the OpenType features to ask for: figures of equal width, where it can be done."""
    return ["tnum"] if FONT_DIR.exists() and features.check("raqm") else None


@lru_cache(maxsize=8192)
def advance(text: str, style: Type, scale: int) -> float:
    """Return the width of a text in enlarged pixels, its tracking included."""
    font = face(style.size, style.weight, scale)
    bare = float(font.getlength(text, features=layout_features()))
    return bare + style.tracking * scale * len(text)


def width(text: str, style: Type) -> float:
    """Return the width of a text in pixels."""
    return advance(text, style, 4) / 4


def fit(text: str, style: Type, room: float) -> str:
    """Shorten a text with an ellipsis until it fits the room."""
    if width(text, style) <= room:
        return text
    while text and width(text.rstrip() + "…", style) > room:
        text = text[:-1]
    return text.rstrip(" ,.") + "…"


def wrap(text: str, style: Type, room: float) -> list[str]:
    """Break a text into lines that fit the room."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, style) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
