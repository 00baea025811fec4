"""What a page shows, straight from what a build knows: the same as from the graph that is written of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.terms import clean, decimal, escape, fact_key, is_close, registry_page
from kg.views.content import Content, Node, Passage, Source, Statement, Union, dated, links

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Article, Entity, Evidence, Knowledge


def known_content(knowledge: Knowledge) -> Content:
    """Everything in `knowledge`, as `from_graph.read_content` finds it in its graph."""
    articles = sorted(knowledge.articles, key=_article_key)
    by_id = {article.id: article for article in articles}
    places = {article.id: index for index, article in enumerate(articles)}
    unions: dict[str, set[Union]] = defaultdict(set)
    for merge in knowledge.merges:
        names = clean(merge.left), clean(merge.right)
        unions[merge.entity].add(Union(*names, clean(merge.reason), float(decimal(merge.score))))
    entities = sorted(knowledge.entities, key=_entity_key)
    numbers = {entity.id: index for index, entity in enumerate(entities)}
    nodes = tuple(_node(entity, unions.get(entity.id, ()), places) for entity in entities)
    sources = tuple(_source(article) for article in articles)
    statements = []
    for fact in sorted(knowledge.facts, key=fact_key):
        target = str(fact.object) if isinstance(fact.object, PartialDate) else numbers[fact.object]
        passages = tuple(sorted(_passages(fact.evidence, by_id, places)))
        belief = float(decimal(fact.belief))
        statements.append(
            Statement(fact_key(fact), numbers[fact.subject], fact.predicate.value, target, belief, passages)
        )
    return Content(nodes, tuple(dated(nodes, statements, sources)), sources)


def _node(entity: Entity, unions: Iterable[Union], places: Mapping[str, int]) -> Node:
    pages = {page for key in entity.links if not is_close(key) and (page := registry_page(key))}
    return Node(
        key=_entity_key(entity),
        name=clean(entity.name) or _last_part(entity.id),
        kind=entity.kind.value,
        subtypes=(entity.subtype,) if entity.subtype else (),
        aliases=_texts(entity.aliases),
        sources=tuple(sorted(places[article] for article in entity.articles if article in places)),
        unions=tuple(sorted(unions)),
        links=links(_texts(key for key in entity.links if not is_close(key)), pages),
    )


def _source(article: Article) -> Source:
    return Source(
        key=_article_key(article),
        title=clean(article.title) or clean(article.id),
        issued=str(article.published or ""),
        creator=clean(article.byline or ""),
        publisher=clean(article.publisher or ""),
        section=clean(article.section or ""),
        file=clean(article.source),
        also=_texts(article.also_in),
    )


def _passages(
    evidence: Iterable[Evidence], articles: Mapping[str, Article], places: Mapping[str, int]
) -> list[Passage]:
    """One for each passage, whoever read it."""
    found: dict[tuple[str, int, int], list[Evidence]] = defaultdict(list)
    for proof in evidence:
        found[proof.article, proof.start, proof.end].append(proof)
    passages = []
    for (article, start, _), proofs in found.items():
        spot = articles[article].place_at(start)
        page, line, character = (spot.page, spot.line, spot.character) if spot else (0, 0, 0)
        extractors = _texts(proof.extractor for proof in proofs)
        quote = clean(proofs[0].quote)
        passages.append(Passage(places[article], start, quote, page, line, character, extractors))
    return passages


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({clean(text) for text in texts} - {""}))


def _entity_key(entity: Entity) -> str:
    return escape(entity.id)


def _article_key(article: Article) -> str:
    return escape(f"article/{article.id}")


def _last_part(key: str) -> str:
    return escape(key).rstrip("/").rpartition("/")[2]
