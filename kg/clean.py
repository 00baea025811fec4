"""Mend what OCR and PDF extraction did to running text. Pure functions: str -> str.

No function here adds or loses a line, so that line numbers stay those of the source file.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def words_of(text: str) -> frozenset[str]:
    """The words of a list that is written as text."""
    return frozenset(text.split())


FUNCTION_WORDS = words_of(
    "a an and are as at be been but by can could did do does for from had has have he her his if in "
    "into is it its may more no nor not of off on or our out over she so than that the their them then "
    "there these they this those to under up was we were what when where which while who will with "
    "would you"
)
"""Words too common to be half of a broken word or of a compound."""

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_CHARACTERS = str.maketrans(
    {
        **_LIGATURES,
        "\u200b": None,
        "\u2060": None,
        "\ufeff": None,
        "\u2010": "-",
        "\u2011": "-",
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u3000\t\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "),
    }
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.{1,300}?)(?<=\S)\1(?![\w*])")
_LOOSE_EMPHASIS = re.compile(r"\*{2,3}")
_TAGS = re.compile(r"</?(?:u|b|i|em|strong|sup|sub|br|span|center|p)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((?:https?:|mailto:|#|/|\.)[^()]{0,500}\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_HYPHEN_THEN_SPACE = re.compile(r"(?<![\w’'])([\w’']+)- ([^\W_]+)")
_SPACE_THEN_HYPHEN = re.compile(r"(?<=\w) -(?=[^\W\d_])")
_LOOSE_HYPHEN = re.compile(r"(?<!\S)([^\W_][\w.’'&-]*) - ([^\W_]+)")
_SUSPENDED = frozenset({"and", "or", "to", "but", "nor"})
_SPACE_BEFORE_MARK = re.compile(r"(?<=[\w)\]”\"’]) +([,.;:?!])(?=\s|$)")
_WIDE = re.compile(r"(?<=\d)[，．：／－％](?=\d|$|\s)|(?<=\w)[，；：？！](?=\s|$)")


def normalize(text: str) -> str:
    """One kind of line end, space and hyphen; no ligatures, soft hyphens or invisible marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A soft hyphen at the end of a line is a word broken there; elsewhere it was never printed.
    text = re.sub("\u00ad(?=[ \t]*\n)", "-", text).replace("\u00ad", "")
    text = text.translate(_CHARACTERS)
    return _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def strip_markup(line: str) -> str:
    """Take Markdown emphasis, links, images and simple HTML tags off one line; any other `<` is text."""
    line = _TAGS.sub("", _IMAGE.sub("", line))
    line = _LINK.sub(r"\1", line)
    line = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", line))
    return _ESCAPE.sub(r"\1", _LOOSE_EMPHASIS.sub("", line)).strip()


def mend_spacing(line: str, compounds: Collection[str] = ()) -> str:
    """Close the gaps that OCR leaves at hyphens and before marks: "sci- tech", "BRII - 196", "word ."

    A hyphen between spaces that serves as a dash stays; so does the one of "two- and three-year".
    `compounds` holds casefolded hyphenated words of the file, which settle doubtful cases.
    """
    line = re.sub(r" {2,}", " ", line)
    line = _HYPHEN_THEN_SPACE.sub(_close_after_hyphen, line)
    line = _SPACE_THEN_HYPHEN.sub("-", line)
    pairs = _LOOSE_HYPHEN.findall(line)
    if pairs and all(_is_compound(left, right, compounds) for left, right in pairs):
        line = _LOOSE_HYPHEN.sub(r"\1-\2", line)
    return _SPACE_BEFORE_MARK.sub(r"\1", line)


def _close_after_hyphen(match: re.Match[str]) -> str:
    left, right = match.groups()
    if right.lower() in _SUSPENDED:
        return match.group()
    counts = word_counts()
    whole, halves = counts.get((left + right).lower(), 0), (counts.get(w.lower(), 0) for w in (left, right))
    # "Novem- ber" was broken at the end of a line that is no longer there; "deep- sea" is a compound.
    return left + right if right.islower() and whole > min(halves) else f"{left}-{right}"


