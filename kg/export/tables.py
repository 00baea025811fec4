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
    from collections.abc import Iterable, Sequence

    from kg.model import Article
    from kg.store import Store

_GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")
_LISTED = "; "


def tables(store: Store) -> dict[str, bytes]:
    knowledge = read_knowledge(store)
    names = {entity.id: entity.name for entity in knowledge.entities}
    articles = {article.id: article for article in knowledge.articles}
    facts = [
        (
            *(fact.subject, names.get(fact.subject, "")),
            str(fact.predicate),
            *(str(fact.object), names.get(str(fact.object), str(fact.object))),
            *(f"{fact.belief:g}", str(len({proof.article for proof in fact.evidence}))),
        )
        for fact in knowledge.facts
    ]
    evidence = [
        (
            *(fact.subject, str(fact.predicate), str(fact.object)),
            *(
                proof.article,
                _line(articles.get(proof.article), proof.start),
                str(proof.start),
                str(proof.end),
            ),
            *(proof.quote, proof.extractor, f"{proof.confidence:g}"),
        )
        for fact in knowledge.facts
        for proof in fact.evidence
    ]
    return {
        "entities.csv": as_csv(
            ("id", "kind", "subtype", "name", "aliases", "registry_keys", "articles"),
            (
                (
                    e.id,
                    str(e.kind),
                    e.subtype,
                    e.name,
                    _LISTED.join(e.aliases),
                    _LISTED.join(e.links),
                    str(len(e.articles)),
                )
                for e in knowledge.entities
            ),
        ),
        "facts.csv": as_csv(
            ("subject", "subject_name", "predicate", "object", "object_name", "belief", "articles"), facts
        ),
        "evidence.csv": as_csv(
            ("subject", "predicate", "object", "article", "line", "start", "end", "quote", "extractor")
            + ("confidence",),
            evidence,
        ),
        "articles.csv": as_csv(
            ("id", "title", "published", "byline", "publisher", "section", "source", "sha256"),
            (
                (
                    a.id,
                    a.title,
                    str(a.published or ""),
                    a.byline or "",
                    a.publisher or "",
                    a.section or "",
                    a.source,
                    a.digest,
                )
                for a in knowledge.articles
            ),
        ),
    }


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheets guess another encoding."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", errors="replace")


def guard(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_GUARDED) else cell


def _line(article: Article | None, start: int) -> str:
    return str((article.line_at(start) if article else None) or "")
