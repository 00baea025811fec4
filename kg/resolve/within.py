"""Inside one article: which mentions name the same thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.names import classify, content_words, initials, read_words
from kg.resolve.context import Context, read_contexts
from kg.resolve.forms import comparison_key, is_generic, is_short_form, marks
from kg.resolve.places import NOWHERE, ONE_PLACE, locate_places
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Extraction, Mention
    from kg.resolve.places import Located

# Descriptions ("the center") carry the name of what they stand for; their own words are no name.
DESCRIPTIONS = "rules/references"


@dataclass(frozen=True, order=True, slots=True)
class Link:
    """Two names that were taken for one, and why."""

    left: str
    right: str
    reason: str
    score: float


@dataclass(slots=True)
class LocalEntity:
    """What one article says of one thing."""

    article: str
    kind: Kind
    names: Counter[str] = field(default_factory=Counter)
    refs: set[str] = field(default_factory=set)
    links: set[Link] = field(default_factory=set)
    cores: dict[str, str] = field(default_factory=dict)
    """Generic names without the country in them: "Vietnamese Ministry of Health" -> "Ministry of Health"."""
    country: str = ""
    """The one country that the article places it in or calls it by; "" if none or several."""
    parent: str = ""
    """The comparison key of what it is said to be part of."""
    around: tuple[str, ...] = ()
    """The countries that the article speaks of, the most frequent first."""

    @property
    def preferred(self) -> str:
        return preferred_name(self.names)

    def core(self, name: str) -> str:
        return self.cores.get(name, name)

    def absorb(self, other: LocalEntity, link: Link) -> None:
        self.names.update(other.names)
        self.refs |= other.refs
        self.links |= other.links | {link}
        self.cores.update(other.cores)
        self.country = self.country or other.country
        self.parent = self.parent or other.parent


def preferred_name(names: Counter[str]) -> str:
    """The longest form; of equally long ones the most frequent, then the first in the alphabet.

    A form in capitals (a dateline, a heading) only if there is no other.
    """
    return min(names, key=lambda name: (name.isupper() and " " in name, -len(name), -names[name], name))


Key = tuple[Kind, str, int]
"""Kind, comparison key, and which of several bodies of one generic name."""


def local_entities(extraction: Extraction) -> tuple[list[LocalEntity], dict[Mention, LocalEntity]]:
    """The things that an article names, and which of them each mention stands for."""
    contexts = read_contexts(extraction)
    around = _countries_around(extraction)
    located = locate_places(extraction, around)
    entities: dict[Key, LocalEntity] = {}
    keys: dict[Mention, Key] = {}
    rivals: dict[tuple[Kind, str], _Rivals] = defaultdict(_Rivals)
    for mention in extraction.mentions:
        context = contexts.get(mention, Context(mention.label))
        key = _key(mention, context, rivals, located.get(mention, NOWHERE))
        keys[mention] = key
        entity = entities.setdefault(
            key, LocalEntity(extraction.article.id, mention.kind, around=() if key[2] < 0 else around)
        )
        _add_names(entity, mention, context)
        if spot := located.get(mention):
            entity.refs |= {spot.key} - {""}
            entity.country = spot.country
    for (kind, name), group in rivals.items():
        for number, context in enumerate(group.contexts):
            entity = entities[kind, name, number]
            entity.country, entity.parent = context.country, context.parent
    for entity in entities.values():
        if entity.kind is Kind.PLACE:
            _link_names_of_place(entity)
    merged = _merge_renamed(extraction, entities, keys) | _merge_short_forms(entities)
    merged = {key: _final(merged, key) for key in merged}
    home = {mention: entities[merged.get(key, key)] for mention, key in keys.items()}
    kept = [entity for key, entity in sorted(entities.items()) if key not in merged]
    _note_countries(extraction, home)
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
    if mention.kind is Kind.COUNTRY and mention.ref:
        return mention.kind, mention.ref, 0
    if mention.kind is Kind.PLACE and located.country:
        return mention.kind, located.key or f"{comparison_key(mention.label)} {located.country}", 0
    name = comparison_key(context.core)
    if mention.kind is not Kind.INSTITUTION or not is_generic(context.core):
        return mention.kind, _with_marks(name, context.core), 0
    return mention.kind, name, rivals[mention.kind, name].place(context)


def _with_marks(key: str, name: str) -> str:
    """Words in any order are one name, its numbers in any form are not: "Phase II" and "Phase I"."""
    return f"{key} #{' '.join(marks(name))}" if marks(name) else key


def _add_names(entity: LocalEntity, mention: Mention, context: Context) -> None:
    entity.names[mention.label] += 1
    if context.core != mention.label:
        entity.cores[mention.label] = context.core
    if mention.ref:
        entity.refs.add(mention.ref)
    if mention.text == mention.label or mention.extractor == DESCRIPTIONS:
        return
    entity.names[mention.text] += 1
    reason = (
        "country name or adjective" if mention.kind is Kind.COUNTRY else "short form introduced in the text"
    )
    entity.links.add(Link(mention.label, mention.text, reason, 0.95))


def _link_names_of_place(entity: LocalEntity) -> None:
    """ "Mumbai" and "Bombay" have one key in the gazetteer."""
    first, *others = sorted(entity.names, key=lambda name: (-entity.names[name], name))
    for name in others:
        if comparison_key(name) != comparison_key(first):
            entity.links.add(Link(first, name, ONE_PLACE, 0.95))


def _countries_around(extraction: Extraction) -> tuple[str, ...]:
    counts = Counter(m.ref for m in extraction.mentions if m.kind is Kind.COUNTRY and m.ref)
    return tuple(sorted(counts, key=lambda ref: (-counts[ref], ref)))


# What stands between an old name and a new one.
_RENAMED = re.compile(
    r",? \(?(?:formerly|previously|until \d{4},?|now|today|since renamed"
    r"|(?:was |has been |is )?(?:later )?renamed|changed its name to)(?: known| called)?(?: as)?(?: the)? ",
    re.IGNORECASE,
)


_CLOSE = 40
"""Characters between two names that are spoken of together."""


def _merge_renamed(
    extraction: Extraction, entities: dict[Key, LocalEntity], keys: dict[Mention, Key]
) -> dict[Key, Key]:
    """ "The Delta Institute, formerly the Nile Institute": former names belong to the same thing."""
    merged: dict[Key, Key] = {}
    named = [m for m in extraction.mentions if m.kind in (Kind.INSTITUTION, Kind.PROJECT)]
    text = extraction.article.text
    for left, right in _neighbours(named):
        one, two = _final(merged, keys[left]), _final(merged, keys[right])
        if one != two and _RENAMED.fullmatch(text, left.end, right.start):
            keep, gone = sorted((one, two))
            entities[keep].absorb(entities[gone], Link(left.label, right.label, "renamed", 0.9))
            merged[gone] = keep
    for short, long in _nested(named):
        one, two = _final(merged, keys[short]), _final(merged, keys[long])
        if one != two and one[0] is two[0]:
            link = Link(long.label, short.label, "the same words, with and without the place", 0.9)
            entities[two].absorb(entities[one], link)
            merged[one] = two
    return merged


_OF_PLACE = re.compile(r" of (?:the )?(?P<place>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?)")


def _nested(named: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Two readings of one name by two finders: "Stefan Institute", "Stefan Institute of Ljubljana"."""
    longest: dict[tuple[int, Kind], Mention] = {}
    for mention in named:
        if mention.text == mention.label:
            longest.setdefault((mention.start, mention.kind), mention)
    for mention in named:
        long = longest.get((mention.start, mention.kind), mention)
        if mention.text != mention.label or long.end <= mention.end or len(mention.text.split()) < 3:
            continue
        rest = _OF_PLACE.fullmatch(long.text, mention.end - mention.start)
        if (
            rest
            and not classify(f"X {rest['place']}")
            and rest["place"].lower() not in read_words("topics.txt")
        ):
            yield mention, long


