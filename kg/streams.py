"""Streams in sorted order: put on disk to be sorted, and walked through side by side."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kg.scratch import open_scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")
Key = TypeVar("Key", int, str)
_BATCH = 1_000


class Sorter:
    """Any number of rows, each with a key and a value that SQLite can hold, in several named rooms.

    They are put in any order, and taken in that of the keys.
    """

    def __init__(self, rooms: Iterable[str]) -> None:
        self._waiting: dict[str, list[tuple[str, object]]] = {room: [] for room in rooms}
        self._db = open_scratch(
            ";".join(f'CREATE TABLE "{room}" (key TEXT, value)' for room in self._waiting)
        )

    def put(self, room: str, key: str, value: object) -> None:
        waiting = self._waiting[room]
        waiting.append((key, value))
        if len(waiting) >= _BATCH:
            self._store(room)

    def put_all(self, room: str, rows: Iterable[tuple[str, object]]) -> None:
        waiting = self._waiting[room]
        waiting.extend(rows)
        if len(waiting) >= _BATCH:
            self._store(room)

    def take(self, room: str) -> Iterator[tuple[str, list[Any]]]:
        """Every key once, with its values in no order."""
        self._store(room)
        rows = self._db.execute(f'SELECT key, value FROM "{room}" ORDER BY key')
        for key, same in groupby(rows, key=itemgetter(0)):
            yield key, [value for _, value in same]

    def _store(self, room: str) -> None:
        self._db.executemany(f'INSERT INTO "{room}" VALUES (?, ?)', self._waiting[room])
        self._waiting[room].clear()


class Beside(Generic[Key, T]):
    """Goes through sorted groups in step with another sorted stream; `on_missed` hears of those it lacks."""

    def __init__(
        self,
        groups: Iterable[tuple[Key, Sequence[T]]],
        on_missed: Callable[[Key, Sequence[T]], None] | None = None,
    ) -> None:
        self._groups: Iterator[tuple[Key, Sequence[T]]] = iter(groups)
        self._on_missed: Callable[[Key, Sequence[T]], None] | None = on_missed
        self._next: tuple[Key, Sequence[T]] | None = next(self._groups, None)

    def at(self, key: Key) -> Sequence[T]:
        """The group of this key, or nothing; keys are asked for in ascending order, each once."""
        while self._next is not None and self._next[0] < key:
            self._miss(self._next)
        if self._next is None or self._next[0] != key:
            return ()
        _, found = self._next
        self._next = next(self._groups, None)
        return found

    def finish(self) -> None:
        while self._next is not None:
            self._miss(self._next)

    def _miss(self, group: tuple[Key, Sequence[T]]) -> None:
        if self._on_missed:
            self._on_missed(*group)
        self._next = next(self._groups, None)
