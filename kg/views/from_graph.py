"""An RDF graph read into what a page shows.

The graph may come from a file that somebody edited, so whatever is missing is left out or replaced by a
plain word, never an error. Facts are read from their statement nodes, because only these carry evidence.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rdflib import DCTERMS, PROV, RDF, SDO, SKOS, Literal, URIRef

from kg.turtle import KG
from kg.views.content import Content, Node, Passage, Source, Statement, Union, dated, links
from kg.views.dates import joined, span
from kg.vocab import DATA, ONTOLOGY, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rdflib import Graph
    from rdflib.graph import _ObjectType, _SubjectType

    from kg.views.content import Link

CERTAIN = 1.0
"""The belief of a fact that states none, e.g. one from a registry."""


def read_content(graph: Graph) -> Content:
    """Read entities, facts and articles out of `graph`; anything else in it is passed over."""
    articles = sorted(graph.subjects(RDF.type, KG.Article, unique=True), key=str)
    sources = tuple(_source(graph, article) for article in articles)
    source_index: dict[_ObjectType | None, int] = {article: index for index, article in enumerate(articles)}

    kinds = _entity_kinds(graph)
    entities = sorted(kinds, key=str)
    mentioned_in: dict[_ObjectType, list[int]] = {}
    for article, entity in graph.subject_objects(SDO.mentions, unique=True):
        if article in source_index:
            mentioned_in.setdefault(entity, []).append(source_index[article])
    unions = _unions(graph)
    nodes = tuple(
        Node(
            key=_key(entity),
            name=_name(graph, entity),
            kind=kinds[entity],
            subtypes=_subtypes(graph, entity),
            aliases=_texts(graph, entity, SKOS.altLabel),
            sources=tuple(sorted(mentioned_in.get(entity, ()))),
            unions=tuple(sorted(unions.get(entity, ()))),
            links=_links(graph, entity),
        )
        for entity in entities
    )
    node_index: dict[_ObjectType | None, int] = {entity: index for index, entity in enumerate(entities)}
    found = (
        _statement(graph, fact, node_index=node_index, source_index=source_index, sources=sources)
        for fact in sorted(graph.subjects(RDF.type, KG.Fact, unique=True), key=str)
    )
    statements = [statement for statement in found if statement]
    return Content(nodes, tuple(dated(nodes, statements)), sources)


def _entity_kinds(graph: Graph) -> dict[_SubjectType, str]:
    """The kind of every entity; the first in the order of `Kind`, should a graph give two."""
    kinds: dict[_SubjectType, str] = {}
    for kind in Kind:
        for entity in graph.subjects(RDF.type, KG[kind.value], unique=True):
            kinds.setdefault(entity, kind.value)
    return kinds


def _unions(graph: Graph) -> dict[_ObjectType, list[Union]]:
    unions: dict[_ObjectType, list[Union]] = {}
    for merge in graph.subjects(RDF.type, KG.Merge, unique=True):
        entity = _first(graph, merge, KG.entity)
        names = (_text(graph, merge, KG.left), _text(graph, merge, KG.right))
        if entity is not None:
            score = _number(graph, merge, KG.score, default=CERTAIN)
            unions.setdefault(entity, []).append(Union(*names, _text(graph, merge, KG.reason), score))
    return unions


def _links(graph: Graph, entity: _SubjectType) -> tuple[Link, ...]:
    matches = {str(iri) for iri in graph.objects(entity, SKOS.exactMatch)}
    # Only these are safe to follow: a graph may come from anywhere.
    pages = {iri for iri in matches if iri.startswith(("https://", "http://"))}
    return links(_texts(graph, entity, KG.registryKey), pages)


def _source(graph: Graph, article: _SubjectType) -> Source:
    return Source(
        key=_key(article),
        title=_text(graph, article, DCTERMS.title) or _last_part(article),
        issued=_text(graph, article, DCTERMS.issued),
        creator=_text(graph, article, DCTERMS.creator),
        publisher=_text(graph, article, DCTERMS.publisher),
        section=_text(graph, article, SDO.articleSection),
        file=_text(graph, article, DCTERMS.source),
        also=_texts(graph, article, KG.alsoIn),
    )


def _statement(
    graph: Graph,
    fact: _SubjectType,
    *,
    node_index: Mapping[_ObjectType | None, int],
    source_index: Mapping[_ObjectType | None, int],
    sources: Sequence[Source],
) -> Statement | None:
    """The fact of a statement node; None when the graph does not say between what it holds."""
    subject = node_index.get(_first(graph, fact, RDF.subject))
    predicate = _first(graph, fact, RDF.predicate)
    value = _first(graph, fact, RDF.object)
    target = str(value) if isinstance(value, Literal) else node_index.get(value)
    if subject is None or target is None or not isinstance(predicate, URIRef):
        return None
    readers: dict[_ObjectType, set[str]] = {}
    for reading in graph.objects(fact, KG.reading):
        for passage in graph.objects(reading, KG.passage):
            agents = graph.objects(reading, PROV.agent)
            readers.setdefault(passage, set()).update(_text(graph, agent, SDO.name) for agent in agents)
    passages = {
        Passage(
            source=source_index.get(_first(graph, evidence, KG.article), -1),
            start=_count(graph, evidence, KG.start),
            quote=_text(graph, evidence, KG.quote),
            page=_count(graph, evidence, KG.page),
            line=_count(graph, evidence, KG.line),
            character=_count(graph, evidence, KG.character),
            extractors=tuple(sorted(readers.get(evidence, set()) - {""})),
        )
        for evidence in graph.objects(fact, KG.evidence)
    }
    reported = (span(sources[item.source].issued) for item in passages if item.source >= 0)
    return Statement(
        key=_key(fact),
        subject=subject,
        predicate=_last_part(predicate),
        target=target,
        belief=_number(graph, fact, KG.belief, default=CERTAIN),
        passages=tuple(sorted(passages)),
        when=joined(reported),
    )


def _subtypes(graph: Graph, entity: _SubjectType) -> tuple[str, ...]:
    """Local names of the ontology's classes for the entity below its kind, sorted."""
    kinds = {kind.value for kind in Kind}
    classes = (str(cls) for cls in graph.objects(entity, RDF.type))
    names = {cls.removeprefix(ONTOLOGY) for cls in classes if cls.startswith(ONTOLOGY)}
    return tuple(sorted(names - kinds))


