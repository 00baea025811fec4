"""What all articles say together, on disk: the same as `Knowledge`, for archives that no memory holds."""

from __future__ import annotations

import marshal
from collections.abc import Collection
from dataclasses import dataclass, fields
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from kg.articles import from_bytes, to_bytes
from kg.model import Entity, Evidence, Fact, Knowledge, Merge, PartialDate, RegistryFact, parse_date
from kg.scratch import make_tables, open_scratch
from kg.vocab import KINDS, PREDICATES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    from kg.model import Article
    from kg.vocab import Predicate

T = TypeVar("T")

# marshal is faster than anything else and as private as the file; only plain values go into it.
_TABLES = """
    CREATE TABLE article (id TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE entity (id TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE fact (
        subject TEXT, predicate TEXT, object TEXT, is_date INTEGER NOT NULL, belief REAL NOT NULL,
        evidence BLOB NOT NULL, PRIMARY KEY (subject, predicate, object)
    ) WITHOUT ROWID;
    CREATE TABLE merge (
        entity TEXT, left TEXT, right TEXT, reason TEXT, score REAL NOT NULL,
        PRIMARY KEY (entity, left, right, reason)
    ) WITHOUT ROWID;
    CREATE TABLE redirect (gone TEXT PRIMARY KEY, successor TEXT NOT NULL) WITHOUT ROWID
"""

_THIS_FACT = "subject = ? AND predicate = ? AND object = ?"


@dataclass(frozen=True, slots=True)
class Rows(Collection[T], Generic[T]):
    """A table as a collection: read anew, in the order of its key, each time that one walks through it."""

    connection: sqlite3.Connection
    query: str
    table: str
    """With a condition, where not all of it is meant."""
    make: Callable[..., T]

    def __iter__(self) -> Iterator[T]:
        return (self.make(*row) for row in self.connection.execute(self.query))

    def __len__(self) -> int:
        (count,) = self.connection.execute(f"SELECT count(*) FROM {self.table}").fetchone()
        return int(count)

    def __contains__(self, item: object) -> bool:
        return any(item == other for other in self)


