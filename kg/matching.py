"""A graph in the terms of a gold document: which of its entities and facts are those of the gold."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, SKOS, Literal, URIRef

from kg.gold import canonical
from kg.vocab import ONTOLOGY, PARTICIPATION, Kind, Predicate

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


def words_of(name: str) -> frozenset[str]:
    """The words that tell one name from another."""
    return frozenset(name_key(name).split()) - STOP_WORDS


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    """The Dice coefficient: 1 for equal sets, 0 for sets that share nothing."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


class Matcher:
    """Finds the gold entity that the names of a predicted one stand for."""

    def __init__(self, entities: Iterable[GoldEntity]) -> None:
        self._entities = [(entity, [words_of(name) for name in entity.names]) for entity in entities]
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
        return self._closest([words for words in map(words_of, names) if len(words) > 1], kind)

    def _closest(self, candidates: list[frozenset[str]], kind: Kind) -> str | None:
        best, found = 0.0, None
        for words in candidates:
            for entity, names in self._entities:
                overlap = max((dice(words, other) for other in names), default=0.0)
                if kind in entity.kinds and overlap > best:
                    best, found = overlap, entity.id
        return found if best >= NAME_OVERLAP else None


@dataclass(frozen=True, slots=True)
class Statement:
    """How a graph says a fact."""

    text: str
    """Subject, predicate and object, under the graph's own names."""
    belief: float = 1.0
    quote: str = ""
    """The first passage, in the order of their IRIs, that it rests on."""


@dataclass(frozen=True, slots=True)
class Predicted:
    """A graph in the terms of a gold document."""

    kinds: dict[Node, Kind]
    names: dict[Node, list[str]]
    """The preferred name first."""
    matched: dict[Node, str | None]
    """For each entity of the graph its gold entity, if it has one."""
    facts: dict[Triple, Statement]
    """Facts over gold ids; `?name` stands for an entity that gold does not have."""


def read_graph(gold: Gold, graph: Graph) -> Predicted:
    """What `graph`, built from one document, says about what the document's gold lists."""
    kinds: dict[Node, Kind] = {}
    for kind in Kind:
        for subject in sorted(graph.subjects(RDF.type, URIRef(ONTOLOGY + kind)), key=str):
            kinds.setdefault(subject, kind)
    names = {entity: _names(graph, entity) for entity in kinds}
    matcher = Matcher(gold.entities.values())
    matched = {entity: matcher.match(names[entity], kind) for entity, kind in kinds.items()}
    grounds = _grounds(graph)
    facts: dict[Triple, Statement] = {}
    for predicate in Predicate:
        for subject, obj in sorted(graph.subject_objects(URIRef(ONTOLOGY + predicate)), key=str):
            if subject not in kinds or not (obj in kinds or isinstance(obj, Literal)):
                continue
            labels = [str(node) if isinstance(node, Literal) else names[node][0] for node in (subject, obj)]
            gold_subject = matched[subject] or f"?{labels[0]}"
            gold_object = labels[1] if isinstance(obj, Literal) else matched[obj] or f"?{labels[1]}"
            if gold_subject != gold_object:
                belief, quote = grounds.get((subject, URIRef(ONTOLOGY + predicate), obj), (1.0, ""))
                said = Statement(f" | {predicate} | ".join(labels), belief, quote)
                fact = canonical(gold_subject, predicate, gold_object)
                facts[fact] = max(said, facts.get(fact, said), key=_belief)
    return Predicted(kinds, names, matched, _without_implied(facts))


def _belief(statement: Statement) -> float:
    return statement.belief


def _grounds(graph: Graph) -> dict[tuple[Node | None, ...], tuple[float, str]]:
    """The belief in each triple that the graph tells it of, and a passage that states it."""
    found = {}
    for fact, belief in graph.subject_objects(URIRef(ONTOLOGY + "belief")):
        triple = tuple(graph.value(fact, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        evidence = min(graph.objects(fact, URIRef(ONTOLOGY + "evidence")), key=str, default=None)
        quote = graph.value(evidence, URIRef(ONTOLOGY + "quote")) if evidence else None
        found[triple] = (float(str(belief)), str(quote or ""))
    return found


def _names(graph: Graph, entity: Node) -> list[str]:
    names = [
        str(name)
        for predicate in (SKOS.prefLabel, RDFS.label, SKOS.altLabel)
        for name in sorted(graph.objects(entity, predicate), key=str)
    ]
    return names or [str(entity)]


def _without_implied(facts: dict[Triple, Statement]) -> dict[Triple, Statement]:
    """Leave out `participatesIn` where a more specific predicate already says it."""
    specific = PARTICIPATION - {Predicate.PARTICIPATES_IN}
    said = {(s, o) for s, predicate, o in facts if predicate in specific}
    return {
        (s, p, o): said_so
        for (s, p, o), said_so in facts.items()
        if p is not Predicate.PARTICIPATES_IN or (s, o) not in said
    }
