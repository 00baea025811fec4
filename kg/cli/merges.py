"""`kg merges`: which names were taken for one entity, and why."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.output import PATH, echo_table
from kg.vocab import Kind


@click.command()
@click.argument("graph", type=PATH, default=Path("out/graph.ttl"))
@click.option("--below", type=float, default=1.01, help="Only merges with a score below this, 0 to 1.")
@click.option("--all", "everything", is_flag=True, help="Also countries and their adjectives.")
def merges(graph: Path, below: float, everything: bool) -> None:
    """List the names that were merged, the least sure first. GRAPH is out/graph.ttl by default.

    \b
    Example:
      kg merges out/graph.ttl --below 0.9
    """
    from kg.files import load_graph
    from kg.review import read_known

    found = [
        (merge.score, entity.name, merge)
        for entity in read_known(load_graph(graph)).values()
        for merge in entity.merges
        if merge.score < below and (everything or entity.kind is not Kind.COUNTRY)
    ]
    rows = [
        (name, merge.left, merge.right, f"{score:.2f}", merge.reason) for score, name, merge in sorted(found)
    ]
    echo_table(("entity", "name", "and", "score", "reason"), rows, right=frozenset(["score"]))
