"""The commands that docs/stores.md gives for a static store do what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.program import MARKED, PLAIN, image_set
from tests.servers import static_server
from tests.stores.repository import Repository

DOCS = Path(__file__).parents[2] / "docs" / "stores.md"
SECTIONS = ("A static store", "Keeping it small")


def commands(section: str) -> list[list[str]]:
    """The command lines that a section shows, each as its arguments."""
    text = re.split(r"^## ", DOCS.read_text("utf-8"), flags=re.MULTILINE)
    (found,) = (part for part in text if part.startswith(f"{section}\n"))
    lines = re.findall(r"^    snapreview (.+)$", found, re.MULTILINE)
    return [shlex.split(line) for line in lines]


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
        for arguments in (line for section in SECTIONS for line in commands(section)):
            given = [word.replace("https://snapshots.example.com", url) for word in arguments]
            outcome = cli(*given)
            expected = 1 if given[0] == "compare" else 0
            assert (outcome.code, given) == (expected, given), outcome.err
            if given[:2] == ["compare", "auto"]:
                assert outcome.err.startswith("The base is ")
            done += 1
    assert done >= 12
