"""The commands that docs/stores.md gives for buckets do what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from snapreview.stores.opening import lasting_source
from tests.buckets import KEYS
from tests.cli.conftest import Cli
from tests.cli.guide import commands
from tests.cli.program import MARKED, PLAIN, image_set
from tests.stores.site import Site

SECTIONS = ("Buckets",)


@pytest.fixture
def shots(tmp_path: Path, cli: Cli, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Images, a store that has the snapshot of where they left main, and what reg-suit keeps."""
    monkeypatch.chdir(tmp_path)
    image_set(tmp_path / "before", {"a.png": PLAIN})
    image_set(tmp_path / "shots", {"a.png": MARKED})
    sha = ("--sha", "81a2c0e", "--branch", "main")
    outcome = cli("publish", "before", site.address("web"), "--id", "main-81a2", *sha)
    assert outcome.code == 0
    assert outcome.out == f"manifest: {site.address('web/snapshots/main-81a2/manifest.json')}\n"
    site.put("81a2c0e/actual/a.png", (tmp_path / "before/a.png").read_bytes())
    site.put("4f1c9d2/actual/a.png", (tmp_path / "shots/a.png").read_bytes())


@pytest.mark.usefixtures("shots")
def test_every_command_of_the_guide_works(cli: Cli, site: Site) -> None:
    done = 0
    bucket = site.address()
    names = {"s3://acme-shots": bucket, "s3://acme-reg": bucket}
    for command in commands(*SECTIONS):
        ours = command.replaced({**names, "https://minio.example.com": site.s3.url})
        given = ours.words
        with pytest.MonkeyPatch.context() as patch:
            for name, value in ours.variables.items():
                patch.setenv(name, value)
            outcome = cli(*given)
        assert (outcome.code, given) == (1 if given[0] == "compare" else 0, given), outcome.err
        done += 1
    assert done >= 7


@pytest.mark.usefixtures("shots")
def test_the_base_finds_itself(cli: Cli, site: Site) -> None:
    store = site.address("web")
    base = ("--base-sha", "81a2c0e")
    assert cli("publish", "shots", store, "--id", "pr-7", "--branch", "pr-7", *base).code == 0
    outcome = cli("compare", "auto", f"{store}/snapshots/pr-7")
    assert (outcome.code, outcome.err.startswith("The base is ")) == (1, True), outcome.err
    assert "main-81a2" in outcome.err


@pytest.mark.usefixtures("shots")
def test_keys_are_in_nothing_that_is_written(cli: Cli, site: Site, home: Path) -> None:
    at = home.parent / "report.json"
    cli("compare", site.address("81a2c0e"), site.address("4f1c9d2"), "--json", at)
    site.patch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    failed = cli("compare", site.address("81a2c0e"), site.address("4f1c9d2"))
    assert failed.code == 2
    files = [path for path in home.parent.rglob("*") if path.is_file()]
    written = b"".join(path.read_bytes() for path in files) + failed.err.encode()
    assert b"81a2c0e" in written
    for secret in KEYS.values():
        assert secret.encode() not in written
    assert lasting_source(site.address("x")) == site.address("x")
