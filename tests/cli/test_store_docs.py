"""The commands that docs/stores.md gives for a static store do what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.guide import commands
from tests.cli.program import MARKED, PLAIN, image_set
from tests.servers import static_server
from tests.stores.repository import Repository

SECTIONS = ("A static store", "Keeping it small")


@pytest.fixture
def checkout(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout on a branch, beside a store that has the snapshot of where it left main."""
    repository = Repository(tmp_path / "checkout")
    monkeypatch.chdir(repository.folder)
    repository.write(**{".gitignore": b"store\n"})
    image_set(repository.folder / "shots", {"a.png": PLAIN})
    repository.commit()
    sha = ("--sha", "81a2c0e", "--branch", "main")
    assert cli("publish", "shots", "store", "--id", "main-81a2", *sha).code == 0
    repository.run("checkout", "--quiet", "-b", "my-branch")
    image_set(repository.folder / "shots", {"a.png": MARKED})
    repository.commit()


@pytest.mark.usefixtures("checkout")
def test_every_command_of_the_guide_works(cli: Cli):
    done = 0
    with static_server(Path("store")) as url:
        for command in (command for section in SECTIONS for command in commands(section)):
            given = command.replaced({"https://snapshots.example.com": url}).words
            outcome = cli(*given)
            expected = 1 if given[0] == "compare" else 0
            assert (outcome.code, given) == (expected, given), outcome.err
            if given[:2] == ("compare", "auto"):
                assert outcome.err.startswith("The base is ")
            done += 1
    assert done >= 11
