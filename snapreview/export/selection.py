"""A part of a comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from snapreview.model.change import Change, Comparison
from snapreview.model.order import in_order


def chosen_of(comparison: Comparison, selection: Iterable[Change]) -> Comparison:
    """`comparison` with the selected rows alone, each once, in the order of the list."""
    return replace(comparison, changes=in_order({c.name: c for c in selection}.values()))
