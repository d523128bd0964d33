"""One pair of sets from every kind of source, each with empty caches: the same rows."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from snapreview.stores.resources import resource
from tests.cli.conftest import Cli
from tests.cli.program import Targets
from tests.servers import static_server
from tests.stores.repository import Repository
from tests.stores.site import Site

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

Sides = tuple[Path, Path]
Sources = Iterator[tuple[str, str]]


@contextmanager
def zips(sides: Sides, place: Path, cli: Cli) -> Sources:
    targets = place / "base.zip", place / "head.zip"
    for side, target in zip(sides, targets, strict=True):
        with ZipFile(target, "w") as archive:
            for path in side.rglob("*.*"):
                archive.write(path, path.relative_to(side).as_posix())
    yield f"{targets[0]}!", f"{targets[1]}!"


def fill(folder: Path, side: Path) -> None:
    """With new times: git takes a file of equal size and times for the one that it knows."""
    shutil.copytree(side, folder, copy_function=shutil.copyfile)


@contextmanager
def commits(sides: Sides, place: Path, cli: Cli) -> Sources:
    """Two commits of one repository."""
    repository = Repository(place / "repo")
    found = []
    for side in sides:
        shutil.rmtree(place / "repo" / "shots", ignore_errors=True)
        fill(place / "repo" / "shots", side)
        found.append(repository.commit())
    yield f"git:{repository.folder}@{found[0]}:shots", f"git:{repository.folder}@{found[1]}:shots"


@contextmanager
def working_tree(sides: Sides, place: Path, cli: Cli) -> Sources:
    """A commit, and what became of it since without being committed."""
    with commits((sides[0], sides[0]), place, cli) as (base, _):
        shutil.rmtree(place / "repo" / "shots")
        fill(place / "repo" / "shots", sides[1])
        yield base, f"git:{place / 'repo'}:shots"


@contextmanager
def mixed(sides: Sides, place: Path, cli: Cli) -> Sources:
    """Any two kinds can be compared with each other."""
    with zips(sides, place, cli) as (base, _), commits(sides, place, cli) as (_, head):
        yield base, head


@contextmanager
def web(sides: Sides, place: Path, cli: Cli) -> Sources:
    for name, side in zip(("base", "head"), sides, strict=True):
        assert cli("publish", side, place / "root", "--id", name).code == 0
    with static_server(place / "root") as address:
        yield f"{address}/snapshots/base", f"{address}/snapshots/head"


@contextmanager
def bucket(site: Site, sides: Sides, place: Path, cli: Cli) -> Sources:
    root = site.address("root")
    for name, side in zip(("base", "head"), sides, strict=True):
        assert cli("publish", side, root, "--id", name).code == 0
    yield f"{root}/snapshots/base", f"{root}/snapshots/head"
    assert_nothing_in_vain(site, unchanged(sides, "{digest}"))


@contextmanager
def bare_bucket(site: Site, sides: Sides, place: Path, cli: Cli) -> Sources:
    for name, side in zip(("base", "head"), sides, strict=True):
        for path in filter(Path.is_file, side.rglob("*.*")):
            site.put(f"reg/{name}/{path.relative_to(side).as_posix()}", path.read_bytes())
    yield site.address("reg/base"), site.address("reg/head")
    assert_nothing_in_vain(site, unchanged(sides, "/{name}"))


def unchanged(sides: Sides, ending: str) -> set[str]:
    """What keys of images end with that are the same on both sides and, as content, only there."""
    contents = [
        {path.relative_to(side).as_posix(): path.read_bytes() for path in side.rglob("*.png")}
        for side in sides
    ]
    base, head = contents
    several = Counter(data for side in contents for data in side.values())
    same = {name: data for name, data in base.items() if head.get(name) == data}
    return {
        ending.format(name=name, digest=hashlib.sha256(data).hexdigest())
        for name, data in same.items()
        if several[data] == 2
    }


def assert_nothing_in_vain(site: Site, endings: set[str]) -> None:
    """By the server's own log no image was read of which equality was known."""
    read = [asked for asked in site.asked() if asked.startswith("GET ")]
    assert endings
    assert not [key for key in read if key.endswith(tuple(endings))]


KINDS = {
    "zip": zips,
    "git": commits,
    "working tree": working_tree,
    "http": web,
    "zip and git": mixed,
}
BUCKETS = {"bucket": bucket, "bare bucket": bare_bucket}


def rows(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Everything but hashes and sizes, which a source may leave unknown."""
    return {
        image["name"]: {k: v for k, v in image.items() if k not in ("base", "head")}
        for image in report["images"]
    }


def compared(cli: Cli, targets: Targets, *sources: object) -> dict[str, dict[str, Any]]:
    assert cli("compare", *sources, "--json", targets.json).code == 1
    return rows(targets.report())


@pytest.fixture
def kinds(site: Site) -> dict:
    """All kinds, those too that need a server."""
    return KINDS | {name: partial(made, site) for name, made in BUCKETS.items()}


@pytest.fixture(scope="module")
def known() -> dict[Path, dict[str, dict[str, Any]]]:
    """Rows of sets that were compared as folders before."""
    return {}


def assert_agrees(
    kind: str,
    sides: Sides,
    known: dict,
    kinds: dict,
    cli: Cli,
    targets: Targets,
    place: Path,
    monkeypatch,
) -> None:
    if sides[0] not in known:
        known[sides[0]] = compared(cli, targets, *sides)
    monkeypatch.setenv("SNAPREVIEW_CACHE_DIR", str(place / "empty"))
    with kinds[kind](sides, place, cli) as sources:
        assert compared(cli, targets, *sources) == known[sides[0]]


@pytest.mark.parametrize("kind", [*KINDS, *BUCKETS])
def test_the_demo(
    kind: str, cli: Cli, targets: Targets, tmp_path: Path, known: dict, kinds, monkeypatch
) -> None:
    sides = resource("demo", "base"), resource("demo", "head")
    assert_agrees(kind, sides, known, kinds, cli, targets, tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared images are not here")
@pytest.mark.parametrize("kind", [*KINDS, *BUCKETS])
def test_the_shared_images(
    kind: str, cli: Cli, targets: Targets, tmp_path: Path, known: dict, kinds, monkeypatch
) -> None:
    sides = SHARED / "base", SHARED / "head"
    assert_agrees(kind, sides, known, kinds, cli, targets, tmp_path, monkeypatch)
