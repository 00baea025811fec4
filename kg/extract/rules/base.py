"""What all relation rules share: the shape of a finding, negation, pairs of collaborators."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kg.vocab import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.sentences import Sentence
    from kg.model import PartialDate


class Found(NamedTuple):
    """What a sentence states: item index, predicate, item index or date, confidence (0 to 1)."""

    subject: int
    predicate: Predicate
    object: int | PartialDate
    confidence: float


MAX_COLLABORATORS = 5
"""Beyond five, pairs of collaborators say little and none is listed (guidelines)."""

BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
POSSESSIVE = ("'s", "’s")

_DENIED = re.compile(
    r"\b(?:not(?! only\b| just\b| merely\b)|never|neither|nor|ha(?:s|ve|d) no|no longer|"
    r"refused|declined|turned down|without|failed|denied|cannot)\b|n['’]t\b"
)
_CONDITIONAL = re.compile(r"\b(?:may|might|could|would have|was to have)\b")


def is_denied(text: str) -> bool:
    """Does the text deny or doubt what it says? Denied and conditional facts are no facts (guidelines).

    The text must keep its case: "May" is a month.
    """
    return bool(_DENIED.search(text) or _CONDITIONAL.search(text))


def is_denied_at(sentence: Sentence, verb: int) -> bool:
    """Is the verb at an item index denied by the few words before it?"""
    return is_denied(sentence.phrase(max(0, verb - 5), verb))


def collaborators(sentence: Sentence, group: Sequence[int], confidence: float) -> Iterator[Found]:
    """Each pair of a group of institutions that does one thing together."""
    yield from pairs(sentence, group, Predicate.COLLABORATES_WITH, confidence)


def pairs(
    sentence: Sentence, group: Sequence[int], predicate: Predicate, confidence: float
) -> Iterator[Found]:
    """Each pair of a group in a symmetric relation; none where the group is too large to say much."""
    by_label = {sentence.label(index): index for index in group}
    if 2 <= len(by_label) <= MAX_COLLABORATORS:
        for left, right in combinations(by_label.values(), 2):
            yield Found(left, predicate, right, confidence)