def _is_compound(left: str, right: str, compounds: Collection[str]) -> bool:
    """Is "left - right" one word with loose spacing, and not two parts of a sentence with a dash?"""
    if {left.lower(), right.lower()} & FUNCTION_WORDS and len(left) > 1:
        return False
    if f"{left}-{right}".casefold() in compounds or (left.isdigit() and right.isdigit()):
        return True
    if right.islower():
        return True
    acronym = left.isupper() or "'" in left or "’" in left
    if right.isdigit():
        return acronym
    return left.lower() in _NUMBER_WORDS or (left.isupper() and right.isupper() and not left.isdigit())


def unglue(line: str, seen: Collection[str] = ()) -> str:
    """Part two words printed as one ("fortyengineers"), where the dictionary leaves no doubt.

    One of the two must be a word that makes no compounds. `seen` holds casefolded words that are right as
    they are, such as names repeated in the file. The first and the last word of a line may be half a word.
    """
    return _LONG_WORD.sub(lambda match: _parted(match.group(), seen), line)


_LONG_WORD = re.compile(r"(?<=[^\w@#/.-])(?:[a-z]{2,}-)?[a-z]{6,}(?![\w-])")


def _parted(word: str, seen: Collection[str]) -> str:
    stem, dash, last = word.rpartition("-")
    counts = word_counts()
    if last in counts or last in seen or known(last):
        return word
    for i in range(3, len(last) - 2):
        left, right = last[:i], last[i:]
        loose = (left in _LOOSE and len(right) > 2) or (right in _LOOSE and len(left) > 2)
        if loose and min(counts.get(left, 0), counts.get(right, 0)) > 1000:
            return f"{stem}{dash}{left} {right}"
    return word


_NUMBER_WORDS = words_of(
    "one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety"
)
_LOOSE = words_of(
    "will with without have has had been from that this these those were which their they would could "
    "should must while when where into than three four seven eight nine twenty thirty forty fifty "
    "sixty eighty ninety"
)
"""Words that begin or end hardly any other word."""


def glue(left: str, right: str, seen: Collection[str] = (), compounds: Collection[str] = ()) -> str:
    """What stands between the two halves of a word broken at a line end: nothing, or its own hyphen.

    `left` is without its hyphen. The evidence is asked in this order: a capital or a digit that goes on, the
    file (`seen`: casefolded words, `compounds`: casefolded hyphenated words), the dictionary.
    """
    if not right or not right[0].islower():
        acronym = left.isalpha() and right.isalpha() and left.isupper() and right.isupper()
        return "" if acronym and left.casefold() not in seen else "-"
    joined, hyphenated = (left + right).casefold(), f"{left}-{right}".casefold()
    tail = left.rpartition("-")[2].casefold()
    if joined in seen or tail + right.casefold() in seen:
        return ""
    if hyphenated in compounds or f"{tail}-{right}".casefold() in compounds:
        return "-"
    if known(tail + right):
        return ""
    if not left[-1:].isalpha():
        return "-"
    if known(tail, least=1000) and known(right, least=1000) and len(right) > 3:
        return "-"
    return ""


def known(word: str, *, least: int = 1) -> bool:
    """Is `word`, or what it is an inflection of, in the English dictionary, in either spelling?"""
    counts = word_counts()
    word = word.casefold()
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    stems = [word]
    if word.endswith("s"):
        stems.append(word[:-1])
    if any(counts.get(stem, 0) >= least for stem in stems):
        return True
    return any(counts.get(_american(stem), 0) >= least for stem in stems)


_SPELLINGS = [
    (re.compile(british), american)
    for british, american in (
        (r"(?<=[a-z]{2})our(?=$|s|ed|ing|al|ab|it|ful|h|l)", "or"),
        (r"(?<=[bct])re(?=s?$)", "er"),
        (r"(?<=[a-z]{3})is(?=e[ds]?$|ing|ation)", "iz"),
        (r"(?<=ly|ca|pa)s(?=e[drs]?$|ing)", "z"),
        (r"(?<=def|off|lic)ence", "ense"),
        (r"(?<=gra)mme", "m"),
        (r"(?<=[a-z]{2}l)l(?=ed$|ing$|er)", ""),
        (r"aeroplane", "airplane"),
        (r"aluminium", "aluminum"),
    )
]
"""The dictionary is American: "harbour", "centre", "organisation", "analyse", "programme", "modelling"."""


def _american(word: str) -> str:
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    return word


@cache
def word_counts() -> dict[str, int]:
    """English words (lower case) with how often they occur in a large corpus."""
    from spellchecker import SpellChecker

    return dict(SpellChecker(language="en").word_frequency.dictionary)
