"""`kg check`: a graph against the shapes of the ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg import console
from kg.cli.output import PATH, fail_check

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("graph", type=PATH)
def check(graph: Path) -> None:
    """Check a graph against the shapes of the ontology.

    Exit code 0 when it conforms, 1 when it does not, 2 when it cannot be read.

    \b
    Example:
      kg check out/graph.ttl
    """
    from kg.files import load_graph
    from kg.validate import validate

    report = validate(load_graph(graph))
    if not report.conforms:
        fail_check(report, f"{graph} does not conform")
    click.echo(f"{console.plain(str(graph))} conforms")
