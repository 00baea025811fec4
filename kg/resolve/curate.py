"""Replay what people decided (`kg.curation`) on what was found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from typing import TYPE_CHECKING

from kg.model import Article, Entity, Evidence, Fact, Mention, Origin, PartialDate
from kg.names import slug
from kg.resolve.beside import names_a_part
from kg.resolve.forms import comparison_key
from kg.resolve.local import never
from kg.vocab import SIGNATURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.curation import AddedFact, Curation, FactRef, Ref
    from kg.model import Extraction
    from kg.resolve.local import LocalEntity, ToldApart
    from kg.vocab import Kind

EXTRACTOR = "curation"


class Finder:
    """Finds what an article names by what a person calls it."""

    def __init__(self, locals_: Sequence[LocalEntity]) -> None:
        self._locals = locals_

    @cached_property
    def _by_name(self) -> dict[str, set[int]]:
        """Made when somebody asks: few builds have decisions."""
        found: dict[str, set[int]] = {}
        for index, entity in enumerate(self._locals):
            for name in entity.names:
                for key in (comparison_key(name), f"{entity.kind.lower()}/{slug(name)}"):
                    found.setdefault(key, set()).add(index)
        return found

    def find(self, ref: Ref) -> list[int]:
        """The numbers of the local entities that `ref` fits."""
        found = self._by_name.get(comparison_key(ref.name), set()) | self._by_name.get(ref.name, set())
        return [index for index in sorted(found) if self._fits(self._locals[index], ref)]

    def _fits(self, entity: LocalEntity, ref: Ref) -> bool:
        if ref.kind and entity.kind is not ref.kind:
            return False
        if ref.article and entity.article != ref.article:
            return False
        country = entity.country or next(iter(entity.around), "")
        return not ref.country or country == f"iso:{ref.country}"


def retype(locals_: Sequence[LocalEntity], curation: Curation) -> None:
    """Give what is named the kind that people gave it, before anything is merged."""
    finder = Finder(locals_)
    for ref, kind in curation.retyped:
        for index in finder.find(ref):
            locals_[index].kind = kind


def names_apart(curation: Curation, article: str) -> ToldApart:
    """Which names of an article people have told apart, also those that it gives one thing."""
    pairs = [
        pair
        for refs in curation.different
        for pair in combinations([ref for ref in refs if ref.article in ("", article)], 2)
    ]
    if not pairs:
        return never

    def told_apart(left: str, right: str) -> bool:
        return any(
            (_is_named(one, left) and _is_named(two, right))
            or (_is_named(one, right) and _is_named(two, left))
            for one, two in pairs
        )

    return told_apart


def _is_named(ref: Ref, name: str) -> bool:
    return comparison_key(ref.name) == comparison_key(name) or ref.name.partition("/")[2] == slug(name)


def part(extraction: Extraction, told_apart: ToldApart) -> Extraction:
    """The extraction, in which no short form stands for a name that people keep apart from it, nor for more
    than the part of a name that it abbreviates."""
    parted = {
        mention: replace(mention, name="")
        for mention in extraction.mentions
        if mention.name
        and (told_apart(mention.text, mention.name) or names_a_part(mention.text, mention.name))
    }
    if not parted:
        return extraction
    claims = [
        replace(
            claim,
            subject=parted.get(claim.subject, claim.subject),
            object=parted.get(claim.object, claim.object)
            if isinstance(claim.object, Mention)
            else claim.object,
        )
        for claim in extraction.claims
    ]
    mentions = tuple(parted.get(mention, mention) for mention in extraction.mentions)
    return replace(extraction, mentions=mentions, claims=tuple(claims))


def must_join(finder: Finder, curation: Curation) -> Iterator[tuple[int, int]]:
    for refs in curation.same:
        found = [index for ref in refs for index in finder.find(ref)]
        yield from ((found[0], other) for other in found[1:])


def must_not_join(finder: Finder, curation: Curation) -> Iterator[tuple[int, int]]:
    for refs in curation.different:
        for one, two in combinations([finder.find(ref) for ref in refs], 2):
            yield from ((left, right) for left, right in product(one, two) if left != right)


@dataclass(frozen=True, slots=True)
class Curated:
    """Entities and facts after the decisions, and one article for each source that people gave."""

    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    articles: tuple[Article, ...] = ()


def replay(
    entities: Iterable[Entity],
    facts: Iterable[Fact],
    *,
    finder: Finder,
    entity_of: Mapping[int, str],
    curation: Curation,
) -> Curated:
    """Rename and drop entities, drop and add facts. Decisions about what no article names change nothing."""
    desk = _Desk({entity.id: entity for entity in entities}, finder, entity_of)
    for ref, name in curation.renamed:
        desk.rename(ref, name)
    by_key = {_key(fact): fact for fact in facts}
    for fact_ref in curation.dropped_facts:
        for key in desk.fact_keys(fact_ref):
            by_key.pop(key, None)
    articles = []
    for added in curation.added_facts:
        article = _source(added)
        fact = desk.added_fact(added, article)
        if fact is not None:
            articles.append(article)
            old = by_key.get(_key(fact))
            evidence = tuple(sorted({*fact.evidence, *(old.evidence if old else ())}))
            by_key[_key(fact)] = replace(fact, evidence=evidence)
    gone = {entity_id for ref in curation.dropped_entities for entity_id in desk.ids(ref)}
    return Curated(
        tuple(entity for entity_id, entity in sorted(desk.entities.items()) if entity_id not in gone),
        tuple(fact for _, fact in sorted(by_key.items()) if not gone & {fact.subject, str(fact.object)}),
        tuple(dict.fromkeys(articles)),
    )


class _Desk:
    """The entities while decisions are replayed on them."""

    def __init__(self, entities: dict[str, Entity], finder: Finder, entity_of: Mapping[int, str]) -> None:
        self.entities = entities
        self._finder = finder
        self._entity_of = entity_of

    def ids(self, ref: Ref) -> list[str]:
        found = {self._entity_of[index] for index in self._finder.find(ref)}
        # Also by the id itself, which a remembered identity or a clash of names may have changed.
        if ref.name in self.entities:
            found.add(ref.name)
        return sorted(found)

    def rename(self, ref: Ref, name: str) -> None:
        for entity_id in self.ids(ref):
            entity = self.entities[entity_id]
            aliases = tuple(sorted({entity.name, *entity.aliases} - {name}))
            self.entities[entity_id] = replace(entity, name=name, aliases=aliases)

    def fact_keys(self, ref: FactRef) -> Iterator[tuple[str, str, str]]:
        objects = [str(ref.object)] if isinstance(ref.object, PartialDate) else self.ids(ref.object)
        for subject, obj in product(self.ids(ref.subject), objects):
            yield subject, ref.predicate, obj
            if ref.predicate.is_symmetric:
                yield obj, ref.predicate, subject

    def added_fact(self, added: AddedFact, article: Article) -> Fact | None:
        """The fact with the person's source as its evidence; None if it is open whom it is about."""
        predicate = added.fact.predicate
        kinds = sorted(SIGNATURES[predicate], key=str)
        subject = self._end(added.fact.subject, {kind for kind, _ in kinds}, article)
        if subject is None:
            return None
        obj: str | PartialDate | None
        if isinstance(added.fact.object, PartialDate):
            obj = added.fact.object
        else:
            obj = self._end(added.fact.object, {kind for _, kind in kinds if kind}, article)
        if obj is None or obj == subject:
            return None
        if predicate.is_symmetric and isinstance(obj, str) and obj < subject:
            subject, obj = obj, subject
        object_kind = self.entities[obj].kind if isinstance(obj, str) else None
        if not predicate.allows(self.entities[subject].kind, object_kind):
            return None
        evidence = Evidence(article.id, 0, len(article.text), article.text, EXTRACTOR, 1.0)
        return Fact(subject, predicate, obj, (evidence,), 1.0)

    def _end(self, ref: Ref, kinds: set[Kind], article: Article) -> str | None:
        """The one entity that is meant; a new one where no article names it and its kind is clear."""
        wanted = {ref.kind} if ref.kind else kinds
        found = [entity_id for entity_id in self.ids(ref) if self.entities[entity_id].kind in wanted]
        if len(found) > 1 or (not found and len(wanted) > 1):
            return None
        if found:
            entity = self.entities[found[0]]
        else:
            kind = next(iter(wanted))
            entity = Entity(f"{kind.lower()}/{slug(ref.name) or _digest(ref.name)}", kind, ref.name)
        articles = tuple(sorted({*entity.articles, article.id}))
        self.entities[entity.id] = replace(entity, articles=articles)
        return entity.id


def _key(fact: Fact) -> tuple[str, str, str]:
    return fact.subject, fact.predicate, str(fact.object)


def _source(added: AddedFact) -> Article:
    """A person's source as an article of its own, so that such a fact is traced like all others."""
    obj = added.fact.object if isinstance(added.fact.object, PartialDate) else added.fact.object.name
    text = added.quote or f"{added.fact.subject.name} {added.fact.predicate} {obj}"
    return Article(
        id=f"curation-{_digest(added.source + text)}",
        source=added.source,
        title=added.source,
        text=text,
        origins=(Origin(0, added.line),),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
