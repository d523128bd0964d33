"""Ctrl+C or SIGTERM ends a run with 130 and leaves nothing half-done; kill -9 leaves no odiff."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from snapreview import __main__ as entry
from snapreview.cli.interrupt import cancelled_by_interrupt
from tests.cli.program import (
    MARKED,
    PLAIN,
    SECONDS,
    Targets,
    finish,
    image_set,
    scripted_odiff,
    start,
)
from tests.cli.test_bad_input import MANIFEST, digest, manifest, png
from tests.engine.odiffs import READY, eventually, gone, linux, posix
from tests.servers import Scripted, reply, stalled

pytestmark = posix

Stop = Callable[[subprocess.Popen[str]], None]
NEVER_ANSWERS = ['echo $$ >> "$folder/pids"', READY.strip(), "while read -r question; do :; done"]
OBEDIENT = ['echo $$ >> "$folder/pids"', 'exec "$real" --server']


@contextmanager
def running(*arguments: object, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """The program as in a terminal of its own: Ctrl+C reaches all that runs there."""
    process = start(*arguments, start_new_session=True, **options)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def pids(folder: Path) -> list[int]:
    """Of the odiffs that have started."""
    path = folder / "pids"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def interrupted(process: subprocess.Popen[str]) -> None:
    """Press Ctrl+C and see the program end as it should."""
    os.killpg(process.pid, signal.SIGINT)
    ended_in_order(process)


def terminated(process: subprocess.Popen[str]) -> None:
    """As a CI does that cancels a job: only the program itself hears of it."""
    process.terminate()
    ended_in_order(process)


def ended_in_order(process: subprocess.Popen[str]) -> None:
    done = finish(process)
    assert (done.code, done.out) == (130, "")
    assert done.sentence() == "Interrupted."


def nothing_left(home: Path, targets: Targets) -> None:
    assert list(targets.folder.iterdir()) == []
    assert list((home / "cache" / "work").glob("*")) == []
    images = [path for path in (home / "cache" / "images").rglob("*") if path.is_file()]
    assert all(digest(path.read_bytes()) == path.name for path in images)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    base = image_set(tmp_path / "base", {f"{n}.png": PLAIN for n in range(3)})
    return base, image_set(tmp_path / "head", {f"{n}.png": MARKED for n in range(3)})


def test_the_first_interrupt_cancels_and_the_second_ends_it():
    before = signal.getsignal(signal.SIGINT)
    cancelled = Event()
    with cancelled_by_interrupt() as token:
        token.on_cancel(cancelled.set)
        signal.raise_signal(signal.SIGINT)
        assert cancelled.wait(SECONDS)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_needs_nothing_of_the_main_thread():
    """Which may go to sleep just when it comes, and then knows nothing of it."""
    cancelled = Event()
    with cancelled_by_interrupt() as token:
        token.on_cancel(cancelled.set)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            os.kill(os.getpid(), signal.SIGINT)
            assert cancelled.wait(SECONDS)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


@pytest.mark.parametrize("stop", [interrupted, terminated])
def test_a_comparison_is_interrupted(
    pair: tuple[str, str], targets: Targets, home: Path, tmp_path: Path, stop: Stop
):
    odiff = scripted_odiff(tmp_path, NEVER_ANSWERS)
    environment = {"SNAPREVIEW_ODIFF": str(odiff)}
    with running("compare", *pair, *targets.options, environment=environment) as process:
        assert eventually(lambda: pids(tmp_path) != [], SECONDS)
        stop(process)
    nothing_left(home, targets)
    assert eventually(lambda: all(map(gone, pids(tmp_path))))


def test_what_was_there_before_stays(pair: tuple[str, str], targets: Targets, tmp_path: Path):
    for target in (targets.json, targets.zip):
        target.write_text("from the last run")
    odiff = scripted_odiff(tmp_path, NEVER_ANSWERS)
    environment = {"SNAPREVIEW_ODIFF": str(odiff)}
    with running("compare", *pair, *targets.options, environment=environment) as process:
        assert eventually(lambda: pids(tmp_path) != [], SECONDS)
        interrupted(process)
    for target in targets.folder.iterdir():
        assert target.read_text() == "from the last run"


def test_waiting_for_a_manifest_is_interrupted(
    pair: tuple[str, str], targets: Targets, home: Path, server: Scripted
):
    arrived = Event()
    address = server.on(MANIFEST, stalled(arrived=arrived))
    with running("compare", pair[0], address, *targets.options) as process:
        assert arrived.wait(SECONDS)
        interrupted(process)
    nothing_left(home, targets)


def half_served(server: Scripted) -> tuple[str, Event]:
    """A snapshot of two images, of which one never arrives whole; the event: half of it is out."""
    whole, half = png(MARKED), png(PLAIN.resize((50, 50)))
    halfway = Event()
    server.on(f"/images/{digest(whole)}", reply(body=whole))
    server.on(f"/images/{digest(half)}", stalled(half, len(half) // 2, halfway))
    body = manifest({"0.png": whole, "1.png": half})
    return server.on(MANIFEST, reply(body=body)), halfway


def test_a_download_is_interrupted(
    pair: tuple[str, str], targets: Targets, home: Path, server: Scripted
):
    address, halfway = half_served(server)
    with running("compare", pair[0], address, *targets.options) as process:
        assert halfway.wait(SECONDS)
        interrupted(process)
    nothing_left(home, targets)


def test_writing_a_zip_is_interrupted(targets: Targets, home: Path, server: Scripted):
    address, halfway = half_served(server)
    with running("export", address, "--zip", targets.zip) as process:
        assert halfway.wait(SECONDS)
        assert eventually(lambda: any(targets.folder.iterdir()))
        interrupted(process)
    nothing_left(home, targets)


def test_the_demo_is_interrupted(tmp_path: Path):
    """Its store and its folder go too."""
    odiff = scripted_odiff(tmp_path, NEVER_ANSWERS)
    places = tmp_path / "temporary"
    places.mkdir()
    environment = {"SNAPREVIEW_ODIFF": str(odiff), "TMPDIR": str(places)}
    with running("demo", environment=environment) as process:
        assert eventually(lambda: pids(tmp_path) != [], SECONDS)
        assert len(list(places.iterdir())) == 2
        os.killpg(process.pid, signal.SIGINT)
        done = finish(process)
    assert (done.code, done.out) == (130, "")
    assert done.err.splitlines()[-1] == "Interrupted."
    assert list(places.iterdir()) == []


@linux
@pytest.mark.parametrize("server_script", [NEVER_ANSWERS, OBEDIENT], ids=["busy", "waiting"])
def test_a_program_that_is_killed_leaves_no_odiff(
    pair: tuple[str, str], server: Scripted, tmp_path: Path, server_script: list[str]
):
    address, halfway = half_served(server)
    environment = {"SNAPREVIEW_ODIFF": str(scripted_odiff(tmp_path, server_script))}
    with running("compare", pair[0], address, environment=environment) as process:
        assert halfway.wait(SECONDS)
        assert eventually(lambda: pids(tmp_path) != [], SECONDS)
        assert not any(map(gone, pids(tmp_path)))
        process.kill()
        process.wait(SECONDS)
        assert eventually(lambda: all(map(gone, pids(tmp_path))))


def test_ctrl_c_while_the_program_is_still_being_imported(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Impatient:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "snapreview.program":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "snapreview.program", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Impatient(), *sys.meta_path])
    assert entry.run(["--version"]) == 130
    assert capfd.readouterr().err == "Interrupted.\n"
