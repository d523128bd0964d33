"""What Sentry's refusals mean, in words that say what to do.

An answer's own text is recognised (its sentences are those of sentry's endpoints), never shown.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from snapreview.model.errors import (
    FetchError,
    SourceError,
    SourceNotFound,
    SourceUnauthorised,
    SourceUnreachable,
)
from snapreview.model.names import quoted
from snapreview.stores.credentials import SENTRY_VARIABLE, variable_for
from snapreview.stores.explain import fetch_error, source_error
from snapreview.stores.faults import Fault, Kind

_EVICTED = frozenset({"Snapshot manifest not found", "Manifest key not found"})
_UNFINISHED = "Snapshot metrics not found"
_NO_LATEST = "No snapshot found"

_GONE = (
    "Sentry removes the images of snapshots that nobody has looked at for 30 days. Upload it again"
)


def explaining(what: str) -> Callable[[Fault], SourceError]:
    """Puts into words why `what`, such as “snapshot 12 of acme”, could not be had."""

    def explain(fault: Fault) -> SourceError:
        host, status = fault.address.host, fault.status
        if fault.kind is Kind.REFUSED:
            return _refused(what, fault)
        if fault.kind is Kind.MISSING:
            return SourceNotFound(_missing(what, fault))
        if status == HTTPStatus.CONFLICT:
            return SourceUnreachable(
                f"{host} is not ready with {what} yet: {fault.reason}. Try again in a minute."
            )
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return SourceUnreachable(f"{_too_many(fault)} Try again in a few minutes.")
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            return SourceUnreachable(
                f"{host} fails at {what}: {fault.reason}. Try again later; an older Sentry answers"
                " so where a snapshot's images were removed after 30 days without a visitor."
            )
        return source_error(fault)

    return explain


def image_error(fault: Fault, name: str) -> FetchError:
    """Why the image `name` could not be had, of a snapshot that could."""
    said = f"{quoted(name)} could not be downloaded from {fault.address.host}: {fault.reason}."
    if fault.kind is Kind.MISSING:
        return FetchError(f"{said} {_GONE}.")
    if fault.status == HTTPStatus.FORBIDDEN:
        return FetchError(
            f"{said} The token may list this snapshot and not read its images: older versions of"
            f" Sentry refuse them to tokens made for CI. {_token_advice(fault)}"
        )
    if fault.kind is Kind.REFUSED:
        return FetchError(f"{said} {_token_advice(fault)}")
    if fault.status == HTTPStatus.CONFLICT:
        return FetchError(f"{said} It is not ready yet: try this image again in a minute.")
    if fault.status == HTTPStatus.TOO_MANY_REQUESTS:
        return FetchError(f"{quoted(name)}: {_too_many(fault)} Try this image again in a minute.")
    return fetch_error(fault, name)


def _refused(what: str, fault: Fault) -> SourceError:
    host = fault.address.host
    if fault.status == HTTPStatus.FORBIDDEN and fault.detail == "Feature not enabled":
        return SourceError(
            f"{host} does not offer snapshots to this organisation. Ask whoever runs it to enable"
            " them (organizations:preprod-snapshots)."
        )
    return SourceUnauthorised(
        f"{host} refuses access to {what}: {fault.reason}. {_token_advice(fault)}",
        fault.address.origin,
    )


def _missing(what: str, fault: Fault) -> str:
    host = fault.address.host
    if fault.detail in _EVICTED:
        return f"The images of {what} are no longer at {host}. {_GONE}, or compare with another."
    if fault.detail == _UNFINISHED:
        return f"{host} has no images for {what}: it was not uploaded to its end. Upload it again."
    if fault.detail == _NO_LATEST:
        return f"{host} has no {what}. Upload one, or name a snapshot by its id."
    return (
        f"{host} has no {what}, or your token may not see the project that it is in: Sentry says"
        " the same of both. Check the address, and that you are a member of that project."
    )


def _too_many(fault: Fault) -> str:
    return f"{fault.address.host} is asked too often now: {fault.reason}."


def _token_advice(fault: Fault) -> str:
    origin = fault.address.origin
    return (
        "Give an auth token of Sentry with the scope project:read, with “snapreview login"
        f" {origin}” or in the environment variable {SENTRY_VARIABLE} (with SENTRY_URL, where it is"
        f" not for sentry.io) or {variable_for(origin)}; or check that yours is still valid."
    )
