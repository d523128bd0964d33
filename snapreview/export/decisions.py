"""What was decided, as JSON for programs and as CSV for spreadsheets. docs/report.md has both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from snapreview.export.atomic import write_pieces
from snapreview.export.json_stream import stream_json
from snapreview.export.report import NO_DECISIONS, snapshot, tool
from snapreview.export.table import table
from snapreview.model.change import Change, Comparison
from snapreview.model.decision import UNDECIDED, Decision, Verdict, is_reviewable
from snapreview.model.manifest import ImageRecord
from snapreview.model.order import in_order

SCHEMA = 1
"""Raised when a field changes its meaning or goes. New fields do not raise it."""

JSON_NAME = "decisions.json"
CSV_NAME = "decisions.csv"

UNREVIEWED = "unreviewed"
"""The verdict of what has none yet."""

_COLUMNS = (
    "name",
    "status",
    "verdict",
    "note",
    "decided",
    "previous_name",
    "base_hash",
    "head_hash",
    "diff_ratio",
    "subtle_pixels",
)


def decisions_json(
    comparison: Comparison, decisions: Mapping[str, Decision] = NO_DECISIONS
) -> Iterator[bytes]:
    """Every row that is to be reviewed, and every other one that has a decision, as JSON.

    `decisions` are by the names of rows. In the order of the list, in pieces.
    """
    rows = listed_rows(comparison, decisions)
    about = {
        "schema": SCHEMA,
        "tool": tool(comparison),
        "base": snapshot(comparison.base),
        "head": snapshot(comparison.head),
        "summary": {"total": len(rows), **tally(rows, decisions)},
    }
    return stream_json(about, "decisions", _fields(rows, decisions))


def decisions_csv(
    comparison: Comparison, decisions: Mapping[str, Decision] = NO_DECISIONS
) -> Iterator[bytes]:
    """The same rows as a table for a spreadsheet, in pieces."""
    rows = listed_rows(comparison, decisions)
    return table(_COLUMNS, (tuple(row.values()) for row in _fields(rows, decisions)))


def write_decisions(
    path: Path,
    comparison: Comparison,
    decisions: Mapping[str, Decision] = NO_DECISIONS,
    *,
    as_csv: bool,
) -> int:
    """Write them to `path`, whole or not at all; returns how many rows are listed.

    Raises ExportError.
    """
    pieces = (decisions_csv if as_csv else decisions_json)(comparison, decisions)
    write_pieces(path, pieces)
    return len(listed_rows(comparison, decisions))


def listed_rows(comparison: Comparison, decisions: Mapping[str, Decision]) -> tuple[Change, ...]:
    """What waits for a word, or has got one, in the order of the list."""
    rows = (c for c in comparison.changes if is_reviewable(c) or said(decisions, c) != UNDECIDED)
    return in_order(rows)


def tally(changes: Iterable[Change], decisions: Mapping[str, Decision]) -> dict[str, int]:
    """How many of `changes` have each verdict, unreviewed last."""
    counts = Counter(said(decisions, change).verdict for change in changes)
    return {**{verdict.value: counts[verdict] for verdict in Verdict}, UNREVIEWED: counts[None]}


def said(decisions: Mapping[str, Decision], change: Change) -> Decision:
    """What was said of `change`; one that says nothing is UNDECIDED."""
    decision = decisions.get(change.name, UNDECIDED)
    return UNDECIDED if decision.is_empty else decision


def _fields(rows: Iterable[Change], decisions: Mapping[str, Decision]) -> Iterator[dict[str, Any]]:
    for change in rows:
        decision = said(decisions, change)
        values = (
            change.name,
            change.status.value,
            decision.verdict.value if decision.verdict else UNREVIEWED,
            decision.note,
            decision.decided or None,
            change.previous_name,
            _hash(change.base),
            _hash(change.head),
            change.ratio,
            change.subtle_pixels,
        )
        yield dict(zip(_COLUMNS, values, strict=True))


def _hash(record: ImageRecord | None) -> str | None:
    return record.sha256 if record else None
