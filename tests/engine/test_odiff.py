"""odiff's answers and masks, through our server."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from snapreview.engine.odiff import OdiffAnswer, OdiffServer
from snapreview.model.cancel import CancelToken
from snapreview.model.errors import (
    Cancelled,
    EngineFailure,
    EngineUnavailable,
    OptionsError,
    UnreadableImage,
)

from . import images
from .odiffs import Compare, posix, usual


def test_a_difference_is_counted_and_marked(compare: Compare, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path, changed=3)
    mask = tmp_path / "mask.png"
    assert compare(base, head, mask) == OdiffAnswer(match=False, diff_count=3)
    assert images.marked(mask) == {(0, 5), (1, 5), (2, 5)}
    assert images.size(mask) == (40, 30)


def test_a_match_writes_nothing_and_removes_an_older_mask(compare: Compare, tmp_path: Path) -> None:
    base, _ = images.pair(tmp_path)
    mask = images.saved(images.flat(), tmp_path / "mask.png")
    assert compare(base, base, mask) == OdiffAnswer(match=True, diff_count=0)
    assert not mask.exists()


def test_nothing_but_the_mask_is_left(compare: Compare, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    folder = tmp_path / "masks"
    folder.mkdir()
    compare(base, head, folder / "1.png")
    compare(base, base, folder / "2.png")
    with pytest.raises(UnreadableImage):
        compare(base, tmp_path / "missing.png", folder / "3.png")
    assert [p.name for p in folder.iterdir()] == ["1.png"]


def test_the_mask_may_have_any_name(compare: Compare, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    mask = tmp_path / "0123abcd"
    compare(base, head, mask)
    assert images.marked(mask)


@pytest.mark.parametrize(
    "name", ["with space", "ünï日本🎨", "apo'strophe", 'quo"te', "back\\slash"]
)
@posix
def test_every_name_that_exists_works(compare: Compare, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    base, head = images.pair(folder)
    assert compare(base, head, folder / "mask.png").diff_count == 3


def test_threshold_0_counts_a_step_of_one_level(server: OdiffServer, tmp_path: Path) -> None:
    base = images.saved(images.flat(colour=200), tmp_path / "a.png")
    head = images.saved(images.dotted(images.flat(colour=200), 201, (3, 4)), tmp_path / "b.png")
    mask = tmp_path / "mask.png"
    counts = [
        server.compare(
            base, head, mask, threshold=threshold, antialiasing=False, token=CancelToken()
        ).diff_count
        for threshold in (0, 0.01)
    ]
    assert counts == [1, 0]


@pytest.mark.parametrize(("threshold", "count"), [(-1, 1), (2, 0), (1e30, 0), (-0.0, 1)])
def test_a_threshold_out_of_range_acts_as_the_nearer_end(
    server: OdiffServer, tmp_path: Path, threshold: float, count: int
) -> None:
    base = images.saved(images.flat(colour=200), tmp_path / "a.png")
    head = images.saved(images.dotted(images.flat(colour=200), 201, (3, 4)), tmp_path / "b.png")
    answer = server.compare(
        base,
        head,
        tmp_path / "mask.png",
        threshold=threshold,
        antialiasing=False,
        token=CancelToken(),
    )
    assert answer.diff_count == count


@pytest.mark.parametrize("threshold", [float("nan"), float("inf"), float("-inf")])
def test_a_threshold_that_is_no_number_is_refused(
    server: OdiffServer, tmp_path: Path, threshold: float
) -> None:
    base, head = images.pair(tmp_path)
    with pytest.raises(OptionsError, match="from 0 to 1"):
        server.compare(
            base,
            head,
            tmp_path / "mask.png",
            threshold=threshold,
            antialiasing=True,
            token=CancelToken(),
        )


def test_antialiasing_is_passed_on(server: OdiffServer, tmp_path: Path) -> None:
    """A stair of black on white, its corners softened in the head."""
    base = images.flat(colour=255)
    for y in range(30):
        base.paste(0, (0, y, y + 1, y + 1))
    head = images.dotted(base, 128, *[(y + 1, y) for y in range(30)])
    paths = images.saved(base, tmp_path / "a.png"), images.saved(head, tmp_path / "b.png")
    off, on = (
        server.compare(
            *paths, tmp_path / "m.png", threshold=0.01, antialiasing=aa, token=CancelToken()
        ).diff_count
        for aa in (False, True)
    )
    assert off == 30
    assert on < off


@pytest.mark.parametrize("side", ["base", "head"])
def test_the_mask_never_replaces_an_input(compare: Compare, tmp_path: Path, side: str) -> None:
    paths = dict(zip(("base", "head"), images.pair(tmp_path), strict=True))
    (tmp_path / "sub").mkdir()
    before = paths[side].read_bytes()
    for mask in (paths[side], tmp_path / "sub" / ".." / f"{side}.png"):
        with pytest.raises(EngineFailure, match="overwrite"):
            compare(paths["base"], paths["head"], mask)
    assert paths[side].read_bytes() == before


@pytest.mark.parametrize("side", ["base", "head"])
def test_an_input_that_cannot_be_read_is_named(
    server: OdiffServer, tmp_path: Path, side: str
) -> None:
    paths = dict(zip(("base", "head"), images.pair(tmp_path), strict=True))
    good = dict(paths)
    paths[side] = tmp_path / "damaged.png"
    paths[side].write_bytes(good[side].read_bytes()[:60])
    mask = images.saved(images.flat(), tmp_path / "mask.png")
    compare = usual(server)
    compare(good["base"], good["base"], tmp_path / "other.png")
    pid = server.pid
    with pytest.raises(UnreadableImage, match=f"The {side} image could not be read"):
        compare(paths["base"], paths["head"], mask)
    assert not mask.exists()
    assert compare(good["base"], good["head"], mask).diff_count == 3
    assert server.pid == pid, "an error is an answer: the process goes on"


def test_a_missing_mask_folder_is_said(compare: Compare, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    with pytest.raises(EngineFailure, match=r"mask could not be written into .*nowhere"):
        compare(base, head, tmp_path / "nowhere" / "mask.png")


def test_a_mask_that_cannot_be_removed_is_said(compare: Compare, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    folder = tmp_path / "mask.png"
    folder.mkdir()
    with pytest.raises(EngineFailure, match="could not be written"):
        compare(base, head, folder)


@posix
def test_an_odiff_that_does_not_write_the_mask_is_said(tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    liar = tmp_path / "odiff"
    liar.write_text(
        "#!/bin/sh\necho '{\"ready\":true}'\nread q\n"
        'echo \'{"requestId":1,"match":false,"diffCount":7}\'\nread q\n'
    )
    liar.chmod(0o755)
    with OdiffServer(liar) as server, pytest.raises(EngineFailure, match="could not be written"):
        usual(server)(base, head, tmp_path / "mask.png")


def test_nothing_runs_before_the_first_question(odiff_path: Path, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    with OdiffServer(odiff_path) as server:
        assert server.pid is None
        usual(server)(base, head, tmp_path / "mask.png")
        assert server.pid is not None


def test_a_closed_server_starts_again_when_asked(server: OdiffServer, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    compare = usual(server)
    compare(base, head, tmp_path / "mask.png")
    server.close()
    server.close()
    assert server.pid is None
    assert compare(base, head, tmp_path / "mask.png").diff_count == 3


def test_a_token_that_was_cancelled_before_starts_nothing(
    server: OdiffServer, tmp_path: Path
) -> None:
    base, head = images.pair(tmp_path)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        usual(server)(base, head, tmp_path / "mask.png", token=token)
    assert server.pid is None


def test_an_odiff_that_is_not_there_is_said(tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    with (
        OdiffServer(tmp_path / "no-odiff") as server,
        pytest.raises(EngineUnavailable, match=r"could not be started.*SNAPREVIEW_ODIFF"),
    ):
        usual(server)(base, head, tmp_path / "mask.png")


@posix
def test_a_path_odiff_says_nothing_about_is_refused(compare: Compare, tmp_path: Path) -> None:
    """480 bytes are the silent limit; 479 are answered."""
    base, head = images.pair(tmp_path)

    def missing(size: int) -> Path:
        room = size - len(os.fsencode(tmp_path)) - len("//x.png")
        return tmp_path / ("d" * 200) / ("e" * (room - 202)) / ("x" + ".png")

    lengths = [len(os.fsencode(missing(size))) for size in (479, 480)]
    short, long = (missing(size + 480 - lengths[1]) for size in (479, 480))
    assert (len(os.fsencode(short)), len(os.fsencode(long))) == (479, 480)
    with pytest.raises(UnreadableImage):
        compare(base, short, tmp_path / "mask.png")
    for inputs in ((base, long), (long, head)):
        with pytest.raises(EngineFailure, match=r"too long for odiff.*SNAPREVIEW_CACHE_DIR"):
            compare(*inputs, tmp_path / "mask.png")
    assert compare(base, head, tmp_path / "mask.png").diff_count == 3


def test_a_line_that_would_end_odiff_is_refused(server: OdiffServer, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    compare = usual(server)
    compare(base, head, tmp_path / "mask.png")
    pid = server.pid
    with pytest.raises(EngineFailure, match="too long"):
        compare(tmp_path / ("x" * 16_384), head, tmp_path / "mask.png")
    compare(base, head, tmp_path / "mask.png")
    assert server.pid == pid


@posix
def test_a_name_that_is_not_unicode_is_refused(compare: Compare, tmp_path: Path) -> None:
    base, head = images.pair(tmp_path)
    odd = tmp_path / os.fsdecode(b"\xff.png")
    head.rename(odd)
    with pytest.raises(EngineFailure, match="not valid Unicode"):
        compare(base, odd, tmp_path / "mask.png")


@posix
@pytest.mark.parametrize("name", ['mi"ss.png', "mi\nss.png", "mi\\ss.png", "mi\tss.png"])
def test_an_answer_that_is_not_json_is_a_failure(
    compare: Compare, tmp_path: Path, name: str
) -> None:
    """odiff does not escape a path in its error, so that no sense can be made of it."""
    base, head = images.pair(tmp_path)
    with pytest.raises(EngineFailure, match="makes no sense"):
        compare(base, tmp_path / name, tmp_path / "mask.png")
    assert compare(base, head, tmp_path / "mask.png").diff_count == 3


def test_what_the_tests_ask_is_what_the_command_says(odiff_path: Path, tmp_path: Path) -> None:
    """Our count is that of odiff's own command line."""
    base, head = images.pair(tmp_path, changed=17)
    with OdiffServer(odiff_path) as server:
        count = usual(server)(base, head, tmp_path / "mask.png").diff_count
    command = [odiff_path, base, head, tmp_path / "cli.png", "--parsable-stdout"]
    options = ["--threshold", "0.01", "--antialiasing"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert done.stdout.split(";")[0] == str(count)
