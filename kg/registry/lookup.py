"""Look an institution up: the one organisation that its names, country and type leave.

Exact: a full name is the same and nothing else in the register fits. Close: an acronym, another spelling,
or a name whose country nobody told. Two that fit are none: a wrong link is worse than no link.
"""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError
from kg.names import SMALL_WORDS, normalise
from kg.registry.index import VERSION
from kg.resolve.compare import MERGE, compare
from kg.resolve.forms import comparison_key, is_generic, is_short_form
from kg.resolve.links import RegistryMatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# Classes of the ontology -> types of ROR, the likeliest first.
_TYPES = {
    "University": ("education",),
    "Company": ("company",),
    "GovernmentBody": ("government", "funder"),
    "Hospital": ("healthcare",),
    "ResearchInstitute": ("facility", "education", "government", "nonprofit"),
    "Laboratory": ("facility", "government", "education"),
    "Academy": ("government", "facility", "nonprofit", "education"),
    "FundingBody": ("funder", "nonprofit", "government"),
    "InternationalOrganization": ("nonprofit", "government", "other", "facility"),
}
_NEAR = 25
"""Organisations that the full text may give for one name."""


class _Row(NamedTuple):
    key: str
    name: str
    country: str
    types: str
    text: str
    is_acronym: int


class LocalRegistry:
    """A compiled register, read only. A `kg.resolve.links.Registry`."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._named = lru_cache(maxsize=4096)(self._rows_of_form)

    def close(self) -> None:
        self._database.close()

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM organisation").fetchone()[0])

    def match(
        self, names: Iterable[str], *, countries: frozenset[str] = frozenset(), subtype: str = ""
    ) -> RegistryMatch | None:
        """The one organisation that these names of an institution fit, or None.

        `countries` are the ISO 3166-1 codes of where it is said to be, empty where nothing is said.
        """
        full = sorted({name for name in names if not is_short_form(name)}, key=_longest_first)
        for name in full:
            rows = [row for row in self._named(comparison_key(name)) if not row.is_acronym]
            # "Washington University" is also a form of "University of Washington", and both are there.
            rows = [row for row in rows if normalise(row.text) == normalise(name)] or rows
            if match := _choose(rows, countries, subtype):
                told = bool(countries) or not is_generic(name)
                reason = "same name, same country" if countries else "same name"
                return _found(match, reason, is_exact=told and bool(match.country or not countries))
            if rows:
                return None
        for name in full:
            rows = [row for row in self._near(name) if compare(name, row.text).score >= MERGE]
            if not is_generic(name) and (match := _choose(rows, countries, subtype)):
                return _found(match, compare(name, match.text).reason)
        if not full and countries:
            for name in sorted(set(names)):
                if match := _choose(list(self._named(comparison_key(name))), countries, subtype):
                    return _found(match, "same short form, same country")
        return None

    def _rows_of_form(self, form: str) -> tuple[_Row, ...]:
        rows = self._database.execute(
            "SELECT key, organisation.name, country, types, text, is_acronym FROM name"
            " JOIN organisation ON organisation.id = organisation WHERE form = ? ORDER BY key, text",
            (form,),
        )
        return tuple(_Row(*row) for row in rows)

    def _near(self, name: str) -> list[_Row]:
        """Organisations that share all words of the name but one."""
        words = [word for word in dict.fromkeys(normalise(name).split()) if word not in SMALL_WORDS]
        words = [word for word in words if word.isascii() and len(word) > 2][:8]
        if len(words) < 2:
            return []
        wholes = [words] if len(words) == 2 else [words[:i] + words[i + 1 :] for i in range(len(words))]
        query = " OR ".join("(" + " AND ".join(f'"{word}"' for word in some) + ")" for some in wholes)
        if len(words) == 2:
            query = " OR ".join(f'"{word}"' for word in words)
        rows = self._database.execute(
            "SELECT key, organisation.name, country, types, text, is_acronym"
            " FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?) AS found"
            " JOIN name ON name.id = found.rowid JOIN organisation ON organisation.id = organisation"
            " ORDER BY key, text",
            (query, _NEAR if len(words) > 2 else 4 * _NEAR),
        )
        return [_Row(*row) for row in rows]


def _found(row: _Row, reason: str, *, is_exact: bool = False) -> RegistryMatch:
    return RegistryMatch(row.key, row.name, is_exact, reason, row.country, tuple(row.types.split()))


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name


def _choose(rows: Sequence[_Row], countries: frozenset[str], subtype: str) -> _Row | None:
    """The one row that country and type leave; None where several do, or none."""
    fitting = [row for row in rows if not countries or not row.country or row.country in countries]
    if countries and len({row.key for row in fitting}) > 1:
        fitting = [row for row in fitting if row.country in countries]
    if len({row.key for row in fitting}) > 1:
        wanted = _TYPES.get(subtype, ())
        typed = [row for row in fitting if wanted and wanted[0] in row.types.split()]
        fitting = typed
    return fitting[0] if len({row.key for row in fitting}) == 1 else None


def open_registry(path: Path) -> LocalRegistry:
    """Open a compiled register; raise InputError, naming it, when it is missing or none."""
    if not path.is_file():
        raise InputError(str(path), "no such register; `kg registry add` makes one")
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        database = sqlite3.connect(uri, uri=True)
        version = database.execute("PRAGMA user_version").fetchone()[0]
        database.execute("SELECT key FROM organisation LIMIT 1")
    except sqlite3.DatabaseError as error:
        raise InputError(str(path), "no register of kgazette") from error
    if version != VERSION:
        raise InputError(str(path), f"a register of version {version}; make it anew with `kg registry add`")
    return LocalRegistry(database)