def _neighbours(named: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Names of one kind of which one follows the other at once."""
    for index, left in enumerate(named):
        for right in named[index + 1 :]:
            if right.start > left.end + _CLOSE:
                break
            if right.start > left.end and right.kind is left.kind:
                yield left, right


def _merge_short_forms(entities: dict[Key, LocalEntity]) -> dict[Key, Key]:
    """Short forms that the article leaves one long form for; returns where each absorbed key went."""
    merged: dict[Key, Key] = {}
    things = sorted(key for key in entities if key[0] in (Kind.INSTITUTION, Kind.PROJECT))
    for key in sorted(things, key=_by_length):
        short = entities[key].preferred
        candidates = [
            (other, reason)
            for other in things
            if other != key and other not in merged and other[0] is key[0]
            if (reason := short_form_reason(short, entities[other].preferred))
        ]
        if len(candidates) == 1:
            other, reason = candidates[0]
            link = Link(entities[other].preferred, short, reason, 0.8)
            entities[other].absorb(entities[key], link)
            merged[key] = other
    return merged


def _by_length(key: Key) -> tuple[int, Key]:
    return len(key[1]), key


def _final(merged: dict[Key, Key], key: Key) -> Key:
    while key in merged:
        key = merged[key]
    return key


def short_form_reason(short: str, long: str) -> str:
    """Why `short` may be the short form of `long` in one article; "" when it is not."""
    if len(short) >= len(long):
        return ""
    if is_short_form(short) and len(short) > 2 and short.upper() == initials(long):
        return "initials"
    left, right = content_words(short), content_words(long)
    if len(left) >= 2 and len(left) < len(right) and _same_head(short, long) and _inside(left, right):
        return "short form of the same name"
    return ""


def _same_head(short: str, long: str) -> bool:
    """ "Blue Membrane Alliance" may shorten a longer alliance's name, never that of its institute.

    A college is not its university: what is left out must not hold a head word of its own. Nor is the
    second of a series the first: "Siam Photon Source" and "Siam Photon Source II".
    """
    left, right = classify(short), classify(long)
    if left != right or left is None:
        return False
    if long.startswith(f"{short} "):
        # What follows the whole of a name tells a branch apart: "Westlake Polytechnic Malaysia".
        return False
    missing = [word for word in long.split() if word not in short.split()]
    if any(re.fullmatch(r"[\dIVX]+[A-Z]?|Phase|North|South|East|West|New", word) for word in missing):
        return False
    return not any(classify(f"X {word}") for word in missing) and " of " not in long.replace(short, "")


def _inside(short: Sequence[str], long: Sequence[str]) -> bool:
    return any(long[start : start + len(short)] == short for start in range(len(long) - len(short) + 1))


def _note_countries(extraction: Extraction, home: dict[Mention, LocalEntity]) -> None:
    """The country of an institution, for telling apart those that share a name."""
    found: dict[int, set[str]] = {}
    owners: dict[int, LocalEntity] = {}
    for claim in extraction.claims:
        if claim.predicate is not Predicate.LOCATED_IN or claim.subject not in home:
            continue
        if isinstance(claim.object, PartialDate):
            continue
        target = home[claim.object]
        if target.kind is Kind.COUNTRY:
            owner = home[claim.subject]
            owners[id(owner)] = owner
            found.setdefault(id(owner), set()).update(target.refs)
    for key, refs in found.items():
        if len(refs) == 1 and not owners[key].country:
            owners[key].country = next(iter(refs))
