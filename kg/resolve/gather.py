"""What each article names and claims, to disk: one article in memory at a time."""

from __future__ import annotations

import marshal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.ledger import evidence_values
from kg.model import PartialDate
from kg.resolve.cluster import full_keys
from kg.resolve.curate import names_apart, part, retype
from kg.resolve.forms import comparison_key, is_generic, is_short_form
from kg.resolve.rows import pack
from kg.resolve.within import local_entities
from kg.scratch import open_scratch
from kg.vocab import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from kg.curation import Curation
    from kg.ledger import Ledger
    from kg.model import Extraction, Mention
    from kg.resolve.curate import Finder
    from kg.resolve.local import LocalEntity

_TABLES = """
    CREATE TABLE local (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
    CREATE TABLE named (kind TEXT, name TEXT, number INTEGER, only_short INTEGER);
    CREATE TABLE token (token INTEGER, number INTEGER);
    CREATE TABLE claim (subject INTEGER, predicate TEXT, object, evidence BLOB)
"""


@dataclass(slots=True)
class Gathered:
    """The local entities of all articles, numbered as they come, and the claims about them."""

    db: sqlite3.Connection = field(default_factory=lambda: open_scratch(_TABLES))
    count: int = 0
    """How many local entities there are."""
    number_of: dict[Mention, int] = field(default_factory=dict)
    """Empty unless it was asked for."""


def gather(
    extractions: Iterable[Extraction],
    ledger: Ledger,
    *,
    curation: Curation,
    finder: Finder,
    with_mentions: bool = False,
) -> Gathered:
    """Articles go to the ledger, what they say to a scratch database, what people mean to the finder."""
    found = Gathered()
    for extraction in extractions:
        ledger.add_articles([extraction.article])
        told_apart = names_apart(curation, extraction.article.id)
        parted = part(extraction, told_apart)
        entities, home = local_entities(parted, told_apart)
        retype(entities, curation)
        first = found.count
        found.count += len(entities)
        finder.note(entities, first)
        numbered = list(enumerate(entities, start=first))
        number_of = {id(entity): number for number, entity in numbered}
        if with_mentions:
            found.number_of.update((mention, number_of[id(entity)]) for mention, entity in home.items())
        insert = found.db.executemany
        insert("INSERT INTO local VALUES (?, ?)", ((place, pack(entity)) for place, entity in numbered))
        insert("INSERT INTO named VALUES (?, ?, ?, ?)", _names(numbered))
        insert("INSERT INTO token VALUES (?, ?)", _tokens(numbered))
        insert("INSERT INTO claim VALUES (?, ?, ?, ?)", _claims(parted, home, number_of))
    return found


def token_of(*key: str) -> int:
    """Equal for equal keys, in this process; should two others be equal, no more is joined for that."""
    return hash(key)


def _names(numbered: Sequence[tuple[int, LocalEntity]]) -> Iterator[tuple[str, str, int, bool]]:
    for number, entity in numbered:
        if entity.kind in _NAMED:
            only_short = all(map(is_short_form, entity.names))
            for name in entity.names:
                yield entity.kind.value, name, number, only_short


_NAMED = frozenset({Kind.INSTITUTION, Kind.PROJECT})


def _tokens(numbered: Sequence[tuple[int, LocalEntity]]) -> Iterator[tuple[int, int]]:
    """What else can make two one; the names of institutions and projects themselves come later, each once."""
    for number, entity in numbered:
        if entity.kind not in _NAMED:
            yield from ((token_of(*key), number) for key in full_keys(entity))
        elif entity.cores:
            generic = filter(is_generic, set(entity.cores.values()))
            yield from ((token_of(entity.kind.value, comparison_key(core)), number) for core in generic)


def _claims(
    extraction: Extraction, home: dict[Mention, LocalEntity], number_of: dict[int, int]
) -> Iterator[tuple[int, str, int | str, bytes]]:
    """Those that go between these kinds, also after people changed them."""
    for claim in extraction.claims:
        subject = home[claim.subject]
        if isinstance(claim.object, PartialDate):
            end: int | str = str(claim.object)
            kind = None
        else:
            target = home[claim.object]
            end, kind = number_of[id(target)], target.kind
        if claim.predicate.allows(subject.kind, kind):
            data = marshal.dumps(evidence_values(claim.evidence))
            yield number_of[id(subject)], claim.predicate.value, end, data