class Ledger:
    """A `kg.model.KnowledgeView` that is written once, in any order, and read as often as one likes."""

    def __init__(self) -> None:
        self._db = open_scratch(_TABLES)
        rows = partial(Rows, self._db)
        self.articles: Collection[Article] = rows(
            "SELECT data FROM article ORDER BY id", "article", from_bytes
        )
        self.entities: Collection[Entity] = rows("SELECT * FROM entity ORDER BY id", "entity", unpack_entity)
        self.facts: Collection[Fact] = rows(
            "SELECT * FROM fact ORDER BY subject, predicate, object", "fact", _fact
        )
        self.merges: Collection[Merge] = rows(
            "SELECT * FROM merge ORDER BY entity, left, right, reason", "merge", Merge
        )
        self.redirects: Collection[tuple[str, str]] = rows(
            "SELECT * FROM redirect ORDER BY gone", "redirect", _pair
        )

    def add_articles(self, articles: Iterable[Article]) -> None:
        self._insert("article", 2, ((item.id, to_bytes(item)) for item in articles))

    def add_entities(self, entities: Iterable[Entity]) -> None:
        self.add_packed_entities((item.id, pack_entity(item)) for item in entities)

    def add_packed_entities(self, entities: Iterable[tuple[str, bytes]]) -> None:
        """Ids, and the rest of the entities by `pack_entity`."""
        self._insert("entity", 2, entities)

    def add_facts(self, facts: Iterable[Fact]) -> None:
        self._insert("fact", 6, map(_fact_row, facts))

    def add_merges(self, merges: Iterable[Merge]) -> None:
        """Each merge is kept once, with its best score: articles may be sure of it to different degrees."""
        self._db.executemany(
            "INSERT INTO merge VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (entity, left, right, reason) DO UPDATE SET score = max(score, excluded.score)",
            ((merge.entity, merge.left, merge.right, merge.reason, merge.score) for merge in merges),
        )

    def add_redirects(self, redirects: Iterable[tuple[str, str]]) -> None:
        self._insert("redirect", 2, redirects)

    def entity(self, entity_id: str) -> Entity | None:
        row = self._db.execute("SELECT * FROM entity WHERE id = ?", (entity_id,)).fetchone()
        return unpack_entity(*row) if row else None

    def replace_entities(self, change: Callable[[Entity], Entity]) -> None:
        """Put what `change` makes of it, under the same id, in the place of each entity."""
        make_tables(self._db, "CREATE TABLE changed (id TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
        changed = ((entity.id, pack_entity(change(entity))) for entity in self.entities)
        self._db.executemany("INSERT INTO changed VALUES (?, ?)", changed)
        self._db.execute("DROP TABLE entity")
        self._db.execute("ALTER TABLE changed RENAME TO entity")

    def fact(self, subject: str, predicate: Predicate, obj: str | PartialDate) -> Fact | None:
        key = (subject, predicate.value, str(obj))
        row = self._db.execute(f"SELECT * FROM fact WHERE {_THIS_FACT}", key).fetchone()
        return _fact(*row) if row else None

    def objects(self, subject: str, predicate: Predicate) -> Iterator[str]:
        """What the facts of this subject and predicate end in, sorted."""
        query = "SELECT object FROM fact WHERE subject = ? AND predicate = ? ORDER BY object"
        return (obj for (obj,) in self._db.execute(query, (subject, predicate.value)))

    def drop_facts(self, keys: Iterable[tuple[str, str, str]]) -> None:
        """Forget the facts of these subjects, predicates and objects, as far as there are such."""
        self._db.executemany(f"DELETE FROM fact WHERE {_THIS_FACT}", keys)

    def drop_entities(self, ids: Collection[str]) -> None:
        """Forget entities with all that is said of them; facts are walked through once."""
        if not ids:
            return
        make_tables(self._db, "CREATE TABLE gone (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._db.executemany("INSERT INTO gone VALUES (?)", ((entity_id,) for entity_id in ids))
        self._db.execute("DELETE FROM entity WHERE id IN gone")
        self._db.execute("DELETE FROM fact WHERE subject IN gone OR object IN gone")
        self._db.execute("DELETE FROM merge WHERE entity IN gone")
        self._db.execute("DROP TABLE gone")

    def _insert(self, table: str, columns: int, rows: Iterable[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * columns)
        self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)

    def in_memory(self) -> Knowledge:
        return Knowledge(
            tuple(self.articles),
            tuple(self.entities),
            tuple(self.facts),
            tuple(self.merges),
            tuple(self.redirects),
        )


def pack_entity(entity: Entity) -> bytes:
    """All of an entity but its id."""
    registered = [(fact.registry, fact.predicate, fact.value) for fact in entity.registered]
    values = (entity.name, entity.aliases, entity.subtype, entity.links, entity.articles, registered)
    return marshal.dumps((entity.kind.value, *values))


def unpack_entity(entity_id: str, data: bytes) -> Entity:
    kind, name, aliases, subtype, links, articles, registered = marshal.loads(data)
    told = tuple(RegistryFact(*fact) for fact in registered)
    return Entity(entity_id, KINDS[kind], name, aliases, subtype, links, articles, told)


evidence_values = attrgetter(*(field.name for field in fields(Evidence)))
"""What `Evidence` takes, in its order."""


def _fact_row(fact: Fact) -> tuple[object, ...]:
    is_date = isinstance(fact.object, PartialDate)
    evidence = tuple(map(evidence_values, fact.evidence))
    return fact.subject, fact.predicate.value, str(fact.object), is_date, fact.belief, marshal.dumps(evidence)


def _fact(subject: str, predicate: str, obj: str, is_date: int, belief: float, evidence: bytes) -> Fact:
    proofs = tuple(Evidence(*proof) for proof in marshal.loads(evidence))
    return Fact(subject, PREDICATES[predicate], parse_date(obj) if is_date else obj, proofs, belief)


def _pair(gone: str, successor: str) -> tuple[str, str]:
    return gone, successor
