"""The barest client of odiff's server: it writes a line and reads a line, without any guard."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_OPTIONS = {"threshold": 0.01, "antialiasing": True, "outputDiffMask": True}


class BareServer:
    """An odiff server that is ready. Asks as Sentry and SnapReview do, by path, mask out."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        self._questions = questions
        self._answers = answers
        self._asked = 0
        self._answer()

    def differing(self, base: Path, head: Path, mask: Path) -> int:
        """How many pixels differ; where any do, `mask` marks them. Raises RuntimeError."""
        self._asked += 1
        question = {
            "requestId": self._asked,
            "base": str(base),
            "compare": str(head),
            "output": str(mask),
            "options": _OPTIONS,
        }
        self._questions.write(json.dumps(question).encode() + b"\n")
        self._questions.flush()
        answer = self._answer()
        if "error" in answer:
            raise RuntimeError(f"odiff failed on {base.name}: {answer['error']}")
        return 0 if answer["match"] else int(str(answer["diffCount"]))

    def _answer(self) -> dict[str, object]:
        line = self._answers.readline()
        if not line:
            raise RuntimeError("odiff ended in the middle of the benchmark.")
        answer: dict[str, object] = json.loads(line)
        return answer


@contextmanager
def bare_server(odiff: Path) -> Iterator[BareServer]:
    """A server for as long as the context lasts; it ends when its input does."""
    with subprocess.Popen(
        [odiff, "--server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("both were asked for as pipes")
        with process.stdin:
            yield BareServer(process.stdin, process.stdout)
