"""The commands that docs/stores.md gives for Sentry do what it says, at a double of Sentry."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Cli
from tests.cli.guide import Command, commands
from tests.cli.program import MARKED, PLAIN, Outcome, finish, image_set, start
from tests.keychains import MemoryKeyring, system_keyring
from tests.stores.sentry_double import TOKEN, SentryDouble, Shot, sentry_double

SECTIONS = ("Sentry snapshots",)
PAGE = "https://acme.sentry.io/preprod/snapshots/1234/"
OWN = "sentry.example.com"


def png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Iterator[SentryDouble]:
    """In the place of sentry.io: with the snapshots that the guide speaks of."""
    with sentry_double() as made:
        made.per_second = {"details": 1000, "images": 1000}
        made.upload(Shot("1200", {"a.png": png(PLAIN)}))
        made.upload(Shot("1234", {"a.png": png(MARKED)}, "1200", vcs={"base_sha": "a" * 40}))
        monkeypatch.setenv("SENTRY_URL", made.url)
        monkeypatch.delenv("SENTRY_AUTH_TOKEN", raising=False)
        yield made


@pytest.fixture
def keychain() -> Iterator[MemoryKeyring]:
    backend = MemoryKeyring()
    with system_keyring(backend):
        yield backend


def ours(command: Command, double: SentryDouble) -> Command:
    """With the double in the place of every host, and a token in that of the dots."""
    found = command.replaced(
        {
            PAGE: double.page("1234"),
            "https://sentry.io": double.url,
            f"https://{OWN}": double.url,
            f"@{OWN}": f"@{double.url}",
            "…": TOKEN,
        }
    )
    words = (
        f"{word}@{double.url}" if word.startswith("sentry:") and "@" not in word else word
        for word in found.words
    )
    return Command(tuple(words), found.variables, found.given)


def in_the_window(command: Command, picture: Path) -> Outcome:
    """Opened, and closed again once everything is on screen."""
    environment = {"SENTRY_AUTH_TOKEN": TOKEN}
    return finish(start(*command.words, "--screenshot", picture, environment=environment))


def test_every_command_of_the_guide_works(
    cli: Cli,
    double: SentryDouble,
    keychain: MemoryKeyring,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those that stand before the token is spoken of are run with one."""
    monkeypatch.chdir(tmp_path)
    image_set(tmp_path / "build" / "screenshots", {"a.png": MARKED})
    found = [ours(command, double) for command in commands(*SECTIONS)]
    kinds = [command.words[0] for command in found]
    assert {"login", "compare"} < set(kinds)
    for place, command in enumerate(found):
        planted = {"SENTRY_AUTH_TOKEN": TOKEN} if place < kinds.index("login") else {}
        with monkeypatch.context() as patch:
            for name, value in (planted | command.variables).items():
                patch.setenv(name, value)
            if command.words[0] == "login":
                patch.setattr(sys, "stdin", io.StringIO(TOKEN))
            if command.words[0] in ("login", "compare"):
                done = cli(*command.words)
            else:
                done = in_the_window(command, tmp_path / "window.png")
                with Image.open(tmp_path / "window.png") as picture:
                    assert picture.width > 1000
        assert (done.code, command) == (1 if command.words[0] == "compare" else 0, command), (
            done.err
        )
        if command.words[0] == "login":
            assert keychain.secrets() == {double.url: TOKEN}
            keychain.kept.clear()  # from here on the variables have to do
    assert {seen.authorisation for seen in double.requests} <= {None, f"Bearer {TOKEN}"}
    assert any("/1234/" in path for path in double.paths())
