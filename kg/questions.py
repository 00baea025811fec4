"""The questions that come with kgazette: SPARQL files in `ontology/queries`, each with its documentation.

The lines at the top of a file say what it answers, which values it takes, and what its columns mean:

    # Who works with an institution, and how?
    # Parameter: institution (name) -- the institution, by any of its names
    # Column: partner -- the other institution

A parameter is a variable of the query. Its value is bound as an RDF term and never becomes text of the query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from rdflib import XSD
from rdflib import Literal as Term

from kg.errors import QueryError
from kg.model import PartialDate
from kg.resources import ontology_path

if TYPE_CHECKING:
    from collections.abc import Mapping

ParameterKind = Literal["name", "title", "year", "date", "number"]
"""A name or a title stands in the graph; a year, date or number need not."""

_PARAMETER = re.compile(r"# Parameter: (\w+) \((\w+)(?:, (optional)|, default (\S+))?\) -- (.+)")
_COLUMN = re.compile(r"# Column: (\w+) -- (.+)")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kind: ParameterKind
    text: str
    """What it means, for people."""
    required: bool
    default: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    text: str
    """The question in words."""
    parameters: tuple[Parameter, ...]
    columns: tuple[tuple[str, str], ...]
    """Name and meaning."""
    sparql: str


@cache
def questions() -> dict[str, Question]:
    """All questions by name, sorted."""
    folder = ontology_path("queries")
    return {
        path.stem: _read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.rq"))
    }


def question(name: str) -> Question:
    """Raises QueryError for a name that no question has."""
    if name not in questions():
        raise QueryError(f"no question is called {name!r}; there are {', '.join(questions())}")
    return questions()[name]


def bind(asked: Question, values: Mapping[str, str]) -> dict[str, Term]:
    """The values of the parameters as RDF terms, defaults included.

    Raises QueryError for a parameter that the question lacks, one that is missing, and a value that is no
    year, date or number.
    """
    known = {parameter.name: parameter for parameter in asked.parameters}
    for name in values:
        if name not in known:
            takes = ", ".join(known) or "none"
            raise QueryError(f"{asked.name} has no parameter {name!r} (its parameters: {takes})")
    bound = {}
    for parameter in asked.parameters:
        value = values.get(parameter.name, parameter.default)
        if value:
            bound[parameter.name] = _term(parameter, value)
        elif parameter.required:
            raise QueryError(f"{asked.name} needs {parameter.name}: {parameter.text}")
    return bound


def _read(name: str, sparql: str) -> Question:
    comments = [line for line in sparql.split("\n\n")[0].splitlines() if line.startswith("# ")]
    parameters = []
    for line in comments:
        if match := _PARAMETER.fullmatch(line):
            variable, kind, optional, default, text = match.groups(default="")
            assert kind in get_args(ParameterKind), f"{name}: {kind}"
            required = not optional and not default
            parameters.append(Parameter(variable, kind, text, required, default))  # type: ignore[arg-type]
    columns = tuple((match[1], match[2]) for line in comments if (match := _COLUMN.fullmatch(line)))
    words = [line[2:] for line in comments if not line.startswith(("# Parameter: ", "# Column: "))]
    return Question(name, " ".join(words), tuple(parameters), columns, sparql)


def _term(parameter: Parameter, value: str) -> Term:
    if parameter.kind == "year":
        if not re.fullmatch(r"[12]\d{3}", value, re.ASCII):
            raise QueryError(f"{parameter.name}: {value!r} is no year, as 2019")
        return Term(value)
    if parameter.kind == "date":
        try:
            return Term(str(PartialDate.parse(value)))
        except ValueError as error:
            raise QueryError(
                f"{parameter.name}: {value!r} is no date, as 2019, 2019-05 or 2019-05-16"
            ) from error
    if parameter.kind == "number":
        if not _NUMBER.fullmatch(value):
            raise QueryError(f"{parameter.name}: {value!r} is no number, as 0.7")
        return Term(value, datatype=XSD.decimal)
    return Term(value)
