"""Keys of entities in public registers. What they say is marked as theirs: no article states it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kg import gazetteer
from kg.model import RegistryFact
from kg.names import read_table
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Entity, Fact


class RegistryMatch(NamedTuple):
    """An organisation of a register that an institution is, or comes close to."""

    key: str
    """For example "ror:05gq02987"."""
    name: str
    is_exact: bool
    reason: str
    country: str = ""
    """ISO 3166-1 alpha-2; empty where the register does not say it."""
    types: tuple[str, ...] = ()
    """In the words of the register."""


class Registry(Protocol):
    """Finds institutions in public registers (`kg.registry`)."""

    def match(self, names: Iterable[str], *, countries: frozenset[str], subtype: str) -> RegistryMatch | None:
        """The one organisation of these names; `countries` are ISO codes, empty where none is known."""


@cache
def wikidata_of(alpha2: str) -> str:
    """The Wikidata id of a country by its ISO 3166-1 code ("DK" -> "Q35"); "" where none is known."""
    rows = {row["iso"]: row["wikidata"] for row in read_table("wikidata_countries.tsv")}
    return rows.get(alpha2, "")


def countries_of(entities: Iterable[Entity], facts: Iterable[Fact]) -> Mapping[str, frozenset[str]]:
    """Entity id -> the ISO codes of the countries that articles place it in."""
    codes = {
        entity.id: link.removeprefix("iso:")
        for entity in entities
        if entity.kind is Kind.COUNTRY
        for link in entity.links
        if link.startswith("iso:")
    }
    found: dict[str, set[str]] = {}
    for fact in facts:
        if fact.predicate is Predicate.LOCATED_IN and str(fact.object) in codes:
            found.setdefault(fact.subject, set()).add(codes[str(fact.object)])
    return {entity_id: frozenset(countries) for entity_id, countries in found.items()}


def with_links(entity: Entity, registry: Registry | None, countries: frozenset[str]) -> Entity:
    """The entity with its keys in the registers that know it, and what they say of it."""
    links = set(entity.links)
    told: set[RegistryFact] = set()
    if entity.kind is Kind.COUNTRY:
        codes = [link.removeprefix("iso:") for link in entity.links if link.startswith("iso:")]
        links |= {f"wikidata:{number}" for code in codes if (number := wikidata_of(code))}
    elif entity.kind is Kind.PLACE:
        told = {_country_fact(key, country) for key in links if (country := gazetteer.country_of(key))}
    elif entity.kind is Kind.INSTITUTION and registry is not None:
        match = registry.match((entity.name, *entity.aliases), countries=countries, subtype=entity.subtype)
        if match is not None:
            links.add(match.key if match.is_exact else f"close:{match.key}")
        # What is said of an organisation that is only close may not be so of this one.
        if match is not None and match.is_exact:
            told = {RegistryFact(_register(match.key), "registeredType", word) for word in match.types}
            told |= {_country_fact(match.key, match.country)} if match.country else set()
    return replace(entity, links=tuple(sorted(links)), registered=tuple(sorted(told)))


def _country_fact(key: str, country: str) -> RegistryFact:
    return RegistryFact(_register(key), "registeredCountry", country)


def _register(key: str) -> str:
    return key.partition(":")[0]
