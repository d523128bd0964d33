"""What stands on the shortcuts sheet, taken from the actions themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction

from snapreview.ui.dialogs.key_names import Caps, caps_of, named_caps, spoken


@dataclass(frozen=True, slots=True)
class ShortcutRow:
    """What is done, and the ways to press it: each is the caps of keys pressed together."""

    text: str
    ways: tuple[Caps, ...]

    def matches(self, words: Sequence[str]) -> bool:
        """Whether all words, in lower case, are in its text or its keys."""
        searched = f"{self.text} {' '.join(spoken(caps) for caps in self.ways)}".casefold()
        return all(word in searched for word in words)


@dataclass(frozen=True, slots=True)
class ShortcutGroup:
    """Rows that belong together."""

    title: str
    rows: tuple[ShortcutRow, ...]


def groups_of(
    actions: Iterable[tuple[str, Sequence[QAction | None]]],
    extra: Sequence[ShortcutGroup] = (),
) -> tuple[ShortcutGroup, ...]:
    """The actions that have a key, by title; rows of `extra` join the group of the same title.

    Titles may be those of menus. Lines between actions, and groups in which nothing has a key,
    are left out.
    """
    rows = {
        _plain(title): [row for action in members if (row := _row(action))]
        for title, members in actions
    }
    for group in extra:
        rows.setdefault(group.title, []).extend(group.rows)
    return tuple(ShortcutGroup(title, tuple(found)) for title, found in rows.items() if found)


def by_hand() -> tuple[ShortcutGroup, ...]:
    """What mouse, trackpad and keys do for which there are no actions."""
    moving = (_by_hand("Open in viewer", ("Enter",)), _by_hand("Back to the list", ("Esc",)))
    image = ShortcutGroup(
        "In the image",
        (
            _by_hand("Zoom at the pointer", ("Wheel",), ("Pinch",)),
            _by_hand("Fit or 100 %", ("Space",)),
            _by_hand("Move the image", ("Drag",), ("Space", "Move")),
            _by_hand("Scroll", ("Shift", "Wheel"), ("Shift", "Arrows")),
            _by_hand("Pin colours at the pointer", ("Click",)),
        ),
    )
    start = ShortcutGroup(
        "On the start page",
        (
            _by_hand("Choose from what is there", ("↓",)),
            _by_hand("Find the base of the head", ("Ctrl", "B")),
        ),
    )
    return ShortcutGroup("Go", moving), image, start


def _by_hand(text: str, *ways: tuple[str, ...]) -> ShortcutRow:
    return ShortcutRow(text, tuple(named_caps(*way) for way in ways))


def _row(action: QAction | None) -> ShortcutRow | None:
    keys = action.shortcuts() if action is not None else []
    ways = tuple(caps for key in keys if (caps := caps_of(key)))
    if action is None or not ways:
        return None
    return ShortcutRow(_plain(action.text()), tuple(dict.fromkeys(ways)))


def _plain(text: str) -> str:
    """A menu's text without the mark of its access key, its dots, and what it is about now."""
    bare = text.replace("&&", "\0").replace("&", "").replace("\0", "&")
    return bare.partition(": ")[0].rstrip(" .…")
