"""A zip that was exported opens as the comparison that it holds."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from snapreview.export.entries import Part
from snapreview.export.zip import export_zip
from snapreview.model.cancel import CancelToken

from .hands import Hands
from .sets import Sets


@pytest.fixture
def exported(qtbot, compared, tmp_path: Path) -> tuple[Hands, Path]:
    """A user who has exported everything that is listed."""
    user = Hands(qtbot, compared)
    target = tmp_path / "export.zip"
    comparison = compared.presenter.comparison
    fetch = compared.presenter.fetch
    rows = comparison.changes
    export_zip(target, comparison, rows, set(Part), fetch, CancelToken(), lambda *_: None)
    return user, target


def statuses(user: Hands) -> dict[str, str]:
    changes = user.window.presenter.comparison.changes
    return {change.name: change.status.value for change in changes}


def test_it_is_the_same_comparison(exported: tuple[Hands, Path], sets: Sets) -> None:
    user, target = exported
    before = statuses(user)
    user.compare(str(target))
    assert statuses(user) == before
    assert user.text("headerTitle") == f"{target}!base   →   {target}!head"
    assert user.pills(), "it is compared, and not only looked at"
    assert user.window.actions_.approve.isEnabled()
    assert user.window.settings.recent[0].base == f"{target}!base"


def test_decisions_are_those_of_the_same_images(exported: tuple[Hands, Path]) -> None:
    user, target = exported
    user.window.review.changes.table.go_to("home/most.png")
    user.window.actions_.approve.trigger()
    user.compare(str(target))
    user.until(lambda: list(user.window.deciding.desk.decisions) == ["home/most.png"])


def test_any_other_zip_is_looked_at(qtbot, open_desktop, sets: Sets, tmp_path: Path) -> None:

    with ZipFile(tmp_path / "set.zip", "w") as archive:
        for path in sets.base.rglob("*.png"):
            archive.write(path, path.relative_to(sets.base).as_posix())
    user = Hands(qtbot, open_desktop())
    user.compare(str(tmp_path / "set.zip"))
    assert not user.pills()
    assert "home/most.png" in user.listed()
