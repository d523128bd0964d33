"""How odiff's processes are started, lost, replaced and ended."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from snapreview.engine.odiff import OdiffServer
from snapreview.engine.process import Ending
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled, EngineFailure, UnreadableImage

from . import images
from .odiffs import FAULTS, READY, busy, eventually, failing_odiff, gone, linux, posix, usual

HANGING = {"never answers", "is never ready"}


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    """A thread to compare in, while the test interferes."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


def limit_of(fault: str) -> float:
    """Short for what only ends by it, yet enough for the real odiff on a busy machine; long for
    the rest, which needs no limit to be noticed."""
    return 1.5 if fault in HANGING else 60.0


@posix
@pytest.mark.parametrize("fault", FAULTS)
def test_what_fails_once_is_asked_again(
    odiff_path: Path, tmp_path: Path, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    base, head = images.pair(tmp_path)
    fake = failing_odiff(tmp_path, odiff_path, FAULTS[fault], times=1)
    mask = tmp_path / "mask.png"
    with OdiffServer(fake.path, time_limit=limit_of(fault)) as server:
        assert usual(server)(base, head, mask).diff_count == 3
    assert fake.starts == 2
    assert images.marked(mask) == {(0, 5), (1, 5), (2, 5)}
    assert "A new one is asked" in caplog.text


@posix
@pytest.mark.parametrize("fault", FAULTS)
def test_what_fails_twice_is_a_failure_of_this_pair_alone(
    odiff_path: Path, tmp_path: Path, fault: str
) -> None:
    base, head = images.pair(tmp_path)
    fake = failing_odiff(tmp_path, odiff_path, FAULTS[fault], times=2)
    folder = tmp_path / "masks"
    folder.mkdir()
    with OdiffServer(fake.path, time_limit=limit_of(fault)) as server:
        with pytest.raises(EngineFailure, match=r"^odiff failed on this pair twice\. .*Retry"):
            usual(server)(base, head, folder / "mask.png")
        assert fake.starts == 2
        assert list(folder.iterdir()) == []
        assert usual(server)(base, head, folder / "mask.png").diff_count == 3


@posix
def test_half_a_mask_is_never_left(odiff_path: Path, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    output = """sed -n 's/.*"output": "\\([^"]*\\)".*/\\1/p'"""
    fault = READY + f'read question; echo half > "$(echo "$question" | {output})"; kill -KILL $$'
    fake = failing_odiff(tmp_path, odiff_path, fault, times=2)
    folder = tmp_path / "masks"
    folder.mkdir()
    with (
        OdiffServer(fake.path) as server,
        pytest.raises(EngineFailure, match="was ended by SIGKILL"),
    ):
        usual(server)(base, head, folder / "mask.png")
    assert list(folder.iterdir()) == []


@posix
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("never answers", "odiff did not answer within 1.5 seconds"),
        ("ends at once", "odiff ended with exit code 3"),
        ("crashes on a question", r"odiff was ended by SIGSEGV \(Segmentation fault"),
        ("says hello first", "did not start as a server; its first words were “hello”"),
        ("answers garbage", "odiff gave an answer that makes no sense: “garbage”"),
        ("answers another", "odiff answered another question"),
    ],
)
def test_the_reason_is_told(odiff_path: Path, tmp_path: Path, fault: str, reason: str) -> None:
    base, head = images.pair(tmp_path)
    fake = failing_odiff(tmp_path, odiff_path, FAULTS[fault], times=2)
    with (
        OdiffServer(fake.path, time_limit=limit_of(fault)) as server,
        pytest.raises(EngineFailure, match=reason),
    ):
        usual(server)(base, head, tmp_path / "mask.png")


@posix
def test_what_it_wrote_last_is_told(odiff_path: Path, tmp_path: Path) -> None:
    """Much on stderr neither blocks odiff nor fills the message."""
    base, head = images.pair(tmp_path)
    chatter = "i=0; while [ $i -lt 20000 ]; do echo chatter $i; i=$((i+1)); done >&2\n"
    fault = READY + "read question\n" + chatter + "echo 'panic: out of luck' >&2; exit 1"
    fake = failing_odiff(tmp_path, odiff_path, fault, times=2)
    with OdiffServer(fake.path) as server, pytest.raises(EngineFailure) as caught:
        usual(server)(base, head, tmp_path / "mask.png")
    assert "ended with exit code 1. It wrote: “" in str(caught.value)
    assert "panic: out of luck”" in str(caught.value)
    assert "chatter 0 " not in str(caught.value)
    assert len(str(caught.value)) < 800


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (0, "ended with exit code 0"),
        (1, "ended with exit code 1"),
        (-9, "was ended by SIGKILL (Killed)"),
        (-250, "was ended by signal 250"),
        (None, "did not end although it was killed"),
    ],
)
@posix
def test_an_ending_reads_as_text(code: int | None, text: str) -> None:
    assert str(Ending(code)).replace("Killed: 9", "Killed") == text


