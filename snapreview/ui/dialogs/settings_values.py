"""What the settings dialog is about, as values. No Qt."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any

from snapreview.model.options import DEFAULT_MAX_PIXELS, DEFAULT_THRESHOLD, DiffOptions
from snapreview.ui.viewer.modes import LEAST_BLINK_MS, MOST_BLINK_MS, Mode

THEMES = MappingProxyType({"system": "As the system", "light": "Light", "dark": "Dark"})
BACKDROPS = MappingProxyType(
    {
        "AUTO": "As the image or the window says",
        "LIGHT": "Light",
        "DARK": "Dark",
        "CHECKER": "Checkerboard",
    }
)
MODES = MappingProxyType({mode.name: mode.value for mode in Mode})

MEGAPIXEL = 1_000_000
MOST_MEGAPIXELS = 2000
"""An image of this size takes 8 GB while it is compared."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything that the settings dialog offers, with its defaults.

    `theme` is a key of THEMES; `backdrop` and `mode` are names of Backdrop's and Mode's members.
    `overlay_colour` reads `#rrggbb`, `overlay_opacity` runs from 0.1 to 1. `advance`: after a
    decision the next unreviewed image comes up. `engine_path` is empty where the engine is
    SnapReview's own choice. What is between `blink_ms` and that is DiffOptions' own.
    """

    theme: str = "system"
    backdrop: str = "AUTO"
    overlay_colour: str = "#ff5a00"
    overlay_opacity: float = 0.7
    advance: bool = True
    mode: str = "SPLIT"
    blink_ms: int = 500
    threshold: float = DEFAULT_THRESHOLD
    antialiasing: bool = True
    diff_threshold: float | None = None
    max_pixels: int = DEFAULT_MAX_PIXELS
    engine_path: str = ""

    @property
    def options(self) -> DiffOptions:
        """How images are to be compared."""
        return DiffOptions(self.threshold, self.antialiasing, self.diff_threshold, self.max_pixels)

    def as_mapping(self) -> dict[str, Any]:
        """By the names of the fields, as settings are kept: no theme means the system's."""
        return asdict(self) | {"theme": None if self.theme == "system" else self.theme}

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Preferences:
        """What `values` says, and the default where it says nothing, or nothing that makes sense.

        Other names are passed over.
        """
        known = {field.name for field in fields(cls)} & values.keys()
        sound = {name: values[name] for name in known if _SOUND[name](values[name])}
        return cls(**sound)


@dataclass(frozen=True, slots=True)
class Compared:
    """How the comparison on screen was made."""

    options: DiffOptions
    engine_path: str = ""

    @classmethod
    def wanted(cls, preferences: Preferences) -> Compared:
        """How `preferences` want the next one to be made."""
        return cls(preferences.options, preferences.engine_path)


def read_sensitivity(text: str) -> float:
    """What is written as colour sensitivity. Raises ValueError with a sentence."""
    value = _number(text)
    if value is None or not 0 <= value <= 1:
        raise ValueError("Write a number from 0 to 1.")
    return value


def read_percent(text: str) -> float | None:
    """A share, written in percent; None for an empty text. Raises ValueError with a sentence."""
    written = text.strip().removesuffix("%")
    if not text.strip():
        return None
    value = _number(written)
    if value is None or not 0 <= value <= 100:
        raise ValueError("Write 0 to 100, or nothing.")
    return value / 100


def read_megapixels(text: str) -> int:
    """Pixels, written in megapixels. Raises ValueError with a sentence."""
    value = _number(text)
    pixels = 0 if value is None else round(value * MEGAPIXEL)
    if not 1 <= pixels <= MOST_MEGAPIXELS * MEGAPIXEL:
        raise ValueError(f"Write more than 0, up to {MOST_MEGAPIXELS:,}.")
    return pixels


def shown_number(value: float) -> str:
    """A number as it would be written: no exponent, no zeros at the end."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def _number(text: str) -> float | None:
    """A number with a point or a comma for its decimals."""
    written = text.strip().replace(",", ".")
    if not re.fullmatch(r"\d{0,12}\.?\d{0,12}", written, re.ASCII) or not re.search(r"\d", written):
        return None
    return float(written)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _text(value: object) -> bool:
    return isinstance(value, str)


def _one_of(choices: Mapping[str, str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in choices


def _between(least: float, most: float) -> Callable[[object], bool]:
    def sound(value: object) -> bool:
        real = isinstance(value, int | float) and not isinstance(value, bool)
        return real and math.isfinite(value) and least <= value <= most

    return sound


def _whole(least: int, most: int) -> Callable[[object], bool]:
    within = _between(least, most)
    return lambda value: isinstance(value, int) and within(value)


_share = _between(0, 1)

_SOUND: Mapping[str, Callable[[Any], bool]] = {
    "theme": _one_of(THEMES),
    "backdrop": _one_of(BACKDROPS),
    "overlay_colour": lambda value: _text(value) and bool(_COLOUR.fullmatch(value)),
    "overlay_opacity": _between(0.1, 1),
    "advance": _flag,
    "mode": _one_of(MODES),
    "blink_ms": _whole(LEAST_BLINK_MS, MOST_BLINK_MS),
    "threshold": _share,
    "antialiasing": _flag,
    "diff_threshold": lambda value: value is None or _share(value),
    "max_pixels": _whole(1, MOST_MEGAPIXELS * MEGAPIXEL),
    "engine_path": _text,
}
