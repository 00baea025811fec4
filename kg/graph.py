"""Knowledge to RDF: the direct triples that people query, and the evidence behind each of them.

The nodes come one after the other, in the order of the file and in words of Turtle, so that a graph is
written and checked (`kg.shapes`) without ever being in memory as a whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kg import __version__, vocab
from kg.contradictions import contradictions
from kg.model import PartialDate, RegistryFact
from kg.store import parse_turtle
from kg.terms import Terms, decimal, digest, fact_key, fact_parts, is_close, registry_page, sha256
from kg.turtle import OFFSET_DIGITS, new_graph, serialise, write_block
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rdflib import Graph

    from kg.model import Article, Entity, Evidence, Fact, Knowledge, Merge

__all__ = ["GraphWriter", "Node", "build_graph", "serialise", "to_turtle"]

T = TypeVar("T")
Pair = tuple[str, str]
"""A predicate and an object, in words of Turtle."""

_STATEMENT = ("a", "rdf:Statement")
_KEY = "registryKey"

_COUNTRY_KEY = re.compile(r"iso:([A-Z]{2})")
_REGISTRY_NAMES = {
    "iso": "ISO 3166-1",
    "iso3166-2": "ISO 3166-2",
    "geonames": "GeoNames",
    "regions": "regions of kgazette",
    "ror": "ROR",
    "wikidata": "Wikidata",
}


class Node(NamedTuple):
    """One subject with all that the graph says of it."""

    name: str
    properties: list[Pair]
    """In the order of the file, each once."""


def build_graph(knowledge: Knowledge, *, base: str = vocab.DATA) -> Graph:
    """The graph of everything known, without blank nodes; `base` is what the names of the data begin with.

    Raises GraphError when `base` is no absolute IRI that ends in "/" or "#".
    """
    graph = new_graph(base)
    graph.addN((*triple, graph) for triple in parse_turtle(to_turtle(knowledge, base=base)))
    return graph


def to_turtle(knowledge: Knowledge, *, base: str = vocab.DATA) -> bytes:
    """The same as Turtle, byte for byte what `serialise` makes of it."""
    writer = GraphWriter(knowledge, base=base)
    body = "".join(write_block(*node) for group in writer.groups() for node in group)
    return (writer.header() + body).encode()


class GraphWriter:
    """Gives the nodes of a graph in the order in which `kg.turtle` writes them."""

    def __init__(self, knowledge: Knowledge, *, base: str = vocab.DATA) -> None:
        self._knowledge = knowledge
        self._terms = Terms(base)
        self._articles = {article.id: article for article in knowledge.articles}
        # What is said of a node elsewhere than where it is described.
        self._more: dict[str, list[Pair]] = defaultdict(list)
        for entity in knowledge.entities:
            mentions = ("schema:mentions", self._terms.name(entity.id))
            for article in entity.articles:
                self._more[self._terms.name("article", article)].append(mentions)
        for fact in knowledge.facts:
            subject, *rest = self._triple(fact)
            self._more[subject].append((rest[0], rest[1]))
        self._contradicting: set[str] = set()
        for left, right in contradictions(knowledge):
            one, two = self._fact_name(left), self._fact_name(right)
            self._more[one].append(("kg:contradicts", two))
            self._more[two].append(("kg:contradicts", one))
            self._contradicting |= {one, two}
        for gone, successor in knowledge.redirects:
            self._more[self._terms.name(gone)].append(("dcterms:isReplacedBy", self._terms.name(successor)))

    def header(self) -> str:
        """The prefixes; to be asked for when all nodes were taken."""
        return self._terms.header()

    def declared(self) -> dict[str, frozenset[str]]:
        """The classes of the nodes that others speak of before they come."""
        # Few sets for many nodes.
        sets = {
            classes: frozenset(self._terms.is_a(name)[1] for name in classes if name)
            for classes in {(entity.kind, entity.subtype) for entity in self._knowledge.entities}
        }
        declared = {
            self._terms.name(entity.id): sets[entity.kind, entity.subtype]
            for entity in self._knowledge.entities
        }
        fact = frozenset({self._terms.is_a("Fact")[1], _STATEMENT[1]})
        return declared | dict.fromkeys(self._contradicting, fact)

    def groups(self) -> Iterator[tuple[Node, ...]]:
        """Every node once; a fact comes together with its readings."""
        known = self._knowledge
        for kind in Kind:
            entities = (entity for entity in known.entities if entity.kind is kind)
            yield from self._room(entities, self._entity_key, self._entity)
        yield from self._room(known.articles, self._article_key, self._article)
        extractors = {proof.extractor for fact in known.facts for proof in fact.evidence}
        yield from self._room(extractors, self._extractor_key, self._extractor)
        told = [(entity.id, fact) for entity in known.entities for fact in _registered(entity)]
        yield from self._room({fact.registry for _, fact in told}, self._registry_key, self._registry)
        yield from self._room(told, self._registry_fact_key, self._registry_fact)
        yield from self._room(known.merges, self._merge_key, self._merge)
        passages = {
            (proof.article, proof.start, proof.end): proof for fact in known.facts for proof in fact.evidence
        }
        yield from self._room(passages.values(), self._passage_key, self._passage)
        for (*_, name), facts in _in_order(known.facts, self._fact_key):
            proofs = self._readings(facts)
            pairs = [pair for fact in facts for pair in self._fact(fact, proofs)]
            readings = (
                self._node(reading, self._reading(proof)) for reading, proof in sorted(proofs.items())
            )
            yield self._node(name, pairs), *readings
        for name in sorted(self._more):
            yield (self._node(name, ()),)

    def _room(
        self,
        items: Iterable[T],
        key: Callable[[T], tuple[str, ...]],
        describe: Callable[[T], Iterable[Pair]],
    ) -> Iterator[tuple[Node, ...]]:
        """The nodes of one class, in the order of their keys, whose last part is the name."""
        for (*_, name), same in _in_order(items, key):
            yield (self._node(name, (pair for item in same for pair in describe(item))),)

    def _node(self, name: str, pairs: Iterable[Pair]) -> Node:
        return Node(name, self._terms.properties((*pairs, *self._more.pop(name, ()))))

    def _entity_key(self, entity: Entity) -> tuple[str]:
        return (self._terms.name(entity.id),)

    def _entity(self, entity: Entity) -> Iterator[Pair]:
        yield self._terms.is_a(entity.kind)
        if entity.subtype:
            yield self._terms.is_a(entity.subtype)
        name = self._terms.text(entity.name)
        yield "rdfs:label", name
        yield "skos:prefLabel", name
        for alias in entity.aliases:
            yield "skos:altLabel", self._terms.text(alias)
        for key in entity.links:
            yield from self._link(key)
        for told in entity.registered:
            yield f"kg:{told.predicate}", self._terms.text(told.value)

    def _link(self, key: str) -> Iterator[Pair]:
        """What a registry says. It has predicates and a class of its own, as no article says it."""
        if page := registry_page(key):
            yield ("skos:closeMatch" if is_close(key) else "skos:exactMatch"), self._terms.page(page)
        if is_close(key):
            return
        yield "kg:registryKey", self._terms.text(key)
        if country := _COUNTRY_KEY.fullmatch(key):
            yield "kg:countryCode", self._terms.text(country[1])

    def _article_key(self, article: Article) -> tuple[str]:
        return (self._terms.name("article", article.id),)

    def _article(self, article: Article) -> Iterator[Pair]:
        yield self._terms.is_a("Article")
        # A reader needs something to call it by; the id is readable and says where it came from.
        yield "dcterms:title", self._terms.text(article.title or article.id)
        yield "dcterms:source", self._terms.text(article.source)
        for source in article.also_in:
            yield "kg:alsoIn", self._terms.text(source)
        yield "schema:inLanguage", '"en"'
        yield "schema:sha256", f'"{article.digest or sha256(article.text)}"'
        if article.published:
            yield "dcterms:issued", self._terms.date(article.published)
        if article.byline:
            yield "dcterms:creator", self._terms.text(article.byline)
        if article.publisher:
            yield "dcterms:publisher", self._terms.text(article.publisher)
        if article.section:
            yield "schema:articleSection", self._terms.text(article.section)

    def _extractor_key(self, extractor: str) -> tuple[str]:
        return (self._terms.leaf("extractor", extractor),)

    def _extractor(self, extractor: str) -> Iterator[Pair]:
        yield self._terms.is_a("Extractor")
        yield "schema:name", self._terms.text(extractor)
        yield "schema:softwareVersion", self._terms.text(__version__)

    def _registry_key(self, registry: str) -> tuple[str]:
        return (self._terms.leaf("registry", registry),)

    def _registry(self, registry: str) -> Iterator[Pair]:
        yield self._terms.is_a("Registry")
        yield "schema:name", self._terms.text(_REGISTRY_NAMES.get(registry, registry))

    def _registry_fact_key(self, told: tuple[str, RegistryFact]) -> tuple[str, ...]:
        subject, fact = told
        # A key names its registry; what else a registry says does not.
        named = () if fact.predicate == _KEY else (fact.predicate, fact.registry)
        number = digest(self._terms.iri(subject), fact.value, *named)
        triple = (self._terms.name(subject), f"kg:{fact.predicate}", self._terms.text(fact.value))
        return *triple, self._terms.numbered("registry-fact", number)

    def _registry_fact(self, told: tuple[str, RegistryFact]) -> Iterator[Pair]:
        subject, fact = told
        yield self._terms.is_a("RegistryFact")
        yield _STATEMENT
        yield "rdf:subject", self._terms.name(subject)
        yield "rdf:predicate", f"kg:{fact.predicate}"
        yield "rdf:object", self._terms.text(fact.value)
        yield "prov:wasDerivedFrom", self._terms.leaf("registry", fact.registry)

    def _merge_key(self, merge: Merge) -> tuple[str]:
        return (self._terms.numbered("merge", digest(merge.entity, merge.left, merge.right, merge.reason)),)

    def _merge(self, merge: Merge) -> Iterator[Pair]:
        yield self._terms.is_a("Merge")
        yield "kg:entity", self._terms.name(merge.entity)
        yield "kg:left", self._terms.text(merge.left)
        yield "kg:right", self._terms.text(merge.right)
        yield "kg:reason", self._terms.text(merge.reason)
        yield "kg:score", decimal(merge.score)

    def _fact_key(self, fact: Fact) -> tuple[str, ...]:
        return *self._triple(fact), self._fact_name(fact)

    def _triple(self, fact: Fact) -> tuple[str, str, str]:
        obj = (
            self._terms.date(fact.object)
            if isinstance(fact.object, PartialDate)
            else self._terms.name(fact.object)
        )
        return self._terms.name(fact.subject), f"kg:{fact.predicate}", obj

    def _fact_name(self, fact: Fact) -> str:
        return self._terms.numbered(*fact_key(fact).split("/"))

    def _readings(self, facts: Iterable[Fact]) -> dict[str, Evidence]:
        """The readings that found what these facts say, by name.

        Said twice by one extractor of one passage, the more confident one, which sorts last, stands.
        """
        readings = {
            (*fact_parts(fact), proof.article, proof.start, proof.end, proof.extractor): proof
            for fact in facts
            for proof in sorted(fact.evidence)
        }
        return {
            self._terms.numbered("reading", digest(*reading)): proof for reading, proof in readings.items()
        }

    def _fact(self, fact: Fact, readings: Mapping[str, Evidence]) -> Iterator[Pair]:
        yield self._terms.is_a("Fact")
        yield _STATEMENT
        yield from zip(("rdf:subject", "rdf:predicate", "rdf:object"), self._triple(fact), strict=True)
        yield "kg:belief", decimal(fact.belief)
        for name, proof in readings.items():
            yield "kg:reading", name
            yield "kg:evidence", self._passage_name(proof)
            yield "prov:wasDerivedFrom", self._terms.name("article", proof.article)

    def _reading(self, proof: Evidence) -> Iterator[Pair]:
        """Which extractor read one fact out of one passage, and how sure it is of that."""
        yield self._terms.is_a("Reading")
        yield "kg:passage", self._passage_name(proof)
        yield "prov:agent", self._terms.leaf("extractor", proof.extractor)
        yield "kg:confidence", decimal(proof.confidence)

    def _passage_name(self, proof: Evidence) -> str:
        return self._terms.numbered("evidence", digest(proof.article, proof.start, proof.end))

    def _passage_key(self, proof: Evidence) -> tuple[str, ...]:
        start = str(proof.start).zfill(OFFSET_DIGITS)
        return self._terms.name("article", proof.article), start, self._passage_name(proof)

    def _passage(self, proof: Evidence) -> Iterator[Pair]:
        """One node for a passage, however many facts it states and extractors read it."""
        yield self._terms.is_a("Evidence")
        yield "kg:article", self._terms.name("article", proof.article)
        yield "kg:quote", self._terms.text(proof.quote)
        yield "kg:start", str(proof.start)
        yield "kg:end", str(proof.end)
        if (place := self._articles[proof.article].place_at(proof.start)) is not None:
            yield "kg:line", str(place.line)
            yield "kg:character", str(place.character)
            if place.page:
                yield "kg:page", str(place.page)


def _in_order(
    items: Iterable[T], key: Callable[[T], tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], list[T]]]:
    """The items by key, in order."""
    by_key: dict[tuple[str, ...], list[T]] = defaultdict(list)
    for item in items:
        by_key[key(item)].append(item)
    for found in sorted(by_key):
        yield found, by_key[found]


def _registered(entity: Entity) -> Iterator[RegistryFact]:
    """What registries say of an entity: its keys, and what goes with them."""
    for key in entity.links:
        if not is_close(key):
            yield RegistryFact(key.partition(":")[0], _KEY, key)
    yield from entity.registered
