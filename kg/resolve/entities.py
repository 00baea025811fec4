"""From groups of what articles name to entities: the preferred name, the id, the subclass."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.model import Entity
from kg.names import classify, slug
from kg.resolve.local import preferred_name
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.resolve.local import LocalEntity


def make_entities(
    locals_: Sequence[LocalEntity], clusters: Sequence[Sequence[int]]
) -> tuple[list[Entity], dict[int, str]]:
    entities: dict[str, Entity] = {}
    entity_of: dict[int, str] = {}
    wanted: dict[str, list[Sequence[int]]] = defaultdict(list)
    for cluster in clusters:
        wanted[_readable_id(locals_, cluster)].append(cluster)
    for base, rivals in sorted(wanted.items()):
        told = Counter(_told(locals_, cluster) for cluster in rivals)
        for cluster in rivals:
            entity_id = base
            if len(rivals) > 1:
                word = _told(locals_, cluster)
                is_free = word and told[word] == 1 and f"{base}-{word}" not in wanted
                entity_id += f"-{word if is_free else _content(locals_, cluster)}"
            entities[entity_id] = _entity(entity_id, [locals_[index] for index in cluster])
            for index in cluster:
                entity_of[index] = entity_id
    return list(entities.values()), entity_of


def _readable_id(locals_: Sequence[LocalEntity], cluster: Sequence[int]) -> str:
    kind = locals_[cluster[0]].kind
    name = _cluster_name([locals_[index] for index in cluster])
    return f"{kind.lower()}/{slug(name) or _digest(name)}"


def _told(locals_: Sequence[LocalEntity], cluster: Sequence[int]) -> str:
    """What tells apart entities whose names make the same id: the one country or year that is known."""
    members = [locals_[index] for index in cluster]
    countries = {member.country.partition(":")[2].lower() for member in members} - {""}
    years = {str(date.year) for member in members for dates in member.dates.values() for date in dates}
    told = countries or years
    return next(iter(told)) if len(told) == 1 else ""


def _content(locals_: Sequence[LocalEntity], cluster: Sequence[int]) -> str:
    """What tells them apart where that does not: their names and articles."""
    return _digest(
        "\n".join(sorted(f"{locals_[index].article} {locals_[index].preferred}" for index in cluster))
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _cluster_name(members: Sequence[LocalEntity]) -> str:
    if members[0].kind in (Kind.COUNTRY, Kind.PLACE):
        return _gazetteer_name(members)
    names: Counter[str] = Counter()
    for member in members:
        names.update(member.names)
    return preferred_name(names)


def _gazetteer_name(members: Sequence[LocalEntity]) -> str:
    labels = {link.left for member in members for link in member.links}
    plain = Counter(name for member in members for name in member.names)
    known = [name for name in labels if name in plain] or list(plain)
    return min(known, key=lambda name: (name.isupper(), -plain[name], name))


def _entity(entity_id: str, members: Sequence[LocalEntity]) -> Entity:
    names: Counter[str] = Counter()
    for member in members:
        names.update(member.names)
    name = _cluster_name(members)
    told = classify(name)
    kind = members[0].kind
    return Entity(
        id=entity_id,
        kind=kind,
        name=name,
        aliases=tuple(sorted(set(names) - {name})),
        subtype=told.subtype if told and told.kind is kind else "",
        links=tuple(sorted({ref for member in members for ref in member.refs})),
        articles=tuple(sorted({member.article for member in members})),
    )
