"""Rules of the lines to and from odiff's server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.engine.protocol import PATH_LIMIT, BadAnswer, Question, parse_answer
from snapreview.model.errors import EngineFailure

LINE_LIMIT = 16_384
"""Bytes of a line, newline included, above which odiff exits."""
paths = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=500).map(Path)
fitting = paths.filter(lambda path: len(path.as_posix().encode()) < PATH_LIMIT)


@given(fitting, fitting, fitting, st.floats(allow_nan=False, allow_infinity=False), st.booleans())
def test_every_question_is_one_line_that_odiff_can_take(
    base: Path, head: Path, output: Path, threshold: float, antialiasing: bool
) -> None:
    line = Question(base, head, output, threshold, antialiasing).line(2**31)
    assert len(line) <= LINE_LIMIT
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert json.loads(line) == {
        "requestId": 2**31,
        "base": base.as_posix(),
        "compare": head.as_posix(),
        "output": output.as_posix(),
        "options": {
            "threshold": sorted((0.0, threshold, 1.0))[1],
            "antialiasing": antialiasing,
            "outputDiffMask": True,
        },
    }


@pytest.mark.parametrize("character", ["\x01", "\n", '"', "\\", "é", "日", "🎨"])
def test_even_the_longest_names_stay_below_the_line_limit(character: str) -> None:
    longest = Path(character * ((PATH_LIMIT - 1) // len(character.encode())))
    line = Question(longest, longest, longest, 1e-300, antialiasing=False).line(2**63 - 1)
    assert len(line) <= LINE_LIMIT


@pytest.mark.parametrize("threshold", [0, 1, False])
def test_a_threshold_is_written_with_a_point(threshold: float) -> None:
    """odiff before 4.5 takes a whole number for no number, and uses its default."""
    line = Question(Path("a"), Path("b"), Path("c"), threshold, antialiasing=True).line(1)
    assert f'"threshold": {float(threshold)},'.encode() in line


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), st.integers(0, 2))
def test_a_path_over_the_limit_is_refused_wherever_it_stands(end: str, place: int) -> None:
    three = [Path("a.png"), Path("b.png"), Path("c.png")]
    three[place] = Path("x" * PATH_LIMIT + end)
    with pytest.raises(EngineFailure, match="too long"):
        Question(*three, 0.01, antialiasing=True)


@given(st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_a_bad_one(line: bytes) -> None:
    with pytest.raises(BadAnswer):
        parse_answer(line, 1)


@given(st.integers(1, 2**40), st.integers(1, 2**40))
def test_an_answer_belongs_to_its_question(asked: int, answered: int) -> None:
    line = json.dumps({"requestId": answered, "match": False, "diffCount": 5}).encode()
    if asked == answered:
        assert parse_answer(line, asked).diff_count == 5
    else:
        with pytest.raises(BadAnswer, match="another question"):
            parse_answer(line, asked)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"match": True, "diffCount": 3},
        {"match": False},
        {"match": False, "diffCount": 0},
        {"match": False, "diffCount": -1},
        {"match": False, "diffCount": 1.5},
        {"match": False, "diffCount": "3"},
        {"match": 1},
        {"match": False, "reason": "layout-diff"},
        {"error": 7},
    ],
)
def test_an_answer_that_contradicts_itself_is_none(fields: dict[str, object]) -> None:
    with pytest.raises(BadAnswer, match="makes no sense"):
        parse_answer(json.dumps({"requestId": 1} | fields).encode(), 1)
