"""Does one line read on into another? The evidence that puts jumbled columns together."""

from __future__ import annotations

import re
from enum import IntEnum

from kg.clean import FUNCTION_WORDS, known, words_of
from kg.ingest.cues import ends_sentence

NEW_SENTENCE = words_of(
    "The It Its In A An He She They We But And This That These Those There When While If As At For On "
    "After Before Since However Although Though One Some Many Most Both Under By With To From Their "
    "His Her Not Who What How Why Where Our I Now Then Here Nor So Yet Such Each Every All"
)
"""Words that, with a capital, begin a sentence far more often than a name."""

_DANGLING = FUNCTION_WORDS | frozenset(
    ["between", "among", "across", "against", "within", "through", "during", "near", "per", "via"]
)


_IN_PARENTHESES = re.compile(r"\(([A-Z][\w&-]*)\)")
"""An acronym explains what stands before it."""


_DETERMINERS = words_of("a an the its their his her our your this these those")


_PARTICLES = words_of("up out off over down")
"""They end compounds: "opening-up"."""
_SAID = words_of("said says")


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
    return not ends_sentence(text)


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
    if match := _IN_PARENTHESES.match(lower):
        return Junction.SURE if _explains(match.group(1), upper) else Junction.OPEN
    if upper.endswith((":", "—", "–", "--")):  # "Nuku'alofa, 27 August 2024 — / In the margins"
        return Junction.SURE if small else Junction.LIKELY
    if small:
        if not _speech_fits(upper, tail, lower, bare):
            return Junction.BROKEN
        if tail.lower() in _DETERMINERS and bare in FUNCTION_WORDS:
            return Junction.BROKEN
        return Junction.BROKEN if _is_half_a_word(bare) else Junction.SURE
    if bare in NEW_SENTENCE and not head.startswith(('"', "“", "'", "‘")):
        return Junction.BROKEN
    if tail.lower() in _DANGLING or tail in _SAID:
        return Junction.LIKELY
    return Junction.LIKELY if tail[:1].isupper() and not tail.endswith(",") else Junction.OPEN


def _speech_fits(upper: str, tail: str, lower: str, bare: str) -> bool:
    """ "said Laura" follows a quotation, and after "said" comes who said it."""
    if tail in _SAID and upper.endswith(tail) and re.search(r"[,?!][\"”’'] \w+$", upper):
        return bare in _DETERMINERS
    who = re.match(r"(?:said|says) (?:[A-Z]|he\b|she\b|they\b)", lower)
    return not who or bool(re.search(r"[\"”’',]$", upper))


def _explains(acronym: str, upper: str) -> bool:
    """Does the line end in a name with these initials?"""
    initials = {word[0].upper() for word in upper.split()[-7:] if word[0].isalpha()}
    return {letter for letter in acronym if letter.isupper()} <= initials


def _is_half_a_word(word: str) -> bool:
    """Could this only be the end of a broken word ("ter", of "winter")?"""
    short = 1 < len(word) <= 7 and word.isalpha() and bool(set(word) & set("aeiouy"))
    return short and not known(word)


def _halves(left: str, head: str, bare: str, *, small: bool) -> Junction:
    right = re.split(r"[^\w]", bare)[0]
    stem = left.rpartition("-")[2]
    if not small:
        if bare in NEW_SENTENCE or not head[:1].isalnum():
            return Junction.BROKEN
        return Junction.LIKELY if left[:1].isupper() or bare[:1].isdigit() else Junction.OPEN
    if known(stem + right):
        return Junction.SURE
    if right in FUNCTION_WORDS - _PARTICLES and len(right) > 1:
        return Junction.BROKEN
    if known(right, least=100_000) and (len(stem) <= 3 or not known(stem, least=1000)):
        return Junction.BROKEN
    # Two halves that make no word: a rare one, or the wrong halves.
    doubtful = stem.islower() and not (known(stem, least=1000) and known(right, least=1000))
    return Junction.OPEN if doubtful else Junction.LIKELY
