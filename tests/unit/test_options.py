"""What may be set, and what a result depends on."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model import options as module
from snapreview.model.errors import OptionsError
from snapreview.model.options import DiffOptions

SHARES = st.floats(0, 1)


def test_the_defaults_are_those_that_sentry_runs() -> None:
    options = DiffOptions()
    assert options.threshold == 0.01
    assert options.antialiasing is True
    assert options.diff_threshold is None
    assert options.max_pixels == 100_000_000


@pytest.mark.parametrize("value", [-1, 2, 1.0001, -0.0001, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", ["threshold", "diff_threshold"])
def test_a_share_out_of_range_is_refused_in_words(name: str, value: float) -> None:
    with pytest.raises(OptionsError, match=rf"^{name.replace('_', '-')} must be a number from 0"):
        DiffOptions(**{name: value})


@pytest.mark.parametrize("value", [0, -5])
def test_a_limit_without_room_is_refused(value: int) -> None:
    with pytest.raises(OptionsError, match="max-pixels must be at least 1"):
        DiffOptions(max_pixels=value)


@pytest.mark.parametrize("value", [0, 1, 0.5])
def test_the_ends_of_the_range_are_allowed(value: float) -> None:
    assert DiffOptions(threshold=value, diff_threshold=value).threshold == value


@given(SHARES, st.booleans(), SHARES | st.none(), st.integers(1))
def test_the_key_depends_on_what_odiff_is_asked_and_on_nothing_else(
    threshold: float, antialiasing: bool, limit: float | None, pixels: int
) -> None:
    key = DiffOptions(threshold, antialiasing, limit, pixels).cache_key()
    assert key == DiffOptions(threshold, antialiasing).cache_key()
    assert key != DiffOptions(threshold, not antialiasing).cache_key()
    assert key != DiffOptions(1 - threshold if threshold != 0.5 else 0, antialiasing).cache_key()


def test_the_key_names_the_version_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    before = DiffOptions().cache_key()
    assert json.loads(before) == {"aa": True, "rules": module.RULES_VERSION, "threshold": 0.01}
    monkeypatch.setattr(module, "RULES_VERSION", module.RULES_VERSION + 1)
    assert DiffOptions().cache_key() != before
