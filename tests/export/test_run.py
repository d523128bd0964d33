"""One export of any kind: what is chosen is what is written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from snapreview.export.entries import Part
from snapreview.export.run import ExportChoice, Kind, run_export
from snapreview.model.cancel import CancelToken
from snapreview.model.decision import Decision, Verdict
from snapreview.model.errors import Cancelled

from .makers import Files, comparison
from .pages import cards, parsed

DECISIONS = {
    "a.png": Decision(Verdict.REJECTED, "No.", "2026-03-05T14:02:11Z"),
    "not chosen.png": Decision(Verdict.APPROVED),
}


@pytest.fixture
def write(files: Files, out: Path):
    """Export two of three rows; `decisions` are by their names."""
    rows = [files.changed("a.png"), files.added("b.png"), files.added("not chosen.png")]

    def run(kind: Kind, decisions=DECISIONS, token=None, **options):
        told: list[tuple[int, int]] = []
        choice = ExportChoice(kind, tuple(rows[:2]), out / "target", **options)
        result = run_export(
            choice,
            comparison(rows),
            decisions,
            files.fetch,
            token or CancelToken(),
            lambda *progress: told.append(progress),
        )
        assert told[0][0] == 0
        assert told[-1][0] == told[-1][1]
        return result

    return run


def entries(out: Path) -> dict[str, bytes]:
    with ZipFile(out / "target") as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_zip_has_the_decisions_of_its_images(write, out: Path) -> None:
    assert write(Kind.ZIP, parts=frozenset({Part.HEAD})).entries == 2
    names = ["head/a.png", "head/b.png", "decisions.json", "decisions.csv", "manifest.json"]
    found = entries(out)
    assert list(found) == names
    listed = json.loads(found["decisions.json"])["decisions"]
    assert [(row["name"], row["verdict"]) for row in listed] == [
        ("a.png", "rejected"),
        ("b.png", "unreviewed"),
    ]
    table = csv.DictReader(io.StringIO(found["decisions.csv"].decode("utf-8-sig"), newline=""))
    assert [row["note"] for row in table] == ["No.", ""]
    images = {image["name"]: image for image in json.loads(found["manifest.json"])["images"]}
    assert images["a.png"]["decision"]["verdict"] == "rejected"
    assert images["a.png"]["decision"]["note"] == "No."
    assert "decision" not in images["b.png"]


@pytest.mark.parametrize("why", ["left out", "none", "of others"])
def test_a_zip_without_decisions_has_no_word_of_them(write, out: Path, why: str) -> None:
    decisions = {"left out": DECISIONS, "none": {}, "of others": dict([*DECISIONS.items()][1:])}
    write(Kind.ZIP, decisions[why], with_decisions=why != "left out", with_page=True)
    found = entries(out)
    assert not {"decisions.json", "decisions.csv"} & set(found)
    assert b'"decision"' not in found["manifest.json"]
    assert b"Rejected" not in found["index.html"]


def test_a_page_shows_the_decisions_unless_they_are_left_out(write, out: Path) -> None:
    assert write(Kind.HTML).entries == 4
    card = cards(parsed((out / "target" / "index.html").read_bytes()))
    assert set(card) == {"a.png", "b.png"}
    assert card["a.png"].one("span", "verdict-rejected").text == "Rejected"


def test_a_page_does_not_tell_what_it_is_not_to(write, out: Path) -> None:
    write(Kind.HTML, with_decisions=False)
    assert b"Rejected" not in (out / "target" / "index.html").read_bytes()


def test_a_table_and_its_json_list_the_chosen_rows(write, out: Path) -> None:
    assert write(Kind.CSV).entries == 2
    assert (out / "target").read_bytes().startswith(b"\xef\xbb\xbfname,")
    assert write(Kind.JSON).entries == 2
    assert [row["name"] for row in json.loads((out / "target").read_bytes())["decisions"]] == [
        "a.png",
        "b.png",
    ]


@pytest.mark.parametrize("kind", Kind)
def test_what_was_cancelled_before_it_began_writes_nothing(write, out: Path, kind: Kind) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        write(kind, token=token)
    assert list(out.iterdir()) == []
