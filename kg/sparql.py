"""SPARQL before it is run: parsed, refused where it would leave the graph, explained where it is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyparsing import ParseException
from rdflib.plugins.sparql import parser
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyparsing import ParseResults
    from rdflib.plugins.sparql.sparql import Query

_REFUSED = {
    "ServiceGraphPattern": "SERVICE is refused: it would ask another server, and kg works offline",
    "DatasetClause": "FROM is refused: a query reads the one graph that it is given, and nothing remote",
    "GraphGraphPattern": "GRAPH finds nothing here: the file is one graph without named graphs in it",
}
_UNKNOWN_PREFIX = re.compile(r"Unknown namespace prefix : (\S+)")
_BAD_CODE = re.compile(r"Invalid unicode code point: (\w+)")
_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"[A-Z]\w+(?: \w+){2,}")


def parse(sparql: str) -> ParseResults:
    try:
        tree = parser.parseQuery(sparql)
    except ParseException as error:
        if _is_update(sparql):
            raise QueryError("updates are refused: the graph is built from articles, not edited") from error
        raise QueryError(f"line {error.lineno}, column {error.column}: {_parse_problem(error)}") from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply") from error
    except ValueError as error:  # an escape for a code point that does not exist
        code = _BAD_CODE.search(str(error))
        where = _where(sparql, sparql.find(code[1]) if code else -1)
        raise QueryError(f"{where}{one_line(error)}") from error
    for name in _patterns(tree):
        if name in _REFUSED:
            raise QueryError(_REFUSED[name])
    return tree


def translate(tree: ParseResults, sparql: str, bound: Mapping[str, str]) -> Query:
    try:
        return translateQuery(tree, initNs=bound)
    except Exception as error:  # rdflib raises bare Exception for an unknown prefix
        if unknown := _UNKNOWN_PREFIX.search(str(error)):
            used = re.search(rf"(?<!\w){re.escape(unknown[1])}:", sparql)
            where = _where(sparql, used.start() if used else -1)
            raise QueryError(f"{where}the prefix {unknown[1]!r} is not declared") from error
        raise QueryError(one_line(error)) from error


def _where(sparql: str, offset: int) -> str:
    """The place of a character, to stand before what is wrong there; empty where it is not known (-1)."""
    if offset < 0:
        return ""
    before = sparql[:offset].split("\n")
    return f"line {len(before)}, column {len(before[-1]) + 1}: "


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


def explain(error: Exception) -> str:
    """What a store says of a query that it cannot run, in one line, with the place where it names one."""
    match = _PLACE.match(str(error))
    if not match:
        return f"the query cannot be run: {one_line(error)}"
    # It lists what the grammar would have taken, too; that speaks of the grammar, not of the query.
    sentence = _SENTENCE.search(match[3])
    return f"line {match[1]}, column {match[2]}: {sentence[0] if sentence else 'not understood'}"


def one_line(error: object) -> str:
    return " ".join(str(error).split())
