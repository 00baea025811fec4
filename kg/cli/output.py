"""What the commands share: arguments, exit codes, printing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from kg import console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.validate import Report

NOT_CONFORMING = 1
WRONG_INPUT = 2
STOPPED = 130
"""Ctrl-C, as shells say it: 128 and the number of the signal."""
PATH = click.Path(path_type=Path)


def echo_table(
    headers: Iterable[str], rows: Iterable[Iterable[str]], *, right: frozenset[str] = frozenset()
) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else console.WIDE
    cells = [tuple(row) for row in rows]
    click.echo(console.table(tuple(headers), cells, width=width, right=right), nl=False)


def echo_data(text: str) -> None:
    """Print data for another program, byte for byte; only a terminal gets it made safe."""
    click.echo(console.plain_lines(text) if sys.stdout.isatty() else text, nl=False)


def note(text: str) -> None:
    """Tell the user something that changes no output."""
    click.echo(f"Note: {console.plain(text)}", err=True)


def fail_check(report: Report, message: str) -> NoReturn:
    for problem in report.problems:
        parts = (problem.focus, problem.path, problem.value, problem.message)
        click.echo(console.plain(" | ".join(part for part in parts if part)))
    click.echo(f"Error: {console.plain(message)} ({len(report.problems)} problems)", err=True)
    sys.exit(NOT_CONFORMING)
