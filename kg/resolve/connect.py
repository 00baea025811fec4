"""Which local entities of all articles could be one: all that `kg.resolve.cluster` may join hang together.

Looser than what joins them there, so that it can look at a few thousand at a time and miss nothing.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.components import Components
from kg.ledger import Rows
from kg.resolve.cluster import capitals
from kg.resolve.forms import comparison_key, is_short_form
from kg.resolve.gather import token_of
from kg.resolve.shared import SIMILAR
from kg.scratch import make_tables
from kg.vocab import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from kg.resolve.alike import Comparer
    from kg.resolve.gather import Gathered

_TABLES = """
    CREATE TABLE name (
        kind TEXT, name TEXT, number INTEGER, only_short INTEGER, PRIMARY KEY (kind, name)
    ) WITHOUT ROWID;
    CREATE TABLE initials (kind TEXT, letters TEXT, number INTEGER);
    CREATE TABLE pair (number INTEGER, kind TEXT, left TEXT, right TEXT, score REAL, reason TEXT);
    CREATE TABLE alike (component INTEGER, kind TEXT, left TEXT, right TEXT, score REAL, reason TEXT)
"""


def connect(found: Gathered, *, same: Iterable[tuple[int, int]], comparer: Comparer) -> Components:
    """Also leaves the names that are alike in a table `alike`, by component."""
    make_tables(found.db, _TABLES)
    components = Components(found.count)
    for one, two in same:
        components.join(one, two)
    # A name stands for all that have it.
    found.db.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", _each_once(found.db, components))
    found.db.executemany("INSERT INTO token VALUES (?, ?)", _tokens_of_names(found.db))
    _join_equal(components, found.db.execute("SELECT token, number FROM token ORDER BY token"))
    found.db.executemany("INSERT INTO initials VALUES (?, ?, ?)", _initials(found.db))
    short_forms = (
        "SELECT initials.number, name.number FROM initials"
        " JOIN name ON name.kind = initials.kind AND name.name = letters WHERE only_short"
    )
    for one, two in found.db.execute(short_forms):
        components.join(one, two)
    for kind in (Kind.INSTITUTION, Kind.PROJECT):
        found.db.executemany(
            "INSERT INTO pair VALUES (?, ?, ?, ?, ?, ?)", _alike(found.db, kind, components, comparer)
        )
    # Only now do components grow no more.
    pairs = found.db.execute("SELECT * FROM pair")
    alike = ((components.find(number), *names) for number, *names in pairs)
    found.db.executemany("INSERT INTO alike VALUES (?, ?, ?, ?, ?, ?)", alike)
    found.db.execute("CREATE INDEX by_component ON alike (component)")
    return components


def _each_once(db: sqlite3.Connection, components: Components) -> Iterator[tuple[str, str, int, bool]]:
    rows = db.execute("SELECT kind, name, number, only_short FROM named ORDER BY kind, name, number")
    for (kind, name), group in groupby(rows, key=itemgetter(0, 1)):
        having = [row[2:] for row in group]
        first, _ = having[0]
        for number, _ in having:
            components.join(first, number)
        yield kind, name, first, any(only_short for _, only_short in having)


def _tokens_of_names(db: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    for kind, name, number in db.execute("SELECT kind, name, number FROM name"):
        yield token_of(kind, comparison_key(name)), number


def _join_equal(components: Components, rows: Iterable[tuple[int, int]]) -> None:
    """Numbers with one token; rows come sorted by token."""
    last: int | None = None
    first = 0
    for token, number in rows:
        if token == last:
            components.join(first, number)
        else:
            last, first = token, number


def _initials(db: sqlite3.Connection) -> Iterator[tuple[str, str, int]]:
    for kind, name, number in db.execute("SELECT kind, name, number FROM name"):
        if not is_short_form(name) and (letters := capitals(name)):
            yield kind, letters, number


def _alike(
    db: sqlite3.Connection, kind: Kind, components: Components, comparer: Comparer
) -> Iterator[tuple[object, ...]]:
    """Pairs that names alone or with what is said of both may make one."""
    of_kind = f"name WHERE kind = '{kind}'"
    names = Rows(db, f"SELECT name FROM {of_kind} ORDER BY name", of_kind, str)
    look_up = "SELECT number FROM name WHERE kind = ? AND name = ?"
    for left, right, verdict in comparer(names):
        if verdict.score < SIMILAR:
            continue
        (one,) = db.execute(look_up, (kind.value, left)).fetchone()
        (two,) = db.execute(look_up, (kind.value, right)).fetchone()
        components.join(one, two)
        yield one, kind.value, left, right, *verdict
