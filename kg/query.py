"""SPARQL over a built graph, offline: nothing in a query can read another source or change this one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rapidfuzz import fuzz, process
from rdflib import DCTERMS, RDFS, SKOS, Graph, Literal

from kg.errors import QueryError
from kg.questions import bind, question
from kg.results import Result
from kg.sparql import explain, parse, translate
from kg.store import Store, rdflib_solutions, to_oxigraph, to_rdflib
from kg.turtle import PREFIXES, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyparsing import ParseResults
    from rdflib import URIRef
    from rdflib.plugins.sparql.sparql import Query

    from kg.results import Row

_NAMING = {"name": (RDFS.label, SKOS.altLabel), "title": (DCTERMS.title, DCTERMS.source)}


def run_query(source: Graph | Store, sparql: str, *, bindings: Mapping[str, Literal] | None = None) -> Result:
    """Run a SPARQL 1.1 query; `kg:`, `rdfs:`, `skos:` and the other PREFIXES need no declaration.

    A Graph is asked by rdflib and a Store by pyoxigraph, which is faster; the answers are the same.
    `bindings` gives values to variables, as RDF terms that cannot change the query.

    Raises QueryError, in one line, for a query that cannot be parsed or run, for updates, and for
    whatever would leave the graph (SERVICE, FROM, GRAPH).
    """
    bound = _prefixes(source)
    tree = parse(sparql)
    query = translate(tree, sparql, {prefix: namespace for namespace, prefix in bound.items()})
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
        raise QueryError(explain(error)) from error
    columns = tuple(variable.value for variable in found.variables)
    return Result(columns, rows, prefixes=tuple(bound.items()))


def _ask_rdflib(
    source: Graph, query: Query, bound: Mapping[str, str], bindings: Mapping[str, Literal]
) -> Result:
    try:
        result = source.query(query, initBindings=dict(bindings))
        solutions = result.bindings
    except Exception as error:  # rdflib raises bare Exception for what it cannot evaluate
        raise QueryError(explain(error)) from error
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


def _by_first_use(columns: Iterable[str], sparql: str) -> list[str]:
    used = [match[1] for match in re.finditer(r"[?$](\w+)", sparql)]

    def position(name: str) -> tuple[int, str]:
        return (used.index(name) if name in used else len(used), name)

    return sorted(columns, key=position)


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    def key(row: Row) -> tuple[str, ...]:
        return tuple("" if term is None else term.n3() for term in row)

    return tuple(sorted(rows, key=key))
