"""Does one line read on into another? The evidence that puts jumbled columns together."""

from __future__ import annotations

import re
from enum import IntEnum

from kg.clean import FUNCTION_WORDS, known
from kg.ingest.cues import ends_sentence

NEW_SENTENCE = frozenset(
    [
        "The",
        "It",
        "Its",
        "In",
        "A",
        "An",
        "He",
        "She",
        "They",
        "We",
        "But",
        "And",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "When",
        "While",
        "If",
        "As",
        "At",
        "For",
        "On",
        "After",
        "Before",
        "Since",
        "However",
        "Although",
        "Though",
        "One",
        "Some",
        "Many",
        "Most",
        "Both",
        "Under",
        "By",
        "With",
        "To",
        "From",
        "Their",
        "His",
        "Her",
        "Not",
        "Who",
        "What",
        "How",
        "Why",
        "Where",
        "Our",
        "I",
        "Now",
        "Then",
        "Here",
        "Nor",
        "So",
        "Yet",
        "Such",
        "Each",
        "Every",
        "All",
    ]
)
"""Words that, with a capital, begin a sentence far more often than a name."""

_DANGLING = FUNCTION_WORDS | frozenset(
    ["between", "among", "across", "against", "within", "through", "during", "near", "per", "via"]
)


_IN_PARENTHESES = re.compile(r"\([A-Z][\w&-]*\)")
"""An acronym explains what stands before it."""


class Junction(IntEnum):
    """How well two lines read on, from the worst to the best."""

    BROKEN = 0
    OPEN = 1
    """They may: "for a year / Yellowknife's"."""
    LIKELY = 2
    """ "the / Bay of Bengal", or a full stop and a capital."""
    SURE = 3
    """A sentence goes on in small letters, or a broken word is made whole."""


def wants_more(text: str) -> bool:
    """Does the text stop in mid-sentence?"""
    return not ends_sentence(text) and not text.endswith(":")


def wants_before(text: str) -> bool:
    """Does the text begin in mid-sentence?"""
    if _IN_PARENTHESES.match(text):
        return True
    return bool(re.match(r"[a-zà-þ]", text)) and not re.match(r"(?:e-|i?[A-Z]|[a-z]+[A-Z])\w*", text)


def junction(upper: str, lower: str) -> Junction:
    """How well does the line `lower` read on from the line `upper`?"""
    tail = re.split(r"[\s/]", upper.rstrip())[-1]
    head = lower.split(" ", 1)[0]
    small = bool(re.match(r"[a-zà-þ]", head))
    bare = head.strip("\"'“”‘’.,;:!?()")
    if not wants_more(upper):
        return Junction.BROKEN if wants_before(lower) else Junction.LIKELY
    if upper.endswith("-") and tail[:-1].replace("-", "").isalnum():
        return _halves(tail[:-1], head, bare, small=small)
    if small or _IN_PARENTHESES.match(lower):
        return Junction.SURE
    if bare in NEW_SENTENCE and not head.startswith(('"', "“", "'", "‘")):
        return Junction.BROKEN
    if tail.lower() in _DANGLING:
        return Junction.LIKELY
    return Junction.LIKELY if tail[:1].isupper() and not tail.endswith(",") else Junction.OPEN


def _halves(left: str, head: str, bare: str, *, small: bool) -> Junction:
    right = re.split(r"[^\w]", bare)[0]
    stem = left.rpartition("-")[2]
    if not small:
        if bare in NEW_SENTENCE or not head[:1].isalnum():
            return Junction.BROKEN
        return Junction.LIKELY if left[:1].isupper() or bare[:1].isdigit() else Junction.OPEN
    if known(stem + right):
        return Junction.SURE
    if right in FUNCTION_WORDS and len(right) > 1:
        return Junction.BROKEN
    return Junction.LIKELY
