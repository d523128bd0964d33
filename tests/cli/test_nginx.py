"""A store behind a real nginx, with TLS and a password, as the guide sets it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from snapreview.stores.resources import resource
from tests.cli.conftest import Cli
from tests.cli.program import Targets
from tests.cli.test_kinds_agree import rows
from tests.keychains import MemoryKeyring, system_keyring
from tests.leaks import (
    TOKEN,
    USER,
    assert_clean,
    assert_no_file_has_it,
    debug_everything,
    logged_by_us,
    with_userinfo,
)
from tests.nginx import CERTIFICATE, Nginx, nginx

SETS = resource("demo", "base"), resource("demo", "head")
GIVEN = f"{USER}:{TOKEN}"


@pytest.fixture
def server(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nginx]:
    """With the demo's sets as the snapshots base and head. Its certificate is trusted."""
    for name, folder, commit in (
        ("base", SETS[0], ("--branch", "main", "--sha", "81a2c0e")),
        ("head", SETS[1], ("--branch", "pr-7", "--base-sha", "81a2c0e")),
    ):
        assert cli("publish", folder, tmp_path / "store", "--id", name, *commit).code == 0
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    with nginx(tmp_path / "store", tmp_path / "nginx", USER, TOKEN) as running:
        yield running


def snapshots(url: str) -> tuple[str, str]:
    return f"{url}/snapshots/base", f"{url}/snapshots/head"


def given(way: str, server: Nginx, patch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The sources, once the name and password are where `way` says."""
    if way == "address":
        return snapshots(with_userinfo(server.url))
    if way == "variable":
        patch.setenv("SNAPREVIEW_TOKEN", GIVEN)
    if way == "variable of the host":
        patch.setenv("SNAPREVIEW_TOKEN_127_0_0_1", GIVEN)
    return snapshots(server.url)


@pytest.mark.parametrize("way", ["address", "variable", "variable of the host", "keychain"])
def test_who_has_the_password_gets_the_rows_of_the_folders(
    cli: Cli, targets: Targets, server: Nginx, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    assert cli("compare", *SETS, "--json", targets.json).code == 1
    local = rows(targets.report())
    sources = given(way, server, monkeypatch)
    kept = {server.url: GIVEN} if way == "keychain" else {}
    with system_keyring(MemoryKeyring(kept)):
        done = cli("compare", *sources, "--json", targets.json)
    assert done.code == 1, done.err
    assert rows(targets.report()) == local


def test_it_is_listed_and_finds_its_base_too(
    cli: Cli, server: Nginx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNAPREVIEW_TOKEN", GIVEN)
    listed = cli("store", "list", server.url)
    assert (listed.code, "base" in listed.out, "head" in listed.out) == (0, True, True), listed.err
    assert cli("compare", "auto", snapshots(server.url)[1]).code == 1


@pytest.mark.parametrize("password", ["", f"{USER}:wrong-one", f"nobody:{TOKEN}"])
def test_a_wrong_password_is_told(
    cli: Cli, server: Nginx, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("SNAPREVIEW_TOKEN", password)
    refused = cli("compare", *snapshots(server.url))
    assert (refused.code, refused.out) == (2, "")
    assert "127.0.0.1 refuses access to" in refused.sentence()
    assert f"snapreview login {server.url}" in refused.err
    assert "wrong-one" not in refused.err
    assert_clean("what is told", refused.err)
    assert {line.split()[-1] for line in server.asked()} == {"401"}


def test_a_certificate_that_nobody_vouches_for_is_told(
    cli: Cli, server: Nginx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    monkeypatch.setenv("SNAPREVIEW_TOKEN", GIVEN)
    refused = cli("compare", *snapshots(server.url))
    assert (refused.code, refused.out) == (2, "")
    assert "127.0.0.1 cannot be trusted: its certificate cannot be verified" in refused.sentence()
    assert "set REQUESTS_CA_BUNDLE to the file" in refused.err
    assert server.asked() == []


def test_a_second_run_only_asks_whether_the_manifests_changed(
    cli: Cli, targets: Targets, server: Nginx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNAPREVIEW_TOKEN", GIVEN)
    manifests = [f"GET {path}/manifest.json" for path in snapshots("")]
    compare = ("compare", *snapshots(server.url), "--zip", targets.zip)

    assert cli(*compare).code == 1
    first = Counter(server.asked())
    assert {first[f"{asked} 200"] for asked in manifests} == {1}
    assert set(first.values()) == {1}
    assert sum(asked.startswith("GET /images/") for asked in first) > 5

    assert cli(*compare).code == 1
    assert sorted(server.asked()) == sorted(f"{asked} 304" for asked in manifests)


def test_a_manifest_that_was_published_anew_is_fetched(
    cli: Cli, targets: Targets, server: Nginx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNAPREVIEW_TOKEN", GIVEN)
    sources = snapshots(server.url)
    assert cli("compare", *sources).code == 1
    assert cli("publish", SETS[0], tmp_path / "store", "--id", "head").code == 0
    server.asked()
    assert cli("compare", *sources, "--json", targets.json).code == 0
    assert set(targets.statuses().values()) == {"unchanged"}
    assert sorted(server.asked()) == [
        "GET /snapshots/base/manifest.json 304",
        "GET /snapshots/head/manifest.json 200",
    ]


@pytest.mark.parametrize("way", ["address", "variable", "keychain"])
def test_the_password_is_in_nothing_that_is_written(
    cli: Cli,
    targets: Targets,
    server: Nginx,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    way: str,
) -> None:
    debug_everything(caplog)
    sources = given(way, server, monkeypatch)
    outputs = (*targets.options, "--html", tmp_path / "page")
    with system_keyring(MemoryKeyring({server.url: GIVEN} if way == "keychain" else {})):
        done = cli("compare", *sources, *outputs)
    assert done.code == 1, done.err
    assert_clean("what is told", done.out, done.err, logged_by_us(caplog))
    read = assert_no_file_has_it(tmp_path, but=[server.users])
    assert home / "data" / "snapreview.log" in read
    assert len([path for path in read if path.is_relative_to(home / "cache")]) > 20
