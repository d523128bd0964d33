"""Comparing git revisions reads what differs and nothing else, by git's own word and by Python's.

A `git` that comes first on the PATH writes down which objects it is asked for, and an audit hook
which files are opened.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from snapreview.stores.resources import resource
from tests.cli.conftest import Cli
from tests.cli.program import SECONDS, Targets
from tests.cli.test_kinds_agree import SHARED, Sides, commits, unchanged, working_tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the recording git is a script")

KINDS = {"git": commits, "working tree": working_tree}

AUDITED = """
import os, sys
log = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def hook(event, arguments):
    if event in ("open", "os.link", "os.symlink"):
        os.write(log, (str(arguments[0]) + "\\n").encode("utf-8", "surrogateescape"))
sys.addaudithook(hook)
from snapreview.__main__ import run
sys.exit(run(sys.argv[1:]))
"""
"""The program, which first of all writes down what it opens, links and hands on."""


@dataclass(frozen=True)
class Record:
    """What was asked of git, line by line, and which paths were opened."""

    asked: frozenset[str]
    opened: frozenset[str]


@dataclass(frozen=True)
class Watch:
    """Runs the program with both watchers, whose notes are in `folder`."""

    folder: Path

    def compare(self, *arguments: object) -> Record:
        """Compare, differences being found."""
        asked, opened = self.folder / "asked", self.folder / "opened"
        real = shlex.quote(shutil.which("git") or pytest.skip("git is not installed"))
        script = self.folder / "git"
        script.write_text(
            "#!/bin/sh\n"
            'case "$*" in\n'
            f'*"cat-file --batch"*) tee -a {shlex.quote(str(asked))} | {real} "$@" ;;\n'
            f'*) printf "%s\\n" "$*" >> {shlex.quote(str(asked))}; exec {real} "$@" ;;\n'
            "esac\n"
        )
        script.chmod(0o755)
        subprocess.run(
            [sys.executable, "-c", AUDITED, str(opened), "compare", *map(str, arguments)],
            env=os.environ | {"PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}"},
            timeout=SECONDS,
            check=False,
        )
        return Record(*(frozenset(path.read_text().splitlines()) for path in (asked, opened)))


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    (tmp_path / "watch").mkdir()
    return Watch(tmp_path / "watch")


def blob_id(data: bytes) -> str:
    """As git makes it."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def ids(side: Path) -> dict[str, str]:
    """The blob ids of a side's files, by name."""
    files = [path for path in side.rglob("*.*") if path.is_file()]
    return {path.relative_to(side).as_posix(): blob_id(path.read_bytes()) for path in files}


SETS: dict[str, Sides] = {"demo": (resource("demo", "base"), resource("demo", "head"))}
if SHARED.is_dir():
    SETS["shared"] = SHARED / "base", SHARED / "head"


@pytest.mark.parametrize("sides", SETS.values(), ids=SETS)
@pytest.mark.parametrize("kind", KINDS)
def test_unchanged_images_are_neither_read_nor_hashed(
    kind: str, sides: Sides, watch: Watch, cli: Cli, targets: Targets, tmp_path: Path
) -> None:
    with KINDS[kind](sides, tmp_path, cli) as sources:
        record = watch.compare(*sources, "--json", targets.json)
    statuses = targets.statuses()
    same = unchanged(sides, "{name}")
    changed = {name for name, status in statuses.items() if status == "changed"}
    assert {statuses[name] for name in same} == {"unchanged"}
    base, head = map(ids, sides)
    shots = f"{tmp_path}/repo/shots"
    assert not [name for name in same if base[name] in record.asked]
    assert not [name for name in same if f"{shots}/{name}" in record.opened]
    assert not [line for line in record.asked if "hash-object" in line]
    read = {name for name in changed if base[name] in record.asked}
    assert read == changed, "the watchers see what is read"
    for name in changed:
        assert head[name] in record.asked or f"{shots}/{name}" in record.opened
