"""What is known of a change, as JSON and as text."""

from __future__ import annotations

import json

import inspector_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.decision import UNDECIDED, Decision, Verdict
from snapreview.ui.inspector.facts import Profiles, details_json, details_text

REJECTED = Decision(Verdict.REJECTED, "Too wide.\nAsk Mia.", "2026-11-21T10:00:00+00:00")
PROFILES = Profiles("sRGB", "Display P3")


def test_everything_that_is_known_comes_back():
    head = samples.record(
        content="head",
        display_name="Total",
        group="Checkout",
        description="The total.",
        tags={"locale": "de"},
        canvas_theme="dark",
        diff_threshold=0.005,
        extra={"build": {"number": 7}, "list": [1, None]},
    )
    notes = ("The base was turned.",)
    diff = ImageDiff((10, 20), 50, 3, alpha_changed=True, regions=((1, 2, 3, 4),), notes=notes)
    change = samples.changed(head=head, diff=diff)
    assert json.loads(details_json(change, REJECTED, PROFILES)) == {
        "name": "checkout/total.png",
        "status": "changed",
        "previous_name": None,
        "display_name": "Total",
        "group": "Checkout",
        "description": "The total.",
        "tags": {"locale": "de"},
        "canvas_theme": "dark",
        "diff_threshold": 0.005,
        "base": {
            "name": "checkout/total.png",
            "content_hash": samples.digest("base"),
            "width": 1170,
            "height": 2532,
            "byte_size": 481_233,
            "profile": "sRGB",
            "extra": {},
        },
        "head": {
            "name": "checkout/total.png",
            "content_hash": samples.digest("head"),
            "width": 1170,
            "height": 2532,
            "byte_size": 481_233,
            "profile": "Display P3",
            "extra": {"build": {"number": 7}, "list": [1, None]},
        },
        "canvas": [10, 20],
        "size_changed": False,
        "alpha_changed": True,
        "changed_pixels": 50,
        "total_pixels": 200,
        "diff_ratio": 0.25,
        "subtle_pixels": 0,
        "regions": [[1, 2, 3, 4]],
        "notes": ["The base was turned."],
        "error": None,
        "decision": {
            "verdict": "rejected",
            "note": "Too wide.\nAsk Mia.",
            "decided": "2026-11-21T10:00:00+00:00",
        },
    }


def test_an_image_with_one_side_has_one():
    told = json.loads(details_json(samples.added(), UNDECIDED, Profiles()))
    assert told["base"] is None
    assert told["head"]["profile"] is None
    assert told["decision"] == {"verdict": None, "note": "", "decided": None}
    assert told["canvas"] is None


def test_sizes_that_nobody_compared_differ_too():
    small = samples.record(width=10)
    change = Change("a.png", Status.ERRORED, small, samples.record(), error="Too large.")
    told = json.loads(details_json(change, UNDECIDED, Profiles()))
    assert told["size_changed"] is True
    assert told["error"] == "Too large."


def test_hostile_metadata_is_copied_as_json_that_can_be_encoded():
    text = details_json(samples.hostile(), UNDECIDED, Profiles())
    told = json.loads(text)
    assert text.encode()
    assert told["head"]["extra"]["<h1>big</h1>"] == "\ud800 half"
    assert told["head"]["extra"]["many"] == list(range(10_000))
    assert "nested too deeply" in text


@settings(max_examples=50)
@given(
    st.dictionaries(st.text(), st.recursive(st.integers() | st.text(), st.lists, max_leaves=8)),
    st.text(),
)
def test_extra_and_note_come_back_whatever_they_are(extra, note):
    change = samples.changed(head=samples.record(extra=extra))
    told = json.loads(details_json(change, Decision(None, note), Profiles()))
    assert told["head"]["extra"] == extra
    assert told["decision"]["note"] == note


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (samples.changed(), ["Status: Changed", "Changed: 1.0 %", "Region 2: 300 × 80 at 10, 20"]),
        (samples.renamed(), ["Was: old/name.png", "Name: new/name.png"]),
        (samples.resized(), ["Size: 1170 × 2532 → 1170 × 2652", "Resized: +120 px tall"]),
        (samples.errored("No such host."), ["Error: No such host.", "Status: Errored"]),
        (samples.subtle(), ["Status: Subtle", "Subtle: 112 of 2,962,440"]),
        (samples.added(), [f"SHA-256: {samples.digest('base')}"]),
    ],
    ids=["changed", "renamed", "resized", "errored", "subtle", "added"],
)
def test_the_text_says_the_same_to_people(change, expected):
    text = details_text(change, REJECTED, PROFILES)
    for line in (*expected, "Decision: Rejected", "Note: Too wide."):
        assert line in text
    assert "Profile: sRGB → Display P3" in text or change.base is None or change.head is None


def test_names_are_copied_whole():
    change = samples.hostile()
    assert change.name in details_text(change, UNDECIDED, Profiles())
    assert details_text(change, UNDECIDED, Profiles()).encode()
