"""Everything that docs/stores.md shows is run, or checked, by some test."""

from __future__ import annotations

import json
import tomllib

from tests.cli import (
    test_bucket_docs,
    test_local_docs,
    test_login,
    test_sentry_docs,
    test_store_docs,
)
from tests.cli.guide import DOCS, Block, blocks

RUN = {
    section
    for module in (
        test_store_docs,
        test_local_docs,
        test_sentry_docs,
        test_bucket_docs,
        test_login,
    )
    for section in module.SECTIONS
}
"""Sections all commands of which a test runs: each of these modules runs its own."""

INSTALLING = "pip install 'snapreview[cloud]'"
NO_COMMANDS = ("server {", '{"Version"', INSTALLING)
"""How blocks of other kinds begin: that of nginx, which tests/nginx.py starts, and those below."""


def others() -> list[Block]:
    """The blocks that are no commands of ours."""
    return [block for block in blocks() if not block.commands]


def test_every_command_is_run_by_a_test() -> None:
    found = {block.section for block in blocks() if block.commands}
    assert found == RUN


def test_a_block_is_commands_and_nothing_else_or_is_known() -> None:
    mixed = [b for b in blocks() if b.commands and len(b.commands) != len(b.lines)]
    assert not mixed
    unknown = [block for block in others() if not block.lines[0].startswith(NO_COMMANDS)]
    assert not unknown
    assert len(others()) == len(NO_COMMANDS)


def test_the_policy_is_json_of_one_bucket() -> None:
    (block,) = [block for block in others() if block.lines[0].startswith("{")]
    statements = json.loads("\n".join(block.lines))["Statement"]
    assert {statement["Effect"] for statement in statements} == {"Allow"}
    actions = json.dumps([statement["Action"] for statement in statements])
    said = DOCS.read_text("utf-8").partition("**Who may do what.**")[2].partition("    {")[0]
    for action in ("s3:GetObject", "s3:ListBucket", "s3:PutObject"):
        assert action in actions
        assert action in said


def test_what_is_to_be_installed_is_an_extra_of_ours() -> None:
    project = tomllib.loads((DOCS.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    assert (INSTALLING,) in {block.lines for block in others()}
    extra = INSTALLING.partition("[")[2].partition("]")[0]
    assert extra in project["optional-dependencies"]
    assert project["name"] == "snapreview"
