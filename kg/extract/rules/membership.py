"""What is part of what, and who founded whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.rules.base import Found, collaborators, is_denied, is_denied_at
from kg.names import classify
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.sentences import Sentence

_FARTHEST = 16
"""How many items may stand between a part and its whole."""

_PART_NOUN = (
    "(?:part|unit|center|centre|member|branch|body|organ|arm|division|institute|subsidiary|affiliate|"
    "department|institution|laboratory|component|element|section|phase|module|instrument|subproject|product)s?"
)
_PART_VERB = (
    "(?:affiliated (?:to|with)|attached to|subordinate to|belongs to|belonging to|owned by|run under|"
    "within the framework of|carried out under|under the umbrella of|in the framework of|grew out of|"
    "within|under)"
)
# What stands between a part and its whole, in lower case.
_PART_OF = re.compile(
    r"(?:\([^)]*\) ?)?(?:"
    r"(?:of|at|under|within)(?: the| its)?(?: [a-z]+)?"
    r"|,? ?(?:which |that )?(?:is |are |was |itself )?(?:an? |the |itself )?(?:[a-z-]+ ){0,3}"
    + _PART_NOUN
    + r" of(?: the)?(?: [a-z]+)?"
    r"|,? ?(?:which )?(?:is |was |were )?(?:built |developed |funded |created )?"
    + _PART_VERB
    + r"(?: the| its)?(?: [a-z]+)?"
    r")"
)
_OWNS = re.compile(r"['’]s(?: [a-z-]+){0,2}")
_NEXT_TO = re.compile(r"(?: \([^)]*\))?,")
_INNER = frozenset(["ResearchInstitute", "Laboratory", "Hospital", ""])
_OUTER = frozenset(["Academy", "University", "GovernmentBody"])

_FOUNDING = frozenset(["founded", "co-founded", "established", "set", "created", "formed"])
_STARTING = frozenset(["opened", "launched", "initiated"])
_PASSIVE = frozenset(["was", "were", "been", "is", ",", "which"])


def find_parts(sentence: Sentence) -> Iterator[Found]:
    """`partOf`: "X of the Y", "Y's X", "X, Academy Y", "X, a unit of Y", "P, part of Q"."""
    for left in sentence.indices(Kind.INSTITUTION, Kind.PROJECT):
        kind = sentence.items[left].kind
        near = range(left + 1, min(left + _FARTHEST, len(sentence.items)))
        right = next((index for index in near if sentence.items[index].kind is kind), None)
        if right is None:
            continue
        phrase = sentence.phrase(left + 1, right)
        if is_denied(phrase):
            continue
        between = phrase.lower()
        if _PART_OF.fullmatch(between):
            yield Found(left, Predicate.PART_OF, right, 0.75)
        elif kind is Kind.INSTITUTION and _OWNS.fullmatch(between):
            yield Found(right, Predicate.PART_OF, left, 0.7)
        elif kind is Kind.INSTITUTION and _NEXT_TO.fullmatch(between) and _is_whole(sentence, left, right):
            yield Found(left, Predicate.PART_OF, right, 0.7)


def _is_whole(sentence: Sentence, left: int, right: int) -> bool:
    """In "X, Y": is Y what X belongs to (an academy, a university, a ministry), not the next of a list?"""
    if sentence.word_at(right + 1) == "and" or sentence.word_at(left - 1) in (",", "and"):
        return False
    inner, outer = classify(sentence.label(left)), classify(sentence.label(right))
    return bool(inner and outer and inner.subtype in _INNER and outer.subtype in _OUTER)


def find_founders(sentence: Sentence) -> Iterator[Found]:
    """`foundedBy`: "X was set up by Y and the government of C", "Y founded X"."""
    for index, item in enumerate(sentence.items):
        if item.word not in _FOUNDING | _STARTING or is_denied_at(sentence, index):
            continue
        if item.word == "set" and sentence.word_at(index + 1) != "up":
            continue
        by = sentence.find_word("by", index + 1, index + 8)
        if by is not None and not sentence.has_kind(index, by, Kind.INSTITUTION):
            yield from _founded_by(sentence, index, by)
        elif item.word in _FOUNDING or sentence.word_at(index - 1) not in _PASSIVE:
            yield from _founded(sentence, index)


def _founded_by(sentence: Sentence, verb: int, by: int) -> Iterator[Found]:
    founded = sentence.previous_of_kind(verb, Kind.INSTITUTION, Kind.PROJECT, limit=len(sentence.items))
    if founded is None or sentence.items[founded].kind is not Kind.INSTITUTION:
        return
    institutions = sentence.group_from(by + 1, Kind.INSTITUTION, limit=6)
    for founder in [*institutions, *sentence.group_from(by + 1, Kind.COUNTRY, limit=4)]:
        yield Found(founded, Predicate.FOUNDED_BY, founder, 0.7)
    yield from collaborators(sentence, institutions, 0.6)


def _founded(sentence: Sentence, verb: int) -> Iterator[Found]:
    founders = sentence.group_to(verb, Kind.INSTITUTION, limit=4)
    founded = sentence.group_from(verb + 1, Kind.INSTITUTION, limit=4)
    passive = any(sentence.word_at(position) in _PASSIVE for position in (verb - 2, verb - 1))
    if not founders or not founded or passive:
        return
    for founder in founders:
        yield Found(founded[0], Predicate.FOUNDED_BY, founder, 0.65)
    yield from collaborators(sentence, founders, 0.6)
