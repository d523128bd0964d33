"""Account, keys and endpoint for Azure's Blob service, beside what obstore reads itself."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

_EMULATOR = "http://127.0.0.1:10000"
"""Where Azurite listens, with an account that everybody knows."""

_ACCOUNTS = ("AZURE_STORAGE_ACCOUNT_NAME", "AZURE_STORAGE_ACCOUNT")
_ENDPOINTS = ("AZURE_STORAGE_ENDPOINT", "AZURE_ENDPOINT")
_KEYS = (
    "AZURE_STORAGE_ACCOUNT_KEY",
    "AZURE_STORAGE_ACCESS_KEY",
    "AZURE_STORAGE_MASTER_KEY",
    "AZURE_STORAGE_SAS_KEY",
    "AZURE_STORAGE_SAS_TOKEN",
    "AZURE_STORAGE_TOKEN",
    "AZURE_STORAGE_CLIENT_SECRET",
    "AZURE_CLIENT_SECRET",
    "AZURE_FEDERATED_TOKEN_FILE",
    "AZURE_IDENTITY_ENDPOINT",
    "AZURE_MSI_ENDPOINT",
    "AZURE_SKIP_SIGNATURE",
    "AZURE_STORAGE_USE_EMULATOR",
)
_PARTS = {
    "accountname": "account_name",
    "accountkey": "account_key",
    "sharedaccesssignature": "sas_key",
    "blobendpoint": "endpoint",
}
"""Parts of a connection string, in lower case, and what obstore calls them."""


def azure_config(environ: Mapping[str, str]) -> tuple[str | None, dict[str, Any]]:
    """(the host's address or None where the account is not known, what AzureStore takes)."""
    config = _connection(environ.get("AZURE_STORAGE_CONNECTION_STRING", ""))
    account = _first(environ, _ACCOUNTS) or config.get("account_name")
    if account:
        config["account_name"] = account
    if environ.get("AZURE_STORAGE_KEY"):  # as the az command calls it
        config.setdefault("account_key", environ["AZURE_STORAGE_KEY"])
    if environ.get("AZURE_STORAGE_USE_EMULATOR", "").lower() in ("1", "true"):
        return environ.get("AZURITE_BLOB_STORAGE_URL") or _EMULATOR, config
    if not account:
        return None, config
    place = config.get("endpoint") or _first(environ, _ENDPOINTS)
    if not _has_own_keys(environ, config) and shutil.which("az", path=environ.get("PATH")):
        config["use_azure_cli"] = True
    return place or f"https://{account}.blob.core.windows.net", config


def has_azure_keys(environ: Mapping[str, str], config: Mapping[str, Any]) -> bool:
    """Whether there is anything to sign with, or nothing has to be signed."""
    return _has_own_keys(environ, config) or bool(config.get("use_azure_cli"))


def _has_own_keys(environ: Mapping[str, str], config: Mapping[str, Any]) -> bool:
    given = config.get("account_key") or config.get("sas_key")
    return bool(given) or any(environ.get(name) for name in _KEYS)


def _connection(text: str) -> dict[str, Any]:
    parts = (part.partition("=") for part in text.split(";"))
    known = {_PARTS.get(name.strip().lower(), ""): value.strip() for name, _, value in parts}
    return {name: value for name, value in known.items() if name and value}


def _first(environ: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((environ[name] for name in names if environ.get(name)), None)
