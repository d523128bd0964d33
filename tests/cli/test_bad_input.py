"""Bad input: a fault of a set is exit code 2 and a sentence, a fault of an image is its row."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.cli.conftest import Cli
from tests.cli.program import (
    MARKED,
    PLAIN,
    Outcome,
    Targets,
    finish,
    image_set,
    side_by_side,
    start,
)
from tests.engine.images import noise
from tests.servers import Scripted, closed_port, reply, scripted_server

MANIFEST = "/snapshots/one/manifest.json"
SECRET = "planted-8c1f5e"


def png(image: Image.Image = PLAIN) -> bytes:
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def manifest(images: dict[str, bytes], **fields: Any) -> bytes:
    entries = {
        name: {"content_hash": digest(data), "width": 40, "height": 30}
        for name, data in images.items()
    }
    return json.dumps({"images": entries, **fields}).encode()


def serve(server: Scripted, images: dict[str, bytes]) -> str:
    """Script a snapshot of these images; returns its address."""
    for data in images.values():
        server.on(f"/images/{digest(data)}", reply(body=data))
    return server.on(MANIFEST, reply(body=manifest(images)))


def refused(outcome: Outcome, targets: Targets) -> str:
    """What a run said that could compare nothing; it must have left nothing."""
    assert outcome.code == 2
    assert outcome.out == ""
    assert list(targets.folder.iterdir()) == []
    return outcome.sentence()


@pytest.fixture
def good(tmp_path: Path) -> str:
    return image_set(tmp_path / "good", {"a.png": PLAIN})


Refused = Callable[[object], str]


@pytest.fixture
def refusal(cli: Cli, targets: Targets, good: str) -> Refused:
    """What is said of a bad source; the same whether it is the base or the head."""

    def ask(source: object) -> str:
        sentences = {
            refused(cli("compare", *pair, *targets.options, "--exit-zero"), targets)
            for pair in ((source, good), (good, source))
        }
        (sentence,) = sentences
        return sentence

    return ask


def test_a_missing_folder(refusal: Refused, tmp_path: Path, log: Callable[[], str]):
    said = refusal(tmp_path / "nowhere")
    assert "nowhere" in said
    assert said in log()
    assert "FileNotFoundError" in log()


def test_a_folder_without_an_image(refusal: Refused, tmp_path: Path):
    folder = image_set(tmp_path / "notes", {"readme.txt": b"none here", ".hidden.png": png()})
    assert "no image" in refusal(folder)


def test_an_image_against_a_folder(refusal: Refused, tmp_path: Path):
    image_set(tmp_path, {"single.png": PLAIN})
    assert "single.png" in refusal(tmp_path / "single.png")


def test_a_file_that_is_no_image(refusal: Refused, tmp_path: Path):
    image_set(tmp_path, {"notes.txt": b"hello"})
    assert "notes.txt" in refusal(tmp_path / "notes.txt")


def test_nothing_and_an_unknown_scheme(refusal: Refused):
    assert "empty" in refusal("")
    assert "ftp" in refusal("ftp://example.invalid/shots")


ONE = {"content_hash": "0" * 64, "width": 1, "height": 1}
BROKEN_MANIFESTS = {
    "not JSON": (b"<html>Sign in</html>", "not valid JSON"),
    "cut off": (manifest({"a.png": b""})[:-5], "not valid JSON"),
    "a list": (b"[]", "not usable"),
    "without images": (b"{}", "images"),
    "images as a list": (b'{"images": []}', "images"),
    "a width in words": (
        json.dumps({"images": {"a.png": {**ONE, "width": "1"}}}).encode(),
        "width",
    ),
    "a hash that is none": (
        json.dumps({"images": {"a.png": {**ONE, "content_hash": "../../secret"}}}).encode(),
        "a.png",
    ),
    "60,000 images": (
        json.dumps({"images": {f"{number}.png": ONE for number in range(60_000)}}).encode(),
        "50000",
    ),
    "a name that climbs": (json.dumps({"images": {"../up.png": ONE}}).encode(), "../up.png"),
    "an absolute name": (json.dumps({"images": {"/etc/up.png": ONE}}).encode(), "/etc/up.png"),
    "images elsewhere": (
        manifest({"a.png": b""}, image_url="https://elsewhere.invalid/{content_hash}"),
        "--allow-origin",
    ),
}


@pytest.mark.parametrize("fault", BROKEN_MANIFESTS)
def test_a_manifest_that_cannot_be_used(refusal: Refused, server: Scripted, fault: str):
    body, word = BROKEN_MANIFESTS[fault]
    assert word in refusal(server.on(MANIFEST, reply(body=body)))


def test_a_host_that_refuses_and_one_that_has_nothing(refusal: Refused, server: Scripted):
    said = refusal(server.on(MANIFEST, reply(401)))
    assert "401" in said
    assert "SNAPREVIEW_TOKEN" in said
    assert "404" in refusal(f"{server.url}/snapshots/two")


@pytest.fixture(scope="module")
def failures(module_environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Hosts that fail in ways that take a while to be sure of, all asked at the same time."""
    folder = tmp_path_factory.mktemp("failures")
    good = image_set(folder / "good", {"a.png": PLAIN})
    with scripted_server() as server, scripted_server() as private:
        sources = {
            "closed": f"http://127.0.0.1:{closed_port()}/snapshots/one",
            "unknown": "http://nowhere.invalid/snapshots/one",
            "broken": server.on(MANIFEST, reply(500)),
            "unauthorised": private.on(MANIFEST, reply(401)),
        }
        targets = {name: Targets(folder / name) for name in sources}
        for target in targets.values():
            target.folder.mkdir()
        running = {
            name: start(
                *("compare", good, source, *targets[name].options),
                environment={"SNAPREVIEW_TOKEN": SECRET},
            )
            for name, source in sources.items()
        }
        said = {
            name: refused(outcome, targets[name]) for name, outcome in side_by_side(running).items()
        }
        yield said, [*server.requests, *private.requests], module_environment


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("closed", "refuses the connection"),
        ("unknown", "nowhere.invalid cannot be reached"),
        ("broken", "500"),
        ("unauthorised", "401"),
    ],
)
def test_a_host_that_cannot_serve(failures: Any, host: str, words: str):
    assert words in failures[0][host]


