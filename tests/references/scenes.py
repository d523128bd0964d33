"""Pictures by name, each with what is done on a stage before it is taken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from .stage import Stage

Scene = Callable[[Stage], QWidget | None]
"""Prepares a stage; returns what is to be seen of it, or None for the whole window."""


class Scenes(dict[str, Scene]):
    """Scenes in the order in which they are drawn."""

    def add(self, prepare: Scene) -> Scene:
        """Have a picture drawn that is named as the function."""
        self[prepare.__name__.replace("_", "-")] = prepare
        return prepare
