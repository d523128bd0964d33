"""Shortcuts as the caps of the keys to press, with the names they have on this system."""

from __future__ import annotations

import sys

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

Caps = tuple[str, ...]
"""Keys pressed together, from left to right."""

_MODIFIER = Qt.KeyboardModifier
_NAMES = {
    _MODIFIER.ControlModifier: "Ctrl",
    _MODIFIER.AltModifier: "Alt",
    _MODIFIER.ShiftModifier: "Shift",
    _MODIFIER.MetaModifier: "Win" if sys.platform == "win32" else "Super",
}
_MAC = {
    _MODIFIER.MetaModifier: "⌃",
    _MODIFIER.AltModifier: "⌥",
    _MODIFIER.ShiftModifier: "⇧",
    _MODIFIER.ControlModifier: "⌘",
}
"""In the order that macOS has them. Qt calls Command Control there."""

_SYMBOLS = {
    Qt.Key.Key_Up: "↑",
    Qt.Key.Key_Down: "↓",
    Qt.Key.Key_Left: "←",
    Qt.Key.Key_Right: "→",
}


def caps_of(sequence: QKeySequence, *, mac: bool = sys.platform == "darwin") -> Caps:
    """The keys of a shortcut's first step; none for an empty one."""
    if sequence.isEmpty():
        return ()
    pressed = sequence[0]
    names = _MAC if mac else _NAMES
    held = pressed.keyboardModifiers()
    return (*(name for key, name in names.items() if held & key), _name(pressed.key()))


def named_caps(*names: str, mac: bool = sys.platform == "darwin") -> Caps:
    """Caps by their names; `Ctrl`, `Alt` and `Shift` as this system calls them."""
    own = {_NAMES[key]: name for key, name in _MAC.items()} if mac else {}
    return tuple(own.get(name, name) for name in names)


def spoken(caps: Caps) -> str:
    """Caps for a screen reader, and to search in."""
    return " ".join(caps)


def _name(key: Qt.Key) -> str:
    if key in _SYMBOLS:
        return _SYMBOLS[key]
    one = QKeySequence(QKeyCombination(key))
    return one.toString(QKeySequence.SequenceFormat.NativeText)
