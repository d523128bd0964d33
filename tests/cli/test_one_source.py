"""snapreview compare with one source, which holds both sides or is told to be too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.program import MARKED, PLAIN, Targets, image_set
from tests.leaks import TOKEN, with_userinfo

IMAGES = {"b": {"a.png": PLAIN, "gone.png": PLAIN}, "h": {"a.png": MARKED, "new.png": MARKED}}


@pytest.fixture
def exported(cli: Cli, tmp_path: Path) -> Path:
    """The zip of a comparison."""
    sets = [image_set(tmp_path / side, images) for side, images in IMAGES.items()]
    assert cli("compare", *sets, "--zip", tmp_path / "both.zip").code == 1
    return tmp_path / "both.zip"


def test_a_zip_that_was_exported_is_compared_with_itself(
    cli: Cli, targets: Targets, exported: Path
) -> None:
    done = cli("compare", exported, "--json", targets.json)
    assert (done.code, done.err) == (1, "")
    assert targets.statuses() == {"a.png": "changed", "gone.png": "removed", "new.png": "added"}


def test_options_may_come_first(cli: Cli, targets: Targets, exported: Path) -> None:
    assert cli("compare", "--json", targets.json, "--exit-zero", exported).code == 0
    assert targets.json.exists()


ALONE = {
    "a folder": "h",
    "a folder in a zip": "both.zip!head",
    "an image": "h/a.png",
    "nothing that is there": "gone",
    "the word for a base": "auto",
    "git": "git:.@main",
    "the newest base of an app": "sentry:acme/web/com.acme.app",
}


@pytest.mark.usefixtures("exported")
@pytest.mark.parametrize("source", ALONE.values(), ids=ALONE)
def test_what_holds_one_side_needs_another(
    cli: Cli, targets: Targets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = cli("compare", source, "--json", targets.json)
    assert (done.code, done.out) == (2, "")
    *usage, said = done.err.splitlines()
    assert usage[:2] == [
        "Usage: snapreview compare [OPTIONS] BASE HEAD",
        "Usage: snapreview compare [OPTIONS] SOURCE   holds both",
    ]
    assert said.startswith(f"Error: “{source}” alone is no comparison.")
    for way in ("BASE HEAD", "auto HEAD", "a zip that SnapReview exported"):
        assert way in said
    assert not targets.json.exists()


def test_a_password_is_not_repeated(cli: Cli) -> None:
    done = cli("compare", with_userinfo("https://snapshots.example.com/snapshots/one"))
    assert done.code == 2
    assert "“https://snapshots.example.com/snapshots/one” alone" in done.err
    assert TOKEN not in done.err


@pytest.mark.parametrize("given", [(), ("a", "b", "c")])
def test_neither_none_nor_three(cli: Cli, given: tuple[str, ...]) -> None:
    done = cli("compare", *given)
    assert (done.code, done.out) == (2, "")
    assert "Usage: snapreview compare [OPTIONS] BASE HEAD" in done.err
