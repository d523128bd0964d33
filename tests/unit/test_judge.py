"""From a measured difference to a status."""

from __future__ import annotations

import pytest

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.judge import effective_threshold, failed, judged
from snapreview.model.manifest import ImageRecord, Manifest
from snapreview.model.options import DiffOptions

PENDING = Change("a", Status.PENDING, ImageRecord("a"), ImageRecord("a"), error="before")
CANVAS = (10, 10)


def verdict(diff: ImageDiff, threshold: float = 0.0) -> Change:
    change = judged(PENDING, diff, threshold)
    assert change.diff == diff
    assert change.error is None
    return change


@pytest.mark.parametrize(
    ("user", "image", "manifest", "expected"),
    [
        (None, None, None, 0.0),
        (None, None, 0.3, 0.3),
        (None, 0.2, 0.3, 0.2),
        (0.1, 0.2, 0.3, 0.1),
        (0.0, 0.2, 0.3, 0.0),
        (None, 0.0, 0.3, 0.0),
    ],
)
def test_the_nearest_threshold_counts(
    user: float | None, image: float | None, manifest: float | None, expected: float
) -> None:
    options = DiffOptions(diff_threshold=user)
    head = ImageRecord("a", diff_threshold=image)
    assert effective_threshold(options, head, Manifest("", {}, diff_threshold=manifest)) == expected


def test_changed_is_strictly_above_the_threshold() -> None:
    assert verdict(ImageDiff(CANVAS, 5), 0.05).status is Status.UNCHANGED
    assert verdict(ImageDiff(CANVAS, 6), 0.05).status is Status.CHANGED
    assert verdict(ImageDiff(CANVAS, 1), 0.0).status is Status.CHANGED
    assert verdict(ImageDiff(CANVAS, 0), 0.0).status is Status.UNCHANGED
    assert verdict(ImageDiff(CANVAS, 100), 1.0).status is Status.UNCHANGED


def test_size_and_alpha_count_whatever_the_threshold() -> None:
    assert verdict(ImageDiff(CANVAS, 1, size_changed=True), 1.0).status is Status.CHANGED
    assert verdict(ImageDiff(CANVAS, 1, alpha_changed=True), 1.0).status is Status.CHANGED


@pytest.mark.parametrize(
    ("diff", "subtle"),
    [
        (ImageDiff(CANVAS, 0, 0), 0),
        (ImageDiff(CANVAS, 0, 7), 7),
        (ImageDiff(CANVAS, 4, 0), 4),
    ],
)
def test_an_unchanged_row_with_any_differing_pixel_is_subtle(diff: ImageDiff, subtle: int) -> None:
    change = verdict(diff, 0.05)
    assert change.status is Status.UNCHANGED
    assert (change.subtle_pixels, change.is_subtle) == (subtle, subtle > 0)


def test_a_changed_row_is_not_subtle() -> None:
    assert not verdict(ImageDiff(CANVAS, 9)).is_subtle


def test_a_failed_row_has_its_reason_and_no_result() -> None:
    change = failed(verdict(ImageDiff(CANVAS, 9)), "The reason.")
    assert (change.status, change.error, change.diff) == (Status.ERRORED, "The reason.", None)
    assert change.base is PENDING.base


def test_an_empty_canvas_has_no_share() -> None:
    assert ImageDiff((0, 0)).ratio == 0.0
    assert ImageDiff((4, 5), 5).ratio == 0.25
