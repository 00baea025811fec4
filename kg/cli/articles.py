"""`kg articles`: what the reader finds in files and folders."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from kg import console
from kg.cli.output import PATH, echo_data, echo_table
from kg.cli.reading import reading_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.ingest import ReadOptions
    from kg.model import Article


@click.command()
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="Output; jsonl and csv can be corrected and built from.",
)
@reading_options
def articles(paths: tuple[Path, ...], form: str, options: ReadOptions) -> None:
    """Show the articles that files and folders hold, as each file has them.

    What --format jsonl or csv writes goes in again: correct titles and texts there, then build from that
    file instead of the pages.

    \b
    Example:
      kg articles pages/ --format jsonl
    """
    from kg import pipeline

    with console.Bars() as bars:
        # The same story in two files is shown twice: a person wants to see what is in each.
        reading = pipeline.read_articles(paths, options=replace(options, merge_same=False), on_progress=bars)
    if form == "table":
        headers = ("source", "published", "section", "title", "byline", "words")
        echo_table(headers, map(_as_row, reading.articles), right=frozenset({"words"}))
    else:
        records = map(_as_record, reading.articles)
        for text in _as_csv(records) if form == "csv" else map(_as_json, records):
            echo_data(text)
    for item in reading.skipped:
        click.echo(f"Skipped {console.plain(f'{item.source}: {item.problem}')}", err=True)


def _as_row(article: Article) -> tuple[str, ...]:
    words = str(len(article.text.split()))
    published, section, byline = article.published or "", article.section or "", article.byline or ""
    return article.source, str(published), section, article.title, byline, words


def _as_record(article: Article) -> dict[str, Any]:
    from kg.ingest import as_record

    return {"doc": PurePosixPath(article.source).stem, **as_record(article)}


def _as_json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _as_csv(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Row by row."""
    out = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for record in records:
        if writer is None:
            writer = csv.DictWriter(out, record, lineterminator="\n")
            writer.writeheader()
        row = {
            name: json.dumps(value) if isinstance(value, list) else value for name, value in record.items()
        }
        writer.writerow(row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
