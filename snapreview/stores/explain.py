"""Faults of an exchange in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from snapreview.model.errors import (
    FetchError,
    ManifestError,
    SourceError,
    SourceNotFound,
    SourceUnauthorised,
    SourceUnreachable,
)
from snapreview.model.manifest import Manifest
from snapreview.model.names import quoted
from snapreview.stores.addresses import Address
from snapreview.stores.credentials import variable_for
from snapreview.stores.faults import Fault, Kind

_TRUST = (
    "If your organisation signs its own certificates, set REQUESTS_CA_BUNDLE to the file with them."
)

_UNREACHABLE: tuple[type[SourceError], str] = (
    SourceUnreachable,
    "{host} cannot be reached: {reason}. Check the address and your network (VPN, proxy), then try"
    " again.",
)

_SENTENCES: dict[Kind, tuple[type[SourceError], str]] = {
    Kind.MISSING: (
        SourceNotFound,
        "There is no snapshot at {shown}: {reason}. Check the address: it is that of a"
        " manifest.json, or of snapshots/ID.",
    ),
    Kind.UNTRUSTED: (SourceUnreachable, f"{{host}} cannot be trusted: {{reason}}. {_TRUST}"),
    Kind.TOO_LARGE: (ManifestError, "What is at {shown} is no manifest: {reason}."),
    Kind.REJECTED: (SourceError, "{shown} cannot be opened: {reason}. Check the address."),
    Kind.BUSY: (SourceUnreachable, "{host} is out of order: {reason}. Try again later."),
}


def source_error(fault: Fault) -> SourceError:
    """Why a manifest could not be had."""
    address = fault.address
    if fault.kind is Kind.REFUSED:
        return SourceUnauthorised(
            f"{address.host} refuses access to {address.shown}: {fault.reason}."
            f" {_token_advice(address)}",
            address.origin,
        )
    error, sentence = _SENTENCES.get(fault.kind, _UNREACHABLE)
    return error(sentence.format(host=address.host, shown=address.shown, reason=fault.reason))


def offline_note(manifests: Iterable[Manifest]) -> str:
    """A sentence on those manifests whose hosts could not be reached; empty where all were."""
    notes = [
        f"{manifest.source} cannot be reached: shown as it was on {local_time(manifest.offline)}."
        for manifest in manifests
        if manifest.offline
    ]
    return " ".join(dict.fromkeys(notes))


def local_time(moment: str) -> str:
    """An ISO 8601 moment as it is written for people, in the time of this computer."""
    return datetime.fromisoformat(moment).astimezone().strftime("%d %B %Y, %H:%M")


def fetch_error(fault: Fault, name: str) -> FetchError:
    """Why the image `name` could not be had."""
    host, kind = fault.address.host, fault.kind
    said = f"{quoted(name)} could not be downloaded from {host}: {fault.reason}."
    if kind is Kind.MISSING:
        return FetchError(f"{said} The snapshot may have to be published again.")
    if kind is Kind.REFUSED:
        return FetchError(f"{said} {_token_advice(fault.address)}")
    if kind is Kind.UNTRUSTED:
        return FetchError(f"{said} {_TRUST}")
    return FetchError(f"{said} Try again, or ask whoever runs {host}.")


def _token_advice(address: Address) -> str:
    return (
        f"Give a token for it with “snapreview login {address.origin}”, or in the environment"
        f" variable {variable_for(address.origin)}; or check that the one you have is still valid."
    )
