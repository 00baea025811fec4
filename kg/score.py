"""Measure a graph against gold facts: what was found, what is false, what was missed.

Three figures, each as precision, recall and F1 over all documents together:

    entities  a gold entity is found, under any of its names and with its type
    strict    subject, predicate and object are right
    relaxed   the same with the participation predicates taken as one, the date predicates as one,
              and dates compared as far as both sides go (2025 agrees with 2025-11-11)
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS, Literal, URIRef

from kg.gold import canonical
from kg.vocab import DATES, ONTOLOGY, PARTICIPATION, Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

    from kg.gold import Gold, GoldEntity, Triple

NAME_OVERLAP = 0.8
"""From this Dice coefficient of their words on, two names are taken for one."""
STOP_WORDS = frozenset({"the", "of", "and", "for", "in", "on", "a", "an", "to", "s"})
COUNTRY_NAMES = {
    "bolivia": ("bolivia plurinational state of",),
    "brunei": ("brunei darussalam",),
    "china": ("prc", "people republic of china", "chinese mainland"),
    "czech republic": ("czechia",),
    "hong kong": ("hong kong sar",),
    "iran": ("iran islamic republic of",),
    "laos": ("lao people democratic republic",),
    "macao": ("macau",),
    "moldova": ("moldova republic of",),
    "russia": ("russian federation",),
    "south korea": ("republic of korea", "korea republic of", "korea"),
    "syria": ("syrian arab republic",),
    "taiwan": ("taiwan province of china",),
    "tanzania": ("tanzania united republic of",),
    "turkey": ("turkiye",),
    "united arab emirates": ("uae",),
    "united kingdom": ("uk", "britain", "great britain"),
    "united states": ("us", "usa", "united states of america", "america"),
    "venezuela": ("venezuela bolivarian republic of",),
    "vietnam": ("viet nam",),
}
"""Other names of a country, as `name_key` writes them; no more than gold and graph differ by."""
COUNTRY_KEYS = {other: key for key, others in COUNTRY_NAMES.items() for other in others}


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
    missed: tuple[str, ...] = field(repr=False)
    """Gold facts that the graph does not have, as text."""
    false: tuple[str, ...] = field(repr=False)
    """Facts of the graph that the gold does not have, as text, under the graph's own names."""


