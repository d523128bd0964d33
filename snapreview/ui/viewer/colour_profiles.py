"""Colour profiles that image files carry: their names, and whether they ask for other colours."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColorSpace

SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)

_LONGEST_NAME = 48
_COMMON_GAMMAS = (2.1, 2.3)
"""What tools write for sRGB where they have only one number for its curve."""

_TRANSFER = QColorSpace.TransferFunction
_UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Profile:
    """A file's colour profile. `applied`: its pixels had to be converted to be shown in sRGB."""

    name: str = ""
    applied: bool = False


NO_PROFILE = Profile()


def profile_of(space: QColorSpace) -> Profile:
    """What to say of a colour space as Qt has read it; an invalid one is none."""
    if not space.isValid():
        return NO_PROFILE
    return Profile(_name_of(space), needs_conversion(space))


def needs_conversion(space: QColorSpace) -> bool:
    """Whether a colour space asks for other colours than sRGB's.

    sRGB's primaries with a plain gamma are what many tools write and mean sRGB by: converting
    those would only shift values that a pixel-exact comparison has already judged.
    """
    if not space.isValid():
        return False
    if space.primaries() != QColorSpace.Primaries.SRgb:
        return True
    if space.transferFunction() == _TRANSFER.Gamma:
        least, most = _COMMON_GAMMAS
        return not least <= space.gamma() <= most
    return space.transferFunction() != _TRANSFER.SRgb


def shortened(text: str) -> str:
    """A name from a file in printable characters and at most 48 of them: files are not trusted."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text[:500]).split())
    return words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1].rstrip() + "…"


def _name_of(space: QColorSpace) -> str:
    """The profile's own name; a PNG can give a curve without any."""
    name = shortened(space.description())
    if name or not needs_conversion(space):
        return name
    if space.transferFunction() == _TRANSFER.Gamma:
        return f"gamma {space.gamma():.1f}"
    return _UNNAMED
