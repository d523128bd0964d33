"""One picture of the demo: how it is drawn, and what happens to it."""

from collections.abc import Callable
from dataclasses import dataclass

from .canvas import Canvas
from .theme import Theme

Draw = Callable[[Theme, bool], Canvas]
CASES = ("changed", "added", "removed", "renamed", "unchanged", "subtle", "reencoded")


@dataclass(frozen=True)
class Screen:
    """One picture of the demo: how it is drawn, where it lies, what becomes of it."""

    draw: Draw
    group: str
    stem: str
    device: str
    theme: str
    case: str
    title: str
    about: str
    was: str = ""
    """The stem in the base, if head renames the file."""
    trait: str = ""
    """What is special about a change: `resized` or `alpha`."""

    @property
    def name(self) -> str:
        """The path of the picture inside head (or base, if it is removed)."""
        return self.path(self.stem)

    @property
    def base_name(self) -> str:
        """The path of the picture inside base."""
        return self.path(self.was or self.stem)

    def path(self, stem: str) -> str:
        """Return the path of the picture under a stem."""
        ending = "" if self.device == "artwork" else f"-{self.device}-{self.theme}"
        return f"{self.group}/{stem}{ending}.png"

    def sidecar(self) -> dict[str, object]:
        """Return what the JSON beside the picture says."""
        return {
            "display_name": f"{self.title} · {self.device} · {self.theme}",
            "group": self.group.capitalize(),
            "description": self.about,
            "tags": {"device": self.device, "theme": self.theme},
            "canvas_theme": self.theme,
        }
