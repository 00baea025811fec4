"""What an article says of one thing, as a row of a scratch database."""

from __future__ import annotations

import marshal
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from kg.model import parse_date
from kg.resolve.local import Link, LocalEntity
from kg.vocab import KINDS, PREDICATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import PartialDate
    from kg.vocab import Predicate


def pack(entity: LocalEntity) -> bytes:
    return marshal.dumps(
        (
            entity.article,
            entity.kind.value,
            dict(entity.names),
            entity.refs,
            entity.cores,
            entity.country,
            entity.parent,
            entity.around,
            [(link.left, link.right, link.reason, link.score) for link in entity.links],
            # A relation is a predicate or a plain word: marshal takes no enumerations.
            [(str(relation), key) for relation, key in entity.said],
            [(predicate.value, [str(day) for day in days]) for predicate, days in entity.dates.items()],
            entity.preferred,
        )
    )


def unpack(data: bytes) -> LocalEntity:
    article, kind, names, refs, cores, country, parent, around, links, said, dates, name = marshal.loads(data)
    return LocalEntity(
        article,
        KINDS[kind],
        _counter(names),
        refs,
        {Link(*link) for link in links},
        cores,
        country,
        parent,
        around,
        set(said),
        _dates(dates),
        name,
    )


def _counter(names: Mapping[str, int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    # Not by Counter's own update, which counts and takes ten times as long.
    dict.update(counts, names)
    return counts


def _dates(dates: Iterable[Any]) -> defaultdict[Predicate, set[PartialDate]]:
    found: defaultdict[Predicate, set[PartialDate]] = defaultdict(set)
    for predicate, days in dates:
        found[PREDICATES[predicate]].update(map(parse_date, days))
    return found
