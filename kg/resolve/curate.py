"""Replay what people decided (`kg.curation`) on what was found."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace
from itertools import combinations, product
from typing import TYPE_CHECKING

from kg.model import Article, Entity, Evidence, Fact, Mention, Origin, PartialDate
from kg.names import slug
from kg.resolve.beside import names_a_part
from kg.resolve.forms import comparison_key
from kg.resolve.local import never
from kg.vocab import SIGNATURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.curation import AddedFact, Curation, FactRef, Ref
    from kg.ledger import Ledger
    from kg.model import Extraction
    from kg.resolve.local import LocalEntity, ToldApart
    from kg.vocab import Kind

EXTRACTOR = "curation"


class Finder:
    """Finds what an article names by what a person calls it: told of all refs first, then of all entities."""

    def __init__(self, curation: Curation) -> None:
        self._found: dict[Ref, list[tuple[str, int]]] = {ref: [] for ref in _refs(curation)}
        self._by_key: dict[str, set[Ref]] = defaultdict(set)
        for ref in self._found:
            for key in _wanted(ref):
                self._by_key[key].add(ref)

    def note(self, entities: Sequence[LocalEntity], first: int) -> None:
        """Take note of an article's entities, which are numbered from `first`."""
        if not self._by_key:  # as in most builds
            return
        for number, entity in enumerate(entities, start=first):
            meant = {ref for key in _keys(entity) for ref in self._by_key.get(key, ())}
            for ref in meant:
                if _fits(entity, ref):
                    self._found[ref].append((entity.article, number))

    def find(self, ref: Ref) -> list[int]:
        """The numbers of the local entities that `ref` fits, in the order of their articles."""
        return [number for _, number in sorted(self._found[ref])]


def _refs(curation: Curation) -> Iterator[Ref]:
    for refs in (*curation.same, *curation.different):
        yield from refs
    yield from (ref for ref, _ in curation.renamed)
    yield from curation.dropped_entities
    for fact in (*curation.dropped_facts, *(added.fact for added in curation.added_facts)):
        yield from (end for end in (fact.subject, fact.object) if not isinstance(end, PartialDate))


def _wanted(ref: Ref) -> set[str]:
    return {comparison_key(ref.name), ref.name}


def _keys(entity: LocalEntity) -> set[str]:
    """What a person may call it: its names, its id."""
    keys = {comparison_key(name) for name in entity.names}
    return keys | {f"{entity.kind.lower()}/{slug(name)}" for name in entity.names}


def _fits(entity: LocalEntity, ref: Ref) -> bool:
    if ref.kind and entity.kind is not ref.kind:
        return False
    if ref.article and entity.article != ref.article:
        return False
    country = entity.country or next(iter(entity.around), "")
    return not ref.country or country == f"iso:{ref.country}"


def retype(entities: Iterable[LocalEntity], curation: Curation) -> None:
    """Give what is named the kind that people gave it, before anything is merged."""
    if not curation.retyped:
        return
    for entity in entities:
        # By the id that it was found under, whatever decisions came before.
        keys = _keys(entity)
        for ref, kind in curation.retyped:
            if not keys.isdisjoint(_wanted(ref)) and _fits(entity, ref):
                entity.kind = kind


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


def replay(ledger: Ledger, *, finder: Finder, id_of: Callable[[int], str], curation: Curation) -> None:
    """Rename and drop entities, drop and add facts. Decisions about what no article names change nothing.

    `id_of` tells the id of the entity that a local entity became.
    """
    desk = _Desk(ledger, finder, id_of)
    for ref, name in curation.renamed:
        desk.rename(ref, name)
    for fact_ref in curation.dropped_facts:
        ledger.drop_facts(desk.fact_keys(fact_ref))
    for added in curation.added_facts:
        desk.add_fact(added)
    ledger.drop_entities({entity_id for ref in curation.dropped_entities for entity_id in desk.ids(ref)})


class _Desk:
    """The ledger while decisions are replayed on it."""

    def __init__(self, ledger: Ledger, finder: Finder, id_of: Callable[[int], str]) -> None:
        self._ledger = ledger
        self._finder = finder
        self._id_of = id_of

    def ids(self, ref: Ref) -> list[str]:
        found = {self._id_of(number) for number in self._finder.find(ref)}
        # Also by the id itself, which a remembered identity or a clash of names may have changed.
        if self._ledger.entity(ref.name):
            found.add(ref.name)
        return sorted(found)

    def _entities(self, ref: Ref) -> list[Entity]:
        found = map(self._ledger.entity, self.ids(ref))
        return [entity for entity in found if entity]

    def rename(self, ref: Ref, name: str) -> None:
        for entity in self._entities(ref):
            aliases = tuple(sorted({entity.name, *entity.aliases} - {name}))
            self._ledger.add_entities([replace(entity, name=name, aliases=aliases)])

    def fact_keys(self, ref: FactRef) -> Iterator[tuple[str, str, str]]:
        objects = [str(ref.object)] if isinstance(ref.object, PartialDate) else self.ids(ref.object)
        for subject, obj in product(self.ids(ref.subject), objects):
            yield subject, ref.predicate.value, obj
            if ref.predicate.is_symmetric:
                yield obj, ref.predicate.value, subject

    def add_fact(self, added: AddedFact) -> None:
        """Add it to what articles say, with the person's source as an article."""
        article = _source(added)
        fact = self._fact(added, article)
        if fact is None:
            return
        self._ledger.add_articles([article])
        if old := self._ledger.fact(fact.subject, fact.predicate, fact.object):
            fact = replace(fact, evidence=tuple(sorted({*fact.evidence, *old.evidence})))
        self._ledger.add_facts([fact])

    def _fact(self, added: AddedFact, article: Article) -> Fact | None:
        """The fact with the person's source as its evidence; None if it is open whom it is about."""
        predicate = added.fact.predicate
        kinds = sorted(SIGNATURES[predicate], key=str)
        subject = self._end(added.fact.subject, {kind for kind, _ in kinds}, article)
        if subject is None:
            return None
        obj: Entity | PartialDate | None
        if isinstance(added.fact.object, PartialDate):
            obj = added.fact.object
        else:
            obj = self._end(added.fact.object, {kind for _, kind in kinds if kind}, article)
        if obj is None:
            return None
        left, right = subject.id, obj.id if isinstance(obj, Entity) else obj
        kind = obj.kind if isinstance(obj, Entity) else None
        if left == right or not predicate.allows(subject.kind, kind):
            return None
        if predicate.is_symmetric and isinstance(right, str) and right < left:
            left, right = right, left
        evidence = Evidence(article.id, 0, len(article.text), article.text, EXTRACTOR, 1.0)
        return Fact(left, predicate, right, (evidence,), 1.0)

    def _end(self, ref: Ref, kinds: set[Kind], article: Article) -> Entity | None:
        """The one entity that is meant; a new one where no article names it and its kind is clear."""
        wanted = {ref.kind} if ref.kind else kinds
        found = [entity for entity in self._entities(ref) if entity.kind in wanted]
        if len(found) > 1 or (not found and len(wanted) > 1):
            return None
        if found:
            entity = found[0]
        else:
            kind = next(iter(wanted))
            entity = Entity(f"{kind.lower()}/{slug(ref.name) or _digest(ref.name)}", kind, ref.name)
        entity = replace(entity, articles=tuple(sorted({*entity.articles, article.id})))
        self._ledger.add_entities([entity])
        return entity


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
