"""`kg publish`: a graph file to a SPARQL store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg import console
from kg.cli.output import PATH

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("graph", type=PATH)
@click.option("--to", "url", metavar="URL", required=True, help="The store's Graph Store Protocol endpoint.")
@click.option("--graph", "name", metavar="IRI", help="The graph to replace; by default the default graph.")
@click.option(
    "--update",
    metavar="URL",
    help="The store's SPARQL Update endpoint: the new graph then takes the old one's place at once.",
)
@click.option(
    "--credentials",
    metavar="USER:PASSWORD",
    envvar="KGAZETTE_CREDENTIALS",
    help="For HTTP basic authentication; better given in KGAZETTE_CREDENTIALS.",
)
def publish(graph: Path, url: str, name: str | None, update: str | None, credentials: str | None) -> None:
    """Send a graph to a SPARQL 1.1 store, in the place of one that is there.

    It goes in chunks, each tried again when the store is busy. Without --update, readers of the store see the
    new graph grow. The endpoints of a store are e.g. /store and /update (Oxigraph), or /DATASET/data and
    /DATASET/update (Apache Jena Fuseki).

    \b
    Example:
      kg publish out/graph.ttl --to http://localhost:7878/store --update http://localhost:7878/update
    """
    from kg.publish import publish as send

    with console.Bars() as bars:

        def show(done: int, total: int) -> None:
            bars("publish", done, total)

        count = send(graph, url, graph=name, update=update, credentials=credentials, on_sent=show)
    click.echo(f"Published {count} triples to {console.plain(url)}")