def _name(graph: Graph, entity: _SubjectType) -> str:
    return _text(graph, entity, SKOS.prefLabel) or _last_part(entity)


def _texts(graph: Graph, subject: _SubjectType, predicate: URIRef) -> tuple[str, ...]:
    return tuple(sorted({str(value) for value in graph.objects(subject, predicate)} - {""}))


def _text(graph: Graph, subject: _SubjectType, predicate: URIRef) -> str:
    """The value of `predicate`; the first in order where there are several, so the page never varies."""
    return next(iter(_texts(graph, subject, predicate)), "")


def _first(graph: Graph, subject: _SubjectType, predicate: URIRef) -> _ObjectType | None:
    """One value, the same in every run, where a graph has several that should be one."""
    return min(graph.objects(subject, predicate), key=repr, default=None)


def _number(graph: Graph, subject: _SubjectType, predicate: URIRef, *, default: float) -> float:
    try:
        number = float(_text(graph, subject, predicate))
    except ValueError:
        return default
    return number if math.isfinite(number) else default  # JSON has no infinity


def _count(graph: Graph, subject: _SubjectType, predicate: URIRef) -> int:
    return int(_number(graph, subject, predicate, default=0))


def _key(subject: _SubjectType) -> str:
    return str(subject).removeprefix(DATA)


def _last_part(subject: _SubjectType) -> str:
    """The last part of an IRI: what to show where the graph gives no name."""
    iri = str(subject)
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri
