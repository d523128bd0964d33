"""A keychain that works, is locked, hangs, fails, or is not there."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

import keyring.errors
import pytest
from keyring.backends import fail, null

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import Cancelled
from snapreview.stores.keychain import Keychain
from snapreview.stores.keychain_backend import KeychainFault
from tests.keychains import (
    BlockingKeyring,
    ForgetfulKeyring,
    MakeshiftKeyring,
    MemoryKeyring,
    RaisingKeyring,
    keychain_of,
    no_keychain,
    system_keyring,
)

HOST = "https://snapshots.example.com"
SECRET = "s3cr3t-t0k3n"
NEVER = CancelToken()


def test_it_is_asked_once_by_all_who_want_the_same() -> None:
    backend = MemoryKeyring({HOST: SECRET})
    keychain = keychain_of(backend)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: keychain.get(HOST, NEVER), range(16))) == {SECRET}
    assert backend.asked == [("snapreview", HOST)]


def test_what_it_does_not_have_is_asked_for_again_when_something_is_opened_anew() -> None:
    backend = MemoryKeyring()
    keychain = keychain_of(backend)
    assert [keychain.get(HOST, NEVER) for _ in range(3)] == [None] * 3
    assert len(backend.asked) == 1
    backend.kept["snapreview", HOST] = SECRET
    assert keychain.get(HOST, NEVER) is None
    keychain.refresh()
    assert keychain.get(HOST, NEVER) == SECRET


def test_what_is_given_counts_first_and_until_the_end() -> None:
    backend = MemoryKeyring({HOST: "old"})
    keychain = keychain_of(backend)
    assert keychain.get(HOST, NEVER) == "old"
    keychain.give(HOST, SECRET)
    keychain.refresh()
    assert keychain.get(HOST, NEVER) == SECRET
    assert backend.secrets() == {HOST: "old"}


def test_what_is_kept_is_there_in_the_next_run() -> None:
    backend = MemoryKeyring()
    first = keychain_of(backend)
    first.give(HOST, SECRET)
    stored = first.keep(HOST, NEVER)
    assert (stored.kept, stored.words) == (True, "kept in the system's keychain")
    assert keychain_of(backend).get(HOST, NEVER) == SECRET
    assert first.problem(NEVER) == ""


def test_the_system_s_own_is_what_keyring_finds() -> None:
    backend = MemoryKeyring({HOST: SECRET})
    with system_keyring(backend):
        assert Keychain().get(HOST, NEVER) == SECRET


def test_what_is_forgotten_is_in_no_run() -> None:
    backend = MemoryKeyring({HOST: "old", "https://other.example": "other"})
    keychain = keychain_of(backend)
    assert keychain.get(HOST, NEVER) == "old"
    keychain.give(HOST, SECRET)
    assert keychain.forget(HOST, NEVER)
    assert keychain.get(HOST, NEVER) is None
    assert backend.secrets() == {"https://other.example": "other"}
    assert not keychain.forget(HOST, NEVER)
    assert not keychain.keep(HOST, NEVER).kept


UNUSABLE = {
    "none": (fail.Keyring(), "there is no keychain here"),
    "null": (null.Keyring(), "there is no keychain here"),
    "makeshift": (MakeshiftKeyring({HOST: "plain"}), "there is no keychain here"),
    "none after all": (
        RaisingKeyring(keyring.errors.NoKeyringError(SECRET)),
        "there is no keychain here",
    ),
    "locked": (RaisingKeyring(keyring.errors.KeyringLocked(SECRET)), "the keychain is locked"),
    "broken": (RaisingKeyring(OSError(SECRET)), "the keychain cannot be used (OSError)"),
    "forgetful": (ForgetfulKeyring(), "the keychain did not take it"),
}


@pytest.mark.parametrize(("backend", "words"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_one_that_cannot_be_used_says_so_and_the_token_is_kept_for_this_run(
    backend, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keychain = keychain_of(backend)
    assert keychain.get(HOST, NEVER) is None
    keychain.give(HOST, SECRET)
    stored = keychain.keep(HOST, NEVER)
    assert (stored.kept, stored.words) == (False, f"kept for this run only: {words}")
    assert keychain.get(HOST, NEVER) == SECRET
    assert words in caplog.text
    assert SECRET not in caplog.text + repr(stored) + repr(keychain)


@pytest.mark.parametrize("name", ["none", "null", "makeshift"])
def test_that_there_is_none_is_known_beforehand(name: str) -> None:
    assert keychain_of(UNUSABLE[name][0]).problem(NEVER) == "there is no keychain here"


@pytest.mark.parametrize("name", ["none", "null", "locked", "broken"])
def test_one_that_cannot_be_used_cannot_forget(name: str) -> None:
    backend, words = UNUSABLE[name]
    keychain = keychain_of(backend)
    keychain.give(HOST, SECRET)
    with pytest.raises(KeychainFault) as fault:
        keychain.forget(HOST, NEVER)
    assert str(fault.value) == words
    assert keychain.get(HOST, NEVER) is None


def test_a_keychain_that_cannot_even_be_found_is_told() -> None:
    def lost():
        raise ModuleNotFoundError(SECRET)

    assert Keychain(lost).problem(NEVER) == "the keychain cannot be used (ModuleNotFoundError)"
    assert Keychain(lost).get(HOST, NEVER) is None


@pytest.fixture
def locked():
    backend = BlockingKeyring({HOST: "kept"})
    yield backend
    backend.unlocked.set()


def test_one_that_hangs_is_not_waited_for_and_its_late_answer_is_used(
    locked: BlockingKeyring, caplog: pytest.LogCaptureFixture
) -> None:
    keychain = keychain_of(locked, seconds=0.05)
    assert [keychain.get(HOST, NEVER) for _ in range(3)] == [None] * 3
    assert caplog.text.count("did not answer within 0.05 s") == 1
    locked.unlocked.set()
    patient = keychain_of(locked)
    assert patient.get(HOST, NEVER) == "kept"
    keychain.refresh()
    assert keychain.get(HOST, NEVER) == "kept"
    assert len(locked.asked) == 2  # one for each: nothing was asked twice while it waited


def test_a_token_that_is_given_does_not_wait_for_one_that_hangs(locked: BlockingKeyring) -> None:
    keychain = keychain_of(locked, seconds=0.05)
    keychain.give(HOST, SECRET)
    stored = keychain.keep(HOST, NEVER)
    assert not stored.kept
    assert "did not answer within 0.05 s" in stored.words
    assert keychain.get(HOST, NEVER) == SECRET
    with pytest.raises(KeychainFault, match="did not answer"):
        keychain.forget(HOST, NEVER)


def test_a_token_that_is_just_being_kept_is_there_at_once(locked: BlockingKeyring) -> None:
    keychain, token = keychain_of(locked, seconds=60), CancelToken()
    keychain.give(HOST, SECRET)
    with ThreadPoolExecutor(2) as pool:
        keeping = pool.submit(keychain.keep, HOST, token)
        try:
            assert locked.asking.wait(10)
            assert pool.submit(keychain.get, HOST, token).result(timeout=10) == SECRET
        finally:
            token.cancel()
        with pytest.raises(Cancelled):
            keeping.result()


@pytest.mark.parametrize("ask", ["get", "keep", "forget"])
def test_cancel_ends_the_question(locked: BlockingKeyring, ask: str) -> None:
    keychain, token = keychain_of(locked), CancelToken()
    if ask == "keep":
        keychain.give(HOST, SECRET)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(getattr(keychain, ask), HOST, token)
        assert locked.asking.wait(10)
        token.cancel()
        with pytest.raises(Cancelled):
            waiting.result()


def test_images_that_were_refused_are_noted_by_origin() -> None:
    keychain = no_keychain()
    for origin in ("https://b.example", HOST, "https://b.example"):
        keychain.note_refusal(origin)
    assert keychain.refused == ("https://b.example", HOST)
    keychain.give(HOST, SECRET)
    assert keychain.refused == ("https://b.example",)
    keychain.refresh()
    assert keychain.refused == ()


@pytest.mark.parametrize("kept", ["two words", "a\r\nX-Header: b", "größe", "a\x00b"])
def test_what_no_header_can_carry_is_no_token(kept: str, caplog: pytest.LogCaptureFixture) -> None:
    assert keychain_of(MemoryKeyring({HOST: kept})).get(HOST, NEVER) is None
    assert "is not used" in caplog.text
    assert kept not in caplog.text
