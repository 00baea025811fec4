"""`kg export`: a graph file in other formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg import console
from kg.cli.output import PATH, echo_data, echo_table

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("graph", type=PATH, required=False)
@click.option("--format", "form", help="The format: one of those that --list names.")
@click.option("-o", "--out", type=PATH, help="File, or folder for formats of several files.")
@click.option("--list", "listed", is_flag=True, help="List the formats.")
def export(graph: Path | None, form: str | None, out: Path | None, listed: bool) -> None:
    """Write a graph in another format, to a file, a folder or the standard output.

    \b
    Example:
      kg export out/graph.ttl --format graphml -o out/graph.graphml
    """
    from kg.export import FORMATS

    if listed:
        rows = [
            (known.name, "folder" if known.is_folder else "file", known.text) for known in FORMATS.values()
        ]
        echo_table(("format", "makes", "what it is"), rows)
        return
    if graph is None or form is None:
        raise click.UsageError("give a graph and a --format")
    if form not in FORMATS:
        raise click.UsageError(f"no format is called {form!r}; there are {', '.join(FORMATS)}")
    chosen = FORMATS[form]
    if out is None and chosen.is_folder:
        raise click.UsageError(f"{form} makes several files: give a folder with -o")
    from kg.store import load_store

    files = chosen.write(load_store(graph))
    if out is None:
        (data,) = files.values()
        echo_data(data.decode())
        return
    from kg.files import write_files

    for path in write_files(files, out, is_folder=chosen.is_folder):
        click.echo(f"Wrote {console.plain(str(path))}")
