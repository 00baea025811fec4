"""One fact for what several passages say, and how far to believe it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model import Fact, PartialDate
from kg.vocab import PARTICIPATION, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Evidence


def make_facts(
    claims: Iterable[tuple[int, Predicate, int | PartialDate, Evidence]], entity_of: dict[int, str]
) -> list[Fact]:
    evidence: dict[tuple[str, Predicate, str | PartialDate], set[Evidence]] = defaultdict(set)
    for subject, predicate, obj, proof in claims:
        left = entity_of[subject]
        right: str | PartialDate = obj if isinstance(obj, PartialDate) else entity_of[obj]
        if left == right:
            continue
        if predicate.is_symmetric and isinstance(right, str) and right < left:
            left, right = right, left
        evidence[left, predicate, right].add(proof)
    specific = {(s, o) for s, p, o in evidence if p in PARTICIPATION - {Predicate.PARTICIPATES_IN}}
    facts = [
        Fact(s, p, o, tuple(sorted(proofs)), belief(proofs))
        for (s, p, o), proofs in evidence.items()
        if not (p is Predicate.PARTICIPATES_IN and (s, o) in specific)
    ]
    return sorted(facts, key=_fact_key)


def _fact_key(fact: Fact) -> tuple[str, str, str]:
    return (fact.subject, fact.predicate, str(fact.object))


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
