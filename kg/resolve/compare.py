"""Comparators: are two names, seen in different articles, one name? Each answer has a score and a reason.

A comparator looks at one way in which names differ (spelling, spaces, transliteration, OCR damage, an
abbreviated or missing word). What sets members of a series apart vetoes all of them. At `MERGE` and above
two names are taken for one; from `UNSURE` up a person is asked (`kg review`); below they are two.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

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

MERGE = 0.8
UNSURE = 0.5

# What can be left off a name without making it another (`comparison_key`).
_KIND_NOUNS = frozenset(["program", "project", "initiative", "mission", "scheme"])


class Verdict(NamedTuple):
    """How sure it is that two names are one (0 to 1), and what says so."""

    score: float
    reason: str


APART = Verdict(0.0, "")
# Left out, these make a name less official but not another: an article may go without.
_RANKS = frozenset(["national", "state", "international", "federal", "royal", "central", "general"])


def compare(left: str, right: str) -> Verdict:
    """Compare two names of one kind. The order of the two does not matter."""
    if left > right:
        left, right = right, left
    one, two = words_of(left), words_of(right)
    if " " in left and " " in right and _has_another_word(one, two):
        return APART
    if comparison_key(left) == comparison_key(right):
        return Verdict(0.95, "same name") if marks(left) == marks(right) else APART
    if "".join(one) == "".join(two) and len("".join(one)) >= 6:
        return Verdict(0.9, "same letters, other spaces")
    if is_short_form(left) != is_short_form(right):
        return _acronym(left, right) if is_short_form(left) else _acronym(right, left)
    if is_short_form(left):
        return APART
    if _only_misread(one, two):
        return Verdict(0.85, "letters misread")
    if marks(left) != marks(right):
        return APART
    if has_acronym(left) != has_acronym(right):
        short, long = (left, right) if has_acronym(left) else (right, left)
        if " ".join(sorted(words_of(short))) in acronym_forms(long):
            return Verdict(0.85, "initials of a part of the name")
    return max(_one_word_differs(left, right, one, two), _one_word_more(left, right, one, two))


def _has_another_word(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Is one word quite another, and the rest the same? So it is with nearly all pairs, and no comparator
    takes them for one: nothing else need be known of them."""
    if len(one) != len(two):
        return False
    differing = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if len(differing) != 1 or not _KIND_NOUNS.isdisjoint(differing[0]):
        return False
    word, other = differing[0]
    return not (
        _misspelt(word, other)
        or word.startswith(other)
        or other.startswith(word)
        or fold_vowels(word) == fold_vowels(other)
        or as_misread(word) == as_misread(other)
    )


def _misspelt(word: str, other: str) -> bool:
    """Is there a letter more, less, or other, or two of them in a long word?"""
    most = 2 if max(len(word), len(other)) >= 10 else 1
    return DamerauLevenshtein.distance(word, other, score_cutoff=most) <= most


def _only_misread(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Do words differ by nothing but what OCR takes for each other, and none by becoming another word?"""
    return len(one) == len(two) and all(
        a == b or (as_misread(a) == as_misread(b) and not (is_known_word(a) and is_known_word(b)))
        for a, b in zip(one, two, strict=True)
    )


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


def _one_word_differs(left: str, right: str, one: tuple[str, ...], two: tuple[str, ...]) -> Verdict:
    if len(one) != len(two):
        return APART
    lost, found = Counter(one) - Counter(two), Counter(two) - Counter(one)
    if lost.total() != 1:
        return _all_fold(one, two)
    if len(one) == 1 and len(one[0]) < 7:
        return APART
    return _compare_words(next(iter(lost)), next(iter(found)), left, right)


def _all_fold(one: tuple[str, ...], two: tuple[str, ...]) -> Verdict:
    """Several words are transliterated in another way: "Nauchnyi Tsentr", "Nauchny Centr"."""
    pairs = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if all(fold(a) == fold(b) and not (is_known_word(a) and is_known_word(b)) for a, b in pairs):
        return Verdict(0.8, "transliterated in another way")
    return APART


def _compare_words(word: str, other: str, left: str, right: str) -> Verdict:
    known = (is_known_word(word), is_known_word(other))
    short, long = sorted((word, other), key=len)
    if all(known):
        return Verdict(0.82, "singular and plural") if long == short + "s" and len(short) > 4 else APART
    if fold(word) == fold(other) and len(short) >= 4:
        return Verdict(0.85, "transliterated or read in another way")
    if not any(known) and len(short) >= 6 and fold_vowels(word) == fold_vowels(other):
        return Verdict(0.8, "vowels transliterated in another way")
    if len(short) >= 3 and long.startswith(short) and (f"{short}." in f"{left} {right}".lower()):
        return Verdict(0.85, "abbreviated word")
    if any(char.isdigit() for char in word + other) or not _misspelt(word, other):
        return APART
    if any(known) and len(long) >= 6:
        # Only one of the two is a word: the other is it with a fault, unless it is a name of its own.
        plain = long if is_known_word(long) else short
        if classify(f"X {plain.capitalize()}") or plain in read_words("topics.txt") or len(plain) >= 9:
            return Verdict(0.85, "one is the other with a letter misread")
        return Verdict(0.6, "one letter differs")
    return Verdict(0.6, "one letter differs") if len(long) >= 6 else APART


def _one_word_more(left: str, right: str, one: tuple[str, ...], two: tuple[str, ...]) -> Verdict:
    if abs(len(one) - len(two)) != 1:
        return APART
    short, long = (one, two) if len(one) < len(two) else (two, one)
    extra = Counter(long) - Counter(short)
    if extra.total() != 1 or len(short) < 1:
        return APART
    word = next(iter(extra))
    if word in _RANKS and len(short) >= 3:
        return Verdict(0.6, f'"{word}" is left out')
    longer = left if len(words_of(left)) > len(words_of(right)) else right
    if word == words_of(longer)[-1] and classify(longer) and word not in SMALL_WORDS:
        return Verdict(0.55, f'"{word}" is left out')
    return Verdict(0.5, f'"{word}" is left out') if len(short) >= 4 else APART
