"""A page of Sentry compared in the terminal: the rows of its folders, and no token anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from snapreview.stores.resources import resource
from tests.cli.conftest import Cli
from tests.cli.program import Targets
from tests.stores.sentry_double import TOKEN, SentryDouble, Shot, sentry_double, sha


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Iterator[SentryDouble]:
    """With the demo sets as snapshots 1 and 2."""
    with sentry_double() as made:
        made.per_second = {"details": 1000, "images": 1000}
        made.upload(Shot("1", images("base")))
        made.upload(Shot("2", images("head"), "1", vcs={"base_sha": "a" * 40}))
        monkeypatch.setenv("SENTRY_URL", made.url)
        monkeypatch.setenv("SENTRY_AUTH_TOKEN", TOKEN)
        yield made


def images(side: str) -> dict[str, bytes]:
    root = resource("demo", side)
    found = [path for path in root.rglob("*") if path.suffix in (".png", ".jpg", ".webp")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def rows(targets: Targets) -> dict[str, tuple[object, ...]]:
    fields = "status", "previous_name", "changed_pixels", "subtle_pixels", "canvas"
    return {
        image["name"]: tuple(image[field] for field in fields)
        for image in targets.report()["images"]
    }


def test_one_address_is_compared_as_its_folders_are(
    cli: Cli, targets: Targets, double: SentryDouble
) -> None:
    sets = resource("demo", "base"), resource("demo", "head")
    assert cli("compare", *sets, "--json", targets.json).code == 1
    local = rows(targets)
    done = cli("compare", "auto", double.page("2"), "--json", targets.json)
    assert done.code == 1, done.err
    assert rows(targets) == local
    assert "it is what Sentry compares it with" in done.err
    unchanged = {double.shots["2"].images[n] for n, row in local.items() if row[0] == "unchanged"}
    same = unchanged & set(double.shots["1"].images.values())
    assert same
    asked = "".join(double.paths())
    assert not [data for data in same if sha(data) in asked]


@pytest.mark.parametrize("written", ["page", "short"])
def test_one_address_needs_no_other(
    cli: Cli, targets: Targets, double: SentryDouble, written: str
) -> None:
    assert cli("compare", "auto", double.page("2"), "--json", targets.json).code == 1
    named = rows(targets)
    source = {"page": double.page("2"), "short": double.short("2")}[written]
    done = cli("compare", source, "--json", targets.json)
    assert (done.code, done.err) == (1, "")
    assert rows(targets) == named


def test_the_token_is_in_nothing_that_is_written(
    cli: Cli, targets: Targets, double: SentryDouble, tmp_path: Path
) -> None:
    outputs = "--json", targets.json, "--zip", targets.zip, "--html", tmp_path / "page"
    done = cli("compare", "auto", double.page("2"), *outputs)
    assert done.code == 1
    assert TOKEN not in done.out + done.err
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert not [path for path in files if TOKEN.encode() in path.read_bytes()]
    assert {seen.authorisation for seen in double.requests} == {f"Bearer {TOKEN}"}


def test_the_token_is_for_the_sentry_that_is_named(
    cli: Cli, double: SentryDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENTRY_URL", "https://sentry.example.com")
    done = cli("compare", "auto", double.page("2"))
    assert done.code == 2
    assert "SENTRY_AUTH_TOKEN" in done.err
    assert {seen.authorisation for seen in double.requests} == {None}


@pytest.mark.parametrize("variable", ["SNAPREVIEW_TOKEN", "SNAPREVIEW_TOKEN_127_0_0_1"])
def test_snapreviews_own_variables_hold_for_any(
    cli: Cli, double: SentryDouble, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.delenv("SENTRY_AUTH_TOKEN")
    monkeypatch.setenv(variable, TOKEN)
    assert cli("compare", "auto", double.page("2")).code == 1


def test_the_first_snapshot_has_nothing_to_be_compared_with(cli: Cli, double: SentryDouble) -> None:
    for given in (("auto", double.page("1")), (double.page("1"),)):
        done = cli("compare", *given)
        assert done.code == 2
        assert "has no base at" in done.err
