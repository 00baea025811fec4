"""`kg build --watch`: build again whenever an article changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import console
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAUSE = 500
"""Milliseconds to gather changes that come together, as when a folder is copied."""


def watch(paths: Sequence[Path], build_once: Callable[[], None], *, outputs: Sequence[Path]) -> None:
    """Build, then again after each change below `paths`, until Ctrl-C; `outputs` are folders of no concern.

    What is wrong with an article is told, and the next change waited for.
    """
    import watchfiles

    ours = [folder.resolve() for folder in outputs]

    def concerns(_: watchfiles.Change, name: str) -> bool:
        path = Path(name).resolve()
        return not path.name.startswith(".") and not any(path.is_relative_to(folder) for folder in ours)

    changes = watchfiles.watch(
        *paths, watch_filter=concerns, debounce=PAUSE, step=100, rust_timeout=1000, yield_on_timeout=True
    )
    # From here on it listens, so that what changes during the first build is not missed.
    next(changes)
    _try(build_once)
    click.echo("Watching for changes; Ctrl-C ends it.", err=True)
    for change in changes:
        if change:
            _try(build_once)


def _try(build_once: Callable[[], None]) -> None:
    try:
        build_once()
    except KgError as error:
        click.echo(f"Error: {console.plain(str(error))}", err=True)
    except SystemExit:
        return  # the graph does not conform, which was told
