"""CSV tables for spreadsheets: entities, facts, evidence and articles, joined by their ids.

A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a carriage return) begins
with an apostrophe instead, because articles are written by anyone. So does one that begins with an
apostrophe: to read a table back, drop one apostrophe from the beginning of every cell that has one.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kg.reading import read_knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Article, Knowledge
    from kg.store import Store

    Row = tuple[object, ...]
    """Cells; None is an empty one."""

_GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")
_LISTED = "; "

ENTITIES = "id kind subtype name aliases registry_keys articles"
FACTS = "subject subject_name predicate object object_name belief articles"
EVIDENCE = "subject predicate object article page line character start end quote extractor confidence"
ARTICLES = "id title published byline publisher section source also_in sha256"


def tables(store: Store) -> dict[str, bytes]:
    knowledge = read_knowledge(store)
    return {
        "entities.csv": as_csv(ENTITIES.split(), _entities(knowledge)),
        "facts.csv": as_csv(FACTS.split(), _facts(knowledge)),
        "evidence.csv": as_csv(EVIDENCE.split(), _evidence(knowledge)),
        "articles.csv": as_csv(ARTICLES.split(), _articles(knowledge)),
    }


def _entities(knowledge: Knowledge) -> Iterator[Row]:
    for entity in knowledge.entities:
        aliases, keys = _LISTED.join(entity.aliases), _LISTED.join(entity.links)
        yield entity.id, entity.kind, entity.subtype, entity.name, aliases, keys, len(entity.articles)


def _facts(knowledge: Knowledge) -> Iterator[Row]:
    names = {entity.id: entity.name for entity in knowledge.entities}
    for fact in knowledge.facts:
        obj = str(fact.object)
        yield (
            *(fact.subject, names.get(fact.subject), fact.predicate, obj, names.get(obj, obj)),
            *(f"{fact.belief:g}", len({proof.article for proof in fact.evidence})),
        )


def _evidence(knowledge: Knowledge) -> Iterator[Row]:
    articles = {article.id: article for article in knowledge.articles}
    for fact in knowledge.facts:
        for proof in fact.evidence:
            yield (
                *(fact.subject, fact.predicate, fact.object, proof.article),
                *_place(articles.get(proof.article), proof.start),
                *(proof.start, proof.end, proof.quote, proof.extractor, f"{proof.confidence:g}"),
            )


def _place(article: Article | None, start: int) -> Row:
    """Page, line and character in the source file."""
    place = article.place_at(start) if article else None
    return (place.page or None, place.line, place.character) if place else (None, None, None)


def _articles(knowledge: Knowledge) -> Iterator[Row]:
    for article in knowledge.articles:
        yield (
            *(article.id, article.title, article.published, article.byline, article.publisher),
            *(article.section, article.source, _LISTED.join(article.also_in), article.digest),
        )


def as_csv(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheets guess another encoding."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guard("" if cell is None else str(cell)) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", errors="replace")


def guard(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_GUARDED) else cell
