"""`kg eval`: the extractor against gold files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kg import console
from kg.cli.extraction import extraction_options
from kg.cli.output import PATH, echo_table
from kg.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


@click.command("eval")
@click.argument("gold_dir", type=PATH)
@click.option("--texts", type=PATH, help="Folder of the texts (DOC.txt), if not GOLD_DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
@click.option("--errors", metavar="DOC", help="List what was missed and what is false in one document.")
@click.option(
    "--resolution",
    is_flag=True,
    help="Measure merging: alone, on sets in *.yaml files, or of what is extracted, on gold documents.",
)
@extraction_options
def evaluate(
    gold_dir: Path,
    texts: Path | None,
    as_json: bool,
    errors: str | None,
    resolution: bool,
    reader: str,
    min_confidence: float,
) -> None:
    """Measure the extractor on gold files.

    Builds the text of each DOC.json by itself and prints precision, recall and F1 for entities and facts.

    \b
    Example:
      kg eval tests/gold/dev --errors A03
    """
    if resolution:
        merging = _resolution_sets(gold_dir) or _resolution_of_documents(gold_dir, texts=texts, reader=reader)
        _show_resolution(merging, as_json)
        return
    from kg import evaluate as measuring

    with console.Bars() as bars:
        figures = measuring.evaluate(
            gold_dir, texts=texts, reader=reader, min_confidence=min_confidence, on_progress=bars
        )
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


def _resolution_sets(gold_dir: Path) -> dict[str, dict[str, float]]:
    """B-cubed and pairwise figures, a row a kind of difficulty and a row a file; none without such files."""
    from kg.resolution_score import evaluate_resolution, total

    files = {path.stem: evaluate_resolution(path) for path in sorted(gold_dir.glob("*.yaml"))}
    sets = [item for scores in files.values() for item in scores]
    groups = {
        about: [item for item in sets if item.about == about] for about in sorted({s.about for s in sets})
    }
    return {name: total(items).as_dict() for name, items in (groups | files).items()}


def _resolution_of_documents(gold_dir: Path, **options: Any) -> dict[str, dict[str, float]]:
    """The same for what is extracted from annotated documents."""
    from kg.resolution_extracted import evaluate_extracted

    with console.Bars() as bars:
        figures = evaluate_extracted(gold_dir, on_progress=bars, **options)
    return {name: score.as_dict() for name, score in figures.items()}


def _show_resolution(rows: dict[str, dict[str, float]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    headers = ("", *next(iter(rows.values())))
    cells = [(name, *(f"{value:.3f}" for value in row.values())) for name, row in rows.items()]
    echo_table(headers, cells, right=frozenset(headers[1:]))
