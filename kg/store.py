"""A graph file in pyoxigraph: reads, writes and answers many times faster than rdflib's own memory.

rdflib stays what users see: answers and graphs leave here as rdflib's terms. pyoxigraph knows numbers by
their value and forgets how they were written ("1.0" becomes "1"), so `number` writes each one way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, Literal, URIRef

from kg import vocab
from kg.errors import GraphError
from kg.turtle import number, prefixes, write_turtle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import PathLike

    from rdflib.term import Node

T = TypeVar("T")
U = TypeVar("U")

_PREFIX = re.compile(rb"^\s*@?prefix\s+([\w-]*):\s*<([^<>\s]*)>", re.MULTILINE | re.IGNORECASE)
_HEAD = 100_000
"""Bytes at the start of a file in which prefixes are looked for; they only shorten what people see."""
_PLACE = re.compile(
    r"^Parser error at line \d+(?: between columns \d+ and \d+| column \d+)?: | \(line \d+\)$"
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Store:
    """A graph to ask and to write, with the prefixes that its file declares."""

    triples: ox.Store
    prefixes: tuple[tuple[str, str], ...]
    """(namespace, prefix)."""

    def __len__(self) -> int:
        return len(self.triples)

    def lines(self) -> list[str]:
        """The N-Triples of the graph, a line a triple, sorted: equal graphs give equal lines."""
        return sorted(self.unsorted_lines())

    def unsorted_lines(self) -> list[str]:
        data = self.triples.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        assert data is not None
        return data.decode().split("\n")[:-1]

    def to_graph(self) -> Graph:
        graph = Graph(bind_namespaces="none")
        for namespace, prefix in self.prefixes:
            graph.bind(prefix, namespace)
        term = remembering(to_rdflib)
        graph.addN((term(q.subject), term(q.predicate), term(q.object), graph) for q in self.triples)
        return graph


def load_store(path: str | PathLike[str]) -> Store:
    """Read a Turtle file; raise GraphError, naming it, when it is missing or no Turtle."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise GraphError(f"{path}: {error.strerror}") from error
    store = ox.Store()
    try:
        store.bulk_load(input=data, format=ox.RdfFormat.TURTLE, base_iri=vocab.DATA)
    except SyntaxError as error:
        try:
            data.decode()
        except UnicodeDecodeError as broken:
            raise GraphError(f"{path}: not UTF-8 at byte {broken.start}, so no Turtle") from broken
        reason = " ".join(_PLACE.sub("", str(error.msg)).split())
        raise GraphError(f"{path}: not Turtle: line {error.lineno or 1}: {_PLACE.sub('', reason)}") from error
    declared = _PREFIX.findall(data[:_HEAD])
    return Store(
        store, tuple((namespace.decode(errors="replace"), prefix.decode()) for prefix, namespace in declared)
    )


def parse_turtle(data: bytes) -> Iterator[tuple[Node, Node, Node]]:
    """The triples of Turtle that kgazette wrote, one by one, for rdflib."""
    term = remembering(to_rdflib)
    for quad in ox.parse(input=data, format=ox.RdfFormat.TURTLE):
        yield term(quad.subject), term(quad.predicate), term(quad.object)


def store_of(graph: Graph) -> Store:
    """The same triples, in pyoxigraph."""
    store = ox.Store()
    term = remembering(to_oxigraph)
    store.bulk_extend(ox.Quad(term(s), term(p), term(o)) for s, p, o in graph)  # type: ignore[arg-type]
    return Store(store, tuple(prefixes(graph).items()))


def serialise_store(store: Store) -> bytes:
    """Turtle, byte for byte what `kg.turtle.serialise` gives for the same graph in rdflib."""
    bound = dict(store.prefixes)
    return write_turtle((_split(line) for line in store.unsorted_lines()), read_token, bound)


def _split(line: str) -> tuple[str, str, str]:
    subject, predicate, obj = line.split(" ", 2)
    return subject, predicate, obj[:-2]


def read_token(token: str) -> Node:
    """One term of N-Triples, for rdflib."""
    if token[0] == "<":
        return URIRef(token[1:-1])
    if token[0] == "_":
        return BNode(token[2:])
    end = token.rindex('"')
    text, suffix = token[1:end], token[end + 1 :]
    if "\\" in text:
        text = _ESCAPE.sub(_unescape, text)
    if suffix.startswith("@"):
        return Literal(text, lang=suffix[1:])
    return Literal(text, datatype=URIRef(suffix[3:-1]), normalize=False) if suffix else Literal(text)


def _unescape(match: re.Match[str]) -> str:
    short, long, letter = match.groups()
    return _SHORT_ESCAPES.get(letter, letter) if letter else chr(int(short or long, 16))


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal), "no query and no Turtle here gives quoted triples"
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    if datatype == XSD.string:
        return Literal(term.value)
    return Literal(number(term.value, datatype), datatype=datatype, normalize=False)


def to_oxigraph(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return (
            ox.Literal(str(term), datatype=ox.NamedNode(term.datatype))
            if term.datatype
            else ox.Literal(str(term))
        )
    return ox.NamedNode(str(term)) if isinstance(term, URIRef) else ox.BlankNode(str(term))


def remembering(convert: Callable[[T], U]) -> Callable[[T], U]:
    """`convert`, which converts equal terms once: most terms of a graph stand in it many times."""
    known: dict[T, U] = {}

    def remember(term: T) -> U:
        found = known.get(term)
        if found is None:
            found = known[term] = convert(term)
        return found

    return remember


def rdflib_solutions(solutions: Iterable[ox.QuerySolution]) -> Iterator[tuple[Node | None, ...]]:
    """The rows of an answer, with None for what is unbound."""
    term = remembering(to_rdflib)
    for solution in solutions:
        yield tuple(None if value is None else term(value) for value in solution)
