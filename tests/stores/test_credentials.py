from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import keyring.errors
import pytest

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled
from snapreview.stores.credentials import Credentials, variable_for

HOST = "https://snapshots.example.com"
OTHER = "https://cdn.example.com"
GENERIC = {"SNAPREVIEW_TOKEN": "generic"}


def no_keychain(_service: str, _user: str) -> None:
    return None


def tokens(environ: dict[str, str], *origins: str, also: tuple[str, ...] = ()) -> Credentials:
    return Credentials(environ, origins, also, no_keychain)


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


def with_keychain(keychain: Callable[[str, str], str | None], seconds: float = 10) -> Credentials:
    return Credentials({}, [HOST], keychain=keychain, keychain_seconds=seconds)


def test_the_keychain_is_asked_by_origin_and_once() -> None:
    asked = []

    def keychain(service: str, user: str) -> str:
        asked.append((service, user))
        return "kept"

    credentials = with_keychain(keychain)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(credentials.token_for, [HOST] * 16)) == {"kept"}
    assert asked == [("snapreview", HOST)]


def test_the_environment_comes_before_the_keychain() -> None:
    def keychain(service: str, user: str) -> str:
        raise AssertionError("the keychain was asked")

    assert Credentials(GENERIC, [HOST], keychain=keychain).token_for(HOST) == "generic"


@pytest.mark.parametrize(
    "fault", [keyring.errors.NoKeyringError("s3cret"), keyring.errors.KeyringLocked("s3cret")]
)
def test_a_keychain_that_fails_has_no_token(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def keychain(service: str, user: str) -> str:
        raise fault

    assert with_keychain(keychain).token_for(HOST) is None
    assert type(fault).__name__ in caplog.text
    assert "s3cret" not in caplog.text


@pytest.fixture
def hanging_keychain():
    asked, over = Event(), Event()

    def keychain(service: str, user: str) -> None:
        asked.set()
        over.wait(20)

    yield keychain, asked
    over.set()


def test_a_keychain_that_hangs_has_no_token(
    hanging_keychain, caplog: pytest.LogCaptureFixture
) -> None:
    keychain, _ = hanging_keychain
    assert with_keychain(keychain, seconds=0.05).token_for(HOST) is None
    assert "did not answer" in caplog.text


def test_cancel_ends_the_question_to_the_keychain(hanging_keychain) -> None:
    keychain, asked = hanging_keychain
    token = CancelToken()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(with_keychain(keychain).token_for, HOST, token)
        assert asked.wait(10)
        token.cancel()
        with pytest.raises(Cancelled):
            waiting.result()


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
