from __future__ import annotations

import subprocess
import sys

import pytest

from snapreview.stores.credentials import Credentials, variable_for
from tests.keychains import MemoryKeyring, keychain_of, no_keychain

HOST = "https://snapshots.example.com"
OTHER = "https://cdn.example.com"
SENTRY = "https://sentry.io"
GENERIC = {"SNAPREVIEW_TOKEN": "generic"}


def tokens(environ: dict[str, str], *origins: str, also: tuple[str, ...] = ()) -> Credentials:
    return Credentials(environ, origins, also, no_keychain())


@pytest.mark.parametrize(
    ("origin", "variable"),
    [
        (HOST, "SNAPREVIEW_TOKEN_SNAPSHOTS_EXAMPLE_COM"),
        ("http://my-host:8080", "SNAPREVIEW_TOKEN_MY_HOST"),
        ("http://[::1]:80", "SNAPREVIEW_TOKEN___1"),
        ("https://xn--bcher-kva.example", "SNAPREVIEW_TOKEN_XN__BCHER_KVA_EXAMPLE"),
    ],
)
def test_the_variable_of_a_host(origin: str, variable: str) -> None:
    assert variable_for(origin) == variable
    assert tokens({variable: "mine"}, origin).token_for(origin) == "mine"


def test_the_hosts_own_variable_comes_before_the_general_one() -> None:
    environ = GENERIC | {variable_for(HOST): "own"}
    assert tokens(environ, HOST).token_for(HOST) == "own"


def test_the_general_variable_belongs_to_the_only_source() -> None:
    assert tokens(GENERIC, HOST, HOST).token_for(HOST) == "generic"
    assert tokens(GENERIC, HOST, OTHER).token_for(HOST) is None
    assert tokens(GENERIC, HOST, also=(OTHER,)).token_for(HOST) == "generic"
    assert tokens(GENERIC, HOST, also=(OTHER,)).token_for(OTHER) is None
    assert tokens(GENERIC).token_for(HOST) is None


def test_a_variable_belongs_to_origins_that_the_user_named() -> None:
    """A variable cannot say scheme and port, and hosts that differ in a dot share one."""
    environ = {variable_for(HOST): "own"}
    for unknown in (f"{HOST}:8443", HOST.replace("https", "http"), HOST.replace(".", "-")):
        assert tokens(environ, HOST).token_for(unknown) is None
    assert tokens(environ, OTHER, also=(HOST,)).token_for(HOST) == "own"


def test_blanks_around_a_token_are_no_part_of_it() -> None:
    assert tokens({"SNAPREVIEW_TOKEN": " mine\n"}, HOST).token_for(HOST) == "mine"
    assert tokens({"SNAPREVIEW_TOKEN": "  "}, HOST).token_for(HOST) is None


@pytest.mark.parametrize("token", ["two words", "a\r\nX-Header: b", "größe", "a\x00b"])
def test_a_token_that_no_header_can_carry_is_not_used_and_not_shown(
    token: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert tokens({"SNAPREVIEW_TOKEN": token}, HOST).token_for(HOST) is None
    assert "SNAPREVIEW_TOKEN is not used" in caplog.text
    assert token not in caplog.text


def test_sentrys_variable_belongs_to_sentrys_sources() -> None:
    environ = GENERIC | {"SENTRY_AUTH_TOKEN": "sentry"}
    both = Credentials(environ, [HOST], (), no_keychain(), [SENTRY])
    assert (both.token_for(SENTRY), both.token_for(HOST)) == ("sentry", None)
    alone = Credentials(environ, [SENTRY], (), no_keychain(), [SENTRY])
    assert alone.token_for(SENTRY) == "sentry"
    without = Credentials(GENERIC, [SENTRY], (), no_keychain(), [SENTRY])
    assert without.token_for(SENTRY) == "generic"
    named = Credentials(environ | {variable_for(SENTRY): "own"}, [], (), no_keychain(), [SENTRY])
    assert named.token_for(SENTRY) == "own"
    assert tokens(environ, SENTRY).token_for(SENTRY) == "generic"
    assert tokens({"SENTRY_AUTH_TOKEN": "sentry"}, SENTRY).token_for(SENTRY) is None
    for lookalike in (f"{SENTRY}:8443", "http://sentry.io", "https://sentry.io.example"):
        assert both.token_for(lookalike) is None


def test_the_environment_comes_before_the_keychain() -> None:
    backend = MemoryKeyring({HOST: "kept"})
    credentials = Credentials(GENERIC, [HOST], (), keychain_of(backend))
    assert credentials.token_for(HOST) == "generic"
    assert backend.asked == []


def test_the_keychain_is_asked_by_the_exact_origin() -> None:
    backend = MemoryKeyring({HOST: "kept"})
    credentials = Credentials({}, [HOST], (), keychain_of(backend))
    assert credentials.token_for(HOST) == "kept"
    for other in (f"{HOST}:8443", HOST.replace("https", "http"), OTHER):
        assert credentials.token_for(other) is None
    assert backend.asked[0] == ("snapreview", HOST)


def test_folders_never_load_the_keychain(tmp_path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    code = (
        "import sys; from pathlib import Path\n"
        "from snapreview.model.cancel import CancelToken\n"
        "from snapreview.stores.opening import open_pair, store_context\n"
        "folder = sys.argv[1]\n"
        "context = store_context([folder, folder], Path(folder) / 'cache', {})\n"
        "for store in open_pair(folder, folder, context): store.manifest(CancelToken())\n"
        "assert 'keyring' not in sys.modules\n"
        "assert not (Path(folder) / 'cache').exists()\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, timeout=60)
