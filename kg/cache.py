"""Results kept from one build to the next: bytes under a key, in one SQLite file.

Whatever happens to it, a build only takes longer. One build at a time may hold it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import CacheError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType
    from typing import Self

NAME = "results.db"
ASIDE = "results.damaged"
_APPLICATION = 0x6B67617A  # "kgaz": tells our files from anybody else's
_LAYOUT = 2
# Values stand apart from the keys and in the order in which they came, so that keys are looked up among
# keys alone, and a build that asks in that order reads the file from the beginning to the end.
_TABLES = """
    CREATE TABLE made_by (version TEXT NOT NULL);
    CREATE TABLE result (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL);
"""
_USED = "CREATE TEMP TABLE used (key BLOB NOT NULL)"
"""Keys that were asked for or kept since the cache was opened, some of them often."""
_CHUNK = 500
"""Keys asked for at once; SQLite allows 999 in its oldest builds."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_SCHEMA,
    # What SQLite says of a table that is gone, or of a format that it does not know.
    sqlite3.SQLITE_ERROR,
}
# A damaged file may also damage SQLite's words about it, which Python then cannot decode.
_TROUBLE = (sqlite3.Error, UnicodeDecodeError)


def _unheard(note: str) -> None:
    """The note that nobody reads."""


class Cache:
    """The results of builds in one folder, for as long as the `with` block lasts.

    `version` names what made the results; those of another version are dropped. `on_note` hears, in one
    line, when the cache could not be used as it was. Every method raises CacheError when the disk is
    full, the folder cannot be written, or another build holds the cache.

    The folder is made when the first result is kept, so a build that finds no input leaves nothing.
    """

    def __init__(self, folder: Path, *, version: str, on_note: Callable[[str], None] = _unheard) -> None:
        self.folder = folder
        self._version = version
        self._note = on_note
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        if self._file.exists():
            self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    @property
    def _file(self) -> Path:
        return self.folder / NAME

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The results that are kept under these keys; a cache that turns out damaged has none."""
        return dict(self._select("key, value", keys))

    def known(self, keys: Sequence[bytes]) -> set[bytes]:
        """Those of these keys that a result is kept under, without reading it."""
        return {key for (key,) in self._select("key", keys)}

    def _select(self, columns: str, keys: Sequence[bytes]) -> list[Any]:
        found: list[Any] = []
        if self._connection is None:
            return found
        try:
            for start in range(0, len(keys), _CHUNK):
                chunk = keys[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                found += self._connection.execute(
                    f"SELECT {columns} FROM result WHERE key IN ({marks})", chunk
                )
            self._mark_used(self._connection, keys)
        except _TROUBLE as error:
            self._recover(error)
            return []
        return found

    @staticmethod
    def _mark_used(connection: sqlite3.Connection, keys: Iterable[bytes]) -> None:
        connection.executemany("INSERT INTO used VALUES (?)", ((key,) for key in keys))

    def put(self, results: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep results, all or none of them; they are safe on return, whatever becomes of the process."""
        rows = list(results)
        try:
            self._write(rows)
        except _TROUBLE as error:
            self._recover(error)
            try:
                self._write(rows)
            except _TROUBLE as again:
                raise self._failure(again) from again

    def _write(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        connection = self._connection or self._open()
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO result (key, value) VALUES (?, ?)", rows)
            self._mark_used(connection, (key for key, _ in rows))

    def prune(self) -> None:
        """Drop what nobody asked for or kept since the cache was opened, once that is most of it.

        A folder that changes to and fro, as a branch does, finds its results again, and still the cache
        stays below twice its use."""
        if self._connection is None:
            return
        try:
            with self._connection as connection:
                connection.execute("BEGIN IMMEDIATE")
                (kept,) = connection.execute("SELECT count(*) FROM result").fetchone()
                (used,) = connection.execute("SELECT count(DISTINCT key) FROM used").fetchone()
                if kept > 2 * used:
                    connection.execute("DELETE FROM result WHERE key NOT IN (SELECT key FROM used)")
        except _TROUBLE as error:
            self._recover(error)

    def set_aside(self) -> None:
        """Move a damaged cache out of the way, where it can be looked at; the next `put` makes a new one."""
        self._close()
        try:
            self._file.replace(self.folder / ASIDE)
            for ending in ("-wal", "-shm", "-journal"):
                Path(f"{self._file}{ending}").unlink(missing_ok=True)
        except OSError as error:
            raise CacheError(f"{self._file}: cannot be moved aside ({error.strerror})") from error
        aside = self.folder / ASIDE
        self._note(f"{self._file} is damaged: it was moved to {aside}, and everything is extracted anew")

    def _open(self) -> sqlite3.Connection:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # Nobody wants the workspace under version control, even where the outputs are.
            (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
        except OSError as error:
            raise CacheError(f"{self.folder}: cannot be written ({error.strerror})") from error
        try:
            self._connection = self._connect()
        except _TROUBLE as error:
            self._recover(error)
            try:
                self._connection = self._connect()
            except _TROUBLE as again:
                raise self._failure(again) from again
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=0, isolation_level=None)
        try:
            # Held until the file is closed, by this process or by its death: one build at a time.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA temp_store = FILE")
            connection.execute(_USED)
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables, or make them anew where another version of kgazette left others."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        if names and application != _APPLICATION:
            raise _foreign()
        if names and layout == _LAYOUT:
            row = connection.execute("SELECT version FROM made_by").fetchone()
            if row == (self._version,):
                return
        if names:
            self._note(f"{self._file} is of another version of kgazette: everything is extracted anew")
        for name in names:
            connection.execute('DROP TABLE "{}"'.format(name.replace('"', '""')))
        # Statement by statement: executescript would end the transaction first.
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        connection.execute("INSERT INTO made_by VALUES (?)", (self._version,))
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_LAYOUT}")

    def _recover(self, error: Exception) -> None:
        """Move a damaged cache aside; raise CacheError for whatever else went wrong."""
        if _code(error) not in _DAMAGED:
            self._close()
            raise self._failure(error) from error
        self.set_aside()

    def _failure(self, error: Exception) -> CacheError:
        code = _code(error)
        if code in _BUSY:
            return CacheError(
                f"{self.folder}: another build is at work here; wait for it, or give --cache DIR"
            )
        reason = "no space left on the disk" if code == sqlite3.SQLITE_FULL else str(error)
        return CacheError(f"{self._file}: cannot be written ({reason}); the results so far are kept")

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _code(error: Exception) -> int:
    """The primary result code; some errors of the Python module itself carry none."""
    if isinstance(error, UnicodeDecodeError):
        return sqlite3.SQLITE_CORRUPT
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE)
    return code & 0xFF


def _foreign() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("not a cache of kgazette")
    error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
    return error
