"""From groups of what articles name to entities: the preferred name, the id, the subclass."""

from __future__ import annotations

import hashlib
import marshal
from array import array
from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.ledger import pack_entity, unpack_entity
from kg.model import Entity, Merge
from kg.names import classify, slug
from kg.resolve.links import with_links
from kg.resolve.local import preferred_name
from kg.scratch import make_tables
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.ledger import Ledger
    from kg.resolve.gather import Gathered
    from kg.resolve.local import LocalEntity
    from kg.resolve.shards import Group

_TABLES = """
    CREATE TABLE draft (
        number INTEGER PRIMARY KEY, base TEXT, first INTEGER, told TEXT, content TEXT,
        entity BLOB, merges BLOB
    );
    CREATE TABLE settled (id TEXT, draft INTEGER);
    CREATE TABLE thing (number INTEGER PRIMARY KEY, id TEXT, draft INTEGER)
"""


class Things:
    """The entities, numbered in the order of their ids once these are settled."""

    def __init__(self, found: Gathered) -> None:
        self._db = found.db
        self.entity_of = array("i", bytes(4 * found.count))
        """The number of the entity that a local entity became."""
        make_tables(self._db, _TABLES)

    def draft(self, groups: Iterable[Group]) -> None:
        """Make an entity of each group, as yet without an id."""
        self._db.executemany("INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)", self._drafts(groups))

    def _drafts(self, groups: Iterable[Group]) -> Iterator[tuple[object, ...]]:
        for draft, group in enumerate(groups):
            for number in group.numbers:
                self.entity_of[number] = draft
            entity = with_links(_draft(group.members))
            yield (
                draft,
                entity.id,
                group.numbers[0],
                _told(group.members),
                _content(group.members),
                pack_entity(entity),
                _merges(group),
            )

    def settle(self) -> None:
        """Give each draft an id of its own: what is known of it where several would have the same one."""
        self._db.execute("CREATE INDEX by_base ON draft (base)")
        self._db.executemany("INSERT INTO settled VALUES (?, ?)", self._settled())

    def _settled(self) -> Iterator[tuple[str, int]]:
        drafts = self._db.execute("SELECT base, told, content, number FROM draft ORDER BY base, first")
        for base, same in groupby(drafts, key=itemgetter(0)):
            rivals = list(same)
            told = Counter(word for _, word, _, _ in rivals)
            for _, word, content, number in rivals:
                if len(rivals) == 1:
                    yield base, number
                elif word and told[word] == 1 and not self._is_wanted(f"{base}-{word}"):
                    yield f"{base}-{word}", number
                else:
                    yield f"{base}-{content}", number

    def _is_wanted(self, base: str) -> bool:
        return self._db.execute("SELECT 1 FROM draft WHERE base = ? LIMIT 1", (base,)).fetchone() is not None

    def entities(self) -> Iterator[Entity]:
        rows = "SELECT settled.id, entity FROM settled JOIN draft ON number = draft ORDER BY settled.rowid"
        return (unpack_entity(*row) for row in self._db.execute(rows))

    def rename(self, ids: Mapping[str, str]) -> None:
        """Give the entities with these ids other ones."""
        settled = self._db.execute("SELECT id, rowid FROM settled")
        # By row, as one may have the id that another gives up.
        renamed = [(ids[old], row) for old, row in settled if old in ids]
        self._db.executemany("UPDATE settled SET id = ? WHERE rowid = ?", renamed)

    def write(self, ledger: Ledger) -> None:
        """Entities and merges go to the ledger. From now on entities are numbered."""
        self._db.executemany("INSERT INTO thing VALUES (?, ?, ?)", self._numbered())
        things = "FROM thing JOIN draft ON draft.number = draft"
        ledger.add_packed_entities(self._db.execute(f"SELECT id, entity {things} ORDER BY thing.number"))
        joined = self._db.execute(
            f"SELECT id, merges {things} WHERE merges IS NOT NULL ORDER BY thing.number"
        )
        ledger.add_merges(
            Merge(entity_id, *merge) for entity_id, merges in joined for merge in marshal.loads(merges)
        )

    def _numbered(self) -> Iterator[tuple[int, str, int]]:
        number_of = array("i", bytes(4 * self._db.execute("SELECT count(*) FROM draft").fetchone()[0]))
        last, first = "", 0
        rows = self._db.execute("SELECT id, draft FROM settled ORDER BY id, rowid")
        for number, (entity_id, draft) in enumerate(rows):
            if entity_id != last:
                last, first = entity_id, number
            # Where even the content is the same, all that is said is said of one.
            number_of[draft] = first
            yield number, entity_id, draft
        for number, draft in enumerate(self.entity_of):
            self.entity_of[number] = number_of[draft]

    def of_local(self, number: int) -> str:
        """The id of what a local entity became."""
        return self.id_of(self.entity_of[number])

    def id_of(self, number: int) -> str:
        """The id of the entity of this number."""
        (entity_id,) = self._db.execute("SELECT id FROM thing WHERE number = ?", (number,)).fetchone()
        return str(entity_id)


def _merges(group: Group) -> bytes | None:
    """Why its names are taken for one."""
    links = {link for member in group.members for link in member.links}.union(group.links)
    merges = sorted((k.left, k.right, k.reason, k.score) for k in links if k.left != k.right)
    return marshal.dumps(merges) if merges else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _gazetteer_name(members: Sequence[LocalEntity]) -> str:
    labels = {link.left for member in members for link in member.links}
    plain = Counter(name for member in members for name in member.names)
    known = [name for name in labels if name in plain] or list(plain)
    return min(known, key=lambda name: (name.isupper(), -plain[name], name))


def _draft(members: Sequence[LocalEntity]) -> Entity:
    """The entity, with the id that it has if no other wants it."""
    kind = members[0].kind
    names = members[0].names.copy()
    for member in members[1:]:
        names.update(member.names)
    name = _gazetteer_name(members) if kind in (Kind.COUNTRY, Kind.PLACE) else preferred_name(names)
    told = classify(name)
    return Entity(
        id=f"{kind.lower()}/{slug(name) or _digest(name)}",
        kind=kind,
        name=name,
        aliases=tuple(sorted(set(names) - {name})),
        subtype=told.subtype if told and told.kind is kind else "",
        links=tuple(sorted({ref for member in members for ref in member.refs})),
        articles=tuple(sorted({member.article for member in members})),
    )


def _told(members: Sequence[LocalEntity]) -> str:
    """What tells apart entities whose names make the same id: the one country or year that is known."""
    countries = {member.country.partition(":")[2].lower() for member in members} - {""}
    years = {str(date.year) for member in members for dates in member.dates.values() for date in dates}
    told = countries or years
    return next(iter(told)) if len(told) == 1 else ""


def _content(members: Sequence[LocalEntity]) -> str:
    """What tells them apart where that does not: their names and articles."""
    return _digest("\n".join(sorted(f"{member.article} {member.preferred}" for member in members)))
