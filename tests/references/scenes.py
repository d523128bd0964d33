"""What is done on a stage, and the pictures that are taken meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from .stage import Stage

Shots = Iterator[tuple[str, QWidget]]
"""Names of pictures, and what is to be seen of the stage at that moment."""

Scene = Callable[[Stage], Shots]


class Scenes(dict[str, Scene]):
    """Scenes by the names of their functions. Each has a stage of its own."""

    def add(self, scene: Scene) -> Scene:
        """Have it played."""
        self[scene.__name__] = scene
        return scene
