"""One fact for what several passages say, and how far to believe it."""

from __future__ import annotations

import marshal
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.model import Evidence, Fact, parse_date
from kg.vocab import PARTICIPATION, PREDICATES, Predicate

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Said = tuple[int, str, int | str, bytes]
    """Subject, predicate, object (an entity or a date) and evidence; entities by number."""


def facts_of(db: sqlite3.Connection, entity_of: Sequence[int], id_of: Callable[[int], str]) -> Iterator[Fact]:
    """What the table `claim` says, sorted by subject; the numbers of entities are in the order of their ids.

    Only what is said of one subject is in memory at a time.
    """
    db.execute("CREATE TABLE said (subject INTEGER, predicate TEXT, object, evidence BLOB)")
    claims = db.execute("SELECT subject, predicate, object, evidence FROM claim")
    db.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", _said(claims, entity_of))
    said: Iterator[Said] = db.execute("SELECT * FROM said ORDER BY subject")
    for subject, rows in groupby(said, key=itemgetter(0)):
        yield from _facts_of_one(id_of(subject), rows, id_of)


def _said(claims: Iterable[Said], entity_of: Sequence[int]) -> Iterator[Said]:
    for subject, predicate, obj, proof in claims:
        subject = entity_of[subject]
        if isinstance(obj, int):
            obj = entity_of[obj]
            if obj == subject:
                continue
            if PREDICATES[predicate].is_symmetric and obj < subject:
                subject, obj = obj, subject
        yield subject, predicate, obj, proof


def _facts_of_one(subject: str, rows: Iterable[Said], id_of: Callable[[int], str]) -> Iterator[Fact]:
    said: dict[tuple[Predicate, int | str], set[tuple[Any, ...]]] = defaultdict(set)
    for _, predicate, obj, proof in rows:
        # Not as bytes: marshal may write the same in two ways.
        said[PREDICATES[predicate], obj].add(marshal.loads(proof))
    specific = {obj for predicate, obj in said if predicate in PARTICIPATION - {Predicate.PARTICIPATES_IN}}
    for (predicate, obj), found in said.items():
        if predicate is Predicate.PARTICIPATES_IN and obj in specific:
            continue
        proofs = tuple([Evidence(*proof) for proof in sorted(found)])
        end = parse_date(obj) if isinstance(obj, str) else id_of(obj)
        yield Fact(subject, predicate, end, proofs, belief(proofs))


def belief(proofs: Iterable[Evidence]) -> float:
    """How far to believe a fact: noisy-or over independent sources, each counting with its surest passage.

    1 - prod(1 - c), as in INDRA's belief engine (Gyori et al. 2017, doi:10.15252/msb.20177651). Articles are
    independent, and so, nearly, are the rules and the trained reader on one article; the passages of one
    article that the same of the two reads are not.
    """
    best: dict[tuple[str, str], float] = {}
    for proof in proofs:
        source = (proof.article, proof.extractor.partition("/")[0])
        best[source] = max(best.get(source, 0.0), proof.confidence)
    doubt = 1.0
    for _, confidence in sorted(best.items()):
        doubt *= 1 - confidence
    return round(1 - doubt, 4)
