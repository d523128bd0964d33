"""snapreview login and logout, at a terminal and from a pipe."""

from __future__ import annotations

import io
import json
import os
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.guide import commands
from tests.cli.program import SECONDS, Outcome, start
from tests.keychains import FILE_VARIABLE, MemoryKeyring, system_keyring
from tests.servers import Scripted, closed_port, redirect, reply, scripted_server

SECRET = "s3cr3t-t0k3n"
BASIC = f"Basic {b64encode(f'me:{SECRET}'.encode()).decode()}"
KEPT = "kept in the system's keychain."
Program = Callable[..., Outcome]


@pytest.fixture
def keychain() -> Iterator[Callable[[], dict[str, str]]]:
    """The system's keychain; gives what is in it, by origin."""
    backend = MemoryKeyring()
    with system_keyring(backend):
        yield backend.secrets


@pytest.fixture
def program(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Run it with this on its standard input; the token is in nothing that it writes."""

    def run(*arguments: str, given: str = f"{SECRET}\n") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        done = cli(*arguments)
        assert SECRET not in done.out + done.err
        for path in home.rglob("*"):
            assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path
        return done

    return run


def guarded(*accepted: str, body: bytes = b"{}"):
    """Answers those who know one of these headers."""

    def answer(handler) -> None:
        known = handler.headers.get("Authorization") in accepted
        (reply(body=body) if known else reply(401, www_authenticate="Bearer"))(handler)

    return answer


def test_a_token_that_the_host_takes_is_kept_and_used(
    program: Program, keychain, server: Scripted
) -> None:
    server.on("/", guarded(f"Bearer {SECRET}"))
    done = program("login", server.url)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"The token for {server.url} is {KEPT} 127.0.0.1 takes it.\n"
    assert keychain() == {server.url: SECRET}
    server.on("/snapshots/one/manifest.json", guarded(f"Bearer {SECRET}"))
    found = program("compare", f"{server.url}/snapshots/one", ".")
    assert "images" in found.err  # {} is no manifest, but it was let in
    assert server.requests[-1].authorisation == f"Bearer {SECRET}"


@pytest.mark.parametrize(
    "given", [f"  {SECRET}\r\n", f"Bearer {SECRET}", f"bearer  {SECRET}\n\n", f"Token {SECRET}"]
)
def test_it_is_taken_as_it_was_pasted(
    program: Program, keychain, server: Scripted, given: str
) -> None:
    server.on("/", guarded(f"Bearer {SECRET}"))
    assert program("login", server.url, given=given).code == 0
    assert keychain() == {server.url: SECRET}


def test_a_name_and_a_password(program: Program, keychain, server: Scripted) -> None:
    server.on("/", guarded(BASIC))
    assert program("login", server.url, given=f"me:{SECRET}").code == 0
    assert keychain() == {server.url: f"me:{SECRET}"}


def test_the_address_of_a_snapshot_is_tried_at_its_manifest(
    program: Program, keychain, server: Scripted
) -> None:
    server.on("/", reply(200))
    server.on("/snapshots/one/manifest.json", guarded(f"Bearer {SECRET}"))
    assert "takes it" in program("login", f"{server.url}/snapshots/one").out
    assert keychain() == {server.url: SECRET}


@pytest.mark.parametrize("given", [SECRET, "me:pw"])
def test_a_token_that_the_host_refuses_is_not_kept(
    program: Program, keychain, server: Scripted, given: str
) -> None:
    server.on("/", reply(401))
    done = program("login", server.url, given=given)
    assert (done.code, done.out, keychain()) == (2, "", {})
    assert done.sentence() == (
        "127.0.0.1 does not take this token: it answers 401 (Unauthorized). It is not kept."
        " Check it, and log in again."
    )


UNTRIED = {
    "open": ([reply(200)], "127.0.0.1 answers without one here"),
    "nothing there": ([reply(404)], "127.0.0.1 answers without one here"),
    "no listing": ([reply(403)], "it answers 403 (Forbidden), with the token too"),
}


@pytest.mark.parametrize(("replies", "words"), UNTRIED.values(), ids=UNTRIED.keys())
def test_a_token_that_cannot_be_tried_is_kept(
    program: Program, keychain, server: Scripted, replies, words: str
) -> None:
    server.on("/", *replies)
    done = program("login", server.url)
    assert (done.code, keychain()) == (0, {server.url: SECRET})
    assert f"It could not be tried: {words}." in done.out


def test_a_host_that_cannot_be_reached(program: Program, keychain) -> None:
    origin = f"http://127.0.0.1:{closed_port()}"
    done = program("login", origin)
    assert (done.code, keychain()) == (0, {origin: SECRET})
    assert "It could not be tried: it refuses the connection." in done.out


def test_a_redirect_to_another_host_gets_no_token(
    program: Program, keychain, server: Scripted
) -> None:
    with scripted_server() as other:
        server.on("/", redirect(f"{other.url}/"))
        other.on("/", reply(401))
        done = program("login", server.url)
        assert {seen.authorisation for seen in [*server.requests, *other.requests]} == {None}
    assert (done.code, keychain()) == (0, {server.url: SECRET})


BAD = {"nothing": "", "blanks": " \n", "two": f"{SECRET} {SECRET}", "binary": f"{SECRET}\0"}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD.keys())
def test_what_is_no_token(program: Program, keychain, server: Scripted, given: str) -> None:
    done = program("login", server.url, given=given)
    assert (done.code, keychain(), server.requests) == (2, {}, [])
    assert "no token" in done.sentence()


@pytest.mark.parametrize(
    "arguments",
    [
        (f"https://me:{SECRET}@snapshots.example.com",),
        ("snapshots.example.com", SECRET),
        ("https://snapshots.example.com", SECRET, "more"),
        (f"https://me:{SECRET}@acme.sentry.io/preprod/snapshots/1/",),
    ],
)
def test_a_token_is_never_an_argument(program: Program, keychain, arguments) -> None:
    done = program("login", *arguments)
    assert (done.code, keychain()) == (2, {})
    assert "not given as an argument" in done.sentence()
    assert program("login", "snapshots.example.com", f"--token={SECRET}").code == 2


@pytest.mark.parametrize("address", ["ftp://snapshots.example.com", "http://", "sentry:x"])
def test_what_is_no_address(program: Program, keychain, address: str) -> None:
    done = program("login", address)
    assert (done.code, keychain()) == (2, {})
    assert done.sentence()


def test_where_there_is_no_keychain_that_is_said(program: Program, server: Scripted) -> None:
    server.on("/", guarded(f"Bearer {SECRET}"))
    done = program("login", server.url)
    assert (done.code, done.out) == (2, "")
    assert done.sentence() == (
        "The token cannot be kept: there is no keychain here. Set the environment variable"
        " SNAPREVIEW_TOKEN_127_0_0_1 instead."
    )
    gone = program("logout", server.url)
    assert gone.code == 2
    assert "cannot be removed: there is no keychain here" in gone.sentence()


def test_logging_out(
    program: Program, keychain, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.on("/", guarded(f"Bearer {SECRET}"))
    assert program("login", server.url).code == 0
    out = program("logout", f"{server.url}/snapshots/one")
    assert (out.code, keychain()) == (0, {})
    assert out.out == f"The token for {server.url} is removed from the system's keychain.\n"
    monkeypatch.setenv("SNAPREVIEW_TOKEN", SECRET)
    again = program("logout", server.url)
    assert again.code == 0
    assert "was not in the system's keychain" in again.out
    assert "SNAPREVIEW_TOKEN is still set" in again.err


def written(terminal: int, until: str = "") -> str:
    """What appears on a terminal, until this does or its program ends."""
    seen = b""
    while not until or until.encode() not in seen:
        try:
            seen += os.read(terminal, 1000)
        except OSError:  # nobody has it open any more
            break
    return seen.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="has no such terminals")
def test_at_a_terminal_it_is_asked_for_and_not_shown(
    server: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pty

    file = tmp_path / "keychain.json"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keychains.FileKeyring")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setenv(FILE_VARIABLE, str(file))
    server.on("/", guarded(f"Bearer {SECRET}"))
    terminal, inner = pty.openpty()
    try:
        process = start(
            *("login", server.url), stdin=inner, stderr=inner, stdout=inner, start_new_session=True
        )
        os.close(inner)
        prompt = written(terminal, "not shown): ")
        os.write(terminal, f"{SECRET}\n".encode())
        said = written(terminal)
        assert process.wait(SECONDS) == 0
    finally:
        os.close(terminal)
    assert prompt == f"Token for {server.url} (it is not shown): "
    assert said.split() == f"The token for {server.url} is {KEPT} 127.0.0.1 takes it.".split()
    assert json.loads(file.read_text()) == {server.url: SECRET}


def test_another_s_refusal_says_how_to_log_in(program: Program, server: Scripted) -> None:
    server.on("/snapshots/one/manifest.json", reply(401))
    done = program("compare", f"{server.url}/snapshots/one/manifest.json", ".")
    assert done.code == 2
    assert f"“snapreview login {server.url}”" in done.sentence()
    assert "SNAPREVIEW_TOKEN_127_0_0_1" in done.err


SECTIONS = ("Tokens",)


def test_the_commands_of_the_guide(
    program: Program, keychain, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are run as they stand there, with a host of the test's own."""
    found = [
        command.replaced({"https://snapshots.example.com": server.url, "…": SECRET})
        for command in commands(*SECTIONS)
    ]
    assert [command.words[0] for command in found] == ["login", "login", "compare", "logout"]
    assert [command.given for command in found] == [None, "token.txt", None, None]
    server.on("/", guarded(f"Bearer {SECRET}"))
    listed = [{"id": name, "date": name, "branch": "main"} for name in ("a", "pr-7-4f1c")]
    index = json.dumps({"snapshots": listed}).encode()
    server.on("/snapshots/index.json", guarded(f"Bearer {SECRET}", body=index))
    kept = []
    for command in found:
        with monkeypatch.context() as patch:
            for name, value in command.variables.items():
                patch.setenv(name, value)
            done = program(*command.words)
        kept.append(keychain())
        # The index is all that is served.
        assert done.code == (2 if command.variables else 0), done.err
    assert kept == [{server.url: SECRET}] * 3 + [{}]
    assert {seen.authorisation for seen in server.requests} == {None, f"Bearer {SECRET}"}
