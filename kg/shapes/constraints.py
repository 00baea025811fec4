"""The constraints of SHACL Core that the shapes use, on words of Turtle.

https://www.w3.org/TR/shacl/#core-components. Each takes its parameters first, so that `partial` makes a check
of it. What cannot be told from the word is taken for a fault.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import PartialDate

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from kg.shapes.others import Others
    from kg.turtle import Properties

    Check = Callable[[Others, str, Properties], bool]
    """Does a node conform? Or a value: only its word is known, and it has no properties here."""

NO_PROPERTIES: Properties = {}
_NUMBERS = frozenset({"xsd:integer", "xsd:decimal"})
_DATES = frozenset({"xsd:gYear", "xsd:gYearMonth", "xsd:date"})


def all_of(checks: Sequence[Check], others: Others, word: str, properties: Properties) -> bool:
    for check in checks:  # noqa: SIM110 (all() takes twice the time)
        if not check(others, word, properties):
            return False
    return True


def any_of(checks: Sequence[Check], others: Others, word: str, properties: Properties) -> bool:
    return any(check(others, word, properties) for check in checks)


def one_of(checks: Sequence[Check], others: Others, word: str, properties: Properties) -> bool:
    return sum(check(others, word, properties) for check in checks) == 1


def is_in(words: frozenset[str], others: Others, word: str, properties: Properties) -> bool:
    return word in words


def is_member(classes: frozenset[str], others: Others, word: str, properties: Properties) -> bool:
    """Of one of these classes."""
    return others.has_class(word, classes)


def has_datatype(datatype: str, others: Others, word: str, properties: Properties) -> bool:
    return datatype_of(word) == datatype


def is_iri(others: Others, word: str, properties: Properties) -> bool:
    return word[0] not in '"-0123456789_'  # no prefix begins with "_", but the word for a blank node


def is_iri_or_literal(others: Others, word: str, properties: Properties) -> bool:
    return not word.startswith("_:")


def is_as_long_as(least: int, others: Others, word: str, properties: Properties) -> bool:
    # An escape stands for one character.
    length = len(word.rpartition('"')[0]) - 1 if is_literal(word) else len(word)
    return length >= least and (least < 2 or "\\" not in word)


def matches(pattern: re.Pattern[str], others: Others, word: str, properties: Properties) -> bool:
    return word[0] == word[-1] == '"' and "\\" not in word and pattern.search(word[1:-1]) is not None


def is_at_least(bound: float, others: Others, word: str, properties: Properties) -> bool:
    return datatype_of(word) in _NUMBERS and float(word) >= bound


def is_at_most(bound: float, others: Others, word: str, properties: Properties) -> bool:
    return datatype_of(word) in _NUMBERS and float(word) <= bound


def are_those_of(other: str, others: Others, values: Sequence[str], properties: Properties) -> bool:
    return set(values) == set(properties.get(other, ()))


def are_not_those_of(other: str, others: Others, values: Sequence[str], properties: Properties) -> bool:
    return not set(values) & set(properties.get(other, ()))


def are_less_than(other: str, others: Others, values: Sequence[str], properties: Properties) -> bool:
    bounds = properties.get(other, ())
    if not all(datatype_of(word) in _NUMBERS for word in (*values, *bounds)):
        return False
    return all(float(low) < float(high) for low in values for high in bounds)


def so_many_conform(
    check: Check, least: int, most: int, others: Others, values: Sequence[str], properties: Properties
) -> bool:
    return least <= sum(check(others, value, NO_PROPERTIES) for value in values) <= most


def is_literal(word: str) -> bool:
    return word[0] in '"-0123456789'


def datatype_of(word: str) -> str:
    """ "" for what is no literal, or one that its datatype does not allow."""
    if word[-1] == '"':
        return "xsd:string"
    if word[0] != '"':
        return ("xsd:decimal" if "." in word else "xsd:integer") if is_literal(word) else ""
    text, _, datatype = word.rpartition('"')
    name = datatype.removeprefix("^^")
    return name if name in _DATES and _is_date(text[1:], name) else ""


@lru_cache(maxsize=10_000)
def _is_date(text: str, datatype: str) -> bool:
    try:
        return datatype == f"xsd:{PartialDate.parse(text).datatype}"
    except ValueError:
        return False
