"""JSON-LD that is pleasant JSON too: short names, ids that read well, an object for each thing.

    {"id": "institution/cern", "type": ["Institution"], "name": "CERN", "leads": ["project/cessamag"]}

The context is in the file, so nobody need fetch one. JSON-LD 1.1: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rdflib import PROV, RDF, RDFS, SDO, SKOS, XSD, Literal, URIRef

from kg import vocab
from kg.export.rdf import sorted_triples
from kg.reading import base_of
from kg.store import to_rdflib
from kg.turtle import KG, PREFIXES
from kg.vocab import DATES, Predicate

if TYPE_CHECKING:
    from rdflib.term import Node

    from kg.store import Store

_RELATIVE = re.compile(r"[A-Za-z0-9_~%-]+(?:/[A-Za-z0-9_~%-]+)*", re.ASCII)
_NAMES = {
    RDFS.label: "name",
    SKOS.prefLabel: "prefLabel",
    SKOS.altLabel: "altLabel",
    SKOS.exactMatch: "exactMatch",
    RDF.subject: "subject",
    RDF.predicate: "predicate",
    RDF.object: "object",
    PROV.wasDerivedFrom: "wasDerivedFrom",
    PROV.agent: "agent",
    SDO.mentions: "mentions",
}
_LINKS = {
    *(KG[p] for p in Predicate if p not in DATES),
    *(KG[name] for name in ("evidence", "reading", "passage", "article", "entity", "contradicts")),
    *(SKOS.exactMatch, RDF.subject, PROV.wasDerivedFrom, PROV.agent, SDO.mentions),
}
_DECIMALS = {KG.belief, KG.confidence, KG.score}
_LISTS = {
    *(KG[predicate] for predicate in Predicate),
    *(KG.evidence, KG.reading, KG.contradicts, KG.registryKey, KG.registeredType, KG.alsoIn),
    *(SKOS.altLabel, SKOS.exactMatch, PROV.wasDerivedFrom, SDO.mentions, RDF.type),
}


def jsonld(store: Store) -> dict[str, bytes]:
    base = base_of(store)
    things: dict[str, dict[str, Any]] = {}
    for quad in sorted_triples(store):
        subject, predicate = to_rdflib(quad.subject), URIRef(quad.predicate.value)
        thing = things.setdefault(str(subject), {"id": _id(subject, base)})
        if predicate == RDF.type:
            thing.setdefault("type", []).append(_short(to_rdflib(quad.object)))
        else:
            thing.setdefault(_key(predicate), []).append(_json(predicate, to_rdflib(quad.object), base))
    graph = [
        {key: value[0] if _single(key, value) else value for key, value in thing.items()}
        for _, thing in sorted(things.items())
    ]
    document = {"@context": _context(base), "@graph": graph}
    return {"graph.jsonld": (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()}


def _single(key: str, value: object) -> bool:
    return isinstance(value, list) and len(value) == 1 and key not in _LIST_KEYS


def _context(base: str) -> dict[str, Any]:
    context: dict[str, Any] = {"@version": 1.1, "@base": base, "@vocab": vocab.ONTOLOGY}
    context |= PREFIXES
    context |= {"id": "@id", "type": {"@id": "@type", "@container": "@set"}}
    for predicate in sorted({*_NAMES, *_LINKS, *_DECIMALS, *_LISTS} - {RDF.type}, key=_key):
        entry: dict[str, str] = {"@id": str(predicate)}
        if predicate in _LINKS:
            entry["@type"] = "@id"
        elif predicate in _DECIMALS:
            entry["@type"] = str(XSD.decimal)
        elif predicate == RDF.predicate:
            entry["@type"] = "@vocab"
        if predicate in _LISTS:
            entry["@container"] = "@set"
        context[_key(predicate)] = entry
    return context


def _key(predicate: URIRef) -> str:
    return _NAMES.get(predicate) or _short(predicate)


_LIST_KEYS = {
    _NAMES.get(predicate) or str(predicate).removeprefix(vocab.ONTOLOGY) for predicate in _LISTS
} | {"type"}


def _short(term: Node) -> str:
    """The ontology's own words bare, the others with their prefix."""
    iri = str(term)
    if iri.startswith(vocab.ONTOLOGY):
        return iri.removeprefix(vocab.ONTOLOGY)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _id(term: Node, base: str) -> str:
    if not isinstance(term, URIRef):
        return term.n3()
    local = term.removeprefix(base)
    return local if local != term and _RELATIVE.fullmatch(local) else str(term)


def _json(predicate: URIRef, term: Node, base: str) -> object:
    if not isinstance(term, Literal):
        if predicate in _LINKS:
            return _id(term, base)
        return _short(term) if predicate == RDF.predicate else {"id": _id(term, base)}
    if predicate in _DECIMALS and term.datatype == XSD.decimal:
        return str(term)
    if term.datatype == XSD.integer and predicate not in _LINKS:
        return int(term)
    if term.language:
        return {"@value": str(term), "@language": term.language}
    if term.datatype:
        return {"@value": str(term), "@type": str(term.datatype)}
    return {"@value": str(term)} if predicate in _LINKS | _DECIMALS | {RDF.predicate} else str(term)
