"""A graph back to knowledge: the same entities, facts and evidence that it was built from.

Only the articles' text is not in a graph; their digest is, and for every passage its place.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg import vocab
from kg.errors import GraphError
from kg.model import (
    Article,
    Entity,
    Evidence,
    Fact,
    Knowledge,
    Merge,
    Origin,
    PartialDate,
    RegistryFact,
)
from kg.terms import close_key
from kg.turtle import KG, PREFIXES
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kg.store import Store

_RDF, _DC, _SDO, _PROV = (PREFIXES[name] for name in ("rdf", "dcterms", "schema", "prov"))
_TYPE = _RDF + "type"
_ALT = PREFIXES["skos"] + "altLabel"
_LABEL = PREFIXES["rdfs"] + "label"
_GENERAL = frozenset(str(KG[name]) for name in (*Kind, "Article", "Fact", "Merge"))

Properties = dict[str, list["ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"]]


def base_of(store: Store) -> str:
    """What the names of the data begin with, as the prefixes of the graph tell."""
    for namespace, prefix in store.prefixes:
        if prefix == "fact" and namespace.endswith("fact/"):
            return namespace.removesuffix("fact/")
    return vocab.DATA


def read_knowledge(store: Store) -> Knowledge:
    """Everything in the graph that `kg.graph` writes; other triples are passed over.

    Raises GraphError where a part is missing or wrong that `kg check` would miss too.
    """
    try:
        return _Reader(store).knowledge()
    except (LookupError, ValueError) as error:
        raise GraphError(
            f"the graph is incomplete, see `kg check` ({type(error).__name__}: {error})"
        ) from error


class _Reader:
    def __init__(self, store: Store) -> None:
        self._base = base_of(store)
        self._nodes: dict[str, Properties] = defaultdict(lambda: defaultdict(list))
        self._instances: dict[str, list[str]] = defaultdict(list)
        self._mentioned: dict[str, list[str]] = defaultdict(list)
        for quad in store.triples:
            subject, predicate = str(getattr(quad.subject, "value", "")), quad.predicate.value
            self._nodes[subject][predicate].append(quad.object)
            if predicate == _TYPE:
                self._instances[_value(quad.object)].append(subject)
            elif predicate == _SDO + "mentions":
                self._mentioned[_value(quad.object)].append(self._article_id(subject))

    def knowledge(self) -> Knowledge:
        merges = [self._merge(node) for node in self._all("Merge")]
        entities = [self._entity(node, kind) for kind in Kind for node in self._all(kind)]
        facts = [self._fact(node) for node in self._all("Fact")]
        return Knowledge(
            articles=tuple(self._article(node) for node in self._all("Article")),
            entities=tuple(sorted(entities, key=lambda entity: entity.id)),
            facts=tuple(sorted(facts, key=lambda fact: (fact.subject, fact.predicate, str(fact.object)))),
            merges=tuple(sorted(merges)),
            redirects=tuple(sorted(self._redirects())),
        )

    def _redirects(self) -> Iterator[tuple[str, str]]:
        for node, properties in self._nodes.items():
            for successor in properties.get(_DC + "isReplacedBy", ()):
                yield self._id(node), self._id(_value(successor))

    def _all(self, name: str) -> list[str]:
        return sorted(self._instances[str(KG[name])])

    def _article(self, node: str) -> Article:
        published = self._text(node, _DC + "issued")
        return Article(
            id=self._article_id(node),
            source=self._text(node, _DC + "source"),
            title=self._text(node, _DC + "title"),
            text="",
            published=PartialDate.parse(published) if published else None,
            byline=self._text(node, _DC + "creator") or None,
            section=self._text(node, _SDO + "articleSection") or None,
            publisher=self._text(node, _DC + "publisher") or None,
            origins=tuple(sorted(self._origins[node], key=lambda origin: origin.start)),
            also_in=self._texts(node, str(KG.alsoIn)),
            digest=self._text(node, _SDO + "sha256"),
        )

    @cached_property
    def _origins(self) -> dict[str, set[Origin]]:
        """Where the passages of each article stand in its file."""
        origins: dict[str, set[Origin]] = defaultdict(set)
        for node in self._all("Evidence"):
            if line := self._text(node, str(KG.line)):
                start, page = self._one(node, str(KG.start)), self._text(node, str(KG.page)) or 0
                character = self._text(node, str(KG.character)) or 1
                article = self._one(node, str(KG.article))
                origins[article].add(Origin(int(start), int(line), int(page), int(character)))
        return origins

    def _entity(self, node: str, kind: Kind) -> Entity:
        classes = [cls for cls in self._texts(node, _TYPE) if cls not in _GENERAL]
        close = map(close_key, self._texts(node, PREFIXES["skos"] + "closeMatch"))
        return Entity(
            id=self._id(node),
            kind=kind,
            name=self._one(node, _LABEL),
            aliases=self._texts(node, _ALT),
            subtype=classes[0].removeprefix(vocab.ONTOLOGY) if classes else "",
            links=tuple(sorted({*self._texts(node, str(KG.registryKey)), *close} - {""})),
            articles=tuple(sorted(self._mentioned[node])),
            registered=tuple(sorted(self._registered[node])),
        )

    @cached_property
    def _registered(self) -> dict[str, list[RegistryFact]]:
        found: dict[str, list[RegistryFact]] = defaultdict(list)
        for node in self._all("RegistryFact"):
            predicate = self._one(node, _RDF + "predicate").removeprefix(vocab.ONTOLOGY)
            if predicate != "registryKey":
                registry = self._id(self._one(node, _PROV + "wasDerivedFrom")).removeprefix("registry/")
                told = RegistryFact(registry, predicate, self._one(node, _RDF + "object"))
                found[self._one(node, _RDF + "subject")].append(told)
        return found

    def _fact(self, node: str) -> Fact:
        readings = self._texts(node, str(KG.reading))
        if not readings:
            raise LookupError(f"{node} has no {KG.reading}")
        obj = self._nodes[node][_RDF + "object"][0]
        is_date = hasattr(obj, "datatype")
        return Fact(
            subject=self._id(self._one(node, _RDF + "subject")),
            predicate=Predicate(self._one(node, _RDF + "predicate").removeprefix(vocab.ONTOLOGY)),
            object=PartialDate.parse(_value(obj)) if is_date else self._id(_value(obj)),
            evidence=tuple(sorted(self._evidence(reading) for reading in readings)),
            belief=float(self._one(node, str(KG.belief))),
        )

    def _evidence(self, reading: str) -> Evidence:
        passage, extractor = self._one(reading, str(KG.passage)), self._one(reading, _PROV + "agent")
        return Evidence(
            article=self._article_id(self._one(passage, str(KG.article))),
            start=int(self._one(passage, str(KG.start))),
            end=int(self._one(passage, str(KG.end))),
            quote=self._one(passage, str(KG.quote)),
            extractor=self._one(extractor, _SDO + "name"),
            confidence=float(self._one(reading, str(KG.confidence))),
        )

    def _merge(self, node: str) -> Merge:
        left, right, reason = (self._one(node, str(KG[part])) for part in ("left", "right", "reason"))
        entity = self._id(self._one(node, str(KG.entity)))
        return Merge(entity, left, right, reason, float(self._one(node, str(KG.score))))

    def _id(self, iri: str) -> str:
        return unquote(iri.removeprefix(self._base), errors="surrogatepass")

    def _article_id(self, iri: str) -> str:
        return self._id(iri).removeprefix("article/")

    def _texts(self, node: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(_value(term) for term in self._nodes[node].get(predicate, ())))

    def _text(self, node: str, predicate: str) -> str:
        return next(iter(self._texts(node, predicate)), "")

    def _one(self, node: str, predicate: str) -> str:
        found = self._texts(node, predicate)
        if not found:
            raise LookupError(f"{node} has no {predicate}")
        return found[0]


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
