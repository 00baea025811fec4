"""Across articles: one entity for one thing, one fact for what several passages say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.curation import Curation
from kg.model import Knowledge, Merge, PartialDate
from kg.resolve.alike import alike
from kg.resolve.cluster import cluster
from kg.resolve.curate import Finder, must_join, must_not_join, names_apart, part, replay, retype
from kg.resolve.entities import make_entities
from kg.resolve.facts import make_facts
from kg.resolve.identity import NO_IDENTITIES, keep_identities
from kg.resolve.links import countries_of, with_links
from kg.resolve.within import local_entities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.model import Article, Entity, Evidence, Extraction, Mention
    from kg.resolve.alike import Comparer
    from kg.resolve.identity import Identities
    from kg.resolve.links import Registry
    from kg.resolve.local import LocalEntity
    from kg.vocab import Predicate

    NumberedClaim = tuple[int, Predicate, int | PartialDate, Evidence]
    """Subject, predicate, object and evidence of a claim; entities by their number."""

NO_DECISIONS = Curation()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What all articles say together, and the entity that each mention stands for."""

    knowledge: Knowledge
    entity_of: Mapping[Mention, str]
    """Empty unless it was asked for."""
    identities: Identities
    """The ids in use, to be given to the next build."""


def resolve(
    extractions: Iterable[Extraction],
    *,
    curation: Curation = NO_DECISIONS,
    identities: Identities = NO_IDENTITIES,
    registry: Registry | None = None,
    min_confidence: float = 0.0,
) -> Knowledge:
    """Merge what the articles say. The result does not depend on the order of the articles.

    `curation` overrules every merge, `identities` keeps the ids that entities had before, `registry`
    links institutions to public registers. Facts of less belief than `min_confidence` (0 to 1) are left out.
    """
    return resolve_mentions(
        extractions,
        curation=curation,
        identities=identities,
        registry=registry,
        min_confidence=min_confidence,
    ).knowledge


def resolve_mentions(
    extractions: Iterable[Extraction],
    *,
    curation: Curation = NO_DECISIONS,
    identities: Identities = NO_IDENTITIES,
    registry: Registry | None = None,
    min_confidence: float = 0.0,
    comparer: Comparer = alike,
    with_mentions: bool = False,
) -> Resolution:
    """The same, with the identities to remember, and the entity of every mention if it is asked for.

    `comparer` says where names are compared, and changes nothing.
    """
    # Only one extraction is in memory at a time, with all its mentions; what is left of it is little.
    read = sorted(
        (_read(extraction, curation, with_mentions=with_mentions) for extraction in extractions),
        key=_article_id,
    )
    articles = [item.article for item in read]
    locals_: list[LocalEntity] = []
    claims: list[NumberedClaim] = []
    number_of: dict[Mention, int] = {}
    for item in read:
        first = len(locals_)
        locals_.extend(item.entities)
        number_of.update((mention, first + number) for mention, number in item.mentions)
        for subject, predicate, obj, proof in item.claims:
            end = obj if isinstance(obj, PartialDate) else first + obj
            claims.append((first + subject, predicate, end, proof))
    del read
    retype(locals_, curation)
    finder = Finder(locals_)
    clusters, links = cluster(
        locals_,
        same=must_join(finder, curation),
        different=must_not_join(finder, curation),
        comparer=comparer,
    )
    entities, entity_of = make_entities(locals_, clusters)
    kept = keep_identities(entities, identities)
    entities = [replace(entity, id=kept.new_id(entity.id)) for entity in entities]
    entity_of = {index: kept.new_id(entity_id) for index, entity_id in entity_of.items()}
    merges = {
        Merge(entity_of[index], link.left, link.right, link.reason, link.score)
        for index, entity in enumerate(locals_)
        for link in (*entity.links, *links.get(index, ()))
        if link.left != link.right
    }
    possible = (claim for claim in claims if _is_possible(claim, locals_))
    facts = [fact for fact in make_facts(possible, entity_of) if fact.belief >= min_confidence]
    done = replay(entities, facts, finder=finder, entity_of=entity_of, curation=curation)
    countries = countries_of(done.entities, done.facts)
    linked = [with_links(entity, registry, countries.get(entity.id, frozenset())) for entity in done.entities]
    known = {entity.id for entity in linked}
    knowledge = Knowledge(
        articles=tuple(sorted((*articles, *done.articles), key=_id)),
        entities=tuple(sorted(linked, key=_id)),
        facts=done.facts,
        merges=surest(merge for merge in merges if merge.entity in known),
        redirects=tuple(pair for pair in kept.redirects if pair[1] in known),
    )
    return Resolution(
        knowledge,
        {mention: entity_of[index] for mention, index in number_of.items()},
        kept.remembered(linked),
    )


@dataclass(frozen=True, slots=True)
class _ReadArticle:
    """What an article names and says, by the numbers of its own entities."""

    article: Article
    entities: Sequence[LocalEntity]
    claims: Sequence[NumberedClaim]
    mentions: Sequence[tuple[Mention, int]] = ()


def _read(extraction: Extraction, curation: Curation, *, with_mentions: bool) -> _ReadArticle:
    told_apart = names_apart(curation, extraction.article.id)
    extraction = part(extraction, told_apart)
    entities, home = local_entities(extraction, told_apart)
    place = {id(entity): number for number, entity in enumerate(entities)}
    number = {mention: place[id(entity)] for mention, entity in home.items()}
    claims = [
        (
            number[claim.subject],
            claim.predicate,
            claim.object if isinstance(claim.object, PartialDate) else number[claim.object],
            claim.evidence,
        )
        for claim in extraction.claims
    ]
    return _ReadArticle(extraction.article, entities, claims, tuple(number.items()) if with_mentions else ())


def _is_possible(claim: NumberedClaim, locals_: Sequence[LocalEntity]) -> bool:
    """Does the relation go between these kinds, also after people changed them?"""
    subject, predicate, obj, _ = claim
    return predicate.allows(
        locals_[subject].kind, None if isinstance(obj, PartialDate) else locals_[obj].kind
    )


def surest(merges: Iterable[Merge]) -> tuple[Merge, ...]:
    """Each merge once, with its best score: articles may be sure of the same thing to different degrees."""
    best = {(merge.entity, merge.left, merge.right, merge.reason): merge for merge in sorted(merges)}
    return tuple(best.values())


def _article_id(item: _ReadArticle) -> str:
    return item.article.id


def _id(item: Article | Entity) -> str:
    return item.id