def test_a_process_answers_no_more_than_its_share(odiff_path: Path, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    asked: dict[int | None, int] = {}
    with OdiffServer(odiff_path, recycle_pairs=4) as server:
        compare = usual(server)
        for number in range(10):
            if number == 5:  # an answer that is an error counts as well
                with pytest.raises(UnreadableImage):
                    compare(base, tmp_path / "missing.png", tmp_path / "mask.png")
            else:
                assert compare(base, head, tmp_path / "mask.png").diff_count == 3
            asked[server.pid] = asked.get(server.pid, 0) + 1
    assert list(asked.values()) == [4, 4, 2]


@linux
def test_a_replaced_process_is_gone(odiff_path: Path, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    pids = []
    with OdiffServer(odiff_path, recycle_pairs=1) as server:
        for _ in range(5):
            usual(server)(base, head, tmp_path / "mask.png")
            pids.append(server.pid)
            assert all(gone(pid) for pid in pids[:-1])
    assert len(set(pids)) == 5
    assert all(gone(pid) for pid in pids)


def test_close_leaves_no_thread(odiff_path: Path, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    with OdiffServer(odiff_path) as server:
        usual(server)(base, head, tmp_path / "mask.png")
        assert [t for t in threading.enumerate() if t.name.startswith("odiff")]
    assert not [t for t in threading.enumerate() if t.name.startswith("odiff")]


@posix
def test_one_killed_between_two_questions_is_replaced(server: OdiffServer, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    compare = usual(server)
    for ended_by in (signal.SIGKILL, signal.SIGTERM):
        compare(base, head, tmp_path / "mask.png")
        assert server.pid is not None
        os.kill(server.pid, ended_by)
        assert compare(base, head, tmp_path / "mask.png").diff_count == 3


def stuck_pair(folder: Path) -> tuple[Path, Path]:
    """A base and a head; the head is a pipe that nobody writes to, so that odiff waits."""
    base, _ = images.pair(folder)
    head = folder / "stuck.png"
    os.mkfifo(head)
    return base, head


@linux
def test_one_killed_at_work_is_replaced_and_its_pair_answered(
    server: OdiffServer, aside: ThreadPoolExecutor, tmp_path: Path
) -> None:
    base, head = stuck_pair(tmp_path)
    good = tmp_path / "head.png"
    answer = aside.submit(usual(server), base, head, tmp_path / "mask.png")
    assert eventually(lambda: busy(server.pid))
    killed = server.pid
    good.replace(head)
    os.kill(killed, signal.SIGKILL)
    assert answer.result().diff_count == 3
    assert server.pid != killed


@linux
def test_a_real_odiff_that_hangs_is_a_failure_in_time(odiff_path: Path, tmp_path: Path) -> None:
    base, head = stuck_pair(tmp_path)
    with OdiffServer(odiff_path, time_limit=0.3) as server:
        with pytest.raises(EngineFailure, match=r"did not answer within 0\.3 seconds"):
            usual(server)(base, head, tmp_path / "mask.png")
        assert gone(server.pid)
    with OdiffServer(odiff_path) as server:
        assert usual(server)(base, tmp_path / "head.png", tmp_path / "m.png").diff_count == 3


@linux
def test_cancelling_kills_what_is_at_work(
    server: OdiffServer, aside: ThreadPoolExecutor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    base, head = stuck_pair(tmp_path)
    folder = tmp_path / "masks"
    folder.mkdir()
    token = CancelToken()
    answer = aside.submit(usual(server), base, head, folder / "mask.png", token=token)
    assert eventually(lambda: busy(server.pid))
    killed = server.pid
    token.cancel()
    with pytest.raises(Cancelled):
        answer.result()
    assert gone(killed)
    assert list(folder.iterdir()) == []
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]
    assert usual(server)(base, tmp_path / "head.png", folder / "mask.png").diff_count == 3


@posix
@pytest.mark.parametrize("before", ["", READY + "read question\n"], ids=["starting", "asked"])
def test_cancelling_works_at_any_stage(
    odiff_path: Path, aside: ThreadPoolExecutor, tmp_path: Path, before: str
) -> None:
    base, head = images.pair(tmp_path)
    reached = tmp_path / "reached"
    script = before + f"touch '{reached}'; read nothing"
    fake = failing_odiff(tmp_path, odiff_path, script, times=1)
    token = CancelToken()
    with OdiffServer(fake.path) as server:
        answer = aside.submit(usual(server), base, head, tmp_path / "mask.png", token=token)
        assert eventually(reached.exists)
        token.cancel()
        with pytest.raises(Cancelled):
            answer.result()
        assert usual(server)(base, head, tmp_path / "mask.png").diff_count == 3
    assert fake.starts == 2


@linux
def test_cancelling_later_harms_nobody(server: OdiffServer, tmp_path: Path) -> None:
    """The token of a pair that was answered has no hold on the process any more."""
    base, head = images.pair(tmp_path)
    token = CancelToken()
    usual(server)(base, head, tmp_path / "mask.png", token=token)
    pid = server.pid
    token.cancel()
    usual(server)(base, head, tmp_path / "mask.png")
    assert server.pid == pid


@linux
def test_a_file_cut_while_it_is_read_costs_one_process(
    server: OdiffServer, aside: ThreadPoolExecutor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """odiff maps files into memory: what is cut off under it ends it with SIGBUS."""
    base, head = images.pair(tmp_path)
    big = tmp_path / "big.png"
    image = images.noise((3000, 3000))
    compare = usual(server)
    for _ in range(20):  # until the cut comes between the mapping and the last byte decoded
        images.saved(image, big, compress_level=0)
        compare(base, head, tmp_path / "mask.png")
        answer = aside.submit(compare, big, big, tmp_path / "mask.png")
        _cut_when_mapped(server, big)
        outcome = answer.exception()
        if "SIGBUS" in caplog.text:
            assert isinstance(outcome, UnreadableImage), "asked again, the new one says so"
            break
    assert "odiff was ended by SIGBUS" in caplog.text
    assert compare(base, head, tmp_path / "mask.png").diff_count == 3


def _cut_when_mapped(server: OdiffServer, path: Path) -> None:
    maps = Path(f"/proc/{server.pid}/maps")
    eventually(lambda: str(path) in maps.read_text(), seconds=5)
    os.truncate(path, 1)


@linux
def test_each_process_has_three_pipes_and_nobody_elses(odiff_path: Path, tmp_path: Path) -> None:
    """A server that held another's input open would keep it from ending with SnapReview."""
    base, head = images.pair(tmp_path)
    with OdiffServer(odiff_path) as one, OdiffServer(odiff_path) as two:
        for server in (one, two):
            usual(server)(base, head, tmp_path / "mask.png")
        for server in (one, two):
            names = {p.name for p in Path(f"/proc/{server.pid}/fd").iterdir()}
            assert names == {"0", "1", "2"}


@posix
def test_the_terminal_does_not_reach_it(server: OdiffServer, tmp_path: Path) -> None:
    """Ctrl+C goes to the whole group in the foreground: what it ends is decided elsewhere."""
    base, head = images.pair(tmp_path)
    usual(server)(base, head, tmp_path / "mask.png")
    assert server.pid is not None
    assert os.getsid(server.pid) != os.getsid(0)


ORPHANS = """
    import sys, threading
    from pathlib import Path
    from snapreview.engine.odiff import OdiffServer
    from snapreview.model.cancel import CancelToken

    odiff, base, head, folder = map(Path, sys.argv[1:])
    servers = [OdiffServer(odiff) for _ in range(3)]

    def compare(server, number):
        mask = folder / f"{number}.png"
        server.compare(base, head, mask, threshold=0.01, antialiasing=True, token=CancelToken())

    def keep_busy():
        while True:
            compare(servers[0], 0)

    for number, server in enumerate(servers):
        compare(server, number)
    print(*[server.pid for server in servers], flush=True)
    threading.Thread(target=keep_busy).start()
    sys.stdin.read()
"""


@linux
def test_killing_snapreview_leaves_no_odiff(odiff_path: Path, tmp_path: Path) -> None:
    image = images.noise((800, 600))
    base = images.saved(image, tmp_path / "base.png")
    head = images.saved(images.dotted(image, images.RED, (1, 1)), tmp_path / "head.png")
    command = [sys.executable, "-c", textwrap.dedent(ORPHANS), odiff_path, base, head, tmp_path]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 3
        assert not any(gone(pid) for pid in pids)
        assert eventually(lambda: busy(pids[0]))
        parent.kill()
    assert eventually(lambda: all(gone(pid) for pid in pids))
