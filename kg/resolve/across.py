"""Across articles: one entity for one thing, one fact for what several passages say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Knowledge, Merge, PartialDate
from kg.resolve.cluster import cluster
from kg.resolve.entities import make_entities
from kg.resolve.facts import make_facts
from kg.resolve.within import local_entities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Article, Entity, Evidence, Extraction, Mention
    from kg.resolve.within import LocalEntity
    from kg.vocab import Predicate


@dataclass(frozen=True, slots=True)
class Resolution:
    """What all articles say together, and the entity that each mention stands for."""

    knowledge: Knowledge
    entity_of: Mapping[Mention, str]


def resolve(extractions: Iterable[Extraction]) -> Knowledge:
    """Merge what the articles say. The result does not depend on the order of the articles."""
    return resolve_mentions(extractions).knowledge


def resolve_mentions(extractions: Iterable[Extraction]) -> Resolution:
    """The same, with the entity of every mention."""
    articles: list[Article] = []
    locals_: list[LocalEntity] = []
    claims: list[tuple[int, Predicate, int | PartialDate, Evidence]] = []
    number_of: dict[Mention, int] = {}
    for extraction in sorted(extractions, key=_article_id):
        articles.append(extraction.article)
        found, home = local_entities(extraction)
        number = {id(entity): len(locals_) + offset for offset, entity in enumerate(found)}
        locals_.extend(found)
        number_of.update({mention: number[id(entity)] for mention, entity in home.items()})
        for claim in extraction.claims:
            obj = claim.object if isinstance(claim.object, PartialDate) else number_of[claim.object]
            claims.append((number_of[claim.subject], claim.predicate, obj, claim.evidence))
    clusters, links = cluster(locals_)
    entities, entity_of = make_entities(locals_, clusters)
    merges = {
        Merge(entity_of[index], link.left, link.right, link.reason, link.score)
        for index, entity in enumerate(locals_)
        for link in (*entity.links, *links.get(index, ()))
        if link.left != link.right
    }
    knowledge = Knowledge(
        articles=tuple(articles),
        entities=tuple(sorted(entities, key=_entity_id)),
        facts=tuple(make_facts(claims, entity_of)),
        merges=tuple(sorted(merges)),
    )
    return Resolution(knowledge, {mention: entity_of[index] for mention, index in number_of.items()})


def _article_id(extraction: Extraction) -> str:
    return extraction.article.id


def _entity_id(entity: Entity) -> str:
    return entity.id
