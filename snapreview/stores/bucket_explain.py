"""Faults of an exchange with a bucket in words that say what to do."""

from __future__ import annotations

from snapreview.model.errors import (
    FetchError,
    SourceError,
    SourceNotFound,
    SourceUnauthorised,
    SourceUnreachable,
)
from snapreview.model.names import quoted
from snapreview.stores.bucket_faults import BucketFault
from snapreview.stores.bucket_source import BucketAddress
from snapreview.stores.faults import Kind

_ON_THE_WAY = frozenset({Kind.UNREACHABLE, Kind.STALLED, Kind.BROKEN, Kind.BUSY, Kind.UNTRUSTED})
"""Faults of the way to the host, or of the host: whatever is asked of it."""


def bucket_error(fault: BucketFault, address: BucketAddress) -> SourceError:
    """Why a bucket, or what should be in it, could not be read or written."""
    host = fault.address.host
    if fault.kind is Kind.UNTRUSTED:
        return SourceUnreachable(f"{host} cannot be trusted: {fault.reason}. {fault.advice}")
    if fault.kind in _ON_THE_WAY:
        said = f"{address.shown} cannot be reached at {host}: {fault.reason}."
        return SourceUnreachable(f"{said} {fault.advice}")
    said = f"{address.shown} cannot be opened: {fault.reason}. {fault.advice}"
    if fault.kind is Kind.MISSING:
        return SourceNotFound(said)
    if fault.kind is Kind.REFUSED:
        return SourceUnauthorised(said)
    return SourceError(said)


def written_error(fault: BucketFault, address: BucketAddress) -> str:
    """Why something could not be written to `address`."""
    host = f" at {fault.address.host}" if fault.kind in _ON_THE_WAY else ""
    return f"{address.shown} could not be written{host}: {fault.reason}. {fault.advice}"


def image_error(fault: BucketFault, name: str, address: BucketAddress) -> FetchError:
    """Why the image `name` could not be had."""
    place = fault.address.host if fault.kind in _ON_THE_WAY else address.bucket
    said = f"{quoted(name)} could not be downloaded from {place}: {fault.reason}."
    if fault.kind is Kind.MISSING and not fault.missing_bucket:
        return FetchError(f"{said} It was there, or should be: compare again, or publish it again.")
    return FetchError(f"{said} {fault.advice}")
