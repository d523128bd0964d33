"""A report's folder is there whole or not at all, and never mixes with what is there."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from threading import enumerate as threads

import pytest

from snapreview.export.html_folder import export_html
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, ExportError

from .makers import Files, comparison


def run(target: Path, files: Files, rows, token=None, progress=lambda done, total: None):
    return export_html(
        target, comparison(rows), rows, files.fetch, token or CancelToken(), progress
    )


def test_progress_counts_up_to_all_files(files: Files, out: Path) -> None:
    rows = [files.changed(f"{n}.png") for n in range(5)]
    told: list[tuple[int, int]] = []
    run(out / "review", files, rows, progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 15) for n in range(16)]


def test_an_empty_folder_is_taken_and_a_link_to_one(files: Files, out: Path) -> None:
    (out / "empty").mkdir()
    (out / "link").symlink_to(out / "empty")
    run(out / "link", files, [files.added("a.png")])
    assert (out / "link").is_symlink()
    assert (out / "empty" / "index.html").is_file()
    assert {p.name for p in out.iterdir()} == {"empty", "link"}


def test_a_folder_with_something_in_it_is_refused_before_anything_is_fetched(
    files: Files, out: Path
) -> None:
    (out / "review").mkdir()
    (out / "review" / "mine.txt").write_text("precious")
    with pytest.raises(ExportError, match=r"is not empty.*another name"):
        run(out / "review", files, [files.added("a.png")])
    (out / "file").write_text("precious")
    with pytest.raises(ExportError, match="is a file"):
        run(out / "file", files, [files.added("a.png")])
    assert files.asked == []
    assert {p.name for p in out.rglob("*")} == {"review", "mine.txt", "file"}


def test_a_folder_that_fills_up_meanwhile_is_left_alone(files: Files, out: Path) -> None:
    def fill(done: int, total: int) -> None:
        if done == total:
            (out / "review").mkdir()
            (out / "review" / "mine.txt").write_text("precious")

    with pytest.raises(ExportError, match="was not written"):
        run(out / "review", files, [files.added("a.png")], progress=fill)
    assert [p.name for p in out.iterdir()] == ["review"]
    assert [p.name for p in (out / "review").iterdir()] == ["mine.txt"]


def test_a_folder_that_is_not_there_is_told(files: Files, out: Path) -> None:
    with pytest.raises(ExportError, match="folder does not exist"):
        run(out / "nowhere" / "review", files, [files.added("a.png")])


@pytest.mark.parametrize("at", [0, 7, 20])
def test_cancelling_leaves_nothing(files: Files, out: Path, at: int) -> None:
    rows = [files.added(f"{n}.png") for n in range(20)]
    token = CancelToken()

    def stop(done: int, total: int) -> None:
        if done == at:
            token.cancel()

    with pytest.raises(Cancelled):
        run(out / "review", files, rows, token, stop)
    assert list(out.iterdir()) == []
    assert [t.name for t in threads() if t.name.startswith("export")] == []


def test_cancelling_reaches_a_fetch_that_waits(files: Files, out: Path) -> None:
    token, waiting = CancelToken(), Event()

    def wait_for_ever(name: str, running: CancelToken) -> None:
        waiting.set()
        running.wait(120)

    files.on_fetch = wait_for_ever
    canceller = Thread(target=lambda: (waiting.wait(), token.cancel()))
    canceller.start()
    with pytest.raises(Cancelled):
        run(out / "review", files, [files.added("a.png")], token)
    canceller.join()
    assert list(out.iterdir()) == []


def test_a_defect_is_not_hidden_and_leaves_nothing(files: Files, out: Path) -> None:
    def defect(name: str, token: CancelToken) -> None:
        raise ZeroDivisionError

    files.on_fetch = defect
    with pytest.raises(ZeroDivisionError):
        run(out / "review", files, [files.added("a.png")])
    assert list(out.iterdir()) == []


ROOT = Path(__file__).parents[2]
KILLED = """
import sys
from pathlib import Path
from tests.export.makers import Files
from tests.export.test_html_folder import run

files = Files(Path(sys.argv[1]))
rows = [files.added(f"{n}.png") for n in range(50)]

def tell(done, total):
    if done == 30:
        print("half-way", flush=True)
        sys.stdin.read()

run(Path(sys.argv[2]), files, rows, progress=tell)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill")
def test_being_killed_leaves_nothing_under_its_name(files: Files, out: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(files.folder), str(out / "review")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as process:
        assert process.stdout.readline() == "half-way\n"
        process.send_signal(signal.SIGKILL)
        process.stdout.read()
    assert not (out / "review").exists()
    assert all(path.name.startswith(".") for path in out.iterdir())
    assert run(out / "review", files, [files.added("a.png")]).entries == 1
