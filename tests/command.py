"""The command line inside the tests: one way to run it, here or in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner

from kg.cli import main

if TYPE_CHECKING:
    from click.testing import Result


def run(*args: object, stdin: str | bytes | None = None) -> Result:
    """Run kg with these arguments; an exception that is no exit is a bug and fails the test."""
    result = CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def kg_process(*args: object, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)], check=False, capture_output=True, **options
    )
