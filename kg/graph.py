"""Knowledge to RDF: the direct triples that people query, and the evidence behind each of them.

The nodes come one after the other, in the order of the file and in words of Turtle, so that a graph is
written and checked (`kg.shapes`) without ever being in memory as a whole.
"""

from __future__ import annotations

import marshal
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kg import vocab
from kg.contradictions import Contradictions
from kg.model import Knowledge, Origin, place_in
from kg.nodes import Nodes, Reading, registered
from kg.store import parse_turtle
from kg.streams import Beside, Sorter
from kg.terms import Terms, fact_parts, listed
from kg.turtle import OFFSET_DIGITS, new_graph, serialise, write_block
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rdflib import Graph

    from kg.model import Article, Entity, Fact, KnowledgeView, RegistryFact
    from kg.nodes import Said
    from kg.turtle import Properties

__all__ = ["GraphWriter", "Node", "build_graph", "serialise", "to_turtle"]

_ROOMS = (
    *Kind,
    "article",
    "origins",
    "mention",
    "registry fact",
    "merge",
    "passage",
    "fact",
    "against",
    "other",
)
# Between the parts of a key: no word has it, and it sorts before all that words have.
_SEPARATOR = "\t"


class Node(NamedTuple):
    """One subject with all that the graph says of it."""

    name: str
    properties: Properties
    """In the order of the file."""
    beyond: Mapping[str, Mapping[str, Sequence[str]]] = {}
    """By predicate and node, what the graph says of nodes that this one speaks of."""


def build_graph(knowledge: KnowledgeView, *, base: str = vocab.DATA) -> Graph:
    """The graph of everything known, without blank nodes; `base` is what the names of the data begin with.

    Raises GraphError when `base` is no absolute IRI that ends in "/" or "#".
    """
    graph = new_graph(base)
    graph.addN((*triple, graph) for triple in parse_turtle(to_turtle(knowledge, base=base)))
    return graph


def to_turtle(knowledge: KnowledgeView, *, base: str = vocab.DATA) -> bytes:
    """The same as Turtle, byte for byte what `serialise` makes of it."""
    writer = GraphWriter(knowledge, base=base)
    body = "".join([write_block(node.name, node.properties) for group in writer.groups() for node in group])
    return (writer.header() + body).encode()