def name_key(name: str) -> str:
    """Casefolded, without accents, punctuation, possessives and a leading "the"."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("&", " and ")
    text = re.sub(r"['’]s\b", " ", text)
    text = re.sub(r"[^0-9a-z]+", " ", text)
    return re.sub(r"^the ", "", " ".join(text.split()))


def country_key(name: str) -> str:
    key = name_key(name)
    return COUNTRY_KEYS.get(key, key)


def _words(name: str) -> frozenset[str]:
    return frozenset(name_key(name).split()) - STOP_WORDS


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


class Matcher:
    """Finds the gold entity that the names of a predicted one stand for."""

    def __init__(self, entities: Iterable[GoldEntity]) -> None:
        self._entities = [(entity, [_words(name) for name in entity.names]) for entity in entities]
        self._by_key: dict[str, list[GoldEntity]] = defaultdict(list)
        for entity, _ in self._entities:
            for name in entity.names:
                self._by_key[self._key(name, entity.kind)].append(entity)

    @staticmethod
    def _key(name: str, kind: Kind) -> str:
        return country_key(name) if kind is Kind.COUNTRY else name_key(name)

    def match(self, names: Iterable[str], kind: Kind) -> str | None:
        """The id of the gold entity: one with an equal name first, then the one with the closest name.

        Countries and places must have an equal name, and a name of one word never counts as close.
        """
        names = list(names)
        for name in names:
            for entity in self._by_key.get(self._key(name, kind), ()):
                if kind in entity.kinds:
                    return entity.id
        if kind in (Kind.COUNTRY, Kind.PLACE):
            return None
        return self._closest([words for words in map(_words, names) if len(words) > 1], kind)

    def _closest(self, candidates: list[frozenset[str]], kind: Kind) -> str | None:
        best, found = 0.0, None
        for words in candidates:
            for entity, names in self._entities:
                overlap = max((_dice(words, other) for other in names), default=0.0)
                if kind in entity.kinds and overlap > best:
                    best, found = overlap, entity.id
        return found if best >= NAME_OVERLAP else None


@dataclass(frozen=True, slots=True)
class _Predicted:
    """A graph in the terms of a gold document."""

    kinds: dict[Node, Kind]
    matched: dict[Node, str | None]
    """For each entity of the graph its gold entity, if it has one."""
    facts: dict[Triple, str]
    """Facts over gold ids (`?name` for an entity that gold does not have) and how the graph says them."""


def _read(gold: Gold, graph: Graph) -> _Predicted:
    kinds: dict[Node, Kind] = {}
    for kind in Kind:
        for subject in sorted(graph.subjects(RDF.type, URIRef(ONTOLOGY + kind)), key=str):
            kinds.setdefault(subject, kind)
    names = {entity: _names(graph, entity) for entity in kinds}
    matcher = Matcher(gold.entities.values())
    matched = {entity: matcher.match(names[entity], kind) for entity, kind in kinds.items()}
    facts: dict[Triple, str] = {}
    for predicate in Predicate:
        for subject, obj in sorted(graph.subject_objects(URIRef(ONTOLOGY + predicate)), key=str):
            if subject not in kinds or not (obj in kinds or isinstance(obj, Literal)):
                continue
            labels = [str(node) if isinstance(node, Literal) else names[node][0] for node in (subject, obj)]
            gold_subject = matched[subject] or f"?{labels[0]}"
            gold_object = labels[1] if isinstance(obj, Literal) else matched[obj] or f"?{labels[1]}"
            if gold_subject != gold_object:
                facts[canonical(gold_subject, predicate, gold_object)] = f" | {predicate} | ".join(labels)
    return _Predicted(kinds, matched, _without_implied(facts))


def _names(graph: Graph, entity: Node) -> list[str]:
    names = [
        str(name)
        for predicate in (SKOS.prefLabel, RDFS.label, SKOS.altLabel)
        for name in sorted(graph.objects(entity, predicate), key=str)
    ]
    return names or [str(entity)]


def _without_implied(facts: dict[Triple, str]) -> dict[Triple, str]:
    """Leave out `participatesIn` where a more specific predicate already says it."""
    specific = PARTICIPATION - {Predicate.PARTICIPATES_IN}
    said = {(s, o) for s, predicate, o in facts if predicate in specific}
    return {
        (s, p, o): text
        for (s, p, o), text in facts.items()
        if p is not Predicate.PARTICIPATES_IN or (s, o) not in said
    }


def score_document(gold: Gold, graph: Graph) -> DocumentScore:
    """Compare a graph, built from this document alone, with the document's gold."""
    predicted = _read(gold, graph)
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
        missed=tuple(sorted(_as_text(gold, fact) for fact in missed)),
        false=tuple(sorted(predicted.facts[fact] for fact in false)),
    )


def _score_entities(gold: Gold, predicted: _Predicted, kind: Kind) -> Score:
    matches = [predicted.matched[entity] for entity, its_kind in predicted.kinds.items() if its_kind is kind]
    found = {match for match in matches if match}
    wanted = {entity.id for entity in gold.entities.values() if entity.kind is kind and not entity.optional}
    return Score(
        hit=sum(not gold.entities[match].optional for match in found),
        false=matches.count(None),
        missed=len(wanted - found),
    )


def _as_text(gold: Gold, fact: Triple) -> str:
    subject, predicate, obj = fact
    names = [gold.entities[x].names[0] if x in gold.entities else x for x in (subject, obj)]
    return f"{names[0]} | {predicate} | {names[1]}"


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
