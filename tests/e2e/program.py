"""The application with a user at it, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_SECONDS = 120
_DRIVER = "tests.e2e.driver"


@dataclass(frozen=True)
class Program:
    """Runs scenarios of driver.py on one platform, with folders of their own in `folder`."""

    platform: str
    folder: Path
    environ: dict[str, str]

    @property
    def settings(self) -> Path:
        return self.folder / "CONFIG" / "settings.json"

    def run(self, scenario: str, *arguments: Path) -> str:
        """What was printed; the scenario has succeeded, and nothing of it still runs."""
        done = subprocess.run(
            self._command(scenario, *arguments),
            cwd=_ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"platform: {self.platform}" in done.stdout
        assert self.engines() == []
        return done.stdout

    def kill_when(self, line: str, scenario: str, *arguments: Path) -> None:
        """Start a scenario and kill it, as `kill -9` does, once it has printed a line."""
        with subprocess.Popen(
            self._command(scenario, *arguments),
            cwd=_ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            assert process.stdout is not None
            said = []
            for each in process.stdout:
                said.append(each)
                if each.strip() == line:
                    break
            process.kill()
        assert said[-1].strip() == line, "".join(said)

    def engines(self) -> list[str]:
        """odiffs that were started with these folders and still run (Linux only)."""
        found = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            try:
                own = str(self.folder).encode() in environ.read_bytes()
                command = (environ.parent / "cmdline").read_bytes()
            except OSError:  # it has ended, or is not ours
                continue
            if own and b"odiff" in command:
                found.append(command.decode(errors="replace"))
        return found

    def _command(self, scenario: str, *arguments: Path) -> list[str]:
        return [sys.executable, "-m", _DRIVER, scenario, *map(str, arguments)]
