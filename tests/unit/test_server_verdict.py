"""Where a server's verdict on a pair differs from the one found here."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.change import STATUSES, Change, ImageDiff, Status
from snapreview.model.manifest import ImageRecord
from snapreview.model.server_verdict import BASE, DIFF, SNAPSHOT, STATUS, verdict_differs

CANVAS = (10, 10)
CHANGED = ImageDiff(CANVAS, 25)


def row(
    theirs: object,
    ours: Status,
    diff: ImageDiff | None = None,
    previous: str | None = None,
    **extra: Any,
) -> Change:
    """A pair of snapshots 1 and 2, of which the server compared 2 with 1."""
    told = {SNAPSHOT: "2", BASE: "1", STATUS: theirs, **extra}
    base = ImageRecord("a", extra={SNAPSHOT: "1"})
    return Change("a", ours, base, ImageRecord("a", extra=told), diff, previous_name=previous)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            row("unchanged", Status.CHANGED, CHANGED),
            "Sentry calls this image unchanged; compared here, it is changed (25.0\u00a0%).",
        ),
        (
            row("changed", Status.UNCHANGED, ImageDiff(CANVAS), **{DIFF: 0.012}),
            "Sentry calls this image changed (1.2\u00a0%); compared here, it is unchanged.",
        ),
        (
            row("changed", Status.UNCHANGED),
            "Sentry calls this image changed; compared here, it is unchanged.",
        ),
        (
            row("errored", Status.CHANGED, CHANGED),
            "Sentry could not compare this image; here it is changed (25.0\u00a0%).",
        ),
        (
            row("changed", Status.ERRORED, **{DIFF: 1}),
            "Sentry calls this image changed (100\u00a0%); it could not be compared here.",
        ),
        (
            row("added", Status.RENAMED, previous="b"),
            "Sentry calls this image added; compared here, it is renamed.",
        ),
    ],
)
def test_is_told(change: Change, sentence: str) -> None:
    assert verdict_differs(change) == sentence


@pytest.mark.parametrize("status", STATUSES)
def test_the_same_verdict_is_nothing_to_tell(status: Status) -> None:
    assert verdict_differs(row(status.value, status, **{DIFF: 0.9})) == ""


def test_what_is_not_decided_yet_differs_from_nothing() -> None:
    assert verdict_differs(row("changed", Status.PENDING)) == ""


def test_a_pair_made_by_hand_is_not_the_servers() -> None:
    assert verdict_differs(row("added", Status.CHANGED, CHANGED, previous="b")) == ""


@pytest.mark.parametrize(
    "base", [{}, {SNAPSHOT: "3"}, {SNAPSHOT: None}, {BASE: "1", STATUS: "changed"}]
)
def test_another_base_is_another_comparison(base: dict[str, Any]) -> None:
    told = {SNAPSHOT: "2", BASE: "1", STATUS: "unchanged"}
    records = ImageRecord("a", extra=base), ImageRecord("a", extra=told)
    assert verdict_differs(Change("a", Status.CHANGED, *records, CHANGED)) == ""


def test_a_row_with_one_side_has_no_verdict() -> None:
    change = row("unchanged", Status.CHANGED)
    assert verdict_differs(Change("a", Status.ADDED, head=change.head)) == ""
    assert verdict_differs(Change("a", Status.REMOVED, base=change.base)) == ""
    assert verdict_differs(Change("a", Status.CHANGED, ImageRecord("a"), ImageRecord("a"))) == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(JSON, JSON, JSON)
def test_fields_that_somebody_made_up_say_nothing_wrong(theirs: Any, ratio: Any, base: Any) -> None:
    change = row(theirs, Status.UNCHANGED, **{DIFF: ratio, BASE: base})
    assert verdict_differs(change) in (
        "",
        f"Sentry calls this image {theirs}; compared here, it is unchanged.",
    )


@given(st.floats(0, 1))
def test_a_share_is_told_as_the_list_tells_it(ratio: float) -> None:
    assert "changed (" in verdict_differs(row("changed", Status.UNCHANGED, **{DIFF: ratio}))


@pytest.mark.parametrize(
    "ratio", [None, True, -0.1, 1.1, float("nan"), float("inf"), "0.5", 10**400]
)
def test_a_share_that_is_none_is_left_out(ratio: object) -> None:
    said = verdict_differs(row("changed", Status.UNCHANGED, **{DIFF: ratio}))
    assert said == "Sentry calls this image changed; compared here, it is unchanged."
