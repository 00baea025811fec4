"""The words of the graph: kinds of entities, predicates, and what may stand on either side of them.

The local names are a contract shared by the extractor, the ontology and the gold files. Nothing here
depends on RDF libraries; `kg.graph` turns these names into IRIs.
"""

from __future__ import annotations

from enum import StrEnum

ONTOLOGY = "https://w3id.org/kgazette/ontology#"
DATA = "https://w3id.org/kgazette/id/"


class Kind(StrEnum):
    """What an entity is. Every entity has exactly one kind, beside any subclass of it."""

    INSTITUTION = "Institution"
    PROJECT = "Project"
    COUNTRY = "Country"
    PLACE = "Place"

    # That of an enumeration runs in Python, and these stand in the keys of most tables.
    __hash__ = str.__hash__


class Predicate(StrEnum):
    """What a fact says of its subject."""

    LEADS = "leads"
    DEVELOPS = "develops"
    FUNDS = "funds"
    PARTICIPATES_IN = "participatesIn"
    COLLABORATES_WITH = "collaboratesWith"
    PART_OF = "partOf"
    FOUNDED_BY = "foundedBy"
    FOUNDED_ON = "foundedOn"
    LOCATED_IN = "locatedIn"
    INVOLVES_COUNTRY = "involvesCountry"
    ANNOUNCED_ON = "announcedOn"
    SIGNED_ON = "signedOn"
    STARTED_ON = "startedOn"
    COMPLETED_ON = "completedOn"
    COOPERATES_WITH = "cooperatesWith"

    __hash__ = str.__hash__  # as above

    @property
    def is_symmetric(self) -> bool:
        return self in SYMMETRIC

    @property
    def is_date(self) -> bool:
        """The object is a date, not an entity."""
        return self in DATES

    def allows(self, subject: Kind, obj: Kind | None) -> bool:
        """May a `subject` stand in this relation to an `obj` (None for a date)?"""
        return (subject, obj) in SIGNATURES[self]


# Calling an enumeration with a value takes ten times as long.
KINDS = {kind.value: kind for kind in Kind}
PREDICATES = {predicate.value: predicate for predicate in Predicate}
SYMMETRIC = frozenset({Predicate.COLLABORATES_WITH, Predicate.COOPERATES_WITH})
PARTICIPATION = frozenset({Predicate.LEADS, Predicate.DEVELOPS, Predicate.FUNDS, Predicate.PARTICIPATES_IN})
DATES = frozenset(
    {
        Predicate.FOUNDED_ON,
        Predicate.ANNOUNCED_ON,
        Predicate.SIGNED_ON,
        Predicate.STARTED_ON,
        Predicate.COMPLETED_ON,
    }
)

_I, _P, _C, _L = Kind.INSTITUTION, Kind.PROJECT, Kind.COUNTRY, Kind.PLACE

SIGNATURES: dict[Predicate, frozenset[tuple[Kind, Kind | None]]] = {
    Predicate.LEADS: frozenset({(_I, _P)}),
    Predicate.DEVELOPS: frozenset({(_I, _P)}),
    Predicate.FUNDS: frozenset({(_I, _P)}),
    Predicate.PARTICIPATES_IN: frozenset({(_I, _P)}),
    Predicate.COLLABORATES_WITH: frozenset({(_I, _I)}),
    Predicate.PART_OF: frozenset({(_I, _I), (_P, _P)}),
    Predicate.FOUNDED_BY: frozenset({(_I, _I), (_I, _C)}),
    Predicate.FOUNDED_ON: frozenset({(_I, None)}),
    Predicate.LOCATED_IN: frozenset({(_I, _L), (_I, _C), (_P, _L), (_P, _C)}),
    Predicate.INVOLVES_COUNTRY: frozenset({(_P, _C)}),
    Predicate.ANNOUNCED_ON: frozenset({(_P, None)}),
    Predicate.SIGNED_ON: frozenset({(_P, None)}),
    Predicate.STARTED_ON: frozenset({(_P, None)}),
    Predicate.COMPLETED_ON: frozenset({(_P, None)}),
    Predicate.COOPERATES_WITH: frozenset({(_C, _C)}),
}
