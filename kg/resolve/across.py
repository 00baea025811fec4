"""Across articles: one entity for one thing, one fact for what several passages say.

Names decide, context vetoes. Two entities of different articles are one when they share a full name;
a name that many countries use ("Ministry of Science and Technology") also needs the same country. A
short form alone joins a full name only if the articles know one such name. When in doubt, they stay two.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from networkx.utils import UnionFind

from kg.model import Entity, Fact, Knowledge, Merge, PartialDate
from kg.names import classify, read_words, slug
from kg.resolve.within import (
    Link,
    comparison_key,
    is_short_form,
    local_entities,
    preferred_name,
)
from kg.vocab import PARTICIPATION, Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model import Article, Evidence, Extraction
    from kg.resolve.within import (
        LocalEntity,
    )

_GENERIC_SUBTYPES = frozenset({"GovernmentBody", "Academy", "ResearchInstitute", "FundingBody", ""})

FactKey = tuple[int, Predicate, "int | PartialDate"]


def resolve(extractions: Iterable[Extraction]) -> Knowledge:
    """Merge what the articles say. The result does not depend on the order of the articles."""
    articles: list[Article] = []
    locals_: list[LocalEntity] = []
    claims: list[tuple[int, Predicate, int | PartialDate, Evidence]] = []
    for extraction in sorted(extractions, key=_article_id):
        articles.append(extraction.article)
        found, home = local_entities(extraction)
        number = {id(entity): len(locals_) + offset for offset, entity in enumerate(found)}
        locals_.extend(found)
        for claim in extraction.claims:
            subject = number[id(home[claim.subject])]
            obj = claim.object if isinstance(claim.object, PartialDate) else number[id(home[claim.object])]
            claims.append((subject, claim.predicate, obj, claim.evidence))
    clusters, links = _cluster(locals_)
    entities, entity_of = _entities(locals_, clusters)
    merges = {
        Merge(entity_of[index], link.left, link.right, link.reason, link.score)
        for index, entity in enumerate(locals_)
        for link in (*entity.links, *links.get(index, ()))
        if link.left != link.right
    }
    return Knowledge(
        articles=tuple(articles),
        entities=tuple(sorted(entities, key=_entity_id)),
        facts=tuple(_facts(claims, entity_of)),
        merges=tuple(sorted(merges)),
    )


def _article_id(extraction: Extraction) -> str:
    return extraction.article.id


def _entity_id(entity: Entity) -> str:
    return entity.id


def _cluster(locals_: Sequence[LocalEntity]) -> tuple[list[list[int]], dict[int, list[Link]]]:
    """Groups of local entities that are one thing, and the links that joined them."""
    union = UnionFind(range(len(locals_)))
    links: dict[int, list[Link]] = defaultdict(list)
    by_key: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, entity in enumerate(locals_):
        for key in _keys(entity):
            by_key[key].append(index)
    for _, members in sorted(by_key.items()):
        for other in members[1:]:
            _join(union, locals_, links, members[0], other, "same name", 0.95)
    _join_unknown_country(union, locals_, links)
    _join_short_forms(union, locals_, links)
    groups = sorted((sorted(group) for group in union.to_sets()), key=min)
    return groups, links


def _join(
    union: UnionFind[int],
    locals_: Sequence[LocalEntity],
    links: dict[int, list[Link]],
    left: int,
    right: int,
    reason: str,
    score: float,
) -> None:
    union.union(left, right)
    links[right].append(Link(locals_[left].preferred, locals_[right].preferred, reason, score))


def _keys(entity: LocalEntity) -> list[tuple[str, ...]]:
    """What another article's entity must share with this one to be the same."""
    if entity.kind is Kind.COUNTRY:
        return [(entity.kind, ref) for ref in sorted(entity.refs)] or [
            (entity.kind, comparison_key(entity.preferred))
        ]
    if entity.kind is Kind.PLACE:
        return [(entity.kind, comparison_key(entity.preferred))]
    names = [name for name in sorted(entity.names) if not is_short_form(name)]
    country = entity.country if is_generic(entity.preferred) else ""
    return [
        (entity.kind, comparison_key(name), country)
        for name in names
        if not is_generic(name) or name == entity.preferred
    ]


def is_generic(name: str) -> bool:
    """A name that says what the body does but not whose it is: many countries have one."""
    told = classify(name)
    if told is None or told.kind is not Kind.INSTITUTION or told.subtype not in _GENERIC_SUBTYPES:
        return False
    head, _, topic = name.partition(" of ")
    return bool(topic) and len(head.split()) == 1 and not _names_a_place(topic)


def _names_a_place(topic: str) -> bool:
    """ "Institute of Physics of *Rome*", "Bank of *Lithuania*": the last words are whose it is."""
    last = topic.rpartition(" of ")[2] if " of " in topic else topic
    return bool(last) and last.split()[-1].lower() not in read_words("topics.txt")


