"""The commands, put together."""

from __future__ import annotations

from pathlib import Path

import click

from snapreview import __version__
from snapreview.cli.cache import cache
from snapreview.cli.compare import compare
from snapreview.cli.demo import demo_sources, demo_without_window
from snapreview.cli.export import export
from snapreview.cli.login import login, logout
from snapreview.cli.parameters import OutputFile
from snapreview.cli.publish import publish
from snapreview.cli.sources import allow_origin_option
from snapreview.cli.store import store
from snapreview.cli.window import FindProblem, OpenWindow, WindowRequest
from snapreview.engine.locate import locate_engine
from snapreview.model.errors import EngineUnavailable, SnapReviewError

_OPEN = "open-window"
_EPILOG = (
    "A SOURCE is a folder, a single image, a zip file, git:REPOSITORY@REVISION, or the address of a"
    " snapshot or a bucket. The window has options too: snapreview SOURCE --help lists them."
)


class _WindowContext(click.Context):
    """The context of opening the window, for which no command's name is typed."""

    @property
    def command_path(self) -> str:
        """As typed."""
        return self.parent.command_path if self.parent else super().command_path


class _WindowCommand(click.Command):
    context_class = _WindowContext


class _Commands(click.Group):
    """Commands by their names; anything else is what the window is to show."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`snapreview A B` opens the window; a folder that is called `demo` is written ./demo."""
        first = args[0] if args else _OPEN
        visible = {name for name, command in self.commands.items() if not command.hidden}
        if first not in visible | {"--help", "-h", "--version"}:
            args = [_OPEN, *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Both forms."""
        formatter.write_usage(ctx.command_path, "[SOURCE [SOURCE]]   opens the window")
        formatter.write_usage(ctx.command_path, "COMMAND [ARGS]…")


def build(open_window: OpenWindow, find_problem: FindProblem) -> click.Group:
    """The command line, with the two things that belong to the window given to it."""

    @click.group(
        cls=_Commands,
        epilog=_EPILOG,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    @click.option(
        "--version",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_version,
        help="Show the version, and that of the engine.",
    )
    def snapreview() -> None:
        """Review visual changes between two sets of images."""

    for command in (compare, export, publish, store, cache, login, logout):
        snapreview.add_command(command)
    snapreview.add_command(_open_command(open_window, find_problem))
    snapreview.add_command(_demo_command(open_window, find_problem))
    return snapreview


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    try:
        engine = locate_engine()
        text = f"odiff {engine.version}, {engine.origin}: {engine.path}"
    except EngineUnavailable as fault:
        text = f"no engine: {fault}"
    click.echo(f"snapreview {__version__}\n{text}")
    ctx.exit()


def _open_command(open_window: OpenWindow, find_problem: FindProblem) -> click.Command:
    @click.command(_OPEN, cls=_WindowCommand, hidden=True)
    @click.argument("sources", nargs=-1, metavar="[SOURCE [SOURCE]]")
    @_window_options
    @allow_origin_option
    @click.pass_context
    def command(
        ctx: click.Context,
        /,
        sources: tuple[str, ...],
        screenshot: Path | None,
        theme: str | None,
        allow_origin: tuple[str, ...],
    ) -> None:
        """Open the window: the start page, one set to browse, or a comparison (base, head)."""
        if len(sources) > 2:
            raise click.UsageError(f"At most two sources (base and head), not {len(sources)}.")
        problem = find_problem(screenshot is not None)
        if problem:
            raise SnapReviewError(f"{problem} snapreview compare needs no window.")
        ctx.exit(open_window(WindowRequest(sources, screenshot, theme, frozenset(allow_origin))))

    return command


def _demo_command(open_window: OpenWindow, find_problem: FindProblem) -> click.Command:
    @click.command("demo", short_help="Try it on images that come with it.")
    @_window_options
    @click.pass_context
    def command(ctx: click.Context, /, screenshot: Path | None, theme: str | None) -> None:
        """Compare two sets of screens of an invented app, fetched over HTTP from this machine."""
        problem = find_problem(False)
        if problem:
            demo_without_window(problem, screenshot, theme)
            return
        with demo_sources() as sources:
            ctx.exit(open_window(WindowRequest(sources, screenshot, theme, remember=False)))

    return command


def _window_options(command: click.decorators.FC) -> click.decorators.FC:
    theme = click.option("--theme", type=click.Choice(["light", "dark"]), help="Colours.")
    screenshot = click.option(
        "--screenshot",
        type=OutputFile(),
        help="Wait until everything is there, write a picture of the window, and exit.",
    )
    return screenshot(theme(command))
