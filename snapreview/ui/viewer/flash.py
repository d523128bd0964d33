"""The overlay flashing to catch the eye: which step shows what. No Qt, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace

FLASH_STEP_MS = 200
"""On and off take two steps: 2.5 flashes a second, where WCAG 2.1 (2.3.1) allows three."""

_STEPS = 6
_LEAST_OPACITY = 0.7
"""A flash is meant to be seen, however faint the overlay is set."""


@dataclass(frozen=True, slots=True)
class Flash:
    """Steps of a flash that are left. `visible`: whether the overlay is there otherwise.

    The first step is the opposite of that, and so the last one is as it was.
    """

    visible: bool = True
    left: int = 0

    @classmethod
    def begun(cls, *, visible: bool) -> Flash:
        """At the first step."""
        return cls(visible, _STEPS)

    @property
    def running(self) -> bool:
        """Whether a step is being shown."""
        return self.left > 0

    def step(self) -> Flash:
        """The next step; over after the last."""
        return replace(self, left=max(0, self.left - 1))

    def opacity(self, usual: float | None) -> float | None:
        """The overlay's opacity in this step, None where it is not seen. `usual` is the same
        without any flash."""
        if not self.running:
            return usual
        seen = self.visible if self.left % 2 else not self.visible
        return max(usual or 0.0, _LEAST_OPACITY) if seen else None
