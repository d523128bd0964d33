"""A token is planted in every place where one can be, everything goes wrong that can, and then
everything that was written is searched for it.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PIL import Image

from snapreview.cli import sources
from snapreview.stores.opening import StoreContext
from snapreview.stores.settings import TransportSettings
from tests.cli.conftest import Cli
from tests.cli.program import (
    MARKED,
    PLAIN,
    Outcome,
    Targets,
    finish,
    image_set,
    scripted_odiff,
    start,
)
from tests.keychains import FILE_VARIABLE, MemoryKeyring, system_keyring
from tests.leaks import (
    BASIC,
    BEARER,
    TOKEN,
    assert_clean,
    assert_no_file_has_it,
    debug_everything,
    with_userinfo,
)
from tests.servers import (
    Reply,
    Scripted,
    redirect,
    reply,
    reset,
    scripted_server,
    stalled,
    truncated,
)

MANIFEST = "/snapshots/one/manifest.json"
TLS = Path(__file__).parents[1] / "stores" / "tls"
IMPATIENT = TransportSettings(
    connect_seconds=1.0, read_seconds=0.2, attempts=2, backoff=0.0, max_retry_after=0.0
)


def png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def manifest(**fields: object) -> bytes:
    images = {
        name: {"content_hash": digest(png(image)), "width": 40, "height": 30}
        for name, image in (("a.png", MARKED), ("b.png", PLAIN))
    }
    return json.dumps({"images": images, **fields}).encode()


@dataclass
class World:
    """A guarded host, another one, and a way in which the first gets to know the token."""

    cli: Cli
    server: Scripted
    other: Scripted
    way: str
    repeats: bool = False
    """Whether a host repeats the token, so that libraries, whose logs nobody writes, do so too."""
    written: list[str] = field(default_factory=list)

    @property
    def expected(self) -> str:
        return BASIC if self.way == "address" else BEARER

    def address(self, path: str = MANIFEST) -> str:
        url = self.server.url + path
        return with_userinfo(url) if self.way == "address" else url

    def on(self, path: str, *answers: Reply) -> None:
        """Answer those who know the token so, and the others not at all."""

        def guarded(answer: Reply) -> Reply:
            def check(handler) -> None:
                known = handler.headers.get("Authorization") == self.expected
                (answer if known else reply(401))(handler)

            return check

        self.server.on(path, *map(guarded, answers))

    def serve(self, **fields: object) -> None:
        self.on(MANIFEST, reply(body=manifest(**fields)))
        for image in (MARKED, PLAIN):
            self.on(f"/images/{digest(png(image))}", reply(body=png(image)))

    def run(self, *arguments: object) -> Outcome:
        done = self.cli(*arguments)
        self.written += [done.out, done.err]
        return done

    def knew(self) -> bool:
        """Whether the host was told; and nobody else ever."""
        assert not any(TOKEN in str(seen.headers) for seen in self.other.requests)
        assert {seen.authorisation for seen in self.other.requests} <= {None}
        return self.expected in {seen.authorisation for seen in self.server.requests}


@pytest.fixture
def other() -> Iterator[Scripted]:
    with scripted_server() as script:
        yield script


WAYS = ("variable", "own variable", "keychain", "address")


@pytest.fixture(params=WAYS)
def world(
    request: pytest.FixtureRequest,
    cli: Cli,
    server: Scripted,
    other: Scripted,
    monkeypatch: pytest.MonkeyPatch,
    home: Path,
    tmp_path: Path,
    targets: Targets,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[World]:
    """Afterwards, everything that was written by anybody is searched."""
    make = sources.store_context

    def impatient(*arguments: object) -> StoreContext:
        return replace(make(*arguments), settings=IMPATIENT)

    monkeypatch.setattr(sources, "store_context", impatient)
    debug_everything(caplog)
    made = World(cli, server, other, request.param)
    if made.way == "variable":
        monkeypatch.setenv("SNAPREVIEW_TOKEN", TOKEN)
    elif made.way == "own variable":
        monkeypatch.setenv("SNAPREVIEW_TOKEN_127_0_0_1", TOKEN)
    kept = {server.url: TOKEN} if made.way == "keychain" else {}
    with system_keyring(MemoryKeyring(kept)):
        yield made
    assert made.knew()
    assert_clean("output", *made.written)
    if not made.repeats:
        assert_clean("a log", *(record.getMessage() for record in caplog.get_records("call")))
    read = assert_no_file_has_it(home, targets.folder, tmp_path)
    assert home / "data" / "snapreview.log" in read


@pytest.fixture
def good(tmp_path: Path) -> str:
    return image_set(tmp_path / "good", {"a.png": PLAIN, "b.png": PLAIN})


def test_every_command_that_works(world: World, targets: Targets, good: str, tmp_path: Path):
    world.serve(commit_sha="0" * 40, branch="main")
    folder = targets.folder
    outputs = [
        *("--json", folder / "report.json", "--zip", folder / "images.zip"),
        *("--html", folder / "page", "--decisions", folder / "decisions.csv"),
    ]
    assert world.run("compare", good, world.address(), *outputs).code == 1
    assert world.run("compare", world.address(), good, "--json", folder / "2.json").code == 1
    exported = folder / "snapshot.zip"
    assert world.run("export", world.address("/snapshots/one"), "--zip", exported).code == 0
    again = (exported, world.address(), "--decisions", folder / "decisions.json")
    assert world.run("compare", *again).code == 0
    assert world.run("publish", good, folder / "root", "--id", "one").code == 0
    assert world.run("cache", "info").code == 0
    names = {path.name for path in folder.rglob("*")}
    assert names >= {"report.json", "images.zip", "index.html", "decisions.csv", "snapshot.zip"}


INDEX = "/snapshots/index.json"


def test_the_commands_of_a_store(world: World, targets: Targets, good: str):
    world.serve()
    old = {"id": "zero", "date": "2026-01-01T00:00:00+00:00", "branch": "main", "count": 2}
    new = {**old, "id": "one", "date": "2026-01-02T00:00:00+00:00", "sha": "ab" * 20}
    world.on(INDEX, reply(body=json.dumps({"snapshots": [new, old]}).encode(), etag='"1"'))
    world.on("/snapshots/zero/manifest.json", reply(body=manifest()))
    root = targets.folder / "root"
    assert "zero" in world.run("store", "list", world.address("/")).out
    assert world.run("store", "list", world.address("/"), "--json").code == 0
    world.run("compare", "auto", world.address("/snapshots/one"), *targets.options)
    assert targets.json.exists()
    assert world.run("publish", good, root, "--id", "one").code == 0
    assert world.run("store", "index", root).code == 0
    assert world.run("store", "prune", root, "--keep-last", "1", "--dry-run").code == 0
    assert world.run("store", "delete", root, "one").code == 0
    for command in (("delete", world.address("/"), "one"), ("index", world.address("/"))):
        assert world.run("store", *command).code == 2
    assert world.run("publish", good, world.address("/"), "--id", "one").code == 2


@pytest.mark.parametrize("world", ["variable", "address"], indirect=True)
@pytest.mark.parametrize("fault", ["refused", "redirect with the token", "other JSON", "no JSON"])
def test_a_list_that_cannot_be_had(world: World, fault: str):
    world.repeats = fault in REPEATING
    world.on(INDEX, *FAULTS[fault](world))
    assert world.run("store", "list", world.address("/")).code == 2
    assert world.run("compare", "auto", world.address("/snapshots/one")).code == 2


def test_a_run_without_the_network(world: World, good: str):
    world.serve()
    assert world.run("compare", good, world.address()).code == 1
    world.on(MANIFEST, reply(503))
    assert "as it was on" in world.run("compare", good, world.address()).err


FAULTS: dict[str, Callable[[World], list[Reply]]] = {
    "refused": lambda _: [reply(401, www_authenticate=f"Bearer error={TOKEN}")],
    "forbidden": lambda _: [reply(403, f'{{"detail": "{TOKEN}"}}'.encode(), content_type="a/json")],
    "missing": lambda _: [reply(404, TOKEN.encode())],
    "busy": lambda _: [reply(429, retry_after="0"), reply(503, retry_after=TOKEN)],
    "redirect elsewhere": lambda w: [redirect(w.other.url + MANIFEST)],
    "redirect to a refusal": lambda w: [redirect(f"{w.other.url}/no")],
    "redirect with the token": lambda w: [redirect(f"{w.other.url}/no/{TOKEN}?a={TOKEN}")],
    "redirect with a password": lambda w: [redirect(with_userinfo(f"{w.other.url}/no"))],
    "redirect to nonsense": lambda _: [redirect(f"ftp://{TOKEN}")],
    "redirect for ever": lambda _: [redirect(MANIFEST)],
    "not TLS": lambda w: [redirect(w.other.url.replace("http:", "https:") + f"/{TOKEN}")],
    "stalled": lambda _: [stalled()],
    "stalled in mid-body": lambda _: [stalled(manifest(), 9)],
    "reset": lambda _: [reset(manifest(), 9)],
    "truncated": lambda _: [truncated(manifest(), 9)],
    "no JSON": lambda _: [reply(body=b"<html>" + TOKEN.encode())],
    "other JSON": lambda _: [reply(body=json.dumps({"images": TOKEN, TOKEN: 1}).encode())],
    "bad length": lambda _: [reply(body=b"{}", transfer_encoding="chunked")],
    "hostile headers": lambda _: [
        reply(500, b"", retry_after=TOKEN, set_cookie=f"a={TOKEN}", location=f"//{TOKEN}@x")
    ],
    "bad encoding": lambda _: [reply(body=b"{}", content_encoding="gzip", etag=TOKEN)],
}

REPEATING = ("redirect with the token",)


@pytest.mark.parametrize("world", ["variable", "address"], indirect=True)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_snapshot_that_cannot_be_had(world: World, good: str, targets: Targets, fault: str):
    world.repeats = fault in REPEATING
    world.other.on("/no", reply(403))
    world.on(MANIFEST, *FAULTS[fault](world))
    done = world.run("compare", good, world.address(), *targets.options)
    assert (done.code, done.out) == (2, "")
    assert done.sentence()
    exported = world.run("export", world.address(), "--zip", targets.folder / "out.zip")
    assert exported.code == 2


IMAGE_FAULTS = ("refused", "forbidden", "redirect to a refusal", "redirect with the token", "reset")


@pytest.mark.parametrize("world", ["keychain", "address"], indirect=True)
@pytest.mark.parametrize("fault", IMAGE_FAULTS)
def test_images_that_cannot_be_had(world: World, good: str, targets: Targets, fault: str):
    world.repeats = fault in REPEATING
    world.serve()
    world.other.on("/no", reply(403))
    world.on(f"/images/{digest(png(MARKED))}", *FAULTS[fault](world))
    outputs = ("--html", targets.folder / "page", *targets.options)
    assert world.run("compare", good, world.address(), *outputs).code == 1
    assert targets.statuses()["a.png"] == "errored"


def test_a_host_that_repeats_the_token_where_it_may_say_what_it_likes(world: World, good: str):
    said = {"etag": f'"{TOKEN}"', "last_modified": TOKEN, "x_echo": TOKEN}
    world.serve()
    world.on(MANIFEST, reply(body=manifest(), **said))
    assert world.run("compare", good, world.address()).code == 1


def test_a_certificate_that_nobody_vouches_for(
    world: World, good: str, monkeypatch: pytest.MonkeyPatch
):
    with scripted_server(TLS) as secure:
        monkeypatch.setenv("SNAPREVIEW_TOKEN", TOKEN)
        for url in (with_userinfo(secure.url + MANIFEST), secure.url + MANIFEST):
            assert "cannot be trusted" in world.run("compare", good, url).sentence()
        assert secure.requests == []
    world.serve()
    monkeypatch.delenv("SNAPREVIEW_TOKEN")
    if world.way == "variable":
        monkeypatch.setenv("SNAPREVIEW_TOKEN", TOKEN)
    assert world.run("compare", good, world.address()).code == 1


@pytest.mark.parametrize("way", ["variable", "keychain"])
def test_command_lines_of_everything_that_runs(
    server: Scripted, good: str, targets: Targets, tmp_path: Path, home: Path, way: str
):
    def guarded(handler) -> None:
        known = handler.headers.get("Authorization") == BEARER
        (reply(body=manifest()) if known else reply(401))(handler)

    server.on(MANIFEST, guarded)
    for image in (MARKED, PLAIN):
        server.on(f"/images/{digest(png(image))}", reply(body=png(image)))
    look = ('ps -A -ww -o args > "$folder/running"', 'exec "$real" "$@"')
    environment = {"SNAPREVIEW_ODIFF": str(scripted_odiff(tmp_path, look))}
    file = tmp_path / "keychain.json"
    if way == "variable":
        environment["SNAPREVIEW_TOKEN"] = TOKEN
    else:
        file.write_text(json.dumps({server.url: TOKEN}))
        environment["PYTHON_KEYRING_BACKEND"] = "tests.keychains.FileKeyring"
        environment[FILE_VARIABLE] = str(file)
        environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    arguments = ("compare", good, server.url + MANIFEST, *targets.options)
    done = finish(start(*arguments, environment=environment))
    assert done.code == 1, done.err
    running = (tmp_path / "running").read_text()
    assert server.url in running
    assert "odiff" in running
    assert_clean("a command line", running)
    assert_clean("output", done.out, done.err)
    assert_no_file_has_it(home, targets.folder, tmp_path, but=[file])
