"""Comparators: are two names, seen in different articles, one name? Each answer has a score and a reason.

A comparator looks at one way in which names differ (spelling, spaces, transliteration, OCR damage, an
abbreviated or missing word). What sets members of a series apart vetoes all of them. At `MERGE` and above
two names are taken for one; from `UNSURE` up a person is asked (`kg review`); below they are two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from kg.names import SMALL_WORDS, classify, initials, read_words
from kg.resolve.forms import (
    acronym_forms,
    as_misread,
    comparison_key,
    fold,
    fold_vowels,
    has_acronym,
    is_known_word,
    is_short_form,
    marks,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

MERGE = 0.8
UNSURE = 0.5


class Verdict(NamedTuple):
    """How sure it is that two names are one (0 to 1), and what says so."""

    score: float
    reason: str


APART = Verdict(0.0, "")
# Left out, these make a name less official but not another: an article may go without.
_RANKS = frozenset(["national", "state", "international", "federal", "royal", "central", "general"])


@dataclass(frozen=True, slots=True)
class Form:
    """What there is to compare in a name, found out once for all its pairs."""

    name: str
    words: tuple[str, ...]
    joined: str
    misread: str
    key: str
    marks: tuple[str, ...]
    is_short: bool
    has_acronym: bool


@lru_cache(maxsize=20_000)
def form_of(name: str) -> Form:
    words = words_of(name)
    return Form(
        name,
        words,
        "".join(words),
        " ".join(map(as_misread, words)),
        comparison_key(name),
        marks(name),
        is_short_form(name),
        has_acronym(name),
    )


def compare(left: str, right: str) -> Verdict:
    """Compare two names of one kind. The order of the two does not matter."""
    if left > right:
        left, right = right, left
    return compare_forms(form_of(left), form_of(right))


def compare_forms(one: Form, two: Form) -> Verdict:
    """The same of names that are taken apart already, the smaller one first."""
    if one.key == two.key:
        return Verdict(0.95, "same name") if one.marks == two.marks else APART
    if one.joined == two.joined and len(one.joined) >= 6:
        return Verdict(0.9, "same letters, other spaces")
    if one.is_short or two.is_short:
        if one.is_short and two.is_short:
            return APART
        return _acronym(one.name, two.name) if one.is_short else _acronym(two.name, one.name)
    if one.misread == two.misread and _only_misread(one.words, two.words):
        return Verdict(0.85, "letters misread")
    if one.marks != two.marks:
        return APART
    if one.has_acronym != two.has_acronym:
        short, long = (one, two) if one.has_acronym else (two, one)
        if " ".join(sorted(short.words)) in acronym_forms(long.name):
            return Verdict(0.85, "initials of a part of the name")
    more = len(one.words) - len(two.words)
    if not more:
        return _one_word_differs(one, two)
    if abs(more) > 1:
        return APART
    return _one_word_more(one, two) if more > 0 else _one_word_more(two, one)


def _only_misread(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Of words that OCR takes for each other: has none become another word?"""
    return not any(a != b and is_known_word(a) and is_known_word(b) for a, b in zip(one, two, strict=True))


def _acronym(short: str, long: str) -> Verdict:
    """ "IHEP" in one article and "Institute of High Energy Physics" in another, with none to link them."""
    if len(short) < 3 or is_short_form(long) or " " not in long:
        return APART
    if short.upper() not in (initials(long), _all_initials(long)):
        return APART
    # Four letters and more seldom fit by accident; three fit too many names.
    return Verdict(0.8 if len(short) >= 5 else 0.65, "initials")


def _all_initials(name: str) -> str:
    """With the small words: "DoST"-like forms take some of them."""
    return "".join(word[0] for word in name.split() if word).upper()


def _one_word_differs(one: Form, two: Form) -> Verdict:
    if len(one.words) == 1 and len(one.joined) < 7:
        return APART
    differing = [(a, b) for a, b in zip(one.words, two.words, strict=True) if a != b]
    if len(differing) == 1:
        return _compare_words(*differing[0], one, two)
    lost = _without(one.words, two.words)
    if len(lost) == 1:
        return _compare_words(lost[0], _without(two.words, one.words)[0], one, two)
    return _all_fold(differing)


def _without(words: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """The words that are left when each of the others has taken one away."""
    rest = list(words)
    for word in others:
        if word in rest:
            rest.remove(word)
    return rest


def _all_fold(pairs: Iterable[tuple[str, str]]) -> Verdict:
    """Several words are transliterated in another way: "Nauchnyi Tsentr", "Nauchny Centr"."""
    if all(fold(a) == fold(b) and not (is_known_word(a) and is_known_word(b)) for a, b in pairs):
        return Verdict(0.8, "transliterated in another way")
    return APART


def _compare_words(word: str, other: str, one: Form, two: Form) -> Verdict:
    short, long = (other, word) if len(other) < len(word) else (word, other)
    most = 2 if len(long) >= 10 else 1
    distance = DamerauLevenshtein.distance(word, other, score_cutoff=most)
    same_vowels = fold_vowels(word) == fold_vowels(other)
    if distance > most and not same_vowels and not long.startswith(short):
        # Most pairs end here, and no dictionary was asked.
        return APART
    known = (is_known_word(word), is_known_word(other))
    if all(known):
        return Verdict(0.82, "singular and plural") if long == short + "s" and len(short) > 4 else APART
    if fold(word) == fold(other) and len(short) >= 4:
        return Verdict(0.85, "transliterated or read in another way")
    if not any(known) and len(short) >= 6 and same_vowels:
        return Verdict(0.8, "vowels transliterated in another way")
    if len(short) >= 3 and long.startswith(short) and (f"{short}." in f"{one.name} {two.name}".lower()):
        return Verdict(0.85, "abbreviated word")
    if any(char.isdigit() for char in word + other) or distance > most:
        return APART
    if any(known) and len(long) >= 6:
        # Only one of the two is a word: the other is it with a fault, unless it is a name of its own.
        plain = long if is_known_word(long) else short
        if classify(f"X {plain.capitalize()}") or plain in read_words("topics.txt") or len(plain) >= 9:
            return Verdict(0.85, "one is the other with a letter misread")
        return Verdict(0.6, "one letter differs")
    return Verdict(0.6, "one letter differs") if len(long) >= 6 else APART


def _one_word_more(longer: Form, shorter: Form) -> Verdict:
    extra = _without(longer.words, shorter.words)
    if len(extra) != 1 or not shorter.words:
        return APART
    word, size = extra[0], len(shorter.words)
    if word in _RANKS and size >= 3:
        return Verdict(0.6, f'"{word}" is left out')
    if word == longer.words[-1] and classify(longer.name) and word not in SMALL_WORDS:
        return Verdict(0.55, f'"{word}" is left out')
    return Verdict(0.5, f'"{word}" is left out') if size >= 4 else APART
