"""`kg eval`: the extractor against gold files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kg import console
from kg.cli.output import PATH
from kg.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


@click.command("eval")
@click.argument("gold_dir", type=PATH)
@click.option("--texts", type=PATH, help="Folder of the texts (DOC.txt), if not GOLD_DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
@click.option("--errors", metavar="DOC", help="List what was missed and what is false in one document.")
def evaluate(gold_dir: Path, texts: Path | None, as_json: bool, errors: str | None) -> None:
    """Measure the extractor on gold files.

    Builds the text of each DOC.json by itself and prints precision, recall and F1 for entities and facts.

    \b
    Example:
      kg eval tests/gold/dev --errors A03
    """
    from kg import evaluate as measuring

    with console.Bars() as bars:
        figures = measuring.evaluate(gold_dir, texts=texts, on_progress=bars)
    if errors is not None:
        document = next((d for d in figures.documents if d.doc == errors), None)
        if document is None:
            raise InputError(str(gold_dir), f"no document {errors!r} among the gold files")
        click.echo(console.errors_of(document), nl=False)
    elif as_json:
        click.echo(json.dumps(figures.as_dict(), indent=1))
    else:
        totals = (("entities", figures.entities), ("relaxed", figures.relaxed), ("strict", figures.strict))
        rows = (*console.score_rows(figures.types, figures.predicates), *totals)
        click.echo(console.score_table(rows), nl=False)
