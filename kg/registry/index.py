"""Compile organisations into one SQLite file: exact look-up by normal form, full text for near forms."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.names import normalise
from kg.resolve.forms import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.registry.formats import Organisation

VERSION = 1
"""Of the tables; a file of another version is not opened."""

_TABLES = """
CREATE TABLE IF NOT EXISTS organisation (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    country TEXT NOT NULL, types TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS name (
    id INTEGER PRIMARY KEY, form TEXT NOT NULL, text TEXT NOT NULL,
    organisation INTEGER NOT NULL REFERENCES organisation (id), is_acronym INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS name_form ON name (form);
CREATE INDEX IF NOT EXISTS name_organisation ON name (organisation);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (normal, content='', detail='none', tokenize='ascii');
"""


def compile_index(organisations: Iterable[Organisation], index: Path) -> int:
    """Add organisations to the index file, made if need be; return how many.

    One that is there already is replaced. The file is replaced whole, so a failure leaves the old one.
    Raises InputError when it cannot be written or is no index.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=index.parent, prefix=f".{index.name}-", suffix=".part")
    except OSError as error:
        raise InputError(str(index), f"cannot be written ({error.strerror})") from error
    os.close(descriptor)
    part = Path(name)
    try:
        if index.exists():
            shutil.copyfile(index, part)
        with closing(sqlite3.connect(part)) as database:
            count = _fill(database, organisations)
        part.chmod(0o644)
        part.replace(index)
    except sqlite3.DatabaseError as error:
        raise InputError(str(index), f"no index of kgazette ({error})") from error
    except OSError as error:
        raise InputError(str(index), f"cannot be written ({error.strerror})") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return count


def _fill(database: sqlite3.Connection, organisations: Iterable[Organisation]) -> int:
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.executescript(_TABLES)
    database.execute(f"PRAGMA user_version = {VERSION}")
    count = 0
    with database:
        for organisation in organisations:
            _put(database, organisation)
            count += 1
        database.execute("INSERT INTO words (words) VALUES ('delete-all')")
        rows = database.execute("SELECT id, text FROM name WHERE NOT is_acronym ORDER BY id").fetchall()
        database.executemany(
            "INSERT INTO words (rowid, normal) VALUES (?, ?)", ((row, normalise(text)) for row, text in rows)
        )
        database.execute("INSERT INTO words (words) VALUES ('optimize')")
    database.execute("VACUUM")
    return count


def _put(database: sqlite3.Connection, organisation: Organisation) -> None:
    old = database.execute("SELECT id FROM organisation WHERE key = ?", (organisation.key,)).fetchone()
    if old:
        database.execute("DELETE FROM name WHERE organisation = ?", old)
        database.execute("DELETE FROM organisation WHERE id = ?", old)
    cursor = database.execute(
        "INSERT INTO organisation (key, name, country, types) VALUES (?, ?, ?, ?)",
        (organisation.key, organisation.name, organisation.country, " ".join(organisation.types)),
    )
    database.executemany(
        "INSERT INTO name (form, text, organisation, is_acronym) VALUES (?, ?, ?, ?)",
        ((*row[:2], cursor.lastrowid, row[2]) for row in _names(organisation)),
    )


def _names(organisation: Organisation) -> Iterator[tuple[str, str, bool]]:
    """Each name once, by its normal form."""
    seen = set()
    for name in (organisation.name, *organisation.others):
        if (form := comparison_key(name)) not in seen:
            seen.add(form)
            yield form, name, False
    for name in organisation.acronyms:
        if (form := comparison_key(name)) not in seen:
            seen.add(form)
            yield form, name, True
