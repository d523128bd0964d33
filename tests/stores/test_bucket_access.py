"""What an address of a bucket means, and with which keys its host is asked."""

from __future__ import annotations

import json
import os
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snapreview.model.cancel import CancelToken
from snapreview.model.errors import SourceError, SourceUnauthorised
from snapreview.stores.addresses import shown_source
from snapreview.stores.bucket_access import Access, access_to
from snapreview.stores.bucket_source import (
    BucketAddress,
    is_bucket_source,
    parse_bucket,
    shown_bucket,
)
from tests.stores.site import Site
from tests.stores.web import PIXEL

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKEY"  # the one of AWS's documentation


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("s3://bucket", BucketAddress("s3", "bucket", "")),
        (" S3://bucket/ ", BucketAddress("s3", "bucket", "")),
        ("s3://my.bucket/a/b c/", BucketAddress("s3", "my.bucket", "a/b c")),
        ("gs://bucket_1/größe/#1", BucketAddress("gs", "bucket_1", "größe/#1")),
        ("az://$web/home@2x", BucketAddress("az", "$web", "home@2x")),
        ("s3://bucket/a%20b", BucketAddress("s3", "bucket", "a%20b")),
        ("s3://Bucket/A", BucketAddress("s3", "Bucket", "A")),
    ],
)
def test_addresses(text: str, address: BucketAddress) -> None:
    assert is_bucket_source(text)
    assert parse_bucket(text) == address
    assert parse_bucket(shown_bucket(text)) == address
    assert shown_source(text) == address.shown


