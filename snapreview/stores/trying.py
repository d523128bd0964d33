"""Whether a host takes a token, before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from snapreview.model.cancel import CancelToken
from snapreview.stores.addresses import Address
from snapreview.stores.authorisation import Authorisation
from snapreview.stores.credentials import Credentials
from snapreview.stores.faults import Fault, Kind
from snapreview.stores.keychain import Keychain
from snapreview.stores.settings import TransportSettings
from snapreview.stores.transport import Answer, Transport

_SILENT = frozenset({Kind.UNREACHABLE, Kind.STALLED, Kind.BROKEN, Kind.BUSY, Kind.UNTRUSTED})


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: `refused`, or not; `words` is a whole sentence on it."""

    refused: bool
    words: str


def try_token(
    address: Address,
    secret: str,
    token: CancelToken,
    settings: TransportSettings | None = None,
) -> Trial:
    """Ask for `address`, with `secret` only where that is refused without. Raises Cancelled."""
    keychain = Keychain()
    keychain.give(address.origin, secret)
    authorisation = Authorisation(Credentials({}, keychain=keychain), ())
    transport = Transport(authorisation, settings or TransportSettings(attempts=2))
    fault = None
    try:
        transport.get(address, 0, _nothing, token)
    except Fault as raised:
        fault = raised
    finally:
        transport.close()
    return _trial(address, fault, sent=authorisation.header(address.origin) is not None)


def _trial(address: Address, fault: Fault | None, *, sent: bool) -> Trial:
    host = address.host
    own = fault is not None and fault.address.origin == address.origin
    if fault is not None and own and fault.kind is Kind.REFUSED:
        # 403 is also what hosts say of a folder that may not be listed, or where nothing is.
        if fault.status == HTTPStatus.UNAUTHORIZED:
            return Trial(True, f"{host} does not take this token: {fault.reason}.")
        return Trial(False, f"It could not be tried: {fault.reason}, with the token too.")
    if sent:
        return Trial(False, f"{host} takes it.")
    if fault is not None and own and fault.kind in _SILENT:
        return Trial(False, f"It could not be tried: {fault.reason}.")
    return Trial(False, f"It could not be tried: {host} answers without one here.")


def _nothing(_: Answer) -> None:
    """Its status is all that is of interest."""