def _join_unknown_country(
    union: UnionFind[int], locals_: Sequence[LocalEntity], links: dict[int, list[Link]]
) -> None:
    """A generic name without a country joins the only country's body of that name, if there is but one."""
    with_country: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    without: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, entity in enumerate(locals_):
        if entity.kind is Kind.INSTITUTION and is_generic(entity.preferred):
            key = (str(entity.kind), comparison_key(entity.preferred))
            if entity.country:
                with_country[key].setdefault(entity.country, index)
            else:
                without[key].append(index)
    for key, members in sorted(without.items()):
        if len(with_country[key]) == 1:
            _join(
                union,
                locals_,
                links,
                next(iter(with_country[key].values())),
                members[0],
                "same name, one country known",
                0.7,
            )


def _join_short_forms(
    union: UnionFind[int], locals_: Sequence[LocalEntity], links: dict[int, list[Link]]
) -> None:
    """An article that only says "CERN" means the one thing that other articles introduce so."""
    full: dict[tuple[str, str], list[int]] = defaultdict(list)
    bare: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, entity in enumerate(locals_):
        if entity.kind not in (Kind.INSTITUTION, Kind.PROJECT):
            continue
        only_short = all(is_short_form(name) for name in entity.names)
        for name in sorted(entity.names):
            if is_short_form(name):
                (bare if only_short else full)[entity.kind, name].append(index)
    for key, members in sorted(bare.items()):
        for other in members[1:]:
            _join(union, locals_, links, members[0], other, "same short name", 0.8)
        known = {union[index] for index in full[key]}
        if len(known) == 1:
            _join(
                union, locals_, links, full[key][0], members[0], "short form with one known full name", 0.75
            )


def _entities(
    locals_: Sequence[LocalEntity], clusters: Sequence[Sequence[int]]
) -> tuple[list[Entity], dict[int, str]]:
    entities: dict[str, Entity] = {}
    entity_of: dict[int, str] = {}
    wanted: dict[str, list[Sequence[int]]] = defaultdict(list)
    for cluster in clusters:
        wanted[_readable_id(locals_, cluster)].append(cluster)
    for base, rivals in sorted(wanted.items()):
        for cluster in rivals:
            entity_id = base if len(rivals) == 1 else f"{base}-{_distinction(locals_, cluster)}"
            entities[entity_id] = _entity(entity_id, [locals_[index] for index in cluster])
            for index in cluster:
                entity_of[index] = entity_id
    return list(entities.values()), entity_of


def _readable_id(locals_: Sequence[LocalEntity], cluster: Sequence[int]) -> str:
    kind = locals_[cluster[0]].kind
    name = _cluster_name([locals_[index] for index in cluster])
    return f"{kind.lower()}/{slug(name) or _digest(name)}"


def _distinction(locals_: Sequence[LocalEntity], cluster: Sequence[int]) -> str:
    """What tells apart entities whose names make the same id: the country, else their names and articles."""
    countries = sorted({locals_[index].country for index in cluster if locals_[index].country})
    if len(countries) == 1:
        return countries[0].partition(":")[2].lower()
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


def _facts(
    claims: Iterable[tuple[int, Predicate, int | PartialDate, Evidence]], entity_of: dict[int, str]
) -> list[Fact]:
    evidence: dict[tuple[str, Predicate, str | PartialDate], set[Evidence]] = defaultdict(set)
    for subject, predicate, obj, proof in claims:
        left = entity_of[subject]
        right: str | PartialDate = obj if isinstance(obj, PartialDate) else entity_of[obj]
        if left == right:
            continue
        if predicate.is_symmetric and isinstance(right, str) and right < left:
            left, right = right, left
        evidence[left, predicate, right].add(proof)
    specific = {(s, o) for s, p, o in evidence if p in PARTICIPATION - {Predicate.PARTICIPATES_IN}}
    facts = [
        Fact(s, p, o, tuple(sorted(proofs)), belief(proofs))
        for (s, p, o), proofs in evidence.items()
        if not (p is Predicate.PARTICIPATES_IN and (s, o) in specific)
    ]
    return sorted(facts, key=_fact_key)


def _fact_key(fact: Fact) -> tuple[str, str, str]:
    return (fact.subject, fact.predicate, str(fact.object))


def belief(proofs: Iterable[Evidence]) -> float:
    """How far to believe a fact: noisy-or over articles, each counting with its surest passage.

    1 - prod(1 - c), as in INDRA's belief engine (Gyori et al. 2017, doi:10.15252/msb.20177651); passages
    of one article are not independent, so only the best of them counts.
    """
    best: dict[str, float] = {}
    for proof in proofs:
        best[proof.article] = max(best.get(proof.article, 0.0), proof.confidence)
    doubt = 1.0
    for _, confidence in sorted(best.items()):
        doubt *= 1 - confidence
    return round(1 - doubt, 4)
