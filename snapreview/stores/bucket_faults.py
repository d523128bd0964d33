"""What can go wrong between asking a bucket and having its bytes.

obstore tells what happened in its exceptions' texts, which quote whole requests. Only what is
recognised here is taken from them: an address may carry a signature.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from contextlib import contextmanager

from obstore.exceptions import BaseError

from snapreview.model.cancel import CancelToken
from snapreview.stores.addresses import Address
from snapreview.stores.faults import Fault, Kind, fault_of_exception

_STATUS = re.compile(r"non-2xx status code: (\d{3})")
_CODE = re.compile(r"<Code>([A-Za-z]{1,60})</Code>")
_REGION = re.compile(r"<Region>([a-z0-9-]{1,40})</Region>")
_BAD_KEY = re.compile(r"Path \"([^\"\n]{1,300})\"")

_KEYS = "Check the keys in the environment or in the file that has them."
_EXPIRED = "Sign in again, or renew the keys, then try again."
_ELSEWHERE = "Set AWS_REGION to the region of the bucket{}."
_LATER = "Try again later."
_NETWORK = "Check your network (VPN, proxy) and the endpoint, then try again."
_TRUST = (
    "If your organisation signs its own certificates, set AWS_CA_BUNDLE or REQUESTS_CA_BUNDLE to"
    " the file with them."
)
_CHECK_BUCKET = "Check its name, the account, and the endpoint that the environment names."

Told = tuple[Kind, str, str]
"""What is done about a fault, what happened (the end of a sentence), and what the user can do."""

_CODES: dict[str, Told] = {
    "NoSuchBucket": (Kind.MISSING, "there is no such bucket", _CHECK_BUCKET),
    "ContainerNotFound": (Kind.MISSING, "there is no such container", _CHECK_BUCKET),
    "RequestTimeTooSkewed": (
        Kind.REJECTED,
        "the clock of this computer is wrong",
        "Set its date and time, then try again.",
    ),
    "AuthorizationHeaderMalformed": (Kind.REJECTED, "it is in another region", _ELSEWHERE),
    "PermanentRedirect": (Kind.REJECTED, "it is in another region", _ELSEWHERE),
    "IllegalLocationConstraintException": (Kind.REJECTED, "it is in another region", _ELSEWHERE),
    "InvalidAccessKeyId": (Kind.REFUSED, "it does not know the access key", _KEYS),
    "SignatureDoesNotMatch": (Kind.REFUSED, "the secret key does not fit the access key", _KEYS),
    "ExpiredToken": (Kind.REFUSED, "the credentials have expired", _EXPIRED),
    "InvalidToken": (Kind.REFUSED, "the session token is not valid", _EXPIRED),
    "TokenRefreshRequired": (Kind.REFUSED, "the credentials have expired", _EXPIRED),
}
"""Error codes of S3 (Google's XML interface has the same) and of Azure's Blob service."""

_KEY_MARKS: tuple[tuple[re.Pattern[str], Told], ...] = (
    (
        re.compile(r"OpenCredentials"),
        (Kind.REFUSED, "the file with the keys cannot be opened", _KEYS),
    ),
    (
        re.compile(r"DecodeCredentials|InvalidAccessKey|InvalidKey|MissingKey"),
        (Kind.REFUSED, "the keys are not written as they should be", _KEYS),
    ),
    (
        re.compile(r"TokenRequest|AzureCli|AssumeRole"),
        (Kind.REFUSED, "signing in with the keys failed", _EXPIRED),
    ),
)
"""What goes wrong before the bucket is asked, whatever the status of an answer to that."""

_MARKS: tuple[tuple[re.Pattern[str], Told], ...] = (
    (
        re.compile(r"redirect without LOCATION|BareRedirect"),
        (Kind.REJECTED, "it is in another region", _ELSEWHERE),
    ),
    (
        re.compile(r"InvalidCertificate|UnknownIssuer|certificate verify"),
        (Kind.UNTRUSTED, "its certificate cannot be verified", _TRUST),
    ),
    (re.compile(r"dns error"), (Kind.UNREACHABLE, "its name cannot be found", _NETWORK)),
    (
        re.compile(r"ConnectionRefused"),
        (Kind.UNREACHABLE, "it refuses the connection", _NETWORK),
    ),
    (re.compile(r"kind: Connect\b"), (Kind.UNREACHABLE, "no connection can be made", _NETWORK)),
    (re.compile(r"kind: Timeout\b|TimedOut"), (Kind.STALLED, "it stopped answering", _NETWORK)),
    (
        re.compile(r"InvalidListResponse|InvalidXml"),
        (Kind.REJECTED, "its host gives no list of it", _CHECK_BUCKET),
    ),
)
"""From the most exact to the least: a refused connection is also a failed one."""

_STATUSES: tuple[tuple[Container[int], Told], ...] = (
    ((304,), (Kind.UNCHANGED, "", "")),
    ((401, 403), (Kind.REFUSED, "", f"You may lack the right to read or write it. {_KEYS}")),
    ((404, 410), (Kind.MISSING, "it is not there", "Check the address.")),
    ((409, 412), (Kind.REJECTED, "somebody else wrote to it at the same time", "Try again.")),
    ((501,), (Kind.REJECTED, "", _CHECK_BUCKET)),
    ((408, 429, *range(500, 600)), (Kind.BUSY, "", _LATER)),
)
"""What statuses mean that come without a code that is known; without a reason, they are it."""

_BROKEN: Told = (Kind.BROKEN, "the connection broke off", _LATER)


class BucketFault(Fault):
    """An exchange with a bucket failed. `advice` is a sentence on what the user can do.

    `reason` is about the host for faults of the way to it, else about the bucket or the key.
    `missing_bucket` tells a bucket that is not there from a key that is not; `conflict`: a key
    that was to be replaced is another one by now.
    """

    def __init__(
        self,
        told: Told,
        endpoint: Address,
        *,
        status: int | None = None,
        missing_bucket: bool = False,
        conflict: bool = False,
    ) -> None:
        kind, reason, advice = told
        super().__init__(kind, reason, endpoint, status=status)
        self.advice = advice
        self.missing_bucket = missing_bucket
        self.conflict = conflict


def bucket_fault(error: Exception, endpoint: Address) -> BucketFault:
    """The fault that an exception of obstore amounts to."""
    text = str(error)
    code = _found(_CODE, text)
    status = _found(_STATUS, text)
    kind, reason, advice = _CODES.get(code) or _by_type(error, text, status, code)
    region = _found(_REGION, text)
    return BucketFault(
        (kind, reason, advice.replace("{}", f", which is {region}" if region else "")),
        endpoint,
        status=int(status) if status else None,
        missing_bucket=kind is Kind.MISSING and code in _CODES,
        conflict=type(error).__name__ in ("PreconditionError", "AlreadyExistsError"),
    )


def unreachable(error: Exception, endpoint: Address) -> BucketFault:
    """The fault that a failed connection amounts to."""
    fault = fault_of_exception(error, endpoint)
    return BucketFault((fault.kind, fault.reason, _NETWORK), endpoint)


@contextmanager
def translated(endpoint: Address, token: CancelToken) -> Iterator[None]:
    """What obstore raises, as BucketFault, or as Cancelled where that was the reason."""
    try:
        yield
    except (BaseError, OSError, ValueError) as error:
        token.check()
        # Without its origin, on purpose: see Fault.
        raise bucket_fault(error, endpoint) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a fault in the library itself
            raise
        raise BucketFault((Kind.REJECTED, "it cannot be asked", _CHECK_BUCKET), endpoint) from None


def _by_type(error: Exception, text: str, status: str, code: str) -> Told:
    if type(error).__name__ in ("InvalidPathError", "ValueError"):
        key = _found(_BAD_KEY, text) or "without a usable name"
        reason = f"it holds a key that cannot be used (“{key}”)"
        return Kind.REJECTED, reason, "Rename it: no empty parts, control characters or “..”."
    told = _marked(_KEY_MARKS, text)
    if told is None and status:
        return _by_status(int(status), code)
    if isinstance(error, FileNotFoundError):
        return Kind.MISSING, "it is not there", "Check the address."
    return told or _marked(_MARKS, text) or _BROKEN


def _marked(marks: tuple[tuple[re.Pattern[str], Told], ...], text: str) -> Told | None:
    return next((told for mark, told in marks if mark.search(text)), None)


def _by_status(status: int, code: str) -> Told:
    reason = f"it answers {status}" + (f" ({code})" if code else "")
    for statuses, told in _STATUSES:
        if status in statuses:
            kind, said, advice = told
            return kind, said or reason, advice
    return Kind.REJECTED, reason, _CHECK_BUCKET


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""
