"""What a page shows, straight from what a build knows: the same as from the graph that is written of it.

Only what is shown is held in memory, however much is known; of all other articles only their day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.terms import clean, decimal, escape, fact_key, is_close, registry_page
from kg.views.content import Content, LeftOut, Node, Passage, Source, Statement, Union, dated, links
from kg.views.dates import joined, span
from kg.views.limits import LIMITS, choose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kg.model import Article, Entity, Evidence, Fact, KnowledgeView, Place
    from kg.views.dates import Span
    from kg.views.limits import Choice, Limits

Spot = tuple[str, int, str, tuple[str, ...]]
"""A passage: its article's id, where it begins there, its words, and who read it."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact, as far as it is shown."""

    key: str
    subject: str
    predicate: str
    object: str | PartialDate
    belief: float
    spots: list[Spot]
    reported: Span | None


def known_content(knowledge: KnowledgeView, limits: Limits = LIMITS) -> Content:
    """What of `knowledge` a browser can show, as `read_content` and `bounded` find it in its graph."""
    issued = {article.id: span(str(article.published or "")) for article in knowledge.articles}
    choice = choose(
        (
            (entity.id, _entity_key(entity), sum(article in issued for article in entity.articles))
            for entity in knowledge.entities
        ),
        ((*_ends(fact), len(_proofs(fact.evidence))) for fact in knowledge.facts),
        limits,
    )
    shown = frozenset(choice.entities)
    entities = sorted((entity for entity in knowledge.entities if entity.id in shown), key=_entity_key)
    told = sorted(_told(knowledge.facts, shown, issued, choice), key=_told_key)
    mentioned_in = {entity.id: _mentions(entity, issued, choice) for entity in entities}
    is_everything = choice.is_everything(
        entities=len(knowledge.entities), articles=len(issued), limits=limits
    )
    cited = {article for articles in mentioned_in.values() for article in articles}
    cited.update(article for fact in told for article, *_ in fact.spots)
    articles, places = _articles(knowledge.articles, issued if is_everything else cited, told)

    unions: dict[str, set[Union]] = defaultdict(set)
    for merge in knowledge.merges:
        if merge.entity in shown:
            names = clean(merge.left), clean(merge.right)
            unions[merge.entity].add(Union(*names, clean(merge.reason), float(decimal(merge.score))))
    source_index = {article: index for index, (article, _) in enumerate(articles)}
    nodes = tuple(
        _node(entity, unions.get(entity.id, ()), [source_index[item] for item in mentioned_in[entity.id]])
        for entity in entities
    )
    node_index = {entity.id: index for index, entity in enumerate(entities)}
    statements = [_statement(fact, node_index, source_index, places) for fact in told]
    left_out = LeftOut(
        entities=len(knowledge.entities) - len(nodes),
        facts=len(knowledge.facts) - len(statements),
        articles=len(issued) - len(articles),
        passages=choice.passages,
        mentions=choice.mentions,
    )
    sources = tuple(source for _, source in articles)
    return Content(nodes, tuple(dated(nodes, statements)), sources, left_out)


def _told(
    facts: Iterable[Fact], shown: Collection[str], issued: Mapping[str, Span | None], choice: Choice[str]
) -> Iterator[_Told]:
    for fact in facts:
        if all(end in shown for end in _ends(fact)):
            yield _Told(
                key=fact_key(fact),
                subject=fact.subject,
                predicate=fact.predicate.value,
                object=fact.object,
                belief=float(decimal(fact.belief)),
                spots=sorted(_spots(fact.evidence), key=_spot_key)[: choice.passages],
                reported=joined(issued[proof.article] for proof in fact.evidence),
            )


def _ends(fact: Fact) -> tuple[str, str]:
    return fact.subject, fact.subject if isinstance(fact.object, PartialDate) else fact.object


def _proofs(evidence: Iterable[Evidence]) -> Mapping[tuple[str, int, int], list[Evidence]]:
    """By the passage that they stand in, whoever read it."""
    found: dict[tuple[str, int, int], list[Evidence]] = defaultdict(list)
    for proof in evidence:
        found[proof.article, proof.start, proof.end].append(proof)
    return found


def _spots(evidence: Iterable[Evidence]) -> Iterator[Spot]:
    for (article, start, _), proofs in _proofs(evidence).items():
        yield article, start, clean(proofs[0].quote), _texts(proof.extractor for proof in proofs)


def _spot_key(spot: Spot) -> tuple[object, ...]:
    article, *others = spot
    return escape(article), *others


def _told_key(fact: _Told) -> str:
    return fact.key


def _mentions(entity: Entity, known: Collection[str], choice: Choice[str]) -> list[str]:
    return sorted((article for article in entity.articles if article in known), key=escape)[: choice.mentions]


def _articles(
    articles: Iterable[Article], cited: Collection[str], told: Iterable[_Told]
) -> tuple[list[tuple[str, Source]], dict[tuple[str, int], Place | None]]:
    """Those cited, with their ids, in the order of the page; and where in their files passages stand."""
    starts: dict[str, set[int]] = defaultdict(set)
    for fact in told:
        for article, start, *_ in fact.spots:
            starts[article].add(start)
    sources, places = [], {}
    for item in articles:
        if item.id in cited:
            sources.append((item.id, _source(item)))
            places.update({(item.id, start): item.place_at(start) for start in starts[item.id]})
    return sorted(sources, key=_source_key), places


def _source_key(item: tuple[str, Source]) -> str:
    return item[1].key


def _node(entity: Entity, unions: Iterable[Union], sources: Iterable[int]) -> Node:
    pages = {page for key in entity.links if not is_close(key) and (page := registry_page(key))}
    return Node(
        key=_entity_key(entity),
        name=clean(entity.name) or _last_part(entity.id),
        kind=entity.kind.value,
        subtypes=(entity.subtype,) if entity.subtype else (),
        aliases=_texts(entity.aliases),
        sources=tuple(sources),
        unions=tuple(sorted(unions)),
        links=links(_texts(key for key in entity.links if not is_close(key)), pages),
    )


def _source(article: Article) -> Source:
    return Source(
        key=escape(f"article/{article.id}"),
        title=clean(article.title) or clean(article.id),
        issued=str(article.published or ""),
        creator=clean(article.byline or ""),
        publisher=clean(article.publisher or ""),
        section=clean(article.section or ""),
        file=clean(article.source),
        also=_texts(article.also_in),
    )


def _statement(
    fact: _Told,
    node_index: Mapping[str, int],
    source_index: Mapping[str, int],
    places: Mapping[tuple[str, int], Place | None],
) -> Statement:
    passages = []
    for article, start, quote, extractors in fact.spots:
        place = places[article, start]
        page, line, character = (place.page, place.line, place.character) if place else (0, 0, 0)
        passages.append(Passage(source_index[article], start, quote, page, line, character, extractors))
    target = str(fact.object) if isinstance(fact.object, PartialDate) else node_index[fact.object]
    subject = node_index[fact.subject]
    return Statement(
        fact.key, subject, fact.predicate, target, fact.belief, tuple(passages), when=fact.reported
    )


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({clean(text) for text in texts} - {""}))


def _entity_key(entity: Entity) -> str:
    return escape(entity.id)


def _last_part(key: str) -> str:
    return escape(key).rstrip("/").rpartition("/")[2]
