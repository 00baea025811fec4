"""`kg build --watch`: build again whenever an article changes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from kg import console
from kg.errors import KgError
from kg.scratch import scratch_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

PAUSE = 500
"""Milliseconds to gather changes that come together, as when a folder is copied."""
_SHOWN = 3


class Build(Protocol):
    def __call__(self, *, again: bool = False) -> None:
        """Build and say what came of it, in short when it is `again`."""


def watch(paths: Sequence[Path], build: Build, *, outputs: Sequence[Path]) -> None:
    """Build, then again after each change of `paths` or below them, until Ctrl-C.

    `outputs` are files and folders that a build writes itself, so that their changes are of no concern.

    What is wrong with an article is told, and the next change waited for.
    """
    import watchfiles

    ours = [path.resolve() for path in outputs]

    def concerns(_: watchfiles.Change, name: str) -> bool:
        path = Path(name).resolve()
        return not path.name.startswith(".") and not any(path.is_relative_to(output) for output in ours)

    changes = watchfiles.watch(
        *paths, watch_filter=concerns, debounce=PAUSE, step=100, rust_timeout=1000, yield_on_timeout=True
    )
    # From here on it listens, so that what changes during the first build is not missed.
    next(changes)
    _try(build)
    click.echo("Watching for changes; Ctrl-C ends it.", err=True)
    for found in changes:
        if found:
            click.echo(f"Changed: {_names({Path(name) for _, name in found})}", err=True)
            _try(partial(build, again=True))


def _names(paths: Collection[Path]) -> str:
    names = [console.plain(path.name) for path in sorted(paths)]
    more = [f"and {len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return ", ".join(names[:_SHOWN] + more)


def _try(build: Callable[[], None]) -> None:
    try:
        with scratch_errors():
            build()
    except KgError as error:
        click.echo(f"Error: {console.plain(str(error))}", err=True)
    except SystemExit:
        return  # the graph does not conform, which was told
