"""Knowledge to RDF: the direct triples that people query, and the evidence behind each of them.

What goes in is text, so nothing in it is trusted: ids are percent-escaped before they become IRIs, and
characters that XML, and so an `xsd:string`, cannot hold become U+FFFD. That keeps every quote as long
as its offsets say.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from rdflib import DCTERMS, PROV, RDF, RDFS, SDO, SKOS, XSD, Literal, URIRef

from kg import __version__, vocab
from kg.contradictions import contradictions
from kg.errors import GraphError
from kg.model import PartialDate
from kg.turtle import KG, new_graph, serialise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph

    from kg.model import Article, Entity, Evidence, Fact, Knowledge, Merge

__all__ = ["build_graph", "serialise"]

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BASE = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*[/#]", re.IGNORECASE)
_COUNTRY_KEY = re.compile(r"iso:([A-Z]{2})")
_REGISTRY_NAMES = {
    "iso": "ISO 3166-1",
    "iso3166-2": "ISO 3166-2",
    "geonames": "GeoNames",
    "regions": "regions of kgazette",
    "ror": "ROR",
    "wikidata": "Wikidata",
}
# Registries whose IRIs follow from their keys alone, so that no look-up is needed.
_REGISTRIES = {
    "geonames": "https://sws.geonames.org/{}/",
    "ror": "https://ror.org/{}",
    "wikidata": "http://www.wikidata.org/entity/{}",
}


def build_graph(knowledge: Knowledge, *, base: str = vocab.DATA) -> Graph:
    """The graph of everything known, without blank nodes; `base` is what the names of the data begin with.

    Raises GraphError when `base` is no absolute IRI that ends in "/" or "#".
    """
    if not _BASE.fullmatch(base):
        raise GraphError(f"{base!r}: the base of a graph is an absolute IRI that ends in '/' or '#'")
    graph = new_graph(base)
    articles = {article.id: article for article in knowledge.articles}
    for article in knowledge.articles:
        _add_article(graph, article, base=base)
    for entity in knowledge.entities:
        _add_entity(graph, entity, base=base)
    for fact in knowledge.facts:
        _add_fact(graph, fact, articles, base=base)
    for left, right in contradictions(knowledge):
        graph.add((_fact_node(left, base=base), KG.contradicts, _fact_node(right, base=base)))
        graph.add((_fact_node(right, base=base), KG.contradicts, _fact_node(left, base=base)))
    for merge in knowledge.merges:
        _add_merge(graph, merge, base=base)
    for gone, successor in knowledge.redirects:
        graph.add((_iri(base, gone), DCTERMS.isReplacedBy, _iri(base, successor)))
    return graph


def _add_article(graph: Graph, article: Article, *, base: str) -> None:
    node = _iri(base, "article", article.id)
    graph.add((node, RDF.type, KG.Article))
    # A reader needs something to call it by; the id is readable and says where it came from.
    graph.add((node, DCTERMS.title, _text(article.title or article.id)))
    graph.add((node, DCTERMS.source, _text(article.source)))
    for source in article.also_in:
        graph.add((node, KG.alsoIn, _text(source)))
    graph.add((node, SDO.inLanguage, Literal("en")))
    graph.add((node, SDO.sha256, Literal(article.digest or _sha256(article.text))))
    if article.published:
        graph.add((node, DCTERMS.issued, _date(article.published)))
    if article.byline:
        graph.add((node, DCTERMS.creator, _text(article.byline)))
    if article.publisher:
        graph.add((node, DCTERMS.publisher, _text(article.publisher)))
    if article.section:
        graph.add((node, SDO.articleSection, _text(article.section)))


def _add_entity(graph: Graph, entity: Entity, *, base: str) -> None:
    node = _iri(base, entity.id)
    graph.add((node, RDF.type, KG[entity.kind]))
    if entity.subtype:
        graph.add((node, RDF.type, KG[entity.subtype]))
    graph.add((node, RDFS.label, _text(entity.name)))
    graph.add((node, SKOS.prefLabel, _text(entity.name)))
    for alias in entity.aliases:
        graph.add((node, SKOS.altLabel, _text(alias)))
    for article in entity.articles:
        graph.add((_iri(base, "article", article), SDO.mentions, node))
    for key in entity.links:
        _add_link(graph, node, key, base=base)
    for told in entity.registered:
        graph.add((node, KG[told.predicate], _text(told.value)))
        _add_registry_fact(graph, node, told.predicate, told.value, registry=told.registry, base=base)


def _add_link(graph: Graph, node: URIRef, key: str, *, base: str) -> None:
    """What a registry says. It has predicates and a class of its own, as no article says it."""
    if key.startswith("close:"):
        registry, _, number = key.removeprefix("close:").partition(":")
        if registry in _REGISTRIES and number:
            graph.add((node, SKOS.closeMatch, URIRef(_REGISTRIES[registry].format(_escape(number)))))
        return
    graph.add((node, KG.registryKey, _text(key)))
    _add_registry_fact(graph, node, "registryKey", key, registry=key.partition(":")[0], base=base)
    if country := _COUNTRY_KEY.fullmatch(key):
        graph.add((node, KG.countryCode, Literal(country[1])))
    registry, _, number = key.partition(":")
    if registry in _REGISTRIES and number:
        graph.add((node, SKOS.exactMatch, URIRef(_REGISTRIES[registry].format(_escape(number)))))


def _add_registry_fact(
    graph: Graph, subject: URIRef, predicate: str, value: str, *, registry: str, base: str
) -> None:
    source = _leaf(base, "registry", registry)
    graph.add((source, RDF.type, KG.Registry))
    graph.add((source, SDO.name, _text(_REGISTRY_NAMES.get(registry, registry))))
    # A key names its registry; what else a registry says does not.
    named = () if predicate == "registryKey" else (predicate, registry)
    node = _iri(base, "registry-fact", _digest(str(subject), value, *named))
    graph.add((node, RDF.type, RDF.Statement))
    graph.add((node, RDF.type, KG.RegistryFact))
    graph.add((node, RDF.subject, subject))
    graph.add((node, RDF.predicate, KG[predicate]))
    graph.add((node, RDF.object, _text(value)))
    graph.add((node, PROV.wasDerivedFrom, source))


def _fact_key(fact: Fact) -> tuple[str, str, str]:
    return (fact.subject, fact.predicate, str(fact.object))


def _fact_node(fact: Fact, *, base: str) -> URIRef:
    return _iri(base, "fact", _digest(*_fact_key(fact)))


def _add_fact(graph: Graph, fact: Fact, articles: Mapping[str, Article], *, base: str) -> None:
    subject, predicate = _iri(base, fact.subject), KG[fact.predicate]
    obj = _date(fact.object) if isinstance(fact.object, PartialDate) else _iri(base, fact.object)
    graph.add((subject, predicate, obj))

    node = _fact_node(fact, base=base)
    graph.add((node, RDF.type, RDF.Statement))
    graph.add((node, RDF.type, KG.Fact))
    graph.add((node, RDF.subject, subject))
    graph.add((node, RDF.predicate, predicate))
    graph.add((node, RDF.object, obj))
    graph.add((node, KG.belief, _decimal(fact.belief)))
    # Said twice by one extractor of one passage, the more confident one, which sorts last, stands.
    readings = {(item.article, item.start, item.end, item.extractor): item for item in sorted(fact.evidence)}
    for reading, item in readings.items():
        graph.add((node, PROV.wasDerivedFrom, _iri(base, "article", item.article)))
        passage = _add_passage(graph, item, articles[item.article], base=base)
        graph.add((node, KG.evidence, passage))
        read = _iri(base, "reading", _digest(*_fact_key(fact), *reading))
        graph.add((node, KG.reading, read))
        _add_reading(graph, read, passage, item, base=base)


def _add_passage(graph: Graph, evidence: Evidence, article: Article, *, base: str) -> URIRef:
    """One node for a passage, however many facts it states and extractors read it."""
    node = _iri(base, "evidence", _digest(evidence.article, evidence.start, evidence.end))
    graph.add((node, RDF.type, KG.Evidence))
    graph.add((node, KG.article, _iri(base, "article", article.id)))
    graph.add((node, KG.quote, _text(evidence.quote)))
    graph.add((node, KG.start, Literal(evidence.start)))
    graph.add((node, KG.end, Literal(evidence.end)))
    if (place := article.place_at(evidence.start)) is not None:
        graph.add((node, KG.line, Literal(place.line)))
        graph.add((node, KG.character, Literal(place.character)))
        if place.page:
            graph.add((node, KG.page, Literal(place.page)))
    return node


def _add_reading(graph: Graph, node: URIRef, passage: URIRef, evidence: Evidence, *, base: str) -> None:
    """Which extractor read one fact out of one passage, and how sure it is of that."""
    graph.add((node, RDF.type, KG.Reading))
    graph.add((node, KG.passage, passage))
    agent = _leaf(base, "extractor", evidence.extractor)
    graph.add((node, PROV.agent, agent))
    graph.add((agent, RDF.type, KG.Extractor))
    graph.add((agent, SDO.name, _text(evidence.extractor)))
    graph.add((agent, SDO.softwareVersion, Literal(__version__)))
    graph.add((node, KG.confidence, _decimal(evidence.confidence)))


def _add_merge(graph: Graph, merge: Merge, *, base: str) -> None:
    node = _iri(base, "merge", _digest(merge.entity, merge.left, merge.right, merge.reason))
    graph.add((node, RDF.type, KG.Merge))
    graph.add((node, KG.entity, _iri(base, merge.entity)))
    graph.add((node, KG.left, _text(merge.left)))
    graph.add((node, KG.right, _text(merge.right)))
    graph.add((node, KG.reason, _text(merge.reason)))
    graph.add((node, KG.score, _decimal(merge.score)))


def _iri(base: str, *parts: str) -> URIRef:
    return URIRef(base + "/".join(_escape(part) for part in parts))


def _leaf(base: str, room: str, name: str) -> URIRef:
    """The last step of an IRI is `name`: a slash in it is none of the IRI's."""
    return URIRef(f"{base}{room}/{_escape(name, safe='')}")


def _escape(part: str, *, safe: str = "/") -> str:
    """Percent-escape all but ASCII letters, digits, "-", "_", "~" and what is `safe`.

    A dot is escaped too: "." and ".." are steps in an IRI, and no prefixed name may end in one.
    """
    return quote(part, safe=safe, errors="surrogatepass").replace(".", "%2E")


def _sha256(text: str) -> str:
    """Of the text as it stands in the article, in UTF-8: `kg:start` and `kg:end` count in just this text."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _digest(*parts: str | int) -> str:
    """64 bits of SHA-256 in hexadecimal; JSON keeps ("a", "bc") and ("ab", "c") apart."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _text(text: str) -> Literal:
    return Literal(_NOT_XML.sub("\ufffd", text))


def _date(date: PartialDate) -> Literal:
    return Literal(str(date), datatype=XSD[date.datatype])


def _decimal(value: float) -> Literal:
    """Four decimals at most and one at least: 0.9, 0.8125, 1.0."""
    whole, _, decimals = f"{value:.4f}".partition(".")
    return Literal(f"{whole}.{decimals.rstrip('0') or '0'}", datatype=XSD.decimal)
