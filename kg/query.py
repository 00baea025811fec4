"""SPARQL over a built graph, offline: nothing in a query can read another source or change this one."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyparsing import ParseException
from rdflib import XSD, Literal, URIRef
from rdflib.plugins.sparql import parser
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.turtle import PREFIXES, prefixes, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyparsing import ParseResults
    from rdflib import Graph, Variable
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.term import Node

Row = tuple["Node | None", ...]

_REFUSED = {
    "ServiceGraphPattern": "SERVICE is refused: it would ask another server, and kg works offline",
    "DatasetClause": "FROM is refused: a query reads the one graph that it is given, and nothing remote",
    "GraphGraphPattern": "GRAPH finds nothing here: the file is one graph without named graphs in it",
}
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


def run_query(graph: Graph, sparql: str) -> Result:
    """Run a SPARQL 1.1 query; `kg:`, `rdfs:`, `skos:` and the other PREFIXES need no declaration.

    Raises QueryError, in one line, for a query that cannot be parsed or run, for updates, and for
    whatever would leave the graph (SERVICE, FROM, GRAPH).
    """
    bound = {**prefixes(graph), **{namespace: prefix for prefix, namespace in PREFIXES.items()}}
    tree = _parse(sparql)
    query = _translate(tree, {prefix: namespace for namespace, prefix in bound.items()})
    try:
        result = graph.query(query)
        bindings = result.bindings
    except Exception as error:  # rdflib raises bare Exception for what it cannot evaluate
        raise QueryError(f"the query cannot be run: {_one_line(error)}") from error

    shown = tuple(bound.items())
    if result.type == "ASK":
        return Result(columns=(), rows=(), boolean=bool(result.askAnswer), prefixes=shown)
    if result.graph is not None:
        for namespace, prefix in shown:
            result.graph.bind(prefix, namespace)
        triples = _sorted(tuple(triple) for triple in result.graph)
        return Result(("subject", "predicate", "object"), triples, graph=result.graph, prefixes=shown)
    variables = list(result.vars or ())
    if not tree[1].projection:
        # rdflib leaves the columns of SELECT * in the order of a set.
        variables = _by_first_use(variables, sparql)
    rows: Iterable[Row] = (tuple(binding.get(name) for name in variables) for binding in bindings)
    # The store's order depends on how it was filled; equal graphs shall give equal answers.
    rows = tuple(rows) if tree[1].orderby else _sorted(rows)
    return Result(tuple(str(name) for name in variables), rows, prefixes=shown)


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


def _parse(sparql: str) -> ParseResults:
    try:
        tree = parser.parseQuery(sparql)
    except ParseException as error:
        if _is_update(sparql):
            raise QueryError("updates are refused: the graph is built from articles, not edited") from error
        raise QueryError(f"line {error.lineno}, column {error.column}: {_parse_problem(error)}") from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply") from error
    except ValueError as error:  # an escape for a code point that does not exist
        raise QueryError(_one_line(error)) from error
    for name in _patterns(tree):
        if name in _REFUSED:
            raise QueryError(_REFUSED[name])
    return tree


def _translate(tree: ParseResults, bound: Mapping[str, str]) -> Query:
    try:
        return translateQuery(tree, initNs=bound)
    except Exception as error:  # rdflib raises bare Exception for an unknown prefix
        raise QueryError(_one_line(error).replace("prefix : ", "prefix ")) from error


def _is_update(sparql: str) -> bool:
    try:
        return bool(parser.parseUpdate(sparql).request)
    except (ParseException, RecursionError, ValueError):
        return False


def _parse_problem(error: ParseException) -> str:
    # pyparsing's own words ("Expected SelectQuery") speak of the grammar, not of the query.
    rest = error.pstr[error.loc :].split(maxsplit=1)
    return f"not understood from {rest[0][:30]!r} on" if rest else "the query ends too early"


def _patterns(tree: object) -> Iterator[str]:
    """The names of all parts of a parsed query, at any depth."""
    # A stack, as a query may nest more deeply than Python calls may.
    stack: list[object] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, CompValue):
            yield node.name
            stack.extend(node.values())
        elif not isinstance(node, str | bytes) and hasattr(node, "__iter__"):
            stack.extend(node)


def _by_first_use(variables: Iterable[Variable], sparql: str) -> list[Variable]:
    used = [match[1] for match in re.finditer(r"[?$](\w+)", sparql)]

    def position(variable: Variable) -> tuple[int, str]:
        name = str(variable)
        return (used.index(name) if name in used else len(used), name)

    return sorted(variables, key=position)


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    def key(row: Row) -> tuple[str, ...]:
        return tuple("" if term is None else term.n3() for term in row)

    return tuple(sorted(rows, key=key))


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


def _one_line(error: object) -> str:
    return " ".join(str(error).split())
