"""The command line, one small file for each command.

Exit codes: 0 done, 1 the graph does not conform, 2 the input is wrong, 130 stopped by Ctrl-C.

The stages are imported inside the commands: `kg query` should not wait for spaCy to load.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from kg import __version__, console
from kg.cli.articles import articles
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.merges import merges
from kg.cli.output import STOPPED, WRONG_INPUT
from kg.cli.publish import publish
from kg.cli.query import query
from kg.cli.registry import registry
from kg.cli.review import review
from kg.cli.train import train
from kg.cli.view import view
from kg.errors import KgError
from kg.scratch import scratch_errors

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Group(click.Group):
    """Turns the errors that a user can mend into one line and exit code 2; bugs keep their traceback."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **options: Any) -> Any:
        try:
            return super().main(args, *others, **options)
        except SystemExit as end:
            if args is None and isinstance(end.code, int):
                _leave(end.code)
            raise

    def invoke(self, ctx: click.Context) -> Any:
        _print_anything()
        try:
            with scratch_errors():
                return super().invoke(ctx)
        except KgError as error:
            click.echo(f"Error: {console.plain(str(error))}", err=True)
            ctx.exit(WRONG_INPUT)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(STOPPED)


def _leave(code: int) -> None:
    """End this process at once: to give memory back piece by piece takes more than half a second."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return  # the interpreter tells of it on its own way out
    os._exit(code)


def _print_anything() -> None:
    """Show what the terminal's encoding lacks as an escape, instead of stopping there."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Newspaper pages in, a knowledge graph out.

    Which institution takes part in which project, in which country, and when? Every answer comes with the
    sentence that states it.

    \b
    Example:
      kg build --sample -o out
    """


for command in (
    build,
    articles,
    query,
    export,
    check,
    evaluate,
    view,
    merges,
    explain,
    review,
    registry,
    publish,
    train,
):
    main.add_command(command)
