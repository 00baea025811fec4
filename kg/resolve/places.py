"""Which place of the gazetteer an article means by a name, and so the country that it lies in.

Many places share a name. What stands right after it decides ("Cambridge, UK"); else one so much larger than
the others that nobody says where it lies; else the countries that the article speaks of. Where that leaves
several countries, none is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kg import gazetteer
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.gazetteer import Place
    from kg.model import Extraction, Mention

# Python 3.11 takes a tenth of a microsecond to find a member of an enumeration.
_COUNTRY, _PLACE = Kind.COUNTRY, Kind.PLACE
ONE_PLACE = "one place of the gazetteer"

_LARGER = 8
"""So many times the inhabitants of every other place of the name: meant if nothing is said."""
_FAR_LARGER = 50
"""The same, even where the article speaks of the country of another and not of its own."""
_DIVISION = re.compile(
    r" (?:province|state|prefecture|region|county|municipality|oblast|autonomous region)$", re.IGNORECASE
)
_LIES_IN = re.compile(r",? (?:in )?\(?(?:the )?")
_CITY = re.compile(r" city$", re.IGNORECASE)


class Located(NamedTuple):
    """Where a place lies."""

    country: str = ""
    """As mentions of countries have it: "iso:CH"; "" where it is open."""
    key: str = ""
    """Of the place itself: "geonames:2660646"; "" where several of that country have the name."""


NOWHERE = Located()


def locate_places(extraction: Extraction, around: Sequence[str]) -> dict[Mention, Located]:
    """Where the places lie that an article names; `around` are the countries ("iso:CH") it speaks of."""
    places = [m for m in extraction.mentions if m.kind is _PLACE]
    told = _told_countries(extraction, places)
    by_name: dict[str, set[str]] = defaultdict(set)
    for mention, country in told.items():
        by_name[mention.label].add(country)
    found = {}
    for mention in places:
        # Where it lies is often said once, and then it goes by its name alone.
        known = {told[mention]} if mention in told else by_name[mention.label]
        found[mention] = locate(mention.label, told=min(known) if len(known) == 1 else "", around=around)
    return found


def _told_countries(extraction: Extraction, places: Sequence[Mention]) -> dict[Mention, str]:
    """The country right after a place: "Cambridge, UK", "Cambridge, Massachusetts"."""
    text = extraction.article.text
    named = [m for m in extraction.mentions if m.kind is _COUNTRY or m.kind is _PLACE]
    told: dict[Mention, str] = {}
    for place in places:
        first = bisect_left(named, place.end, key=attrgetter("start"))
        for after in named[first : first + 1]:
            if not _LIES_IN.fullmatch(text, place.end, after.start):
                continue
            if after.kind is _COUNTRY:
                told[place] = after.ref
            elif country := _one_country(p for p in gazetteer.lookup(after.label) if not _is_city(p)):
                told[place] = country
    return told


def locate(name: str, *, told: str = "", around: Iterable[str] = ()) -> Located:
    """The place of this name; `told` is its country ("iso:CH") where the article says it."""
    rivals = _rivals(name)
    country = told or _choose(rivals, set(around))
    if country not in rivals:
        return NOWHERE
    return Located(country, rivals[country].key)


class _Rival(NamedTuple):
    """What one country has of a name."""

    key: str
    """Of the place that is meant; "" where several are as large."""
    population: int
    """Of the largest."""
    has_division: bool


@lru_cache(maxsize=5_000)
def _rivals(name: str) -> Mapping[str, _Rival]:
    """The places of this name by country; one that lies in several countries has none ("")."""
    places: dict[str, list[Place]] = defaultdict(list)
    for place in _candidates(name):
        places[f"iso:{place.alpha2}" if place.alpha2 else ""].append(place)
    return {
        country: _Rival(
            _key(group),
            max(place.population for place in group),
            not all(_is_city(place) for place in group),
        )
        for country, group in places.items()
    }


def _candidates(name: str) -> tuple[Place, ...]:
    found = gazetteer.lookup(name)
    if found:
        return found
    if short := _DIVISION.sub("", name):
        found = tuple(place for place in gazetteer.lookup(short) if not _is_city(place))
    if not found and (short := _CITY.sub("", name)) != name:
        found = tuple(place for place in gazetteer.lookup(short) if _is_city(place))
    return found


def _choose(rivals: Mapping[str, _Rival], around: set[str]) -> str:
    if len(rivals) < 2:
        return next(iter(rivals), "")
    spoken_of = sorted(around & rivals.keys())
    sizes = sorted(((rival.population, country) for country, rival in rivals.items()), reverse=True)
    (most, country), (next_most, _) = sizes[:2]
    # How large a province is, the gazetteer does not say.
    has_division = any(rival.has_division for other, rival in rivals.items() if other != country)
    if not has_division and most > _LARGER * next_most:
        is_doubtful = spoken_of and country not in around and most <= _FAR_LARGER * next_most
        return "" if is_doubtful else country
    return spoken_of[0] if len(spoken_of) == 1 else ""


def _key(places: Sequence[Place]) -> str:
    """The key of the place that is meant among those of one country: the one that is much larger."""
    registered = [place for place in places if not place.is_region] or places
    first, *others = sorted(registered, key=_by_size)
    return "" if others and first.population <= _LARGER * others[0].population else first.key


def _one_country(places: Iterable[Place]) -> str:
    countries = {place.alpha2 for place in places}
    return f"iso:{countries.pop()}" if len(countries) == 1 and "" not in countries else ""


def _is_city(place: Place) -> bool:
    return place.population > 0


def _by_size(place: Place) -> tuple[int, str]:
    return -place.population, place.key
