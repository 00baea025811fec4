"""`kg articles`: what the reader finds in files and folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import console
from kg.cli.output import PATH, echo_data, echo_table

if TYPE_CHECKING:
    from kg.model import Article


@click.command()
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="Output.",
)
def articles(paths: tuple[Path, ...], form: str) -> None:
    """Show the articles that files and folders hold.

    \b
    Example:
      kg articles pages/ --format jsonl
    """
    from kg import pipeline

    with console.Bars() as bars:
        reading = pipeline.read_articles(paths, on_progress=bars)
    if form == "jsonl":
        echo_data("".join(json.dumps(_as_record(a), ensure_ascii=False) + "\n" for a in reading.articles))
    else:
        headers = ("source", "published", "section", "title", "byline", "words")
        echo_table(headers, map(_as_row, reading.articles), right=frozenset({"words"}))
    for item in reading.skipped:
        click.echo(f"Skipped {console.plain(f'{item.source}: {item.problem}')}", err=True)


def _as_row(article: Article) -> tuple[str, ...]:
    words = str(len(article.text.split()))
    published, section, byline = article.published or "", article.section or "", article.byline or ""
    return article.source, str(published), section, article.title, byline, words


def _as_record(article: Article) -> dict[str, str | None]:
    return {
        "doc": Path(article.source).stem,
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "byline": article.byline,
        "section": article.section,
        "published": str(article.published) if article.published else None,
        "text": article.text,
    }