@pytest.mark.parametrize("text", ["https://bucket/a", "s3:/bucket", "s3", "bucket/a", "s3n://b/c"])
def test_what_is_no_bucket(text: str) -> None:
    assert not is_bucket_source(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("s3://", "names no bucket"),
        ("s3:///a", "names no bucket"),
        ("s3://buck et/a", "names no bucket"),
        ("s3://bucket/a//b", "prefix contains an empty"),
        ("s3://bucket/../b", "prefix contains an empty"),
        ("s3://bucket/a\nb", "prefix contains a control character"),
        (f"s3://AKIA:{SECRET}@bucket/a", "came with keys"),
        ("az://box/a?sv=2024&sig=SECRETSECRET", "came with keys or a signature"),
    ],
)
def test_addresses_that_are_refused(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        parse_bucket(text)
    assert "SECRET" not in str(caught.value)
    assert SECRET not in str(caught.value)


@given(st.sampled_from(["s3", "gs", "az"]), st.text(max_size=30))
def test_what_is_shown_is_what_is_meant(scheme: str, rest: str) -> None:
    text = f"{scheme}://bucket-name/{rest}"
    try:
        address = parse_bucket(text)
    except SourceError:
        return
    assert parse_bucket(address.shown) == address
    assert parse_bucket(shown_source(text)) == address


@given(st.text("abc/+:?@", min_size=1, max_size=12), st.sampled_from(["", "/p", "/p@2x", "/a?b"]))
def test_a_secret_is_never_shown(user: str, tail: str) -> None:
    secret = "QQ" + user + "ZZ"
    shown = shown_source(f"s3://key:{secret}@bucket{tail}")
    assert "QQ" not in shown
    assert "ZZ" not in shown


def access(text: str, home: Path, **environ: str) -> Access:
    nowhere = {
        "AWS_CONFIG_FILE": str(home / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "credentials"),
        "HOME": str(home),
        "APPDATA": str(home),
        "PATH": str(home / "bin"),
    }
    return access_to(parse_bucket(text), {**nowhere, **environ})


KEYS = {"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": SECRET}


@pytest.mark.parametrize(
    ("environ", "origin"),
    [
        ({}, "https://s3.us-east-1.amazonaws.com"),
        ({"AWS_REGION": "eu-west-1"}, "https://s3.eu-west-1.amazonaws.com"),
        ({"AWS_DEFAULT_REGION": "eu-west-2"}, "https://s3.eu-west-2.amazonaws.com"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9000/"}, "http://127.0.0.1:9000"),
        (
            {"AWS_ENDPOINT_URL": "http://other", "AWS_ENDPOINT_URL_S3": "https://minio.example"},
            "https://minio.example",
        ),
    ],
)
def test_the_host_of_s3(tmp_path: Path, environ: dict[str, str], origin: str) -> None:
    assert access("s3://b", tmp_path, **KEYS, **environ).endpoint.origin == origin


@pytest.mark.parametrize("text", ["nonsense", "ftp://host", "http://", "http://a b"])
def test_an_endpoint_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match="endpoint that the environment gives"):
        access("s3://b", tmp_path, **KEYS, AWS_ENDPOINT_URL=text)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("s3://b", "AWS_ACCESS_KEY_ID"),
        ("gs://b", "GOOGLE_APPLICATION_CREDENTIALS"),
        ("az://b", "storage account is not known"),
    ],
)
def test_without_keys_a_sentence_says_where_they_go(tmp_path: Path, source: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        access(source, tmp_path)


def test_azure_without_keys(tmp_path: Path) -> None:
    with pytest.raises(SourceUnauthorised, match="az login"):
        access("az://b", tmp_path, AZURE_STORAGE_ACCOUNT="acc")


@pytest.mark.parametrize(
    ("source", "environ"),
    [
        ("s3://b", {"AWS_SKIP_SIGNATURE": "true"}),
        ("s3://b", {"AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn"}),
        ("s3://b", {"AWS_METADATA_ENDPOINT": "http://127.0.0.1:1"}),
        ("gs://b", {"GOOGLE_APPLICATION_CREDENTIALS": "/keys.json"}),
        ("gs://b", {"GOOGLE_SKIP_SIGNATURE": "true"}),
        ("az://b", {"AZURE_STORAGE_ACCOUNT_NAME": "acc", "AZURE_STORAGE_SAS_TOKEN": "sv=1"}),
    ],
)
def test_other_ways_to_keys_are_left_to_obstore(
    tmp_path: Path, source: str, environ: dict[str, str]
) -> None:
    assert access(source, tmp_path, **environ).keys is None


def files(home: Path, credentials: str = "", config: str = "") -> None:
    (home / "credentials").write_text(credentials)
    (home / "config").write_text(config)


def test_keys_of_the_default_profile(tmp_path: Path) -> None:
    files(
        tmp_path,
        f"[default]\naws_access_key_id = AKIA\naws_secret_access_key = {SECRET}\n",
        "[default]\nregion = eu-north-1\ns3 =\n  max_concurrent_requests = 20\n",
    )
    found = access("s3://b", tmp_path)
    assert found.config["secret_access_key"] == SECRET
    assert found.config["region"] == "eu-north-1"
    assert SECRET not in repr(found)


def test_keys_of_a_profile_that_is_named(tmp_path: Path) -> None:
    files(
        tmp_path,
        "[default]\naws_access_key_id=no\naws_secret_access_key=no\n"
        f"[team]\naws_access_key_id=AKIB\naws_secret_access_key={SECRET}\naws_session_token=T%1\n",
        "[profile team]\nregion=eu-west-3\nendpoint_url=https://minio.example:9000\n",
    )
    found = access("s3://b", tmp_path, AWS_PROFILE="team")
    assert found.config["access_key_id"] == "AKIB"
    assert found.config["session_token"] == "T%1"
    assert found.endpoint.origin == "https://minio.example:9000"


def test_variables_come_before_files(tmp_path: Path) -> None:
    files(tmp_path, "[default]\naws_access_key_id=no\naws_secret_access_key=no\n")
    assert "access_key_id" not in access("s3://b", tmp_path, **KEYS).config


def test_a_profile_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceUnauthorised, match="AWS_PROFILE names the profile “team”"):
        access("s3://b", tmp_path, AWS_PROFILE="team")


def test_a_damaged_file_is_told_without_what_is_in_it(tmp_path: Path) -> None:
    files(tmp_path, f"aws_secret_access_key = {SECRET}\n")
    with pytest.raises(SourceError, match="credentials cannot be read") as caught:
        access("s3://b", tmp_path)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_profile_that_signs_in_needs_the_command_line_tool(tmp_path: Path) -> None:
    files(tmp_path, config="[default]\nsso_session = corp\nsso_account_id = 1\n")
    with pytest.raises(SourceUnauthorised, match="AWS command line is needed"):
        access("s3://b", tmp_path)


def process(home: Path, printed: str, code: int = 0) -> str:
    """A command that prints and ends, counting how often it is asked."""
    script = home / "keys with blanks.py"
    script.write_text(
        f"import pathlib\nplace = pathlib.Path({str(home / 'count')!r})\n"
        "place.write_text(str(int(place.read_text()) + 1) if place.exists() else '1')\n"
        f"print({printed!r})\nraise SystemExit({code})\n"
    )
    return f'"{sys.executable}" "{script}"'


