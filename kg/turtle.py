"""The namespaces of the graph, and Turtle that reads well in a diff.

rdflib's own serializer puts subjects in the order of how often they are referred to, so one more
mention moves an entity through the file. Here the order follows from the content, and each triple
has a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, Namespace, URIRef

from kg import vocab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib.term import Node

T = TypeVar("T")
Properties = Mapping[str, Sequence[str]]
"""What is said of one subject: the objects of each predicate, in words of Turtle."""

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
    "reading",
    "merge",
    "extractor",
    "registry",
    "registry-fact",
)
"""The first part of every name below the base, which gives a prefix of its own."""

# What a block is about, before what it says.
_FIRST = (RDFS.label, RDF.subject, RDF.predicate, RDF.object)
_LAST = len(_FIRST) + 1
OFFSET_DIGITS = 9
"""Of the offsets at which passages begin, so that they sort as text."""
_ORDER = (*vocab.Kind, "Article", "Extractor", "Registry", "RegistryFact", "Merge", "Evidence", "Fact")
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]|%[0-9A-Fa-f]{2})*", re.ASCII)
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
# Beside what Turtle demands: controls, line separators and marks that turn or hide text, because a
# reader of the file, or of its diff, must see what stands there.
_NOT_IN_STRING = re.compile(
    r"[\x00-\x1f\"\\\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_STRING = str(XSD.string)
_INTEGER = str(XSD.integer)
_PLAIN_NUMBER = {
    str(XSD.decimal): re.compile(r"-?\d+\.\d+", re.ASCII),
    _INTEGER: re.compile(r"-?\d+", re.ASCII),
}
_NUMBER = re.compile(r"\s*([+-]?)0*(\d+)(?:\.(\d*?)0*)?\s*", re.ASCII)


def new_graph(base: str) -> Graph:
    """An empty graph with all prefixes bound, those of the data to names below `base`."""
    graph = Graph(bind_namespaces="none")
    for namespace, prefix in bound_prefixes(base).items():
        graph.bind(prefix, namespace)
    return graph


def bound_prefixes(base: str) -> dict[str, str]:
    """Namespace to prefix for a graph whose data is named below `base`."""
    bound = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    return bound | {f"{base}{prefix}/": prefix for prefix in DATA_PREFIXES}


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


def number(text: str, datatype: str | None) -> str:
    """One way to write a decimal ("0.50" is "0.5", "1" is "1.0") or an integer ("01" is "1").

    That of XML Schema 1.0, and Turtle can write both without quotes. Anything else comes back as it is.
    """
    if str(datatype) not in _PLAIN_NUMBER or not (match := _NUMBER.fullmatch(text)):
        return text
    sign, whole, decimals = match.groups(default="")
    if str(datatype) == _INTEGER:
        return f"{'-' * (sign == '-' and whole != '0')}{whole}" if "." not in text else text
    return f"{'-' * (sign == '-' and (whole, decimals) != ('0', ''))}{whole}.{decimals or '0'}"


def serialise(graph: Graph) -> bytes:
    """The graph as UTF-8 Turtle: equal graphs without blank nodes give equal bytes.

    Entities stand first, by kind, then articles, merges, passages as they follow each other in their
    articles, and each fact with its readings after it. All characters that could mislead a reader of the
    file are written as escapes.
    """
    return write_turtle(graph, _itself, prefixes(graph))


def write_turtle(
    triples: Iterable[tuple[T, T, T]], read_term: Callable[[T], Node], bound: Mapping[str, str]
) -> bytes:
    """The same for triples in any form, with a function that reads a term of them for rdflib.

    `bound` maps namespace to prefix. A triple that comes twice is written once.
    """
    writer = TurtleWriter(bound)
    words: dict[T, str] = {}
    verbs: dict[T, str] = {}
    properties: dict[str, dict[str, list[str]]] = {}
    for triple in triples:
        subject, predicate, obj = triple
        for term in (subject, obj):
            if term not in words:
                words[term] = writer.term(read_term(term))
        if predicate not in verbs:
            verbs[predicate] = writer.verb(read_term(predicate))
        said = properties.setdefault(words[subject], {})
        said.setdefault(verbs[predicate], []).append(words[obj])
    blocks = [
        write_block(subject, writer.in_order(properties[subject])) for subject in writer.order(properties)
    ]
    return (writer.header() + "".join(blocks)).encode()


def _itself(term: Node) -> Node:
    return term


def write_block(subject: str, properties: Properties) -> str:
    """All triples of a subject, one a line, so that a diff shows triples."""
    lines = [f"    {verb} {obj} ;\n" for verb, objects in properties.items() for obj in objects]
    return f"\n{subject}\n{''.join(lines)}.\n"


class TurtleWriter:
    """Words of Turtle for the terms of one graph; remembers which prefixes it used.

    `bound` maps namespace to prefix.
    """

    def __init__(self, bound: Mapping[str, str]) -> None:
        self._prefixes = bound
        self._used: dict[str, str] = {}
        self._ranks = {self._word(predicate): rank for rank, predicate in enumerate(_FIRST, start=1)}
        self._ranks["a"] = 0
        # Few combinations for many subjects.
        self._order = lru_cache(maxsize=1_000)(self._verbs_in_order)

    def header(self) -> str:
        return "".join(
            f"@prefix {prefix}: <{_NOT_IN_IRI.sub(_code, namespace)}> .\n"
            for prefix, namespace in sorted(self._used.items())
        )

    def use(self, word: str) -> None:
        """Remember the prefix of a word that was put together elsewhere."""
        prefix, colon, _ = word.partition(":")
        self._used.update(
            (prefix, namespace) for namespace, bound in self._prefixes.items() if colon and bound == prefix
        )

    def in_order(self, properties: Properties) -> Properties:
        """The same in the order of a block, each object once."""
        return {
            verb: objects if len(objects := properties[verb]) == 1 else sorted(set(objects))
            for verb in self._order(tuple(properties))
        }

    def _verbs_in_order(self, verbs: tuple[str, ...]) -> list[str]:
        for verb in verbs:
            self.use(verb)
        return sorted(verbs, key=self._rank)

    def _rank(self, verb: str) -> tuple[int, str]:
        return self._ranks.get(verb, _LAST), verb

    def order(self, properties: Mapping[str, Properties]) -> Iterator[str]:
        """Every subject once, in the order in which people look for things."""
        parts = [self._word(part) for part in (RDF.subject, RDF.predicate, RDF.object, KG.article)]
        start, reading = self._word(KG.start), self._word(KG.reading)
        rooms: dict[str, list[tuple[str, ...]]] = {self._word(KG[name]): [] for name in _ORDER}
        for subject, said in properties.items():
            for room in rooms.keys() & said.get("a", ()):
                # Of several values, the first in order.
                first = [min(said.get(part, ("",))) for part in (*parts, start)]
                rooms[room].append((*first[:-1], first[-1].zfill(OFFSET_DIGITS), subject))
        done: set[str] = set()
        for subjects in rooms.values():
            for *_, subject in sorted(subjects):
                for node in (subject, *sorted(properties[subject].get(reading, ()))):
                    if node not in done and node in properties:
                        done.add(node)
                        yield node
        yield from sorted(properties.keys() - done)

    def _word(self, iri: str) -> str:
        """How an IRI is written, whether or not it is used."""
        return shorten(iri, self._prefixes) or f"<{iri}>"

    def verb(self, node: Node) -> str:
        return "a" if node == RDF.type else self.term(node)

    def term(self, node: Node) -> str:
        if isinstance(node, Literal):
            return self.literal(str(node), str(node.datatype or ""), node.language or "")
        return self.name(node) if isinstance(node, URIRef) else node.n3()

    def name(self, iri: str) -> str:
        short = shorten(iri, self._prefixes)
        if short is None:
            return f"<{_NOT_IN_IRI.sub(_code, iri)}>"
        prefix, _, local = short.partition(":")
        self._used[prefix] = iri.removesuffix(local)
        return short

    def literal(self, value: str, datatype: str = "", language: str = "") -> str:
        """`datatype` is an IRI; one that is a number is written the one way that `number` knows."""
        if datatype in _PLAIN_NUMBER:
            value = number(value, datatype)
            if _PLAIN_NUMBER[datatype].fullmatch(value):
                return value
        text = quoted(value)
        if language:
            return f"{text}@{language.lower()}"
        if datatype and datatype != _STRING:
            return f"{text}^^{self.name(datatype)}"
        return text


def quoted(text: str) -> str:
    """A string as Turtle writes it."""
    # What can be printed has none of the characters in question but these two.
    is_plain = text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text if is_plain else _NOT_IN_STRING.sub(_in_string, text)}"'


def _in_string(match: re.Match[str]) -> str:
    return _SHORT_ESCAPES.get(match.group()) or _code(match)


def _code(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
