"""SPARQL over a built graph, offline: nothing in a query can read another source or change this one."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyparsing import ParseException
from rapidfuzz import fuzz, process
from rdflib import DCTERMS, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.plugins.sparql import parser
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.questions import bind, question
from kg.store import Store, rdflib_solutions, to_oxigraph, to_rdflib
from kg.turtle import PREFIXES, prefixes, serialise, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyparsing import ParseResults
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.term import Node

Row = tuple["Node | None", ...]

_REFUSED = {
    "ServiceGraphPattern": "SERVICE is refused: it would ask another server, and kg works offline",
    "DatasetClause": "FROM is refused: a query reads the one graph that it is given, and nothing remote",
    "GraphGraphPattern": "GRAPH finds nothing here: the file is one graph without named graphs in it",
}
_NAMING = {"name": (RDFS.label, SKOS.altLabel), "title": (DCTERMS.title, DCTERMS.source)}
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


def run_query(source: Graph | Store, sparql: str, *, bindings: Mapping[str, Literal] | None = None) -> Result:
    """Run a SPARQL 1.1 query; `kg:`, `rdfs:`, `skos:` and the other PREFIXES need no declaration.

    A Graph is asked by rdflib and a Store by pyoxigraph, which is faster; the answers are the same.
    `bindings` gives values to variables, as RDF terms that cannot change the query.

    Raises QueryError, in one line, for a query that cannot be parsed or run, for updates, and for
    whatever would leave the graph (SERVICE, FROM, GRAPH).
    """
    bound = _prefixes(source)
    tree = _parse(sparql)
    query = _translate(tree, {prefix: namespace for namespace, prefix in bound.items()})
    if isinstance(source, Store):
        result = _ask_oxigraph(source, sparql, bound, bindings or {})
    else:
        result = _ask_rdflib(source, query, bound, bindings or {})
    return _in_order(result, tree, sparql)


def _prefixes(source: Graph | Store) -> dict[str, str]:
    declared = dict(source.prefixes) if isinstance(source, Store) else prefixes(source)
    return {**declared, **{namespace: prefix for prefix, namespace in PREFIXES.items()}}


def ask(source: Graph | Store, name: str, values: Mapping[str, str]) -> Result:
    """Answer one of the questions that come with kgazette (`kg.questions`), with values for its parameters.

    Case does not count in names. Raises QueryError for a value that does not fit, and for a name that
    the graph lacks, with the names that look like it.
    """
    asked = question(name)
    bound = bind(asked, values)
    for parameter in asked.parameters:
        if parameter.name in bound and parameter.kind in _NAMING:
            bound[parameter.name] = _known_name(source, bound[parameter.name], _NAMING[parameter.kind])
    if isinstance(source, Store):
        # No need to look whether our own query leaves the graph; that takes longer than most answers.
        result = _ask_oxigraph(source, asked.sparql, _prefixes(source), bound)
    else:
        result = run_query(source, asked.sparql, bindings=bound)
    # A parameter is a column of its query too, which lets any SPARQL engine run it without a value.
    kept = [result.columns.index(name) for name, _ in asked.columns] if result.graph is None else []
    if not kept:
        return result
    rows = tuple(tuple(row[index] for index in kept) for row in result.rows)
    return replace(result, columns=tuple(name for name, _ in asked.columns), rows=rows)


def _known_name(source: Graph | Store, wanted: Literal, paths: tuple[URIRef, ...]) -> Literal:
    if any(_has(source, predicate, wanted) for predicate in paths):
        return wanted
    path = "|".join(f"<{predicate}>" for predicate in paths)
    names = [str(row[0]) for row in run_query(source, f"SELECT DISTINCT ?n {{ ?x {path} ?n }}").rows]
    same = [name for name in names if name.casefold() == wanted.casefold()]
    if same:
        return Literal(same[0])
    folded = {name: name.casefold() for name in names}
    like = process.extract(wanted.casefold(), folded, scorer=fuzz.ratio, limit=3, score_cutoff=60)
    like = like or process.extract(wanted.casefold(), folded, scorer=fuzz.WRatio, limit=3, score_cutoff=70)
    hint = f"; did you mean {' or '.join(repr(name) for _, _, name in like)}?" if like else ""
    raise QueryError(f"nothing in the graph is called {str(wanted)!r}{hint}")


def _has(source: Graph | Store, predicate: URIRef, value: Literal) -> bool:
    if isinstance(source, Graph):
        return (None, predicate, value) in source
    found = source.triples.quads_for_pattern(None, ox.NamedNode(predicate), to_oxigraph(value))
    return next(found, None) is not None


def _ask_oxigraph(
    source: Store, sparql: str, bound: Mapping[str, str], bindings: Mapping[str, Literal]
) -> Result:
    try:
        found = source.triples.query(
            sparql,
            base_iri=None,
            prefixes={prefix: namespace for namespace, prefix in bound.items()},
            substitutions={ox.Variable(name): to_oxigraph(value) for name, value in bindings.items()},
        )
        shown = tuple(bound.items())
        if isinstance(found, ox.QueryBoolean):
            return Result(columns=(), rows=(), boolean=bool(found), prefixes=shown)
        if isinstance(found, ox.QueryTriples):
            graph = Graph(bind_namespaces="none")
            for triple in found:
                graph.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
            return _graph_result(graph, bound)
        rows = tuple(rdflib_solutions(found))
    except Exception as error:  # pyoxigraph raises SyntaxError, OSError, ValueError and RuntimeError
        raise QueryError(f"the query cannot be run: {_one_line(error)}") from error
    columns = tuple(variable.value for variable in found.variables)
    return Result(columns, rows, prefixes=tuple(bound.items()))


def _ask_rdflib(
    source: Graph, query: Query, bound: Mapping[str, str], bindings: Mapping[str, Literal]
) -> Result:
    try:
        result = source.query(query, initBindings=dict(bindings))
        solutions = result.bindings
    except Exception as error:  # rdflib raises bare Exception for what it cannot evaluate
        raise QueryError(f"the query cannot be run: {_one_line(error)}") from error
    if result.type == "ASK":
        return Result((), (), boolean=bool(result.askAnswer), prefixes=tuple(bound.items()))
    if result.graph is not None:
        return _graph_result(result.graph, bound)
    variables = list(result.vars or ())
    rows = tuple(tuple(solution.get(name) for name in variables) for solution in solutions)
    return Result(tuple(str(name) for name in variables), rows, prefixes=tuple(bound.items()))


def _graph_result(graph: Graph, bound: Mapping[str, str]) -> Result:
    for namespace, prefix in bound.items():
        graph.bind(prefix, namespace)
    triples = _sorted(tuple(triple) for triple in graph)
    return Result(("subject", "predicate", "object"), triples, graph=graph, prefixes=tuple(bound.items()))


def _in_order(result: Result, tree: ParseResults, sparql: str) -> Result:
    """Rows and columns in an order that does not depend on how the store was filled."""
    if result.boolean is not None or result.graph is not None:
        return result
    columns, rows = result.columns, result.rows
    if not tree[1].projection:
        # Both engines leave the columns of SELECT * in an order of their own.
        columns = tuple(_by_first_use(result.columns, sparql))
        places = [result.columns.index(name) for name in columns]
        rows = tuple(tuple(row[place] for place in places) for row in rows)
    return replace(result, columns=columns, rows=rows if tree[1].orderby else _sorted(rows))


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


def _by_first_use(columns: Iterable[str], sparql: str) -> list[str]:
    used = [match[1] for match in re.finditer(r"[?$](\w+)", sparql)]

    def position(name: str) -> tuple[int, str]:
        return (used.index(name) if name in used else len(used), name)

    return sorted(columns, key=position)


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
