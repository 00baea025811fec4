"""Room on disk for what may not fit into memory while one command runs."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CACHE = 16_000
"""Kilobytes of a database that stay in memory; what is more waits on the disk."""
_STEPS = 1_000_000
"""Of SQLite's machine, some hundredths of a second, after which Python sees whether Ctrl-C was pressed."""
_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})


def open_scratch(tables: str = "") -> sqlite3.Connection:
    """An empty database with these tables (SQL), in a nameless file of the temporary folder (TMPDIR).

    It is gone when nobody has it any more, even after a kill. One transaction lasts from the beginning to the
    end: nobody ever needs a state of it back. No function of Python may be called from its SQL: what such a
    one raises is lost, be it Ctrl-C, and what it refers to lives as long as the process.
    """
    # A thread may walk through what another one wrote; SQLite takes care that they take turns.
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    # The sorter's own files, too, whatever SQLite was compiled with.
    connection.execute("PRAGMA temp_store = FILE")
    connection.set_progress_handler(_breathe, _STEPS)
    connection.execute("BEGIN")
    make_tables(connection, tables)
    return connection


def _breathe() -> int:
    """Nothing, in which Python handles its signals; what they raise ends the statement as interrupted."""
    return 0


def make_tables(connection: sqlite3.Connection, tables: str) -> None:
    """Add these tables (SQL) to a database."""
    # Statement by statement: executescript would end the transaction.
    for statement in filter(str.strip, tables.split(";")):
        connection.execute(statement)


@contextmanager
def scratch_errors() -> Iterator[None]:
    """A disk without room for a scratch database, or no place for its file, is no bug; nor is Ctrl-C."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from error
        if error.sqlite_errorcode & 0xFF not in _NO_ROOM:
            raise
        raise InputError("the temporary folder", f"cannot be written ({error})") from error
