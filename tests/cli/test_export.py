"""snapreview export: one snapshot as a zip, to a file or to standard output."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.program import MARKED, PLAIN, SECONDS, Targets, finish, image_set, start
from tests.cli.test_bad_input import MANIFEST, digest, manifest, png, refused
from tests.engine.odiffs import posix
from tests.servers import Scripted, reply

IMAGES = {"a.png": PLAIN, "sub/b.png": MARKED}


@pytest.fixture
def source(tmp_path: Path) -> str:
    return image_set(tmp_path / "set", IMAGES)


def is_whole(data: bytes, source: str, names: Iterable[str] = IMAGES) -> None:
    """A sound zip that has these images, byte for byte, and a manifest of them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {*names, "manifest.json"}
        for name in names:
            assert archive.read(name) == Path(source, name).read_bytes()
        listed = json.loads(archive.read("manifest.json"))
    assert set(listed["images"]) == set(names)


def test_to_a_file(cli: Cli, targets: Targets, source: str):
    done = cli("export", source, "--zip", targets.zip)
    assert (done.code, done.out, done.err) == (0, "", "")
    is_whole(targets.zip.read_bytes(), source)
    assert list(targets.folder.iterdir()) == [targets.zip]


def test_to_standard_output(source: str, targets: Targets):
    process = start("export", source, "--zip", "-", encoding=None, cwd=targets.folder)
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, err) == (0, b"")
    is_whole(out, source)
    assert list(targets.folder.iterdir()) == []


@posix
def test_progress_goes_to_the_terminal_and_not_into_the_zip(source: str):
    ours, theirs = os.openpty()
    process = start("export", source, "--zip", "-", encoding=None, stderr=theirs)
    os.close(theirs)
    out, _ = process.communicate(timeout=SECONDS)
    shown = drained(ours)
    assert process.returncode == 0
    assert b"Writing the zip" in shown
    is_whole(out, source)


def drained(terminal: int) -> bytes:
    """All that was written to a terminal whose other end is closed."""
    parts = []
    with open(terminal, "rb", buffering=0) as stream:
        try:
            while part := stream.read(4096):
                parts.append(part)
        except OSError:  # how Linux tells the end
            pass
    return b"".join(parts)


@posix
def test_a_terminal_gets_no_zip(source: str):
    ours, theirs = os.openpty()
    process = start("export", source, "--zip", "-", stdout=theirs)
    os.close(theirs)
    _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 2
    assert "terminal" in err
    assert drained(ours) == b""


@posix
def test_a_reader_that_leaves_ends_it_with_a_sentence(tmp_path: Path):
    source = image_set(tmp_path / "set", {f"{n}.bmp": PLAIN.resize((400, 300)) for n in range(9)})
    reader, writer = os.pipe()
    os.close(reader)
    process = start("export", source, "--zip", "-", stdout=writer)
    os.close(writer)
    done = finish(process)
    assert done.code == 2
    assert "has ended" in done.err
    assert "Traceback" not in done.err


def test_what_could_not_be_fetched_is_named_and_ends_with_1(
    cli: Cli, targets: Targets, source: str, server: Scripted
):
    images = {name: png(image) for name, image in IMAGES.items()}
    address = server.on(MANIFEST, reply(body=manifest(images)))
    server.on(f"/images/{digest(images['a.png'])}", reply(body=images["a.png"]))
    done = cli("export", address, "--zip", targets.zip)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Not in the zip: sub/b.png: ")
    is_whole(targets.zip.read_bytes(), source, ["a.png"])


def test_a_source_that_is_not_there(cli: Cli, targets: Targets, tmp_path: Path):
    done = cli("export", tmp_path / "nowhere", "--zip", targets.zip)
    assert "nowhere" in refused(done, targets)


def test_a_zip_must_be_named_and_possible(cli: Cli, targets: Targets, source: str):
    assert cli("export", source).code == 2
    assert "is a folder" in cli("export", source, "--zip", targets.folder).err
    assert "does not exist" in cli("export", source, "--zip", targets.folder / "no" / "z.zip").err


@posix
def test_a_device_can_be_written_to(source: str):
    command = start("export", source, "--zip", "/dev/stdout", encoding=None)
    out, _ = command.communicate(timeout=SECONDS)
    assert command.returncode == 0
    is_whole(out, source)
