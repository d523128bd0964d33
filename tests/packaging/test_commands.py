"""README's two commands: there, each alone in its block, and what CI runs."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEMO = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/snapreview demo"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest"


def code_blocks(text):
    return [
        block.strip()
        for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    ]


def test_readme_gives_both_each_alone_in_its_block():
    blocks = code_blocks((ROOT / "README.md").read_text("utf-8"))
    assert DEMO in blocks
    assert TEST in blocks


def test_ci_runs_that_very_test_command_after_the_checkers():
    lines = [line.strip() for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()]
    assert lines.count(TEST) == 1
    function = lines[lines.index(TEST) - 1].removesuffix("() {")
    called = lines.index(f'{function} || fail "the tests failed."')
    for checker in ("ruff check .", "ruff format --check .", "mypy ", "lint-imports "):
        (line,) = [i for i, text in enumerate(lines) if text.startswith(f".venv/bin/{checker}")]
        assert line < called


def test_constraints_are_names_and_versions_only():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert len(pins) > 20
    for pin in pins:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", pin)
