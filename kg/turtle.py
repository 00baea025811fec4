"""The namespaces of the graph, and Turtle that reads well in a diff.

rdflib's own serializer puts subjects in the order of how often they are referred to, so one more
mention moves an entity through the file. Here the order follows from the content, and each triple
has a line of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, Namespace, URIRef

from kg import vocab

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

KG = Namespace(vocab.ONTOLOGY)

PREFIXES: dict[str, str] = {
    "kg": vocab.ONTOLOGY,
    "dcterms": str(DCTERMS),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SDO),
    "skos": str(SKOS),
    "xsd": str(XSD),
}
"""Prefixes that hold in every file and every query."""

DATA_PREFIXES = (
    "institution",
    "project",
    "country",
    "place",
    "article",
    "fact",
    "evidence",
    "merge",
    "extractor",
    "registry",
    "registry-fact",
)
"""The first part of every name below the base, which gives a prefix of its own."""

# What a block is about, before what it says.
_FIRST = (RDF.type, RDFS.label, RDF.subject, RDF.predicate, RDF.object)
_ORDER = (*vocab.Kind, "Article", "Extractor", "Registry", "RegistryFact", "Merge", "Fact")
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]|%[0-9A-Fa-f]{2})*", re.ASCII)
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
# Beside what Turtle demands: controls, line separators and marks that turn or hide text, because a
# reader of the file, or of its diff, must see what stands there.
_NOT_IN_STRING = re.compile(
    r"[\x00-\x1f\"\\\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_PLAIN_NUMBER = {
    XSD.decimal: re.compile(r"-?\d+\.\d+", re.ASCII),
    XSD.integer: re.compile(r"-?\d+", re.ASCII),
}


def new_graph(base: str) -> Graph:
    """An empty graph with all prefixes bound, those of the data to names below `base`."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for prefix in DATA_PREFIXES:
        graph.bind(prefix, f"{base}{prefix}/")
    return graph


def prefixes(graph: Graph) -> dict[str, str]:
    """Namespace to prefix, as the graph binds them, for `shorten`."""
    return {str(namespace): prefix for prefix, namespace in graph.namespaces() if prefix}


def shorten(iri: str, bound: Mapping[str, str]) -> str | None:
    """The prefixed name for an IRI (`bound` maps namespace to prefix), or None if there is none."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = bound.get(iri[:cut])
    if prefix is None or not _LOCAL_NAME.fullmatch(iri, cut):
        return None
    return f"{prefix}:{iri[cut:]}"


def serialise(graph: Graph) -> bytes:
    """The graph as UTF-8 Turtle: equal graphs without blank nodes give equal bytes.

    Entities stand first, by kind, then articles, merges, and each fact with its evidence after it. All
    characters that could mislead a reader of the file are written as escapes.
    """
    writer = _Writer(graph)
    blocks = [writer.block(subject) for subject in _subjects(graph)]
    return (writer.header() + "".join(blocks)).encode()


class _Writer:
    """Turtle for the terms of one graph; remembers which prefixes it used."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._prefixes = prefixes(graph)
        self._used: dict[str, str] = {}

    def header(self) -> str:
        return "".join(
            f"@prefix {prefix}: <{_NOT_IN_IRI.sub(_code, namespace)}> .\n"
            for prefix, namespace in sorted(self._used.items())
        )

    def block(self, subject: Node) -> str:
        """All triples of a subject, one a line, so that a diff shows triples."""
        properties: dict[tuple[int, str], list[str]] = {}
        for predicate, obj in self._graph.predicate_objects(subject):
            rank = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
            word = "a" if predicate == RDF.type else self.term(predicate)
            properties.setdefault((rank, word), []).append(self.term(obj))
        lines = [
            f"    {word} {obj} ;\n"
            for (_, word), objects in sorted(properties.items())
            for obj in sorted(objects)
        ]
        return f"\n{self.term(subject)}\n{''.join(lines)}.\n"

    def term(self, node: Node) -> str:
        if isinstance(node, Literal):
            return self._literal(node)
        return self._iri(node) if isinstance(node, URIRef) else node.n3()

    def _iri(self, iri: str) -> str:
        short = shorten(iri, self._prefixes)
        if short is None:
            return f"<{_NOT_IN_IRI.sub(_code, iri)}>"
        prefix, _, local = short.partition(":")
        self._used[prefix] = iri.removesuffix(local)
        return short

    def _literal(self, literal: Literal) -> str:
        number = _PLAIN_NUMBER.get(literal.datatype) if literal.datatype else None
        if number and number.fullmatch(literal):
            return str(literal)
        text = f'"{_NOT_IN_STRING.sub(_in_string, literal)}"'
        if literal.language:
            return f"{text}@{literal.language}"
        return f"{text}^^{self._iri(literal.datatype)}" if literal.datatype else text


def _subjects(graph: Graph) -> Iterator[Node]:
    """Every subject once, in the order in which people look for things."""

    def order(node: Node) -> tuple[str, ...]:
        statement = (graph.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        return (*(str(part or "") for part in statement), str(node))

    done: set[Node] = set()
    for name in _ORDER:
        for subject in sorted(graph.subjects(RDF.type, KG[name]), key=order):
            for node in (subject, *sorted(graph.objects(subject, KG.evidence), key=str)):
                if node not in done and (node, None, None) in graph:
                    done.add(node)
                    yield node
    yield from sorted(set(graph.subjects()) - done, key=str)


def _in_string(match: re.Match[str]) -> str:
    return _SHORT_ESCAPES.get(match.group()) or _code(match)


def _code(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
