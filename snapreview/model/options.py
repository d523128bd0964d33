"""How two images are compared."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

from snapreview.model.errors import OptionsError

DEFAULT_THRESHOLD = 0.01
"""odiff's colour sensitivity, as Sentry runs it (its image_diff/compare.py)."""

DEFAULT_MAX_PIXELS = 100_000_000
"""Pixels of a common canvas above which a pair is not compared."""

RULES_VERSION = 1
"""Raised when the meaning of a stored result changes, so that old results are not reused."""


@dataclass(frozen=True, slots=True)
class DiffOptions:
    """What the user may set for a comparison. Raises OptionsError for a value without meaning.

    `threshold`: odiff's colour sensitivity, 0 (every difference) to 1.
    `diff_threshold`: the share of changed pixels, 0 to 1, that still counts as unchanged; None
    leaves it to the manifest. `max_pixels`: the largest canvas compared.
    """

    threshold: float = DEFAULT_THRESHOLD
    antialiasing: bool = True
    diff_threshold: float | None = None
    max_pixels: int = DEFAULT_MAX_PIXELS

    def __post_init__(self) -> None:
        _require_share("threshold", self.threshold, "0.01 is the default")
        if self.diff_threshold is not None:
            _require_share("diff-threshold", self.diff_threshold, "0.005 is half a percent")
        if self.max_pixels < 1:
            raise OptionsError(f"max-pixels must be at least 1, not {self.max_pixels}.")

    def cache_key(self) -> str:
        """Names what a result depends on: the same text for the same outcome, for ever.

        `diff_threshold` and `max_pixels` are not part of it: they judge a result, or prevent
        one, and do not change it.
        """
        return json.dumps(
            {"aa": self.antialiasing, "rules": RULES_VERSION, "threshold": self.threshold},
            sort_keys=True,
        )


def _require_share(name: str, value: float, example: str) -> None:
    if not math.isfinite(value) or not 0 <= value <= 1:
        raise OptionsError(f"{name} must be a number from 0 to 1 ({example}), not {value}.")
