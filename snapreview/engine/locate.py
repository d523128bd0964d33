"""Which odiff is used, and whether it can be.

The first that is named or found counts: environment variable SNAPREVIEW_ODIFF, the setting, the
one that came with SnapReview, PATH. One that was named and does not work is an error rather than
a reason to look further: the user would not learn that another one does the comparing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from snapreview.model.errors import EngineUnavailable

VARIABLE = "SNAPREVIEW_ODIFF"
FROM_VARIABLE = f"named by {VARIABLE}"
FROM_SETTING = "named in the settings"
NAMED = (FROM_VARIABLE, FROM_SETTING)
# The oldest without false matches in server mode (Sentry pins it for that reason).
OLDEST = (4, 3, 8)
BINARY = "odiff.exe" if sys.platform == "win32" else "odiff"
BUNDLED = Path(__file__).resolve().parents[1] / "_bin" / BINARY
# A wrapper script starts Node.js first, and a virus scanner may read the binary on its first run.
ANSWER_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Engine:
    """An odiff that has answered.

    `path` is absolute, `version` reads like `4.5.0`, `origin` says in words where it was found.
    """

    path: Path
    version: str
    origin: str


class _Unusable(Exception):
    """What is wrong with one odiff, as the part of a sentence that follows a colon."""


def locate_engine(
    setting: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    *,
    bundled: Path = BUNDLED,
    seconds: float = ANSWER_SECONDS,
) -> Engine:
    """The odiff to use, asked for its version once, within `seconds`.

    Raises EngineUnavailable when there is none, or the first one named or found is missing,
    cannot run, does not answer as odiff does, or is older than `OLDEST`.
    """
    path, origin = _first(setting, environ, bundled)
    try:
        return Engine(path, _version(path, seconds), origin)
    except _Unusable as reason:
        raise EngineUnavailable(
            f"odiff, which compares the images, cannot be used ({path}, {origin}): {reason}. "
            f"{_named_remedy() if origin in NAMED else _remedy(bundled)}"
        ) from reason


def _first(setting: Path | None, environ: Mapping[str, str], bundled: Path) -> tuple[Path, str]:
    """The path that counts, and where it is from."""
    if named := environ.get(VARIABLE):
        return Path(named).absolute(), FROM_VARIABLE
    if setting is not None:
        return setting.absolute(), FROM_SETTING
    if bundled.is_file():
        return bundled, "part of SnapReview"
    if found := shutil.which("odiff", path=environ.get("PATH", "")):
        return Path(found).absolute(), "found on PATH"
    raise EngineUnavailable(
        f"odiff, which compares the images, is missing: it was neither at {bundled} nor on PATH. "
        f"{_remedy(bundled)}"
    )


def _named_remedy() -> str:
    return (
        f"Name an odiff of version {_dotted(OLDEST)} or later there, or none at all to use the one "
        f"that comes with SnapReview."
    )


def _remedy(bundled: Path) -> str:
    """How to get the bundled binary back. Only a source tree has its build file beside it."""
    tree = bundled.parents[2]
    editable = (tree / "pyproject.toml").is_file()
    again = f"Run 'pip install -e .' again in {tree}" if editable else "Install SnapReview again"
    return f"{again}, or set {VARIABLE} to the path of an odiff."


def _version(path: Path, seconds: float) -> str:
    """Ask for the version. Raises _Unusable."""
    if not path.is_file():
        raise _Unusable("there is no such file")
    answer = _ask(path, seconds)
    # 4.5.0 writes it to stderr; versions before 4 give the bare number.
    said = f"{answer.stdout}\n{answer.stderr}".strip()
    found = re.search(r"^(?:odiff )?(\d+)\.(\d+)\.(\d+)\b", said, re.MULTILINE)
    if answer.returncode != 0 or found is None:
        words = " ".join(said.split())[:200] or "nothing"
        raise _Unusable(f"asked its version, it ended with {answer.returncode} and said: {words}")
    numbers = tuple(int(part) for part in found.groups())
    if numbers < OLDEST:
        raise _Unusable(
            f"its version is {_dotted(numbers)}, and SnapReview needs {_dotted(OLDEST)} or later"
        )
    return _dotted(numbers)


def _ask(path: Path, seconds: float) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [path, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
            # Exists on Windows only, where a console window would flash up.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise _Unusable(f"it gave no version within {seconds:g} seconds") from error
    except OSError as error:
        raise _Unusable(f"it cannot be run ({error.strerror})") from error


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))