class GraphWriter:
    """Gives the nodes of a graph in the order in which `kg.turtle` writes them.

    What is known is walked through once and sorted on the disk; nothing of it stays in memory.
    """

    def __init__(self, knowledge: KnowledgeView, *, base: str = vocab.DATA) -> None:
        self._terms = Terms(base)
        self._nodes = Nodes(self._terms)
        self._sorter = Sorter(_ROOMS)
        self._extractors: set[str] = set()
        self._registries: set[str] = set()
        known = _in_order(knowledge) if isinstance(knowledge, Knowledge) else knowledge
        for article in known.articles:
            self._put_article(article)
        self._put_entities(known)
        for merge in known.merges:
            self._put("merge", *self._nodes.merge(merge))

    def header(self) -> str:
        """The prefixes; to be asked for when all nodes were taken."""
        return self._terms.header()

    def groups(self) -> Iterator[tuple[Node, ...]]:
        """Every node once; a fact comes together with its readings."""
        for kind in Kind:
            yield from self._room(kind)
        mentions = Beside(self._sorter.take("mention"), self._put_mentions)
        for name, said in self._taken("article"):
            if entities := mentions.at(name):
                said["schema:mentions"] = [*entities]
            yield (self._node(name, said),)
        mentions.finish()
        yield from self._few(self._nodes.extractor, self._extractors)
        yield from self._few(self._nodes.registry, self._registries)
        yield from self._room("registry fact")
        yield from self._room("merge")
        yield from self._passages()
        yield from self._facts()
        yield from self._room("other")

    def _put(self, room: str, name: str, said: Said, *, before: str = "") -> None:
        """`before` is what the nodes of a room are sorted by before their names."""
        self._sorter.put(room, before + name, marshal.dumps(said))

    def _put_article(self, article: Article) -> None:
        name = self._terms.name(f"article/{article.id}")
        self._put("article", name, self._nodes.article(article))
        origins = [(origin.start, origin.line, origin.page, origin.character) for origin in article.origins]
        self._sorter.put("origins", name, marshal.dumps(origins))

    def _put_entities(self, known: KnowledgeView) -> None:
        """With all facts of which they are the subject."""
        countries: set[str] = set()
        contradictions = Contradictions(countries)
        by_subject = groupby(known.facts, key=_subject)
        facts = Beside(((subject, list(same)) for subject, same in by_subject), self._put_orphans)
        by_gone = ((gone, [successor]) for gone, successor in known.redirects)
        successors = Beside(by_gone, self._put_redirect)
        for entity in known.entities:
            if entity.kind is Kind.COUNTRY:
                countries.add(entity.id)
            said, told = self._nodes.entity(entity), facts.at(entity.id)
            for fact in told:
                verb, obj = self._put_fact(fact)
                said.setdefault(verb, []).append(obj)
            if told:
                for pair in contradictions.among(entity, told):
                    self._put_contradiction(*pair)
            for successor in successors.at(entity.id):
                said["dcterms:isReplacedBy"] = [self._terms.name(successor)]
            name = self._terms.name(entity.id)
            self._put(entity.kind, name, said)
            mentioned = [(self._terms.name(f"article/{article}"), name) for article in entity.articles]
            self._sorter.put_all("mention", mentioned)
            for registry_fact in registered(entity):
                self._put_registry_fact(entity, registry_fact)
        facts.finish()
        successors.finish()

    def _put_registry_fact(self, entity: Entity, told: RegistryFact) -> None:
        self._registries.add(told.registry)
        name, said = self._nodes.registry_fact(entity.id, told)
        triple = (said[part][0] for part in ("rdf:subject", "rdf:predicate", "rdf:object"))
        self._put("registry fact", name, said, before="".join([part + _SEPARATOR for part in triple]))

    def _put_fact(self, fact: Fact) -> tuple[str, str]:
        """Put a fact and its passages in their places; return the direct triple without the subject."""
        parts = listed(*fact_parts(fact))
        readings: dict[str, Reading] = {}
        for proof in fact.evidence:
            self._extractors.add(proof.extractor)
            reading = self._nodes.reading_of(parts, proof)
            # Said twice by one extractor of one passage, the more confident one stands.
            readings[reading.name] = max(reading, readings.get(reading.name, reading))
            start = str(proof.start).zfill(OFFSET_DIGITS)
            key = _SEPARATOR.join((reading.article, start, reading.passage))
            self._sorter.put("passage", key, marshal.dumps((proof.quote, proof.start, proof.end)))
        triple = self._nodes.triple(fact)
        key = _SEPARATOR.join((*triple, self._nodes.fact_name(parts)))
        rows = [tuple(readings[name]) for name in sorted(readings)]
        self._sorter.put("fact", key, marshal.dumps((fact.belief, rows)))
        return triple[1:]

    def _put_contradiction(self, one: Fact, other: Fact) -> None:
        names = [self._nodes.fact_name(listed(*fact_parts(fact))) for fact in (one, other)]
        for fact, name, against in zip((one, other), names, reversed(names), strict=True):
            self._sorter.put("against", _SEPARATOR.join((*self._nodes.triple(fact), name)), against)

    def _put_orphans(self, subject: str, facts: Sequence[Fact]) -> None:
        """What nobody describes is written all the same; the check finds it."""
        for fact in facts:
            verb, obj = self._put_fact(fact)
            self._put("other", self._terms.name(subject), {verb: [obj]})

    def _put_redirect(self, gone: str, successors: Sequence[str]) -> None:
        names = [self._terms.name(successor) for successor in successors]
        self._put("other", self._terms.name(gone), {"dcterms:isReplacedBy": names})

    def _put_mentions(self, article: str, entities: Sequence[str]) -> None:
        self._put("other", article, {"schema:mentions": [*entities]})

    def _room(self, room: str) -> Iterator[tuple[Node, ...]]:
        for key, said in self._taken(room):
            yield (self._node(key.rpartition(_SEPARATOR)[2], said),)

    def _taken(self, room: str) -> Iterator[tuple[str, Said]]:
        """The nodes of a room by key, with all that was put there of each."""
        for key, (first, *others) in self._sorter.take(room):
            said: Said = marshal.loads(first)
            for other in others:
                for verb, objects in marshal.loads(other).items():
                    said.setdefault(verb, []).extend(objects)
            yield key, said

    def _node(self, name: str, said: Said, beyond: Mapping[str, Mapping[str, Sequence[str]]] = {}) -> Node:
        return Node(name, self._terms.in_order(said), beyond)

    def _few(self, describe: Callable[[str], tuple[str, Said]], ids: Iterable[str]) -> Iterator[tuple[Node]]:
        for name, said in sorted(map(describe, ids), key=lambda node: node[0]):
            yield (self._node(name, said),)

    def _passages(self) -> Iterator[tuple[Node, ...]]:
        by_article = Beside(self._sorter.take("origins"))
        current = ""
        origins: tuple[Origin, ...] = ()
        for key, (found, *_) in self._sorter.take("passage"):
            article, _, name = key.split(_SEPARATOR)
            if article != current:
                current = article
                origins = tuple(
                    Origin(*origin) for data in by_article.at(article) for origin in marshal.loads(data)
                )
            quote, start, end = marshal.loads(found)
            place = place_in(origins, start)
            yield (Node(name, self._nodes.passage(article, quote, start, end, place)),)

    def _facts(self) -> Iterator[tuple[Node, ...]]:
        contradictions = Beside(self._sorter.take("against"))
        for key, (found, *_) in self._sorter.take("fact"):
            *triple, name = key.split(_SEPARATOR)
            belief, rows = marshal.loads(found)
            readings = list(map(Reading._make, rows))
            said = self._nodes.fact(triple, belief, readings)
            if others := contradictions.at(key):
                said["kg:contradicts"] = [*others]
            stands_in = {"kg:article": {reading.passage: [reading.article] for reading in readings}}
            yield (
                self._node(name, said, stands_in),
                *[Node(reading.name, self._nodes.reading(reading)) for reading in readings],
            )


def _in_order(knowledge: Knowledge) -> Knowledge:
    """As `KnowledgeView` promises, for knowledge that was put together by hand."""
    return replace(
        knowledge,
        entities=tuple(sorted(knowledge.entities, key=lambda entity: entity.id)),
        facts=tuple(sorted(knowledge.facts, key=_subject)),
        redirects=tuple(sorted(knowledge.redirects)),
    )


def _subject(fact: Fact) -> str:
    return fact.subject
