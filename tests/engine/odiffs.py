"""Asking odiff without SnapReview's guards, and odiffs that fail on purpose."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from snapreview.engine.odiff import OdiffAnswer, OdiffServer
from snapreview.model.cancel import CancelToken

Compare = Callable[..., OdiffAnswer]
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs scripts, signals, named pipes")
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

READY = "echo '{\"ready\":true}'\n"
FAULTS = {
    "never answers": READY + "read question; read nothing",
    "is never ready": "read question; read nothing",
    "ends at once": "exit 3",
    "ends on a question": READY + "read question; exit 4",
    "crashes on a question": READY + "read question; kill -SEGV $$",
    "closes its answers": READY + "read question; exec >&-; read nothing",
    "says hello first": "echo hello; read nothing",
    "answers garbage": READY + "read question; echo garbage; read nothing",
    "answers bytes": READY + "read question; printf '\\377\\376\\n'; read nothing",
    "answers without end": READY + "read question; head -c 70000 /dev/zero; read nothing",
    "answers a list": READY + "read question; echo '[]'; read nothing",
    "answers nothing of use": READY + "read question; echo '{\"requestId\":1}'; read nothing",
    "answers without count": READY
    + 'read question; echo \'{"requestId":1,"match":false}\'; read nothing',
    "answers in text": READY
    + 'read question; echo \'{"requestId":"1","match":true}\'; read nothing',
    "answers another": READY + 'read question; echo \'{"requestId":2,"match":true}\'; read nothing',
    "answers nobody": READY + 'read question; echo \'{"error":"Invalid JSON"}\'; read nothing',
}
"""Shell scripts that fail, each in its own way. They end when their input does, as odiff does."""


@dataclass(frozen=True)
class FakeOdiff:
    """A script that fails for its first starts and is the real odiff from then on."""

    path: Path
    counter: Path

    @property
    def starts(self) -> int:
        return int(self.counter.read_text())


def failing_odiff(folder: Path, real: Path, fault: str, times: int) -> FakeOdiff:
    """An odiff that runs the script `fault` instead of `real` the first `times` times."""
    fake = FakeOdiff(folder / "fake-odiff", folder / "starts")
    fake.counter.write_text("0")
    count = shlex.quote(str(fake.counter))
    fake.path.write_text(
        f"#!/bin/sh\nn=$(($(cat {count}) + 1)); echo $n > {count}\n"
        f'[ $n -gt {times} ] && exec {shlex.quote(str(real))} "$@"\n{fault}\n'
    )
    fake.path.chmod(0o755)
    return fake


@dataclass(frozen=True)
class RawRun:
    """What a server wrote after `ready`, and how it ended once its input was closed."""

    lines: list[str]
    code: int
    stderr: str

    @property
    def answer(self) -> dict[str, Any]:
        (line,) = self.lines
        return json.loads(line)

    @property
    def error(self) -> str:
        return self.answer["error"]


def raw(odiff: Path, *requests: dict[str, Any] | bytes) -> RawRun:
    """Send requests, or bytes as they are, to a new server and close its input."""
    data = b"".join(r if isinstance(r, bytes) else json.dumps(r).encode() + b"\n" for r in requests)
    done = subprocess.run(
        [odiff, "--server"], input=data, capture_output=True, timeout=60, check=False
    )
    ready, *lines = done.stdout.decode(errors="replace").splitlines()
    assert json.loads(ready) == {"ready": True}
    return RawRun(lines, done.returncode, done.stderr.decode(errors="replace"))


def request(base: Path, head: Path, output: Path, **options: object) -> dict[str, Any]:
    """A request as the server wants it."""
    return {
        "requestId": 1,
        "base": str(base),
        "compare": str(head),
        "output": str(output),
        "options": {"outputDiffMask": True, "threshold": 0.01} | options,
    }


def usual(server: OdiffServer) -> Compare:
    """`server.compare` with SnapReview's usual options."""
    return partial(server.compare, threshold=0.01, antialiasing=True, token=CancelToken())


def eventually(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Whether `condition` became true; the limit is only there to end a test that fails."""
    pause = Event()
    for _ in range(int(seconds / 0.002)):
        if condition():
            return True
        pause.wait(0.002)
    return False


def gone(pid: int) -> bool:
    """Whether a process has ended (Linux), be it that nobody has taken note of it yet."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return stat.rpartition(")")[2].split()[0] in "ZX"


def busy(pid: int | None) -> bool:
    """Whether an odiff is at work (Linux): it decodes in threads, and waits in one."""
    return pid is not None and len(list(Path(f"/proc/{pid}/task").glob("*"))) > 1
