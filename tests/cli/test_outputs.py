"""What snapreview compare writes beside report and zip: a page, and what was decided."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from snapreview.model.decision import UNDECIDED, Decision, DecisionKey, Verdict
from snapreview.review.edits import Edit, Write
from snapreview.review.store import DecisionStore
from snapreview.stores.userdirs import user_dirs
from tests.cli.conftest import Cli
from tests.cli.program import MARKED, PLAIN, Targets, image_set
from tests.engine.images import flat
from tests.export.pages import cards, files, parsed

BASE = {"shop/a.png": PLAIN, "gone.png": flat(colour=9), "same.png": flat(colour=1)}
HEAD = {"shop/a.png": MARKED, "new.png": flat((9, 9)), "same.png": flat(colour=1)}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    return image_set(tmp_path / "base", BASE), image_set(tmp_path / "head", HEAD)


def test_a_page_has_all_that_differs(cli: Cli, pair, targets: Targets) -> None:
    folder = targets.folder / "review"
    assert cli("compare", *pair, "--html", folder).code == 1
    document = parsed((folder / "index.html").read_bytes())
    assert set(cards(document)) == {"a.png", "gone.png", "new.png"}
    assert all((folder / name).is_file() for name in files(document))
    assert [path.name for path in targets.folder.iterdir()] == ["review"]


def test_a_page_has_the_statuses_that_are_asked_for(cli: Cli, pair, targets: Targets) -> None:
    folder = targets.folder / "review"
    cli("compare", *pair, "--html", folder, "--status", "unchanged")
    assert set(cards(parsed((folder / "index.html").read_bytes()))) == {"same.png"}


def test_what_could_not_be_compared_is_on_the_page_with_the_reason(
    cli: Cli, pair, targets: Targets
) -> None:
    Path(pair[1], "shop/a.png").write_bytes(b"no image")
    cli("compare", *pair, "--html", targets.folder / "review", *targets.options)
    card = cards(parsed((targets.folder / "review" / "index.html").read_bytes()))["a.png"]
    (reason,) = [image["error"] for image in targets.report()["images"] if image["error"]]
    assert card.one("p", "error").text == reason


@pytest.mark.parametrize(
    ("option", "name", "word"),
    [
        ("--html", "full", "is not empty"),
        ("--html", "file.txt", "is a file"),
        ("--html", "missing/review", "does not exist"),
        ("--decisions", "decisions.txt", "does not end in .csv or .json"),
        ("--decisions", "missing/decisions.csv", "does not exist"),
    ],
)
def test_a_target_that_cannot_be_is_told_before_anything_is_compared(
    cli: Cli, pair, targets: Targets, option: str, name: str, word: str, monkeypatch
) -> None:
    monkeypatch.setenv("SNAPREVIEW_ODIFF", "is not asked")
    (targets.folder / "full").mkdir()
    (targets.folder / "full" / "mine").touch()
    (targets.folder / "file.txt").touch()
    done = cli("compare", *pair, option, targets.folder / name)
    assert done.code == 2
    assert word in " ".join(done.err.split())
    assert option in done.err


def test_two_outputs_cannot_have_one_name(cli: Cli, pair, targets: Targets) -> None:
    done = cli("compare", *pair, "--json", targets.json, "--decisions", targets.json)
    assert done.code == 2
    assert "--json and --decisions name the same file" in done.err


# What was decided


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def keep(decisions: dict[DecisionKey, Decision]) -> None:
    """As the window would."""
    edits = {key: Edit(UNDECIDED, decision) for key, decision in decisions.items()}
    with closing(DecisionStore(user_dirs().decisions)) as store:
        store.apply([Write(1, edits)])


@pytest.fixture
def decided(pair) -> None:
    """What somebody decided in the window: of this very change, and of another of that name."""
    base, head = Path(pair[0]), Path(pair[1])
    changed = DecisionKey("shop/a.png", sha256(base / "shop/a.png"), sha256(head / "shop/a.png"))
    keys = {
        changed: Decision(Verdict.REJECTED, "=No shadow", "2026-03-05T14:02:11Z"),
        DecisionKey("gone.png", sha256(base / "gone.png"), ""): Decision(note="Why?"),
        DecisionKey("new.png", "", "0" * 64): Decision(Verdict.APPROVED, "Another image.", ""),
        DecisionKey("elsewhere.png", "", "1" * 64): Decision(Verdict.APPROVED),
    }
    keep(keys)


def test_decisions_are_those_of_the_very_contents(cli, pair, decided, targets: Targets) -> None:
    done = cli("compare", *pair, "--decisions", targets.folder / "d.json")
    assert (done.code, done.err) == (1, "")
    document = json.loads((targets.folder / "d.json").read_bytes())
    assert {row["name"]: (row["verdict"], row["note"]) for row in document["decisions"]} == {
        "shop/a.png": ("rejected", "=No shadow"),
        "gone.png": ("unreviewed", "Why?"),
        "new.png": ("unreviewed", ""),
    }
    assert cli("compare", *pair, "--decisions", targets.folder / "d.CSV").code == 1
    with (targets.folder / "d.CSV").open(encoding="utf-8-sig", newline="") as table:
        notes = {row["name"]: row["note"] for row in csv.DictReader(table)}
    assert notes["shop/a.png"] == "'=No shadow"


def test_decisions_are_in_all_that_is_written_with_them(
    cli: Cli, pair, decided, targets: Targets
) -> None:
    html = "--html", targets.folder / "review"
    table = "--decisions", targets.folder / "d.csv"
    assert cli("compare", *pair, *targets.options, *html, *table).code == 1
    told = {i["name"]: i["decision"]["note"] for i in targets.report()["images"] if "decision" in i}
    assert told == {"shop/a.png": "=No shadow", "gone.png": "Why?"}
    with zipfile.ZipFile(targets.zip) as archive:
        assert "decisions.csv" in archive.namelist()
    card = cards(parsed((targets.folder / "review" / "index.html").read_bytes()))
    assert card["a.png"].attributes["data-verdict"] == "rejected"


def test_nobody_is_told_what_was_decided_unasked(cli: Cli, pair, decided, targets) -> None:
    assert cli("compare", *pair, *targets.options, "--html", targets.folder / "review").code == 1
    assert all("decision" not in image for image in targets.report()["images"])
    with zipfile.ZipFile(targets.zip) as archive:
        assert "decisions.csv" not in archive.namelist()
    assert b"=No shadow" not in (targets.folder / "review" / "index.html").read_bytes()


def test_where_nobody_has_decided_all_is_unreviewed(cli: Cli, pair, targets: Targets) -> None:
    assert cli("compare", *pair, "--decisions", targets.folder / "d.json").code == 1
    document = json.loads((targets.folder / "d.json").read_bytes())
    assert document["summary"] == {"total": 3, "approved": 0, "rejected": 0, "unreviewed": 3}
    assert not user_dirs().decisions.exists()


def test_a_row_that_failed_keeps_its_decision(cli: Cli, pair, targets: Targets) -> None:
    broken = Path(pair[1], "shop/a.png")
    broken.write_bytes(b"no image")
    key = DecisionKey("shop/a.png", sha256(Path(pair[0], "shop/a.png")), sha256(broken))
    keep({key: Decision(note="It is torn.")})
    cli("compare", *pair, "--decisions", targets.folder / "d.json")
    rows = json.loads((targets.folder / "d.json").read_bytes())["decisions"]
    assert {row["name"]: row["note"] for row in rows if row["note"]} == {
        "shop/a.png": "It is torn."
    }


def test_a_file_of_decisions_that_cannot_be_read_is_told(cli: Cli, pair, targets) -> None:
    user_dirs().decisions.mkdir()
    done = cli("compare", *pair, "--decisions", targets.folder / "d.json")
    assert done.code == 2
    assert "SNAPREVIEW_DATA_DIR" in done.sentence()
    assert list(targets.folder.iterdir()) == []
