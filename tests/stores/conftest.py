from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Scripted, scripted_server
from tests.stores.web import Web


@pytest.fixture(autouse=True)
def own_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxies, certificates and keychain of whoever runs the tests stay out of them."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted_server() as script:
        yield script


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    """HTTP stores on a cache of their own, of which every file must be what its name says."""
    made = Web(tmp_path / "cache")
    yield made
    made.close()
    for path in made.cached_files():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
