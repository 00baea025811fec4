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

    from kg.ledger import Ledger
    from kg.model import Entity


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


def wikidata_of(alpha2: str) -> str:
    """The Wikidata id of a country by its ISO 3166-1 code ("DK" -> "Q35"); "" where none is known."""
    return _wikidata().get(alpha2, "")


@cache
def _wikidata() -> Mapping[str, str]:
    return {row["iso"]: row["wikidata"] for row in read_table("wikidata_countries.tsv")}


def add_links(ledger: Ledger, registry: Registry) -> None:
    """Look up the institutions in a register; the countries that articles place them in take part."""
    codes = {
        entity.id: link.removeprefix("iso:")
        for entity in ledger.entities
        if entity.kind is Kind.COUNTRY
        for link in entity.links
        if link.startswith("iso:")
    }

    def linked(entity: Entity) -> Entity:
        if entity.kind is not Kind.INSTITUTION:
            return entity
        countries = {codes.get(place, "") for place in ledger.objects(entity.id, Predicate.LOCATED_IN)}
        return with_links(entity, registry, frozenset(countries - {""}))

    ledger.replace_entities(linked)


def with_links(
    entity: Entity, registry: Registry | None = None, countries: frozenset[str] = frozenset()
) -> Entity:
    """The entity with its keys in the registers that know it, and what they say of it."""
    links = set(entity.links)
    told: set[RegistryFact] = set()
    if entity.kind is Kind.COUNTRY:
        codes = [link.removeprefix("iso:") for link in entity.links if link.startswith("iso:")]
        links |= {f"wikidata:{number}" for code in codes if (number := wikidata_of(code))}
    elif entity.kind is Kind.PLACE:
        told = {_country_fact(key, country) for key in links if (country := gazetteer.country_of(key))}
    elif entity.kind is Kind.PROJECT or registry is None:
        return entity
    else:
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
