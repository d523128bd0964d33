"""The commands that docs/stores.md gives for zips, git and the cache do what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from snapreview.stores.userdirs import user_dirs
from tests.cli.conftest import Cli
from tests.cli.guide import commands
from tests.cli.program import MARKED, PLAIN, image_set
from tests.servers import static_server
from tests.stores.repository import Repository

SECTIONS = ("Folders and zip files", "Git", "What stays on this computer")


@pytest.fixture
def place(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A checkout on a branch, with zips and a store beside the images; the store's address."""
    repository = Repository(tmp_path / "checkout")
    monkeypatch.chdir(repository.folder)
    repository.write(**{".gitignore": b"store\n*.zip\n.cache\n"})
    shots = image_set(repository.folder / "shots", {"a.png": PLAIN})
    repository.commit()
    repository.run("tag", "v1.0")
    assert cli("publish", shots, "store", "--id", "main-81a2").code == 0
    packed(Path("shots-main.zip"), {"screens/a.png": PLAIN})
    packed(Path("all-sizes.zip"), {"phone/a.png": MARKED, "tablet/a.png": PLAIN})
    repository.run("checkout", "--quiet", "-b", "my-branch")
    image_set(repository.folder / "shots", {"a.png": MARKED})
    repository.commit()
    assert cli("publish", shots, "store", "--id", "pr-7-4f1c").code == 0
    with static_server(Path("store")) as url:
        yield url


def packed(archive: Path, images: dict) -> None:
    with ZipFile(archive, "w") as target:
        for name, image in images.items():
            with target.open(name, "w") as file:
                image.save(file, "PNG")


@pytest.mark.parametrize("section", SECTIONS)
def test_every_command_of_the_guide_works(
    cli: Cli, place: str, section: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each finds the one image that was changed, and no other difference."""
    for command in commands(section):
        ours = command.replaced({"https://snapshots.example.com": place})
        with monkeypatch.context() as patch:
            for name, value in ours.variables.items():
                patch.setenv(name, value)
            done = cli(*ours.words)
        comparing = ours.words[0] == "compare"
        assert (done.code, ours) == (1 if comparing else 0, ours), done.err
        if comparing:
            rows = [line.split()[:2] for line in done.out.splitlines() if ".png" in line]
            assert (rows[0][0], len(rows)) == ("changed", 1), done.out
        if "auto" in ours.words:
            assert done.err.startswith("The base is ")


@pytest.mark.usefixtures("place")
def test_the_cache_is_cleared_and_may_be_elsewhere(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    info, clear, compare = commands("What stays on this computer")
    usual = user_dirs().images
    assert cli("compare", "shots-main.zip", "shots").code == 1
    assert str(usual) in cli(*info.words).out
    assert [path for path in usual.rglob("*") if path.is_file()]
    assert cli(*clear.words).code == 0
    assert not [path for path in usual.rglob("*") if path.is_file()]
    for name, value in compare.variables.items():
        monkeypatch.setenv(name, value)
    assert cli(*compare.words).code == 1
    assert [path for path in Path(".cache").rglob("*.png") if path.is_file()]
