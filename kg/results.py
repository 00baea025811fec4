"""What a query gives, and the forms in which it is shown or written."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import XSD, Literal, URIRef

from kg.errors import QueryError
from kg.turtle import serialise, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

Row = tuple["Node | None", ...]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gives: rows (SELECT), a boolean (ASK), or a graph (CONSTRUCT, DESCRIBE).

    The rows of a graph are its triples. Rows keep the order of ORDER BY and are sorted without one.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    """None stands for an unbound variable."""
    boolean: bool | None = None
    graph: Graph | None = None
    prefixes: tuple[tuple[str, str], ...] = ()
    """(namespace, prefix), for `as_table`."""


def as_table(result: Result) -> tuple[tuple[str, ...], list[list[str]]]:
    """Header and rows for people: IRIs as prefixed names, literals bare, unbound variables empty."""
    bound = dict(result.prefixes)
    return _header(result), [[_for_people(term, bound) for term in row] for row in _rows(result)]


def as_csv(result: Result) -> str:
    """SPARQL 1.1 CSV results: header, CRLF, bare values.

    One deliberate departure: text that a spreadsheet would run as a formula (it begins with = + - @, a
    tab or a carriage return) gets an apostrophe before it, since it comes from articles that anyone may
    have written. `as_json` gives every value as it is.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_header(result))
    for row in _rows(result):
        writer.writerow([_csv_cell(term) for term in row])
    return stream.getvalue()


def as_json(result: Result) -> str:
    """SPARQL 1.1 JSON results, indented; triples of a graph as rows of subject, predicate, object."""
    document: dict[str, object]
    if result.boolean is not None:
        document = {"head": {}, "boolean": result.boolean}
    else:
        bindings = [
            {
                name: _json_term(term)
                for name, term in zip(result.columns, row, strict=True)
                if term is not None
            }
            for row in result.rows
        ]
        document = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_turtle(result: Result) -> str:
    """The graph of a CONSTRUCT or DESCRIBE; raises QueryError for rows and booleans."""
    if result.graph is None:
        raise QueryError("only the graph of a CONSTRUCT or DESCRIBE can be written as Turtle")
    return serialise(result.graph).decode()


def _header(result: Result) -> tuple[str, ...]:
    return result.columns if result.boolean is None else ("answer",)


def _rows(result: Result) -> Iterable[Row]:
    return result.rows if result.boolean is None else [(Literal(result.boolean),)]


def _for_people(term: Node | None, bound: dict[str, str]) -> str:
    if isinstance(term, URIRef):
        return shorten(term, bound) or str(term)
    return "" if term is None else str(term)


def _csv_cell(term: Node | None) -> str:
    if term is None:
        return ""
    if not isinstance(term, Literal):
        return str(term) if isinstance(term, URIRef) else term.n3()
    is_text = term.datatype is None or term.datatype == XSD.string
    return f"'{term}" if is_text and str(term).startswith(_FORMULA) else str(term)


def _json_term(term: Node) -> dict[str, str]:
    if isinstance(term, Literal):
        entry = {"type": "literal", "value": str(term)}
        if term.language:
            entry["xml:lang"] = term.language
        elif term.datatype:
            entry["datatype"] = str(term.datatype)
        return entry
    return {"type": "uri" if isinstance(term, URIRef) else "bnode", "value": str(term)}
