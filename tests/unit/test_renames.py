"""Which added and removed names are the same image."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model import renames
from snapreview.model.manifest import Hint, ImageRecord
from snapreview.model.renames import pair_renames

RECORDS = st.builds(
    ImageRecord,
    name=st.text("ab/_1", min_size=1, max_size=5),
    sha256=st.sampled_from([None, "1", "2"]),
    hint=st.sampled_from([None, Hint("git", "1"), Hint("git", "2"), Hint("etag", "1")]),
)
SIDES = st.lists(RECORDS, max_size=8, unique_by=lambda r: r.name)


def side(*names: str, sha256: str | None = "1", hint: Hint | None = None) -> dict[str, ImageRecord]:
    return {name: ImageRecord(name, sha256, hint) for name in names}


def by_name(records: list[ImageRecord]) -> dict[str, ImageRecord]:
    return {record.name: record for record in records}


def test_equal_content_pairs() -> None:
    assert pair_renames(side("new.png"), side("old.png")) == {"new.png": "old.png"}
    assert pair_renames(side("new.png"), side("old.png", sha256="2")) == {}
    assert pair_renames(side("new.png", sha256=None), side("old.png", sha256=None)) == {}


def test_equal_hints_of_one_algorithm_pair() -> None:
    git, tag = Hint("git", "1"), Hint("etag", "1")
    new, old = side("new", sha256=None, hint=git), side("old", sha256=None, hint=git)
    assert pair_renames(new, old) == {"new": "old"}
    assert pair_renames(new, side("old", sha256=None, hint=tag)) == {}


def test_the_most_similar_names_pair() -> None:
    new = side("icons/home_dark.png", "icons/home_light.png")
    old = side("img/home_light.png", "img/home_dark.png", "img/unrelated.png")
    assert pair_renames(new, old) == {
        "icons/home_dark.png": "img/home_dark.png",
        "icons/home_light.png": "img/home_light.png",
    }


def test_ties_go_by_name() -> None:
    assert pair_renames(side("b", "a"), side("y", "x")) == {"a": "x", "b": "y"}


@given(SIDES, SIDES, st.randoms())
def test_the_answer_is_sound_and_does_not_depend_on_the_order(
    new: list[ImageRecord], old: list[ImageRecord], random
) -> None:
    added, gone = by_name(new), by_name(old)
    pairs = pair_renames(added, gone)
    assert all(
        added[n].same_content(gone[o]) or _same_hint(added[n], gone[o]) for n, o in pairs.items()
    )
    assert len(set(pairs.values())) == len(pairs)
    left_new = [r for n, r in added.items() if n not in pairs]
    left_old = [r for n, r in gone.items() if n not in pairs.values()]
    assert not [1 for n in left_new for o in left_old if n.sha256 and n.sha256 == o.sha256]
    random.shuffle(new)
    random.shuffle(old)
    assert pair_renames(by_name(new), by_name(old)) == pairs


def _same_hint(one: ImageRecord, other: ImageRecord) -> bool:
    return one.hint is not None and one.hint == other.hint


def test_above_the_limit_equal_base_names_pair_and_then_the_order_counts() -> None:
    new = side(*(f"new/{number:03}.png" for number in range(101)))
    old = side(*(f"old/{number:03}.png" for number in range(50, 151)))
    pairs = pair_renames(new, old)
    assert len(pairs) == 101
    for number in range(50, 101):
        assert pairs[f"new/{number:03}.png"] == f"old/{number:03}.png"
    for number in range(50):
        assert pairs[f"new/{number:03}.png"] == f"old/{number + 101:03}.png"


def test_above_the_limit_no_name_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("compared")

    monkeypatch.setattr(renames, "SequenceMatcher", refuse)
    assert renames.MAX_CANDIDATE_PAIRS == 10_000
    names = [f"{number}.png" for number in range(101)]
    assert len(pair_renames(side(*(f"n{n}" for n in names)), side(*names))) == 101
    with pytest.raises(AssertionError, match="compared"):
        pair_renames(side(*(f"n{n}" for n in names[:100])), side(*names[:100]))


@given(st.integers(1, 6), st.integers(1, 6), st.randoms())
def test_above_the_limit_the_answer_is_stable_too(new: int, old: int, random) -> None:
    names = [f"{folder}/{base}" for folder in "ab" for base in "123"]
    added, gone = side(*names[:new]), side(*(f"old/{n}" for n in names[:old]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(renames, "MAX_CANDIDATE_PAIRS", 0)
        pairs = pair_renames(added, gone)
        assert len(pairs) == len(set(pairs.values())) == min(new, old)
        shuffled = random.sample(list(added.items()), new), random.sample(list(gone.items()), old)
        assert pair_renames(dict(shuffled[0]), dict(shuffled[1])) == pairs
