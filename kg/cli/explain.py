"""`kg explain`: all that a graph says of an entity, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import console
from kg.cli.output import PATH
from kg.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.review import Known


@click.command()
@click.argument("entity")
@click.option(
    "--graph",
    type=PATH,
    default=Path("out/graph.ttl"),
    show_default=True,
    help="The graph to look in.",
)
def explain(entity: str, graph: Path) -> None:
    """Show the names, merges, links and facts of an entity, with the sentences that state them.

    ENTITY is a name, a part of one, or an id like institution/cern.

    \b
    Example:
      kg explain CERN
    """
    from kg.files import load_graph
    from kg.review import find, read_known

    known = read_known(load_graph(graph))
    found = find(known, entity)
    if not found:
        raise GraphError(f"{graph}: no entity {entity!r}")
    for one in found:
        for line in _lines(one, known):
            click.echo(console.plain(line))


def _lines(entity: Known, known: dict[str, Known]) -> Iterator[str]:
    yield f"{entity.name}  ({entity.kind}, {entity.id})"
    for label, values in (
        ("also", entity.names[1:]),
        ("links", entity.links),
        ("register", entity.registered),
        (
            "articles",
            [f"{title}  ({files})" for title, files in zip(entity.articles, entity.files, strict=True)],
        ),
    ):
        for value in values:
            yield f"  {label:<9} {value}"
            label = ""
    for merge in entity.merges:
        yield f"  merged    {merge.left} = {merge.right}  ({merge.score:.2f}, {merge.reason})"
    for fact in entity.facts:
        obj = known[fact.object].name if fact.object in known else fact.object
        yield f"  {known[fact.subject].name} {fact.predicate} {obj}  (belief {fact.belief:.2f})"
        for passage in fact.evidence:
            yield f"    “{' '.join(passage.quote.split())}” ({passage.title}; {passage.where})"
