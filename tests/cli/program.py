"""The program as its users meet it: started, fed with small sets of images, and listened to."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from snapreview.engine.locate import locate_engine
from tests.engine.images import dotted, flat

SECONDS = 60
"""Only there to end a test that fails."""

Content = Image.Image | bytes

PLAIN = flat()
MARKED = dotted(PLAIN, 0, (3, 5), (4, 5), (5, 5))
"""PLAIN with 3 of its 1,200 pixels changed."""


@dataclass(frozen=True)
class Outcome:
    """How a run ended: exit code, and what it wrote."""

    code: int
    out: str
    err: str

    def sentence(self) -> str:
        """What it said on stderr, which must be one line, in words."""
        (line,) = self.err.splitlines()
        assert "Traceback" not in line
        assert line.endswith(".")
        return line


@dataclass(frozen=True)
class Targets:
    """Where a comparison writes to: a folder that has nothing else."""

    folder: Path

    @property
    def json(self) -> Path:
        return self.folder / "report.json"

    @property
    def zip(self) -> Path:
        return self.folder / "images.zip"

    @property
    def options(self) -> tuple[str, ...]:
        return ("--json", str(self.json), "--zip", str(self.zip))

    def report(self) -> dict[str, Any]:
        return json.loads(self.json.read_bytes())

    def statuses(self) -> dict[str, str]:
        return {image["name"]: image["status"] for image in self.report()["images"]}


def image_set(folder: Path, images: Mapping[str, Content]) -> str:
    """A folder of these images, drawn or as bytes; returns its path."""
    for name, content in images.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content.save(path)
    return str(folder)


def start(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    """The program in a process of its own; `environment` is added to ours."""
    environment = {**os.environ, **options.pop("environment", {})}
    usual = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    command = [sys.executable, "-m", "snapreview", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, **{**usual, **options})


def finish(process: subprocess.Popen[str]) -> Outcome:
    """Wait for its end."""
    try:
        out, err = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Outcome(process.returncode, out, err)


def side_by_side(processes: Mapping[str, subprocess.Popen[str]]) -> dict[str, Outcome]:
    """The outcomes of processes that run at the same time."""
    return {name: finish(process) for name, process in processes.items()}


def scripted_odiff(folder: Path, server: Iterable[str]) -> Path:
    """An odiff that tells the real one's version and, as a server, is the shell script `server`.

    In the script, $real is the real odiff and $folder is `folder`.
    """
    script = folder / "scripted-odiff"
    real = shlex.quote(str(locate_engine().path))
    lines = [
        "#!/bin/sh",
        f"real={real} folder={shlex.quote(str(folder))}",
        '[ "$1" = --version ] && exec "$real" --version',
        *server,
    ]
    script.write_text("\n".join(lines) + "\n")
    script.chmod(0o755)
    return script
