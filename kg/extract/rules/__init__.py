"""The relation rules: each reads one sentence and yields what it states.

A rule sees a row of items (`kg.extract.sentences`) and knows no article, no offsets and no names: it
yields item indices, which `kg.extract.relations` turns into claims with evidence.
"""

from kg.extract.rules.cooperation import find_collaboration, find_countries
from kg.extract.rules.location import find_locations
from kg.extract.rules.membership import find_founders, find_parts
from kg.extract.rules.participation import find_participation
from kg.extract.rules.roles import find_roles
from kg.extract.rules.timing import find_dated

RULES = (
    find_participation,
    find_roles,
    find_locations,
    find_parts,
    find_founders,
    find_collaboration,
    find_countries,
    find_dated,
)

__all__ = ["RULES"]
