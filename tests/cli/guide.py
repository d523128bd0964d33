"""What docs/stores.md shows between its sentences: commands, and other things."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs" / "stores.md"

_PROGRAM = "snapreview"
_VARIABLE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Command:
    """`NAME=VALUE … snapreview WORDS < GIVEN`, as a shell would take it."""

    words: tuple[str, ...]
    variables: dict[str, str] = field(default_factory=dict)
    given: str | None = None

    def replaced(self, names: dict[str, str]) -> Command:
        """With names of the guide made those of a test."""

        def ours(text: str) -> str:
            for theirs, our in names.items():
                text = text.replace(theirs, our)
            return text

        variables = {name: ours(value) for name, value in self.variables.items()}
        return replace(self, words=tuple(map(ours, self.words)), variables=variables)


@dataclass(frozen=True)
class Block:
    """Lines that stand apart from the text, without their indentation."""

    section: str
    lines: tuple[str, ...]

    @property
    def commands(self) -> tuple[Command, ...]:
        """Those lines that are ours; all of them, or the block shows something else."""
        return tuple(command for command in map(_command, self.lines) if command is not None)


def blocks() -> Iterator[Block]:
    """All of the page, in order."""
    for part in re.split(r"^## ", DOCS.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        section, _, text = part.partition("\n")
        lines = _FENCED.sub(_indented, text).splitlines()
        for apart, block in groupby(lines, lambda line: line.startswith("    ")):
            if apart:
                yield Block(section, tuple(line.removeprefix("    ") for line in block))


def commands(section: str) -> list[Command]:
    """The command lines that a section shows."""
    found = [
        command for block in blocks() if block.section == section for command in block.commands
    ]
    assert found, f"{DOCS.name} has no commands in a section {section!r}"
    return found


def _indented(fenced: re.Match[str]) -> str:
    return "\n".join(f"    {line}" for line in fenced[0].splitlines()[1:-1])


def _command(line: str) -> Command | None:
    try:
        words = shlex.split(line)
    except ValueError:  # an apostrophe: no command
        return None
    variables = {}
    while words and (found := _VARIABLE.fullmatch(words[0])):
        variables[found[1]] = found[2]
        del words[0]
    if words[:1] != [_PROGRAM]:
        return None
    given = None
    if words[-2:-1] == ["<"]:
        given = words[-1]
        del words[-2:]
    return Command(tuple(words[1:]), variables, given)
