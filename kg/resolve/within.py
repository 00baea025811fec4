"""Inside one article: which mentions name the same thing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.names import SMALL_WORDS, classify, content_words, initials, normalise
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from kg.model import Extraction, Mention

# Descriptions ("the center") carry the name of what they stand for; their own words are no name.
DESCRIPTIONS = "rules/references"

_SPELLINGS = {
    "centre": "center",
    "programme": "program",
    "organisation": "organization",
    "univ": "university",
    "laboratories": "laboratory",
    "lab": "laboratory",
    "dept": "department",
    "inst": "institute",
}


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
    country: str = ""
    """The one country that the article places it in or calls it by; "" if none or several."""

    @property
    def preferred(self) -> str:
        return preferred_name(self.names)

    def absorb(self, other: LocalEntity, link: Link) -> None:
        self.names.update(other.names)
        self.refs |= other.refs
        self.links |= other.links | {link}


def preferred_name(names: Counter[str]) -> str:
    """The longest form; of equally long ones the most frequent, then the first in the alphabet.

    A form in capitals (a dateline, a heading) only if there is no other.
    """
    return min(names, key=lambda name: (name.isupper() and " " in name, -len(name), -names[name], name))


def comparison_key(name: str) -> str:
    """Names with the same key are one name: case, accents, articles, spelling, word order around "of"."""
    words = [_SPELLINGS.get(word, word) for word in normalise(name).split()]
    return " ".join(sorted(word for word in words if word not in SMALL_WORDS)) or normalise(name) or name


def is_short_form(name: str) -> bool:
    """A form that can stand for many things: one word in capitals, or a single short word."""
    return " " not in name and (name.isupper() or sum(char.isupper() for char in name) > 1 or len(name) <= 4)


def local_entities(extraction: Extraction) -> tuple[list[LocalEntity], dict[Mention, LocalEntity]]:
    """The things that an article names, and which of them each mention stands for."""
    entities: dict[tuple[Kind, str], LocalEntity] = {}
    keys: dict[Mention, tuple[Kind, str]] = {}
    for mention in extraction.mentions:
        key = (
            mention.kind,
            mention.ref if mention.kind is Kind.COUNTRY and mention.ref else comparison_key(mention.label),
        )
        keys[mention] = key
        entity = entities.setdefault(key, LocalEntity(extraction.article.id, mention.kind))
        _add_names(entity, mention)
    merged = _merge_short_forms(entities)
    home = {mention: entities[merged.get(key, key)] for mention, key in keys.items()}
    kept = [entity for key, entity in sorted(entities.items()) if key not in merged]
    _note_countries(extraction, home)
    return kept, home


def _add_names(entity: LocalEntity, mention: Mention) -> None:
    entity.names[mention.label] += 1
    if mention.ref:
        entity.refs.add(mention.ref)
    if mention.text == mention.label or mention.extractor == DESCRIPTIONS:
        return
    entity.names[mention.text] += 1
    reason = (
        "country name or adjective" if mention.kind is Kind.COUNTRY else "short form introduced in the text"
    )
    entity.links.add(Link(mention.label, mention.text, reason, 0.95))


def _merge_short_forms(
    entities: dict[tuple[Kind, str], LocalEntity],
) -> dict[tuple[Kind, str], tuple[Kind, str]]:
    """Short forms that the article leaves one long form for; returns where each absorbed key went."""
    merged: dict[tuple[Kind, str], tuple[Kind, str]] = {}
    for key in sorted(entities, key=lambda key: (len(key[1]), key)):
        kind, _ = key
        if kind not in (Kind.INSTITUTION, Kind.PROJECT):
            continue
        short = entities[key].preferred
        candidates = [
            (other, reason)
            for other in sorted(entities)
            if other != key and other not in merged and other[0] is kind
            if (reason := short_form_reason(short, entities[other].preferred))
        ]
        if len(candidates) == 1:
            other, reason = candidates[0]
            link = Link(entities[other].preferred, short, reason, 0.8)
            entities[other].absorb(entities[key], link)
            merged[key] = other
    return {key: _final(merged, key) for key in merged}


def _final(merged: dict[tuple[Kind, str], tuple[Kind, str]], key: tuple[Kind, str]) -> tuple[Kind, str]:
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
    missing = [word for word in long.split() if word not in short.split()]
    if any(re.fullmatch(r"[\dIVX]+[A-Z]?|Phase|North|South|East|West|New", word) for word in missing):
        return False
    return not any(classify(f"X {word}") for word in missing) and " of " not in long.replace(short, "")


def _inside(short: list[str], long: list[str]) -> bool:
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
        if len(refs) == 1:
            owners[key].country = next(iter(refs))
