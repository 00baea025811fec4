"""The articles that were read, in their order, on disk: an archive of them need not fit into memory."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.articles import from_bytes, to_bytes
from kg.model import Article
from kg.scratch import open_scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLES = """
    CREATE TABLE article (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
    CREATE TABLE named (number INTEGER PRIMARY KEY, id TEXT NOT NULL)
"""


class Shelf(Collection[Article]):
    """Walked through as often as one likes, while nothing is changed; each article has the number of its
    place, from 0, which it keeps whatever is removed."""

    def __init__(self) -> None:
        self._db = open_scratch(_TABLES)
        # SQLite would go through the texts to count them.
        self._length = 0

    def __iter__(self) -> Iterator[Article]:
        rows = self._db.execute("SELECT data FROM article ORDER BY number")
        return (from_bytes(data) for (data,) in rows)

    def __len__(self) -> int:
        return self._length

    def __contains__(self, item: object) -> bool:
        return any(item == article for article in self)

    def get(self, number: int) -> Article:
        (data,) = self._db.execute("SELECT data FROM article WHERE number = ?", (number,)).fetchone()
        return from_bytes(data)

    def append(self, article: Article) -> None:
        """Under the next number, which is the length as long as nothing is removed."""
        self.put(self._length, article)
        self._length += 1

    def put(self, number: int, article: Article) -> None:
        """In the place of the one that had this number."""
        self._db.execute("INSERT OR REPLACE INTO article VALUES (?, ?)", (number, to_bytes(article)))
        self._db.execute("INSERT OR REPLACE INTO named VALUES (?, ?)", (number, article.id))

    def remove(self, number: int) -> None:
        self._db.execute("DELETE FROM article WHERE number = ?", (number,))
        self._db.execute("DELETE FROM named WHERE number = ?", (number,))
        self._length -= 1

    def rivals(self) -> list[list[int]]:
        """The numbers of articles that have one id."""
        found = self._db.execute("SELECT group_concat(number) FROM named GROUP BY id HAVING count(*) > 1")
        return [sorted(map(int, numbers.split(","))) for (numbers,) in found]
