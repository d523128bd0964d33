"""One export of any kind, as somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from snapreview.export.contents import Fetch
from snapreview.export.decisions import write_decisions
from snapreview.export.entries import ExportResult, Part
from snapreview.export.html_folder import export_html
from snapreview.export.overlay import Tint
from snapreview.export.pipeline import Progress
from snapreview.export.report import NO_DECISIONS
from snapreview.export.selection import chosen_of
from snapreview.export.zip import export_zip
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change, Comparison
from snapreview.model.decision import Decision


class Kind(Enum):
    """What can be written."""

    ZIP = "zip"
    HTML = "html"
    CSV = "csv"
    JSON = "json"

    @property
    def is_table(self) -> bool:
        """Whether it is decisions alone, without an image."""
        return self in {Kind.CSV, Kind.JSON}


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What somebody wants: these rows, as this, there.

    `target` is a folder for Kind.HTML, else a file. `parts` and `with_page` (index.html) are for
    Kind.ZIP; `with_decisions` tells for a zip or a page whether it shows what was decided.
    """

    kind: Kind
    changes: tuple[Change, ...]
    target: Path
    parts: frozenset[Part] = frozenset(Part)
    with_page: bool = False
    with_decisions: bool = True


def run_export(
    choice: ExportChoice,
    comparison: Comparison,
    decisions: Mapping[str, Decision],
    fetch: Fetch,
    token: CancelToken,
    progress: Progress,
    tint: Tint | None = None,
) -> ExportResult:
    """Write what is chosen of `comparison`; `decisions` are by the names of rows.

    Whole or not at all. Raises ExportError and Cancelled.
    """
    if choice.kind.is_table:
        return _run_table(choice, comparison, decisions, token, progress)
    told = decisions if choice.with_decisions else NO_DECISIONS
    rows, target = choice.changes, choice.target
    if choice.kind is Kind.HTML:
        return export_html(
            target, comparison, rows, fetch, token, progress, tint=tint, decisions=told
        )
    return export_zip(
        target,
        comparison,
        rows,
        choice.parts,
        fetch,
        token,
        progress,
        tint=tint,
        decisions=told,
        with_page=choice.with_page,
    )


def _run_table(
    choice: ExportChoice,
    comparison: Comparison,
    decisions: Mapping[str, Decision],
    token: CancelToken,
    progress: Progress,
) -> ExportResult:
    """A file that is written in one go: the one file of which to tell the progress."""
    progress(0, 1)
    token.check()
    chosen = chosen_of(comparison, choice.changes)
    listed = write_decisions(choice.target, chosen, decisions, as_csv=choice.kind is Kind.CSV)
    progress(1, 1)
    return ExportResult(choice.target, listed)