def test_a_token_is_sent_and_written_nowhere(failures: Any):
    said, requests, home = failures
    assert {seen.authorisation for seen in requests} == {f"Bearer {SECRET}"}
    assert SECRET not in " ".join(said.values())
    files = [path for path in home.rglob("*") if path.is_file()]
    assert home / "data" / "snapreview.log" in files
    assert "401" in (home / "data" / "snapreview.log").read_text("utf-8")
    for path in files:
        assert SECRET.encode() not in path.read_bytes(), path


def test_a_token_is_in_no_report_and_no_zip(
    cli: Cli,
    targets: Targets,
    good: str,
    server: Scripted,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("SNAPREVIEW_TOKEN", SECRET)
    address = serve(server, {"a.png": png(MARKED), "b.png": png()})
    server.on(f"/images/{digest(png())}", reply(403))
    address = address.replace("http://", f"http://me:{SECRET}@")
    done = cli("compare", good, address, *targets.options)
    assert done.code == 1
    assert server.requests[0].authorisation
    secrets = [SECRET, base64.b64encode(f"me:{SECRET}".encode()).decode()]
    assert not any(secret in done.out + done.err for secret in secrets)
    written = [p for top in (home, targets.folder) for p in top.rglob("*") if p.is_file()]
    assert targets.zip in written
    for path in written:
        assert not any(secret.encode() in path.read_bytes() for secret in secrets), path


def bomb() -> bytes:
    """30,000 × 30,000 pixels, whole and small."""
    packer = zlib.compressobj(1)
    row = bytes(1 + 30_000 // 8)
    data = b"".join([*(packer.compress(row * 100) for _ in range(300)), packer.flush()])
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def broken_images() -> dict[str, bytes]:
    whole = png(noise((60, 60)))
    return {
        "truncated.png": whole[: len(whole) // 2],
        "text.png": b"This is a text, whatever its name says.",
        "bomb.png": bomb(),
        "nothing.png": b"",
    }


@pytest.mark.parametrize("side", ["base", "head"])
def test_a_broken_image_is_an_errored_row_and_the_rest_goes_on(
    cli: Cli, targets: Targets, tmp_path: Path, side: str
):
    broken = broken_images()
    good = {**dict.fromkeys(broken, PLAIN), "changed.png": PLAIN}
    sets = {"base": good, "head": {**good, "changed.png": MARKED}}
    sets[side] = {**sets[side], **broken}
    sources = [image_set(tmp_path / name, images) for name, images in sets.items()]
    done = cli("compare", *sources, *targets.options)
    assert (done.code, done.err.count("Traceback")) == (1, 0)
    assert targets.statuses() == {"changed.png": "changed", **dict.fromkeys(broken, "errored")}
    errors = {image["name"]: image["error"] for image in targets.report()["images"]}
    assert "30,000 × 30,000" in errors["bomb.png"]
    for name in broken:
        assert errors[name].endswith(".")
        assert f"{name}: {errors[name]}" in done.out


def test_a_broken_image_on_one_side_only_is_an_errored_row(
    cli: Cli, targets: Targets, good: str, tmp_path: Path
):
    head = image_set(tmp_path / "head", {"a.png": PLAIN, "new.png": b"Only text."})
    assert cli("compare", good, head, "--json", targets.json).code == 1
    assert targets.statuses() == {"a.png": "unchanged", "new.png": "errored"}
    assert cli("compare", head, good, "--json", targets.json).code == 1
    assert targets.statuses() == {"a.png": "unchanged", "new.png": "errored"}


def test_an_image_with_other_bytes_than_promised_is_an_errored_row(
    cli: Cli, targets: Targets, good: str, server: Scripted, home: Path
):
    address = serve(server, {"a.png": png(MARKED), "b.png": png()})
    server.on(f"/images/{digest(png(MARKED))}", reply(body=png(noise((9, 9)))))
    assert cli("compare", good, address, "--json", targets.json).code == 1
    rows = {image["name"]: image for image in targets.report()["images"]}
    assert rows["a.png"]["status"] == "errored"
    assert "not those that its manifest promises" in rows["a.png"]["error"]
    cached = [p for p in (home / "cache" / "images").rglob("*") if p.is_file()]
    assert all(digest(path.read_bytes()) == path.name for path in cached)


def test_an_image_that_the_server_does_not_have_is_an_errored_row(
    cli: Cli, targets: Targets, good: str, server: Scripted, log: Callable[[], str]
):
    body = manifest({"a.png": png(MARKED)})
    done = cli("compare", good, server.on(MANIFEST, reply(body=body)), *targets.options)
    assert (done.code, targets.statuses()) == (1, {"a.png": "errored"})
    assert "404" in targets.report()["images"][0]["error"]
    assert "404" in log()
    assert "Not in the zip: head of a.png" in done.err


def test_a_program_of_its_own_ends_with_the_same_code(targets: Targets, good: str):
    done = finish(start("compare", good, "nowhere", *targets.options, "--exit-zero"))
    assert "nowhere" in refused(done, targets)