def told(expires: timedelta | None = None) -> str:
    found = {"Version": 1, "AccessKeyId": "AKIC", "SecretAccessKey": SECRET, "SessionToken": "T"}
    if expires is not None:
        found["Expiration"] = (datetime.now(UTC) + expires).isoformat()
    return json.dumps(found)


@pytest.mark.parametrize(
    ("expires", "asked"), [(None, 1), (timedelta(hours=1), 1), (timedelta(minutes=1), 3)]
)
def test_keys_that_a_command_tells(tmp_path: Path, expires: timedelta | None, asked: int) -> None:
    files(tmp_path, config=f"[default]\ncredential_process = {process(tmp_path, told(expires))}\n")
    found = access("s3://b", tmp_path)
    assert found.keys is not None
    assert (found.keys()["secret_access_key"], found.keys()["token"]) == (SECRET, "T")
    assert (tmp_path / "count").read_text() == str(asked)


@pytest.mark.parametrize(
    ("printed", "code", "said"),
    [("no JSON " + SECRET, 0, "no JSON"), ("{}", 0, "no keys"), (told(), 3, "ended with 3")],
)
def test_a_command_that_fails_is_told(tmp_path: Path, printed: str, code: int, said: str) -> None:
    files(tmp_path, config=f"[default]\ncredential_process = {process(tmp_path, printed, code)}\n")
    with pytest.raises(SourceUnauthorised, match=said) as caught:
        access("s3://b", tmp_path)
    assert SECRET not in str(caught.value)


def test_a_bucket_is_read_with_keys_that_a_command_tells(site: Site, tmp_path: Path) -> None:
    site.put("a.png", PIXEL)
    files(tmp_path, config=f"[default]\ncredential_process = {process(tmp_path, told())}\n")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        site.patch.delenv(name)
    site.patch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    with site.proxied() as proxy:
        assert list(site.store().manifest(CancelToken()).images) == ["a.png"]
        sent = proxy.requests[-1].headers
    assert "Credential=AKIC/" in sent["Authorization"]
    assert sent["x-amz-security-token"] == "T"


def test_a_public_bucket_is_read_without_a_signature(site: Site) -> None:
    site.put("a.png", PIXEL, x_amz_acl="public-read")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        site.patch.delenv(name)
    site.patch.setenv("AWS_SKIP_SIGNATURE", "true")
    with site.proxied() as proxy:
        assert list(site.store().manifest(CancelToken()).images) == ["a.png"]
    assert all("Authorization" not in seen.headers for seen in proxy.requests)


AZURE = "DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=c2VjcmV0PT0=;EndpointSuffix=x"


@pytest.mark.parametrize(
    ("environ", "origin", "config"),
    [
        (
            {"AZURE_STORAGE_CONNECTION_STRING": AZURE},
            "https://acc.blob.core.windows.net",
            {"account_name": "acc", "account_key": "c2VjcmV0PT0="},
        ),
        (
            {"AZURE_STORAGE_CONNECTION_STRING": f"{AZURE};BlobEndpoint=http://127.0.0.1:9/acc"},
            "http://127.0.0.1:9",
            {"endpoint": "http://127.0.0.1:9/acc"},
        ),
        (
            {"AZURE_STORAGE_ACCOUNT": "two", "AZURE_STORAGE_KEY": "aw=="},
            "https://two.blob.core.windows.net",
            {"account_name": "two", "account_key": "aw=="},
        ),
    ],
)
def test_azure(tmp_path: Path, environ: dict[str, str], origin: str, config: dict) -> None:
    found = access("az://box/x", tmp_path, **environ)
    assert found.endpoint.origin == origin
    assert config.items() <= found.config.items()


def program(home: Path, name: str) -> str:
    """A program on the path."""
    path = home / "bin" / (f"{name}.exe" if os.name == "nt" else name)
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_azure_through_its_command_line_tool(tmp_path: Path) -> None:
    program(tmp_path, "az")
    found = access("az://box", tmp_path, AZURE_STORAGE_ACCOUNT_NAME="acc")
    assert found.config["use_azure_cli"] is True


def test_google(tmp_path: Path) -> None:
    folder = tmp_path / ("gcloud" if os.name == "nt" else ".config/gcloud")
    folder.mkdir(parents=True)
    (folder / "application_default_credentials.json").write_text("{}")
    assert access("gs://b", tmp_path).endpoint.origin == "https://storage.googleapis.com"
    found = access("gs://b", tmp_path, STORAGE_EMULATOR_HOST="127.0.0.1:4443")
    assert found.endpoint.origin == "http://127.0.0.1:4443"
