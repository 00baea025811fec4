"""What went wrong in one document: each entity and fact that is missed or false, under one reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from kg.matching import country_key, dice, name_key, words_of
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.gold import Gold, GoldEntity, Triple
    from kg.matching import Predicted

Side = Literal["missed", "false"]
SOME_OVERLAP = 0.4
"""From this Dice coefficient of their words on, two names are two readings of one stretch of text."""
AROUND = 70
"""Characters of context on either side of a name."""


class Why(StrEnum):
    """The reasons, in the order in which they are tried."""

    OTHER_KIND = "right name, wrong kind"
    OTHER_WORDS = "too few or too many words"
    NO_ENTITY = "no such entity"

    NO_SIDE = "its subject or object has no counterpart"
    OTHER_PREDICATE = "another predicate"
    OTHER_WAY_ROUND = "the other way round"
    OTHER_DATE = "another date"
    OTHER_OBJECT = "another object"
    OTHER_SUBJECT = "another subject"
    ONE_PASSAGE = "both found, one passage names them"
    SEVERAL_PASSAGES = "both found, the passage names one of them by a description or not at all"
    NOT_STATED = "both right, but not stated"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One entity or fact that gold and graph do not share."""

    doc: str
    side: Side
    about: Kind | Predicate
    why: Why
    text: str
    quote: str
    """The passage that states it or holds the name; empty where there is none."""

    @property
    def is_fact(self) -> bool:
        return isinstance(self.about, Predicate)


def find_mistakes(gold: Gold, predicted: Predicted) -> Iterator[Mistake]:
    """Missed entities, false ones, missed facts, false ones, each sorted by text."""
    for group in (
        _missed_entities(gold, predicted),
        _false_entities(gold, predicted),
        _missed_facts(gold, predicted),
        _false_facts(gold, predicted),
    ):
        yield from sorted(group, key=_text)


def _text(mistake: Mistake) -> tuple[str, str]:
    return mistake.text, mistake.about


def _missed_entities(gold: Gold, predicted: Predicted) -> Iterator[Mistake]:
    found = {(predicted.matched[node], kind) for node, kind in predicted.kinds.items()}
    for entity in gold.entities.values():
        if entity.optional or (entity.id, entity.kind) in found:
            continue
        why = Why.NO_ENTITY
        for node, kind in predicted.kinds.items():
            for name in predicted.names[node]:
                if predicted.matched[node] in (None, entity.id):
                    why = min(why, _reading(name, kind, entity), key=list(Why).index)
        quote = _context(gold.text, entity.names[0])
        yield Mistake(gold.doc, "missed", entity.kind, why, entity.names[0], quote)


def _false_entities(gold: Gold, predicted: Predicted) -> Iterator[Mistake]:
    for node, kind in predicted.kinds.items():
        if predicted.matched[node] is not None:
            continue
        names = predicted.names[node]
        readings = (_reading(name, kind, entity) for entity in gold.entities.values() for name in names)
        why = min(readings, key=list(Why).index, default=Why.NO_ENTITY)
        yield Mistake(gold.doc, "false", kind, why, names[0], _context(gold.text, names[0]))


def _reading(name: str, kind: Kind, entity: GoldEntity) -> Why:
    """What stands between a name in the graph and a gold entity that it was not matched with."""
    key = country_key if Kind.COUNTRY in (kind, entity.kind) else name_key
    if any(key(name) == key(other) for other in entity.names):
        return Why.OTHER_KIND
    if kind in entity.kinds and any(dice(words_of(name), words_of(o)) >= SOME_OVERLAP for o in entity.names):
        return Why.OTHER_WORDS
    return Why.NO_ENTITY


def _missed_facts(gold: Gold, predicted: Predicted) -> Iterator[Mistake]:
    found = {match for match in predicted.matched.values() if match}
    false = predicted.facts.keys() - gold.facts
    for fact in gold.facts - predicted.facts.keys():
        subject, predicate, obj = fact
        quote = gold.quotes.get(fact, "")
        sides = {subject} if predicate.is_date else {subject, obj}
        why = Why.NO_SIDE if sides - found else _near(fact, false)
        if why not in (Why.NO_SIDE, Why.OTHER_PREDICATE, Why.OTHER_WAY_ROUND, Why.OTHER_DATE):
            named = all(_names_it(quote, gold.entities[side]) for side in sides)
            why = Why.ONE_PASSAGE if named else Why.SEVERAL_PASSAGES
        yield Mistake(gold.doc, "missed", predicate, why, _as_text(gold, fact), quote)


def _false_facts(gold: Gold, predicted: Predicted) -> Iterator[Mistake]:
    for fact in predicted.facts.keys() - gold.facts - gold.optional:
        said = predicted.facts[fact]
        strange = any(side.startswith("?") for side in (fact[0], fact[2]))
        why = Why.NO_SIDE if strange else _near(fact, gold.facts)
        yield Mistake(gold.doc, "false", fact[1], why, said.text, said.quote)


def _near(fact: Triple, others: frozenset[Triple] | set[Triple]) -> Why:
    """What it is of `others` that comes nearest to `fact`."""
    subject, predicate, obj = fact
    if (obj, predicate, subject) in others:
        return Why.OTHER_WAY_ROUND
    if any((subject, other, obj) in others or (obj, other, subject) in others for other in Predicate):
        return Why.OTHER_PREDICATE
    if any((s, p) == (subject, predicate) for s, p, _ in others):
        return Why.OTHER_DATE if predicate.is_date else Why.OTHER_OBJECT
    if any((p, o) == (predicate, obj) for _, p, o in others):
        return Why.OTHER_SUBJECT
    return Why.NOT_STATED


def _names_it(quote: str, entity: GoldEntity) -> bool:
    words = f" {name_key(quote)} "
    return any(f" {name_key(name)} " in words for name in entity.names)


def _as_text(gold: Gold, fact: Triple) -> str:
    subject, predicate, obj = fact
    names = [gold.entities[x].names[0] if x in gold.entities else x for x in (subject, obj)]
    return f"{names[0]} | {predicate} | {names[1]}"


def _context(text: str, name: str) -> str:
    """The name with the words around it, on one line; empty where the text writes it otherwise."""
    line = " ".join(text.split())
    match = re.search(rf"\S*.{{0,{AROUND}}}\b{re.escape(name)}\b.{{0,{AROUND}}}\S*", line)
    return match[0].strip() if match else ""
