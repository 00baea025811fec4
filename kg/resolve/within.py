"""Inside one article: which mentions name the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.resolve.beside import merge_names
from kg.resolve.context import Context, read_contexts
from kg.resolve.forms import comparison_key, is_generic, marks
from kg.resolve.local import INTRODUCED, Link, LocalEntity, never
from kg.resolve.places import NOWHERE, ONE_PLACE, locate_places
from kg.vocab import PARTICIPATION, Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Extraction, Mention
    from kg.resolve.local import Key, ToldApart
    from kg.resolve.places import Located

# Descriptions ("the center") carry the name of what they stand for; their own words are no name.
DESCRIPTIONS = "rules/references"
# Python 3.11 takes a tenth of a microsecond to find a member of an enumeration.
_INSTITUTION, _COUNTRY, _PLACE = Kind.INSTITUTION, Kind.COUNTRY, Kind.PLACE
_ALIAS_REASONS = {_COUNTRY: "country name or adjective", _PLACE: "the same in capitals"}


def local_entities(
    extraction: Extraction, told_apart: ToldApart = never
) -> tuple[list[LocalEntity], dict[Mention, LocalEntity]]:
    """The things that an article names, and which of them each mention stands for.

    `told_apart` says which two names people keep apart, whatever the article says.
    """
    contexts = read_contexts(extraction)
    around = _countries_around(extraction)
    located = locate_places(extraction, around)
    entities: dict[Key, LocalEntity] = {}
    keys: dict[Mention, Key] = {}
    rivals: dict[tuple[Kind, str], _Rivals] = defaultdict(_Rivals)
    for mention in extraction.mentions:
        kind = mention.kind
        context = contexts[mention] if kind is _INSTITUTION else Context(mention.label)
        spot = located[mention] if kind is _PLACE else NOWHERE
        keys[mention] = key = _key(mention, context, rivals, spot)
        entity = entities.get(key)
        if entity is None:
            entity = entities[key] = LocalEntity(extraction.article.id, kind, around=around)
        _add_names(entity, mention, context)
        if kind is _PLACE:
            entity.refs |= {spot.key} - {""}
            entity.country = spot.country
    for (kind, name), group in rivals.items():
        for number, context in enumerate(group.contexts):
            entity = entities[kind, name, number]
            entity.country, entity.parent = context.country, context.parent
    for entity in entities.values():
        if entity.kind is _PLACE and len(entity.names) > 1:
            _link_names_of_place(entity)
    merged = merge_names(extraction, entities, keys, told_apart)
    home = {mention: entities[merged.get(key, key)] for mention, key in keys.items()}
    kept = [entity for key, entity in sorted(entities.items()) if key not in merged]
    _note_claims(extraction, home)
    return kept, home


@dataclass(slots=True)
class _Rivals:
    """The bodies of one generic name in an article: "China's ministry ... its Vietnamese counterpart"."""

    contexts: list[Context] = field(default_factory=list)
    latest: int = 0

    def place(self, context: Context) -> int:
        """Which of them is meant: one that fits what is said here, else the one spoken of last."""
        if not self.contexts:
            self.contexts.append(context)
        elif context.country or context.parent:
            fitting = [index for index, known in enumerate(self.contexts) if known.fits(context)]
            if fitting:
                self.latest = max(fitting, key=lambda index: (self.contexts[index].shares(context), index))
                self.contexts[self.latest] = self.contexts[self.latest].joined(context)
            else:
                self.contexts.append(context)
                self.latest = len(self.contexts) - 1
        return self.latest


def _key(
    mention: Mention, context: Context, rivals: dict[tuple[Kind, str], _Rivals], located: Located
) -> Key:
    kind, core = mention.kind, context.core
    if kind is _COUNTRY and mention.ref:
        return kind, mention.ref, 0
    if kind is _PLACE and located.country:
        return kind, located.key or f"{comparison_key(core)} {located.country}", 0
    name = comparison_key(core)
    if kind is not _INSTITUTION or not is_generic(core):
        numbers = marks(core)
        # Words in any order are one name, its numbers in any form are not: "Phase II" and "Phase I".
        return kind, f"{name} #{' '.join(numbers)}" if numbers else name, 0
    return kind, name, rivals[kind, name].place(context)


def _add_names(entity: LocalEntity, mention: Mention, context: Context) -> None:
    label = mention.label
    entity.names[label] += 1
    if context.core != label:
        entity.cores[label] = context.core
    if mention.ref:
        entity.refs.add(mention.ref)
    if mention.text == label or mention.extractor == DESCRIPTIONS:
        return
    entity.names[mention.text] += 1
    entity.links.add(Link(label, mention.text, _ALIAS_REASONS.get(mention.kind, INTRODUCED), 0.95))


def _link_names_of_place(entity: LocalEntity) -> None:
    """ "Mumbai" and "Bombay" have one key in the gazetteer."""
    first, *others = sorted(entity.names, key=lambda name: (-entity.names[name], name))
    for name in others:
        if comparison_key(name) != comparison_key(first):
            entity.links.add(Link(first, name, ONE_PLACE, 0.95))


def _countries_around(extraction: Extraction) -> tuple[str, ...]:
    counts = Counter(m.ref for m in extraction.mentions if m.kind is _COUNTRY and m.ref)
    return tuple(sorted(counts, key=lambda ref: (-counts[ref], ref)))


def _note_claims(extraction: Extraction, home: Mapping[Mention, LocalEntity]) -> None:
    """What is said of each thing: it tells apart what shares a name, and joins what shares more than that.

    Participation in whatever form is one relation, since articles tell one thing in different words.
    """
    countries: dict[int, set[str]] = defaultdict(set)
    owners = {id(entity): entity for entity in home.values()}
    for claim in extraction.claims:
        subject = home[claim.subject]
        if isinstance(claim.object, PartialDate):
            subject.dates[claim.predicate].add(claim.object)
            continue
        target = home[claim.object]
        relation = Predicate.PARTICIPATES_IN if claim.predicate in PARTICIPATION else claim.predicate
        subject.said.add((relation, _known_by(target)))
        target.said.add((f"{relation} by", _known_by(subject)))
        if target.kind is _COUNTRY and claim.predicate is Predicate.LOCATED_IN:
            countries[id(subject)] |= target.refs
    for owner, refs in countries.items():
        if len(refs) == 1 and not owners[owner].country:
            owners[owner].country = next(iter(refs))


def _known_by(entity: LocalEntity) -> str:
    return min(entity.refs) if entity.refs else comparison_key(entity.preferred)
