"""Measure a graph against gold facts: what was found, what is false, what was missed.

Three figures, each as precision, recall and F1 over all documents together:

    entities  a gold entity is found, under any of its names and with its type
    strict    subject, predicate and object are right
    relaxed   the same with the participation predicates taken as one, the date predicates as one,
              and dates compared as far as both sides go (2025 agrees with 2025-11-11)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.matching import read_graph
from kg.mistakes import find_mistakes
from kg.vocab import DATES, PARTICIPATION, Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph

    from kg.gold import Gold, Triple
    from kg.matching import Predicted
    from kg.mistakes import Mistake


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what was found, what is false and what was missed, and the ratios that follow."""

    hit: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.hit + other.hit, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.false) if self.hit + self.false else 0.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def as_dict(self) -> dict[str, float]:
        ratios = {"p": round(self.precision, 3), "r": round(self.recall, 3), "f1": round(self.f1, 3)}
        return {**ratios, "hit": self.hit, "false": self.false, "missed": self.missed}


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """How one graph does against the gold of its document."""

    doc: str
    types: dict[Kind, Score]
    predicates: dict[Predicate, Score]
    """By strict rules; a predicate that neither side uses is not listed."""
    strict: Score
    relaxed: Score
    mistakes: tuple[Mistake, ...] = field(repr=False)
    """What was missed and what is false, each once, with the reason."""
    judged: tuple[tuple[float, bool], ...] = field(repr=False)
    """The belief in each fact of the graph and whether it is right, sorted; optional facts left out."""


def score_document(gold: Gold, graph: Graph) -> DocumentScore:
    """Compare a graph, built from this document alone, with the document's gold."""
    predicted = read_graph(gold, graph)
    scored = predicted.facts.keys() - gold.optional
    hit, false, missed = gold.facts & scored, scored - gold.facts, gold.facts - scored
    counts = {
        predicate: Score(*(sum(fact[1] is predicate for fact in facts) for facts in (hit, false, missed)))
        for predicate in Predicate
    }
    return DocumentScore(
        doc=gold.doc,
        types={kind: _score_entities(gold, predicted, kind) for kind in Kind},
        predicates={predicate: score for predicate, score in counts.items() if score != Score()},
        strict=Score(len(hit), len(false), len(missed)),
        relaxed=score_relaxed(gold.facts, scored, gold.optional),
        mistakes=tuple(find_mistakes(gold, predicted)),
        judged=tuple(sorted((predicted.facts[fact].belief, fact in hit) for fact in scored)),
    )


def _score_entities(gold: Gold, predicted: Predicted, kind: Kind) -> Score:
    matches = [predicted.matched[entity] for entity, its_kind in predicted.kinds.items() if its_kind is kind]
    found = {match for match in matches if match}
    wanted = {entity.id for entity in gold.entities.values() if entity.kind is kind and not entity.optional}
    return Score(
        hit=sum(not gold.entities[match].optional for match in found),
        false=matches.count(None),
        missed=len(wanted - found),
    )


def _relax(fact: Triple) -> Triple:
    subject, predicate, obj = fact
    if predicate in PARTICIPATION:
        predicate = Predicate.PARTICIPATES_IN
    elif predicate in DATES:
        predicate = Predicate.STARTED_ON
    return subject, predicate, obj


def _agree(a: Triple, b: Triple) -> bool:
    """Do two relaxed facts say the same, dates compared as far as both go?"""
    if a[:2] != b[:2]:
        return False
    return a[2] == b[2] or (a[1].is_date and (a[2].startswith(b[2]) or b[2].startswith(a[2])))


def score_relaxed(gold: Iterable[Triple], predicted: Iterable[Triple], optional: Iterable[Triple]) -> Score:
    """Compare facts by relaxed rules; a gold fact and a predicted one each count once."""
    # The most exact gold date is paired first, so that a bare year stays for what only agrees with that.
    left = sorted({_relax(fact) for fact in gold}, reverse=True)
    allowed = [_relax(fact) for fact in optional]
    hit = false = 0
    for fact in sorted({_relax(fact) for fact in predicted}):
        match = next((other for other in left if _agree(other, fact)), None)
        if match:
            hit += 1
            left.remove(match)
        elif not any(_agree(other, fact) for other in allowed):
            false += 1
    return Score(hit, false, missed=len(left))
