"""Ids that stay: an entity keeps the id under which it was first published.

Ids derive from names, and a later article may bring a longer name, or join two entities. With a memory of
what was published (`identities.lock` beside the articles) the old id stays; where two were joined, the one
that is given up points to the one that stays.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.resolve.forms import comparison_key, is_short_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.model import Entity


@dataclass(frozen=True, order=True, slots=True)
class Identity:
    """An id that was published, and by what its entity is known again."""

    id: str
    names: tuple[str, ...]
    articles: tuple[str, ...] = ()
    replaced_by: str = ""

    @property
    def kind(self) -> str:
        return self.id.partition("/")[0]


Identities = tuple[Identity, ...]
NO_IDENTITIES: Identities = ()


def read_identities(data: bytes, source: str) -> Identities:
    """Parse a file of identities, one JSON object a line; InputError names `source` and the line."""
    found = []
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            row = json.loads(line)
            identity = Identity(
                str(row["id"]),
                tuple(map(str, row["names"])),
                tuple(map(str, row["articles"])),
                str(row.get("replaced_by", "")),
            )
            # JSON can escape half of a character, which no file holds.
            write_identities((identity,))
            found.append(identity)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(source, f"line {number}: not an identity") from error
    return tuple(sorted(found))


def write_identities(identities: Identities) -> bytes:
    """The file of these identities: sorted, a line each, so that a diff shows what changed."""
    lines = []
    for identity in sorted(identities):
        row: dict[str, object] = {
            "id": identity.id,
            "names": identity.names,
            "articles": identity.articles,
        }
        if identity.replaced_by:
            row["replaced_by"] = identity.replaced_by
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


@dataclass(frozen=True, slots=True)
class Kept:
    """Which id each entity has now, and which ids were given up for others."""

    ids: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[tuple[str, str], ...] = ()
    before: Identities = ()

    def remembered(self, entities: Iterable[Entity]) -> Identities:
        """What to remember for the next build: all that was known, and what is new."""
        old = {identity.id: identity for identity in self.before}
        given_up = dict(self.redirects)
        for entity in entities:
            known = old.get(entity.id)
            names = {entity.name, *entity.aliases, *(known.names if known else ())}
            articles = {*entity.articles, *(known.articles if known else ())}
            old[entity.id] = Identity(entity.id, tuple(sorted(names)), tuple(sorted(articles)))
        for gone, target in given_up.items():
            old[gone] = Identity(gone, old[gone].names, old[gone].articles, target)
        return tuple(sorted(old.values()))


def keep_identities(entities: Iterable[Entity], before: Identities) -> Kept:
    """Give each entity the remembered id whose names and articles it shares most.

    Holds what is remembered, and as much of each entity.
    """
    if not before:
        return Kept()
    now = {
        entity.id: Identity(entity.id, (entity.name, *entity.aliases), entity.articles) for entity in entities
    }
    return _keep(sorted(now.values()), before)


def _keep(entities: Sequence[Identity], before: Identities) -> Kept:
    ids, taken = _assign(entities, before)
    used = {identity.id for identity in before}
    for entity in entities:
        if entity.id not in ids and entity.id in used:
            # The id is remembered for another thing.
            names = "\n".join((*entity.names, *entity.articles))
            ids[entity.id] = f"{entity.id}-{hashlib.sha256(names.encode()).hexdigest()[:8]}"
    final = {ids.get(entity.id, entity.id) for entity in entities}
    redirects = [
        (identity.id, ids.get(target, target))
        for identity in before
        if identity.id not in final and (target := taken.get(identity.id) or identity.replaced_by)
    ]
    return Kept(ids, tuple(_ends(redirects, final)), before)


def _assign(entities: Sequence[Identity], before: Identities) -> tuple[dict[str, str], dict[str, str]]:
    """Entity id -> remembered id, one to one; and for each remembered id the entity that is most like it."""
    by_name: dict[tuple[str, str], list[Identity]] = defaultdict(list)
    for identity in before:
        for name in _name_keys(identity.names):
            by_name[identity.kind, name].append(identity)
    rows = []
    for entity in entities:
        shared = Counter(
            identity for name in _name_keys(entity.names) for identity in by_name.get((entity.kind, name), ())
        )
        own = set(entity.articles)
        for identity, count in shared.items():
            articles = len(own.intersection(identity.articles))
            # An id that was given up comes back only where the entity that took its place is parted again.
            gone = bool(identity.replaced_by)
            rows.append((-articles, -count, gone, identity.id != entity.id, identity.id, entity.id))
    ids: dict[str, str] = {}
    nearest: dict[str, str] = {}
    given: set[str] = set()
    for *_, old, entity_id in sorted(rows):
        nearest.setdefault(old, entity_id)
        if entity_id not in ids and old not in given:
            ids[entity_id] = old
            given.add(old)
    return ids, nearest


def _name_keys(names: Iterable[str]) -> set[str]:
    """Full names, or the short ones where there is no other."""
    full = {comparison_key(name) for name in names if not is_short_form(name)}
    return full or {comparison_key(name) for name in names}


def _ends(redirects: list[tuple[str, str]], final: set[str]) -> Iterable[tuple[str, str]]:
    """Follow redirects to what is in the graph; those that lead nowhere are left for a later build."""
    steps = dict(redirects)
    for gone, target in sorted(redirects):
        seen = {gone}
        while target not in final and target in steps and target not in seen:
            seen.add(target)
            target = steps[target]
        if target in final:
            yield gone, target
