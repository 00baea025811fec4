"""What a page shows, straight from what a build knows: the same as from the graph that is written of it.

Only what is shown is held in memory, however much is known; of all other articles only their place and day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
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

Spot = tuple[int, int, str, tuple[str, ...]]
"""A passage: its article's number, where it begins there, its words, and who read it."""


@dataclass(frozen=True, slots=True)
class _Articles:
    """All articles, numbered in the order of the page."""

    numbers: dict[str, int]
    days: list[Span | None]

    def of(self, entity: Entity) -> list[int]:
        """Those that mention it."""
        return sorted(self.numbers[article] for article in entity.articles if article in self.numbers)


@dataclass(frozen=True, slots=True)
class _Named:
    """An entity, as far as it is shown."""

    entity: Entity
    """Without the ids of its articles, of which it may have any number."""
    articles: list[int]


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
    articles = _numbered(knowledge.articles)
    choice = choose(
        ((entity.id, _entity_key(entity), len(articles.of(entity))) for entity in knowledge.entities),
        ((*_ends(fact), len(_proofs(fact.evidence))) for fact in knowledge.facts),
        limits,
    )
    shown = frozenset(choice.entities)
    named = sorted(
        (
            _Named(replace(entity, articles=()), articles.of(entity)[: choice.mentions])
            for entity in knowledge.entities
            if entity.id in shown
        ),
        key=_named_key,
    )
    told = sorted(_told(knowledge.facts, shown, articles, choice), key=_told_key)
    if choice.is_everything(entities=len(knowledge.entities), articles=len(articles.days), limits=limits):
        cited = set(range(len(articles.days)))
    else:
        cited = {number for item in named for number in item.articles}
        cited.update(number for fact in told for number, *_ in fact.spots)
    sources, places = _cited(knowledge.articles, articles, cited, told)
    unions = _unions(knowledge, shown)
    source_index = {number: index for index, number in enumerate(sorted(cited))}
    nodes = tuple(
        _node(item.entity, unions.get(item.entity.id, ()), [source_index[number] for number in item.articles])
        for item in named
    )
    node_index = {item.entity.id: index for index, item in enumerate(named)}
    statements = [_statement(fact, node_index, source_index, places) for fact in told]
    left_out = LeftOut(
        entities=len(knowledge.entities) - len(nodes),
        facts=len(knowledge.facts) - len(statements),
        articles=len(articles.days) - len(sources),
        passages=choice.passages,
        mentions=choice.mentions,
    )
    return Content(nodes, tuple(dated(nodes, statements)), tuple(sources), left_out)


def _numbered(articles: Iterable[Article]) -> _Articles:
    days = {article.id: span(str(article.published or "")) for article in articles}
    ordered = sorted(days, key=escape)
    return _Articles(
        {article: number for number, article in enumerate(ordered)}, [days[item] for item in ordered]
    )


def _told(
    facts: Iterable[Fact], shown: Collection[str], articles: _Articles, choice: Choice[str]
) -> Iterator[_Told]:
    # Each once in memory, however many facts they state or have read.
    quotes: dict[str, str] = {}
    readers: dict[tuple[str, ...], tuple[str, ...]] = {}
    for fact in facts:
        if all(end in shown for end in _ends(fact)):
            spots = sorted(_spots(fact.evidence, articles.numbers))[: choice.passages]
            yield _Told(
                key=fact_key(fact),
                subject=fact.subject,
                predicate=fact.predicate.value,
                object=fact.object,
                belief=float(decimal(fact.belief)),
                spots=[
                    (number, start, quotes.setdefault(quote, quote), readers.setdefault(by, by))
                    for number, start, quote, by in spots
                ],
                reported=joined({articles.days[articles.numbers[proof.article]] for proof in fact.evidence}),
            )


def _ends(fact: Fact) -> tuple[str, str]:
    """The entities that it is about; of a date, the same one twice."""
    return fact.subject, fact.subject if isinstance(fact.object, PartialDate) else fact.object


def _proofs(evidence: Iterable[Evidence]) -> Mapping[tuple[str, int, int], list[Evidence]]:
    """By the passage that they stand in, whoever read it."""
    found: dict[tuple[str, int, int], list[Evidence]] = defaultdict(list)
    for proof in evidence:
        found[proof.article, proof.start, proof.end].append(proof)
    return found


def _spots(evidence: Iterable[Evidence], numbers: Mapping[str, int]) -> Iterator[Spot]:
    for (article, start, _), proofs in _proofs(evidence).items():
        yield numbers[article], start, clean(proofs[0].quote), _texts(proof.extractor for proof in proofs)


def _named_key(item: _Named) -> str:
    return _entity_key(item.entity)


def _told_key(fact: _Told) -> str:
    return fact.key


def _cited(
    known: Iterable[Article], articles: _Articles, cited: Collection[int], told: Iterable[_Told]
) -> tuple[list[Source], dict[tuple[int, int], Place | None]]:
    """The articles that are cited, in the order of the page, and where in their files passages stand."""
    starts: dict[int, set[int]] = defaultdict(set)
    for fact in told:
        for number, start, *_ in fact.spots:
            starts[number].add(start)
    sources, places = [], {}
    for article in known:
        number = articles.numbers[article.id]
        if number in cited:
            sources.append(_source(article))
            places.update({(number, start): article.place_at(start) for start in starts[number]})
    return sorted(sources, key=_source_key), places


def _source_key(source: Source) -> str:
    return source.key


def _unions(knowledge: KnowledgeView, shown: Collection[str]) -> dict[str, set[Union]]:
    unions: dict[str, set[Union]] = defaultdict(set)
    for merge in knowledge.merges:
        if merge.entity in shown:
            names = clean(merge.left), clean(merge.right)
            unions[merge.entity].add(Union(*names, clean(merge.reason), float(decimal(merge.score))))
    return unions


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
    source_index: Mapping[int, int],
    places: Mapping[tuple[int, int], Place | None],
) -> Statement:
    passages = []
    for number, start, quote, extractors in fact.spots:
        place = places[number, start]
        page, line, character = (place.page, place.line, place.character) if place else (0, 0, 0)
        passages.append(Passage(source_index[number], start, quote, page, line, character, extractors))
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
