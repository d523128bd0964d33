"""Keys and region from the files that the AWS command line keeps: ~/.aws/credentials and config.

https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from configparser import Error as ParseError
from configparser import RawConfigParser
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TypedDict

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from snapreview.model.errors import SourceError, SourceUnauthorised
from snapreview.model.names import quoted

PROCESS_SECONDS = 60.0
"""The longest that a program may take that tells keys: it may ask somebody for a code."""

_RENEWED_BEFORE = timedelta(minutes=5)
_ELSEWHERE = ("sso_session", "sso_start_url", "role_arn", "login_session")
"""Settings of profiles whose keys only AWS's own tools can get."""


class Keys(TypedDict):
    """Keys as obstore takes them."""

    access_key_id: str
    secret_access_key: str
    token: str | None
    expires_at: datetime | None


class _Told(BaseModel):
    """What a credential process prints."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    access_key_id: str = Field(alias="AccessKeyId")
    secret_access_key: str = Field(alias="SecretAccessKey")
    token: str | None = Field(default=None, alias="SessionToken")
    expires_at: datetime | None = Field(default=None, alias="Expiration")


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile of the files: keys that stand there, or the command that tells them."""

    name: str
    region: str | None = None
    endpoint: str | None = None
    keys: Keys | None = field(default=None, repr=False)
    command: tuple[str, ...] | None = field(default=None, repr=False)


def read_profile(environ: Mapping[str, str]) -> Profile:
    """The profile that AWS_PROFILE names, else `default`; without keys where there is none.

    Raises SourceError where it cannot be read, or its keys are to be had by AWS's tools only.
    """
    name = environ.get("AWS_PROFILE") or environ.get("AWS_DEFAULT_PROFILE") or "default"
    config = _parsed(_file(environ, "AWS_CONFIG_FILE", "config"))
    keys = _parsed(_file(environ, "AWS_SHARED_CREDENTIALS_FILE", "credentials"))
    section = "default" if name == "default" else f"profile {name}"
    if name != "default" and not (config.has_section(section) or keys.has_section(name)):
        raise SourceUnauthorised(
            f"AWS_PROFILE names the profile {quoted(name)}, which neither ~/.aws/config nor"
            " ~/.aws/credentials has. Check its spelling."
        )
    values = {**_values(config, section), **_values(keys, name)}
    found = _keys(values)
    command = None if found else _command(name, values, environ.get("PATH"))
    return Profile(name, values.get("region"), values.get("endpoint_url"), found, command)


class ProcessKeys:
    """Keys that a command tells, asked anew shortly before they expire. For several threads."""

    def __init__(self, profile: str, command: tuple[str, ...], environ: Mapping[str, str]) -> None:
        self._profile = profile
        self._command = command
        self._environ = dict(environ)
        self._lock = Lock()
        self._keys: Keys | None = None

    def __call__(self) -> Keys:
        """The keys. Raises SourceUnauthorised, without anything that the command printed."""
        with self._lock:
            if self._keys is None or _expires_soon(self._keys):
                self._keys = self._asked()
            return self._keys

    def _asked(self) -> Keys:
        try:
            done = subprocess.run(
                self._command,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PROCESS_SECONDS,
                check=True,
            )
            told = _Told.model_validate(json.loads(done.stdout))
        except (OSError, subprocess.SubprocessError, ValueError) as fault:
            # Without its origin, on purpose: that may quote what was printed.
            raise SourceUnauthorised(
                f"The command that gives the keys of the AWS profile {quoted(self._profile)}"
                f" failed ({_why(fault)}). Sign in again, for example with “aws sso login”."
            ) from None
        return Keys(
            access_key_id=told.access_key_id,
            secret_access_key=told.secret_access_key,
            token=told.token,
            expires_at=_in_utc(told.expires_at),
        )


def _why(fault: Exception) -> str:
    if isinstance(fault, subprocess.CalledProcessError):
        return f"it ended with {fault.returncode}"
    if isinstance(fault, subprocess.TimeoutExpired):
        return f"it took more than {PROCESS_SECONDS:g} s"
    if isinstance(fault, OSError):
        return fault.strerror or "it cannot be started"
    if isinstance(fault, ValidationError):
        return "it prints no keys"
    return "it prints no JSON"


def _expires_soon(keys: Keys) -> bool:
    moment = keys["expires_at"]
    return moment is not None and moment - _RENEWED_BEFORE <= datetime.now(UTC)


def _in_utc(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)


def _keys(values: Mapping[str, str]) -> Keys | None:
    access, secret = values.get("aws_access_key_id"), values.get("aws_secret_access_key")
    if not access or not secret:
        return None
    token = values.get("aws_session_token")
    return Keys(access_key_id=access, secret_access_key=secret, token=token, expires_at=None)


def _command(name: str, values: Mapping[str, str], path: str | None) -> tuple[str, ...] | None:
    """The command that tells the profile's keys, where it has one or needs AWS's own tool."""
    given = values.get("credential_process")
    if given:
        return tuple(_unquoted(part) for part in shlex.split(given, posix=os.name != "nt"))
    if not any(key in values for key in _ELSEWHERE):
        return None
    aws = shutil.which("aws", path=path)
    if aws is None:
        raise SourceUnauthorised(
            f"The AWS profile {quoted(name)} signs in through SSO or a role, for which the AWS"
            " command line is needed. Install it and sign in, or set AWS_ACCESS_KEY_ID and"
            " AWS_SECRET_ACCESS_KEY."
        )
    return (aws, "configure", "export-credentials", "--profile", name, "--format", "process")


def _unquoted(part: str) -> str:
    """Windows' way of splitting keeps the quotation marks."""
    return part[1:-1] if os.name == "nt" and part[:1] == part[-1:] == '"' else part


def _file(environ: Mapping[str, str], variable: str, name: str) -> Path:
    given = environ.get(variable)
    try:
        return Path(given).expanduser() if given else Path.home() / ".aws" / name
    except RuntimeError:  # no home folder: then there is no file either
        return Path(os.devnull)


def _parsed(path: Path) -> RawConfigParser:
    parser = RawConfigParser(default_section="", strict=False, allow_no_value=True)
    try:
        parser.read_string(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return parser
    except (OSError, UnicodeError, ParseError) as fault:
        # Without its origin, on purpose: that may quote a line with a key.
        said = getattr(fault, "strerror", None) or "it is not as the AWS command line writes it"
        raise SourceError(f"{path} cannot be read: {said}. Mend it, or move it away.") from None
    return parser


def _values(parser: RawConfigParser, section: str) -> dict[str, str]:
    if not parser.has_section(section):
        return {}
    return {name: value.strip() for name, value in parser.items(section) if value}
