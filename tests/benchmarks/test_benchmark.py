"""The benchmark runs, reports everything, and refuses to compare unlike things."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from benchmarks.__main__ import main
from benchmarks.contender import Contender, Plan
from benchmarks.corpus import Corpus, Kind, corpus, kind_of
from benchmarks.measure import (
    ASKING_POOL,
    BARE_POOL,
    ON_CHANGED,
    ON_WHOLE,
    SENTRY,
    SENTRY_UNEQUAL,
    SNAPREVIEW,
    DisagreementError,
    require_agreement,
)
from snapreview.engine.locate import locate_engine

SCALE = 0.1
ALL = (SNAPREVIEW, BARE_POOL, ASKING_POOL, SENTRY, SENTRY_UNEQUAL)


@pytest.fixture(scope="module")
def screens(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus(tmp_path_factory.mktemp("cache"), 20, SCALE)


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGBA"))


def found_by(contender: Contender, corpus: Corpus, folder: Path) -> dict[str, int]:
    """What it counts on the changed pairs."""
    plan = Plan(corpus.changed, locate_engine().path, 2, folder)
    with contender.prepare(plan) as run:
        return dict(run())


def test_corpus_is_what_it_says(screens: Corpus) -> None:
    kinds = []
    for number, pair in enumerate(screens.whole.pairs):
        same_bytes = pair.base.read_bytes() == pair.head.read_bytes()
        same_pixels = np.array_equal(pixels(pair.base), pixels(pair.head))
        kind = Kind.EQUAL if same_bytes else Kind.REENCODED if same_pixels else Kind.CHANGED
        assert kind is kind_of(number)
        assert (pair.name in screens.changed.names) is (kind is Kind.CHANGED)
        kinds.append(kind)
    assert [kinds.count(kind) for kind in Kind] == [14, 3, 3]


def test_corpus_has_both_sizes_and_copies_of_its_changed_pairs(screens: Corpus) -> None:
    sizes = {pixels(pair.base).shape[:2] for pair in screens.whole.pairs}
    assert sizes == {(253, 117), (90, 144)}
    for pair in screens.changed.pairs:
        assert pair.head.read_bytes() == (screens.whole.head / pair.name).read_bytes()
        assert pair.base.read_bytes() == (screens.whole.base / pair.name).read_bytes()


def test_corpus_is_the_same_wherever_it_is_drawn(screens: Corpus, tmp_path: Path) -> None:
    again = corpus(tmp_path, 4, SCALE).whole
    for pair in again.pairs:
        first = screens.whole.head / pair.name
        assert np.array_equal(pixels(pair.head), pixels(first))


def test_corpus_is_drawn_once(tmp_path: Path) -> None:
    first, *_ = corpus(tmp_path, 4, SCALE).whole.pairs
    stamp = first.base.stat().st_mtime_ns
    corpus(tmp_path, 4, SCALE)
    assert first.base.stat().st_mtime_ns == stamp
    assert len(list(tmp_path.iterdir())) == 1


def test_contenders_leave_the_corpus_alone(screens: Corpus, tmp_path: Path) -> None:
    def digest() -> str:
        files = [path for pair in screens.changed.pairs for path in (pair.base, pair.head)]
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

    before = digest()
    for number, contender in enumerate(ALL):
        (tmp_path / str(number)).mkdir()
        found_by(contender, screens, tmp_path / str(number))
    assert digest() == before


@pytest.mark.parametrize("contender", ALL, ids=lambda contender: contender.title)
def test_every_contender_counts_what_odiff_counts(
    contender: Contender, screens: Corpus, tmp_path: Path
) -> None:
    expected = found_by(BARE_POOL, screens, tmp_path)
    assert set(expected) == screens.changed.differing
    assert all(expected.values())
    found = tmp_path / "own"
    found.mkdir()
    assert found_by(contender, screens, found) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"a": 3, "b": 1}, id="differs where nothing was changed"),
        pytest.param({"a": 2, "b": 0}, id="another count"),
        pytest.param({"a": 0, "b": 0}, id="misses a change"),
    ],
)
def test_disagreement_is_told(screens: Corpus, wrong: dict[str, int]) -> None:
    pairs = replace(screens.whole, names=("a", "b"), differing=frozenset({"a"}))
    right = {"a": 3, "b": 0}
    require_agreement(pairs, SNAPREVIEW, right, right)
    with pytest.raises(DisagreementError, match="SnapReview counts"):
        require_agreement(pairs, SNAPREVIEW, wrong, right)


def test_all_agreeing_on_a_wrong_answer_is_told(screens: Corpus) -> None:
    pairs = replace(screens.whole, names=("a",), differing=frozenset({"a"}))
    with pytest.raises(DisagreementError):
        require_agreement(pairs, SENTRY, {"a": 0}, {"a": 0})


@pytest.mark.slow
def test_whole_benchmark_reports_every_row_and_ratio(tmp_path: Path) -> None:
    options = ["--pairs", "5", "--rounds", "2", "--workers", "2", "--scale", str(SCALE)]
    result = CliRunner().invoke(main, [*options, "--cache", str(tmp_path)])
    assert result.exit_code == 0, result.output
    report = result.stdout
    assert "5 pairs, 1 of them changed" in report
    assert locate_engine().version in report
    assert "round 2 of 2" in result.stderr
    number = r"\d+(\.\d+)?"
    for title, contenders in (("changed pairs", ON_CHANGED), ("whole set", ON_WHOLE)):
        for contender in contenders:
            row = rf"{title}\s+{contender.title}\s+{number}\s+{number}\s+{number} \({number} … "
            assert len(re.findall(row, report)) == 1
    for ratio, target in (
        ("changed pairs: SnapReview ÷ bare odiff pool", "≤ 1.25"),
        ("whole set: SnapReview ÷ asking odiff pool", "≤ 1.25"),
        ("whole set: Sentry, every pair ÷ SnapReview", "≥ 6"),
        ("changed pairs: Sentry, every pair ÷ SnapReview", "≥ 3"),
        ("whole set: Sentry, unequal ÷ SnapReview", "none"),
    ):
        assert re.search(rf"{ratio}\s+{number}\s+{number} … {number}\s+{target}", report)
