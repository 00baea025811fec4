"""The organisation of an affiliation: "Dept. of Physics, Fudan University, Shanghai, China".

Departments stand in no register, so the parts between the commas are tried one by one, in the country that
the last of them names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg import gazetteer
from kg.resolve.forms import is_short_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.registry.lookup import LocalRegistry
    from kg.resolve.links import RegistryMatch

_SEPARATOR = re.compile(r"\s*[,;|()]\s*")
_DASH = re.compile(r"\s+[-–—]\s+")
_DEPARTMENT = re.compile(r"(?:Dep(?:t|artment|artamento)|School|Facult\w+|Division|Section|Chair)\b")
# What the register may leave out: whose body it is ("NASA Ames Research Center"), its own acronym.
_ACRONYMS = re.compile(r"^(?:[A-Z]{3,5}[ -])+(?=[A-Z][a-z])|(?: [A-Z]{2,5})+$")
_SHORTEST = 3
"""Letters of an acronym that is tried alone: shorter ones are states and provinces."""


def match_affiliation(
    registry: LocalRegistry, text: str, countries: frozenset[str] = frozenset()
) -> RegistryMatch | None:
    """The organisation that `text` names, or None.

    `countries` are ISO 3166-1 codes; where none is given, the country that `text` names at its end counts.
    """
    parts = [part for part in _SEPARATOR.split(text) if part]
    countries = countries or _country(parts)
    for name in _names(parts):
        if match := registry.match((name,), countries=countries):
            return match
    return None


def _country(parts: Sequence[str]) -> frozenset[str]:
    from kg.extract.countries import find_countries  # brings spaCy, which a build without it does not need

    tail = ", ".join(parts[-2:])
    found = [match.alpha2 for match in find_countries(tail) if not match.adjective]
    return frozenset(found[-1:])


def _names(parts: Sequence[str]) -> Iterator[str]:
    """What may be the organisation's name, the likeliest first."""
    departments = [part for part in parts if _DEPARTMENT.match(part)]
    for index, part in enumerate(parts):
        if part in departments:
            continue
        if index + 1 < len(parts):
            # "University of California, Berkeley" is one name.
            yield f"{part}, {parts[index + 1]}"
        yield from _forms(part)
    for part in departments:
        yield from _forms(part)


def _forms(part: str) -> Iterator[str]:
    if is_short_form(part) and len(part) < _SHORTEST:
        return
    yield part
    yield from (piece for piece in _DASH.split(part) if piece != part)
    if (plain := _ACRONYMS.sub("", part)) != part:
        yield plain
    if (english := " ".join(map(_in_english, part.split(" ")))) != part:
        yield english


def _in_english(word: str) -> str:
    """The name that the gazetteer has for a city: "Padova" -> "Padua"."""
    city = next((place for place in gazetteer.lookup(word) if place.population), None)
    return city.name if city and word[:1].isupper() else word
