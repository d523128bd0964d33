"""What is written of a comparison that ran without a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from rich.progress import Progress

from snapreview.cli.console import complain
from snapreview.cli.headless import HeadlessRun
from snapreview.cli.kept import kept_decisions
from snapreview.cli.parameters import has_status
from snapreview.export.decisions import write_decisions
from snapreview.export.entries import ExportResult, Part
from snapreview.export.html_folder import export_html
from snapreview.export.report import NO_DECISIONS, write_report
from snapreview.export.zip import export_zip
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Change
from snapreview.model.decision import Decision
from snapreview.stores.userdirs import UserDirs

Decisions = Mapping[str, Decision]


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where to write what; None where it is not wanted.

    `status` says which rows the zip and the page have, `include` what the zip has of each.
    """

    json: Path | None
    zip: Path | None
    html: Path | None
    decisions: Path | None
    include: tuple[str, ...]
    status: tuple[str, ...]

    def check(self) -> None:
        """Raise UsageError where one would write over another."""
        named: dict[Path, str] = {}
        for option in ("json", "zip", "html", "decisions"):
            path: Path | None = getattr(self, option)
            if path is None:
                continue
            other = named.setdefault(path.resolve(), option)
            if other != option:
                raise click.UsageError(
                    f"--{other} and --{option} name the same file; each needs its own."
                )


def write_outputs(
    run: HeadlessRun, outputs: Outputs, dirs: UserDirs, bar: Progress, token: CancelToken
) -> dict[str, ExportResult]:
    """Write what is wanted, the report last: where it stands, everything else does too.

    What was decided is in all of it when it is asked for. Returns what became of zip and folder.
    Raises SnapReviewError or Cancelled.
    """
    results = {}
    decisions = NO_DECISIONS
    if outputs.decisions is not None:
        decisions = kept_decisions(run, dirs, token)
    rows = [change for change in run.comparison.changes if has_status(change, outputs.status)]
    if outputs.zip is not None:
        step = step_of(bar, "Writing the zip")
        results["zip"] = zip_of(run, outputs.zip, outputs.include, rows, step, token, decisions)
    if outputs.html is not None:
        step = step_of(bar, "Writing the page")
        page = outputs.html, run.comparison, rows, run.fetch, token, step
        results["folder"] = export_html(*page, decisions=decisions)
    if outputs.decisions is not None:
        as_csv = outputs.decisions.suffix.lower() == ".csv"
        write_decisions(outputs.decisions, run.comparison, decisions, as_csv=as_csv)
    if outputs.json is not None:
        write_report(outputs.json, run.comparison, decisions)
    return results


def zip_of(
    run: HeadlessRun,
    target: Path,
    include: tuple[str, ...],
    rows: list[Change],
    step: Callable[[int, int], None],
    token: CancelToken,
    decisions: Decisions = NO_DECISIONS,
) -> ExportResult:
    """Write these rows to a zip. Raises ExportError or Cancelled."""
    parts = frozenset(Part(name) for name in include)
    return export_zip(
        target, run.comparison, rows, parts, run.fetch, token, step, decisions=decisions
    )


def step_of(bar: Progress, description: str) -> Callable[[int, int], None]:
    """A step on the progress bar: called with what is done and what there is."""
    task = bar.add_task(description, total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)


def tell_missing(result: ExportResult, what: str) -> None:
    """Say what the zip or the folder does not hold."""
    for missing in result.missing:
        part = f"{missing.part.value} of " if missing.part else ""
        complain(f"Not in the {what}: {part}{missing.name}: {missing.reason}")
