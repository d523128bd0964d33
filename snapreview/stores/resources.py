"""Finds the files that SnapReview brings along: icons, style sheet, demo images."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def resource(*parts: str) -> Path:
    """The path of a file or folder under `resources/`, such as `resource("icons", "app.svg")`.

    A wheel and the bundle hold that folder as `snapreview/_resources`; an editable install and
    the source tree use the one beside the package. Raises FileNotFoundError.
    """
    installed = PACKAGE / "_resources"
    root = installed if installed.is_dir() else PACKAGE.parent / "resources"
    path = root.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(
            f"A file that belongs to SnapReview is missing: {path}. Install SnapReview again."
        )
    return path
