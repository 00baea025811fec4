"""`kg query`: SPARQL over a graph file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.output import PATH, echo_data, echo_table
from kg.errors import InputError, QueryError

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("graph", type=PATH)
@click.argument("sparql", required=False)
@click.option("-f", "--file", "file", type=PATH, help="Read the query from a file; - is the standard input.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
def query(graph: Path, sparql: str | None, file: Path | None, form: str) -> None:
    """Ask a graph a question in SPARQL. The prefixes of the graph are known to the query.

    \b
    Example:
      kg query out/graph.ttl "SELECT ?name { ?x a kg:Project ; rdfs:label ?name } ORDER BY ?name LIMIT 5"
    """
    if (sparql is None) == (file is None):
        raise click.UsageError("give SPARQL, or -f FILE (and not both)")
    from kg.files import load_graph
    from kg.query import as_csv, as_json, as_table, run_query

    result = run_query(load_graph(graph), _read_query(file) if file else str(sparql))
    if form == "csv":
        echo_data(as_csv(result))
    elif form == "json":
        echo_data(as_json(result))
    else:
        echo_table(*as_table(result))


def _read_query(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(str(file), f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: not UTF-8 ({error.reason} at byte {error.start})") from error
