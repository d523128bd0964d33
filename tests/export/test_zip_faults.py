"""An export that stops half-way leaves nothing, and never holds much in memory."""

from __future__ import annotations

import errno
import io
import tracemalloc
import zipfile
from pathlib import Path
from threading import Barrier, Event, Thread
from threading import enumerate as threads

import pytest

from snapreview.export.entries import Part
from snapreview.export.zip import export_zip
from snapreview.model.cancel import CancelToken
from snapreview.model.change import Side
from snapreview.model.errors import Cancelled, ExportError
from snapreview.model.manifest import ImageRecord

from .makers import Files, comparison

MIB = 1024 * 1024


def run(target, files: Files, rows, *, token=None, progress=lambda done, total: None, workers=8):
    return export_zip(
        target,
        comparison(rows),
        rows,
        frozenset(Part),
        files.fetch,
        token or CancelToken(),
        progress,
        workers,
    )


def exporting() -> list[str]:
    return [t.name for t in threads() if t.name.startswith("export")]


def test_cancelling_between_entries_leaves_nothing(files: Files, out: Path) -> None:
    (out / "a.zip").write_bytes(b"old")
    rows = [files.changed(f"{n}.png") for n in range(20)]
    token = CancelToken()

    def stop_at_ten(done: int, total: int) -> None:
        if done == 10:
            token.cancel()

    with pytest.raises(Cancelled):
        run(out / "a.zip", files, rows, token=token, progress=stop_at_ten)
    assert [p.name for p in out.iterdir()] == ["a.zip"]
    assert (out / "a.zip").read_bytes() == b"old"
    assert exporting() == []


def test_cancelling_within_a_large_file_leaves_nothing(files: Files, out: Path) -> None:
    token = CancelToken()
    written: list[int] = []

    class Stream(io.BytesIO):
        def write(self, data) -> int:
            written.append(len(data))
            if len(data) == MIB:
                token.cancel()
            return super().write(data)

    stream = Stream()
    with pytest.raises(Cancelled):
        run(stream, files, [files.added("a.png", bytes(5 * MIB))], token=token)
    assert written.count(MIB) == 1
    assert not zipfile.is_zipfile(stream)  # what a pipe has got cannot pass for a zip


def test_cancelling_reaches_a_fetch_that_waits(files: Files, out: Path) -> None:
    token, waiting = CancelToken(), Event()

    def wait_for_ever(name: str, running: CancelToken) -> None:
        waiting.set()
        running.wait(120)

    files.on_fetch = wait_for_ever

    canceller = Thread(target=lambda: (waiting.wait(), token.cancel()))
    canceller.start()
    with pytest.raises(Cancelled):
        run(out / "a.zip", files, [files.added("a.png")], token=token)
    canceller.join()
    assert list(out.iterdir()) == []


class FullDisk(io.RawIOBase):
    """Takes so many bytes and then has no space left."""

    def __init__(self, room: int) -> None:
        self.room = room

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return len(data)


@pytest.mark.parametrize("room", [0, 20, 5_000, 60_000])
def test_a_full_disk_is_told(files: Files, room: int) -> None:
    rows = [files.changed(f"{n}.png", bytes(20_000)) for n in range(10)]
    with pytest.raises(ExportError, match="disk is full"):
        run(FullDisk(room), files, rows)
    assert exporting() == []


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no device that is always full")
def test_a_full_device_is_told(files: Files) -> None:
    with pytest.raises(ExportError, match="disk is full"):
        run(Path("/dev/full"), files, [files.changed("a.png", bytes(50_000))])
    assert Path("/dev/full").is_char_device()


def test_a_full_disk_does_not_wait_for_slow_hosts(files: Files) -> None:
    """The fetches under way are cancelled: this would wait for two minutes otherwise."""

    def slow_after_the_first(name: str, running: CancelToken) -> None:
        if name != "0.png":
            running.wait(120)

    files.on_fetch = slow_after_the_first
    rows = [files.added(f"{n}.png", bytes(20_000)) for n in range(6)]
    with pytest.raises(ExportError):
        run(FullDisk(100), files, rows)


def test_a_folder_that_is_not_there_is_told(files: Files, out: Path) -> None:
    with pytest.raises(ExportError, match="folder does not exist"):
        run(out / "nowhere" / "a.zip", files, [files.added("a.png")])


def test_a_folder_that_vanishes_is_told(files: Files, out: Path) -> None:
    def vanish(done: int, total: int) -> None:
        if done == total:
            for path in out.iterdir():
                path.unlink()
            out.rmdir()

    with pytest.raises(ExportError, match="was not written"):
        run(out / "a.zip", files, [files.added("a.png")], progress=vanish)


def test_a_reader_that_has_left_is_told(files: Files) -> None:
    class Closed(io.RawIOBase):
        def write(self, data) -> int:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    with pytest.raises(ExportError, match="should read it has ended"):
        run(Closed(), files, [files.added("a.png")])


def test_a_defect_is_not_hidden_and_leaves_nothing(files: Files, out: Path) -> None:
    def defect(record: ImageRecord, side: Side, token: CancelToken) -> Path:
        raise ZeroDivisionError

    rows = [files.added("a.png")]
    with pytest.raises(ZeroDivisionError):
        export_zip(
            out / "a.zip",
            comparison(rows),
            rows,
            {Part.HEAD},
            defect,
            CancelToken(),
            lambda *_: None,
        )
    assert list(out.iterdir()) == []


def test_fetches_run_side_by_side(files: Files, out: Path) -> None:
    together = Barrier(4)  # breaks the test unless four fetches are under way at once
    files.on_fetch = lambda name, token: together.wait(30) and None
    rows = [files.added(f"{n}.png") for n in range(4)]
    assert run(out / "a.zip", files, rows, workers=4).entries == 4


def test_no_more_is_fetched_than_a_bounded_number_ahead(files: Files, out: Path) -> None:
    rows = [files.added(f"{n:02}.png") for n in range(40)]
    ahead: list[int] = []
    run(
        out / "a.zip",
        files,
        rows,
        workers=3,
        progress=lambda done, total: ahead.append(len(files.asked) - done),
    )
    assert max(ahead) <= 6
    assert len(files.asked) == 40


def test_memory_stays_flat(files: Files, out: Path) -> None:
    data = bytes(MIB)
    rows = [files.added(f"{n}.png", data) for n in range(200)]
    tracemalloc.start()
    try:
        run(out / "a.zip", files, rows)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (out / "a.zip").stat().st_size > 200 * MIB
    assert peak < 10 * MIB
