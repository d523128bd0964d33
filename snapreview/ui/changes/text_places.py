"""Places in a text: Python counts characters, Qt counts UTF-16 units. No Qt."""

from __future__ import annotations


def to_units(text: str, characters: int) -> int:
    """Where Qt sees the place that is this many characters from the start."""
    return characters + sum(letter > "\uffff" for letter in text[:characters])


def to_characters(text: str, units: int) -> int:
    """How many characters stand before the place that Qt counts as `units`."""
    place = 0
    while units > 0 and place < len(text):
        units -= 2 if text[place] > "\uffff" else 1
        place += 1
    return place
