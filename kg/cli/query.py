"""`kg query`: SPARQL, and the questions that come with kgazette, over a graph file."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from kg.cli.output import PATH, echo_data, echo_table
from kg.errors import InputError, QueryError

if TYPE_CHECKING:
    from pathlib import Path

_QUESTION = re.compile(r"[a-z][a-z-]*", re.ASCII)


class _Query(click.Command):
    """Has an option for every parameter of every question; they are read when the command is."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        from kg.questions import questions

        texts: dict[str, str] = {}
        for asked in questions().values():
            for parameter in asked.parameters:
                texts.setdefault(parameter.name, parameter.text)
        options = (click.Option([f"--{name}"], help=f"{text}.") for name, text in sorted(texts.items()))
        return [*super().get_params(ctx), *options]


@click.command(cls=_Query)
@click.argument("graph", type=PATH, required=False)
@click.argument("sparql", required=False)
@click.option("-f", "--file", "file", type=PATH, help="Read the query from a file; - is the standard input.")
@click.option("--list", "listed", is_flag=True, help="List the questions that come with kgazette.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "ttl"]), default="table", show_default=True
)
def query(
    graph: Path | None, sparql: str | None, file: Path | None, listed: bool, form: str, **values: str | None
) -> None:
    """Ask a graph a question: one of those that --list names, or any in SPARQL.

    The prefixes of the graph are known to the query. The options with values are for the questions of --list;
    names may be any of those in the graph, in any case. ttl is for CONSTRUCT and DESCRIBE.

    \b
    Example:
      kg query out/graph.ttl partners --institution CERN
      kg query out/graph.ttl "SELECT ?name { ?x a kg:Project ; rdfs:label ?name } ORDER BY ?name LIMIT 5"
    """
    given = {name: value for name, value in values.items() if value is not None}
    if listed:
        _list_questions()
        return
    if graph is None or (sparql is None) == (file is None):
        raise click.UsageError("give a graph, and a question, SPARQL or -f FILE (and only one of these)")
    from kg.query import ask, run_query
    from kg.results import as_csv, as_json, as_table, as_turtle
    from kg.store import load_store

    if sparql and _QUESTION.fullmatch(sparql):
        result = ask(load_store(graph), sparql, given)
    elif given:
        raise click.UsageError(f"--{next(iter(given))} is for the questions of kg query --list")
    else:
        text = _read_query(file) if file else str(sparql)
        result = run_query(load_store(graph), text)
    if form == "table":
        echo_table(*as_table(result))
    else:
        echo_data({"csv": as_csv, "json": as_json, "ttl": as_turtle}[form](result))


def _list_questions() -> None:
    from kg.questions import questions

    rows = [
        (asked.name, " ".join(_usage(p.name, required=p.required) for p in asked.parameters), asked.text)
        for asked in questions().values()
    ]
    echo_table(("question", "options", "answers"), rows)


def _usage(name: str, *, required: bool) -> str:
    return f"--{name} …" if required else f"[--{name} …]"


def _read_query(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(str(file), f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: not UTF-8 ({error.reason} at byte {error.start})") from error
