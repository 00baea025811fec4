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

FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "more",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "or",
        "our",
        "out",
        "over",
        "she",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "under",
        "up",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
        "you",
    ]
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
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_LOOSE_EMPHASIS = re.compile(r"\*{2,3}")
_TAGS = re.compile(r"</?(?:u|b|i|em|strong|sup|sub|br|span|center|p)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((?:https?:|mailto:|#|/|\.)[^()]{0,500}\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_HYPHEN_THEN_SPACE = re.compile(r"(?<=[\w’'])- (?=([^\W_]+))")
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


def mend_spacing(line: str) -> str:
    """Close the gaps that OCR leaves at hyphens and before marks: "sci- tech", "BRII - 196", "word ."

    A hyphen between spaces that serves as a dash stays; so does the one of "two- and three-year".
    """
    line = re.sub(r" {2,}", " ", line)
    line = _HYPHEN_THEN_SPACE.sub(_hyphen_if_not_suspended, line)
    line = _SPACE_THEN_HYPHEN.sub("-", line)
    pairs = _LOOSE_HYPHEN.findall(line)
    if (
        pairs
        and not re.search(r" - \S+ - ", line)
        and not any({left.lower(), right.lower()} & FUNCTION_WORDS for left, right in pairs)
    ):
        line = _LOOSE_HYPHEN.sub(r"\1-\2", line)
    return _SPACE_BEFORE_MARK.sub(r"\1", line)


def _hyphen_if_not_suspended(match: re.Match[str]) -> str:
    return "- " if match.group(1).lower() in _SUSPENDED else "-"


def unglue(line: str, seen: Collection[str] = ()) -> str:
    """Part two words printed as one ("fortyengineers"), where the dictionary leaves no doubt.

    `seen` holds casefolded words that are right as they are, such as names repeated in the file.
    """
    return re.sub(
        r"(?<![\w-])(?:[a-z]{2,}-)?[a-z]{6,}(?!\w)", lambda match: _parted(match.group(), seen), line
    )


def _parted(word: str, seen: Collection[str]) -> str:
    stem, dash, last = word.rpartition("-")
    counts = word_counts()
    if last in counts or last in seen or len(last) < 6:
        return word
    best = max(
        range(2, len(last) - 1),
        key=lambda i: min(counts.get(last[:i], 0), counts.get(last[i:], 0)),
    )
    left, right = last[:best], last[best:]
    # Two common words of four letters or more, or one beside a function word. Less would take names and
    # rare words ("gigawatts") apart.
    sure = min(counts.get(left, 0), counts.get(right, 0)) > 2000
    long_enough = (len(left) >= 4 or left in FUNCTION_WORDS) and (len(right) >= 4 or right in FUNCTION_WORDS)
    # A word that is a prefix of something longer, or a common ending, proves nothing.
    affix = left in _PREFIXES or right in _SUFFIXES
    return f"{stem}{dash}{left} {right}" if sure and long_enough and not affix else word


_PREFIXES = frozenset(
    [
        "an",
        "a",
        "in",
        "un",
        "re",
        "over",
        "under",
        "out",
        "up",
        "on",
        "off",
        "super",
        "inter",
        "micro",
        "macro",
        "multi",
        "mega",
        "giga",
        "counter",
        "every",
        "some",
        "any",
        "photo",
        "auto",
        "tele",
        "bio",
        "geo",
        "hydro",
        "electro",
        "thermo",
        "cyber",
        "nano",
        "neuro",
        "radio",
        "video",
        "audio",
        "meta",
        "ultra",
        "mini",
        "semi",
        "anti",
        "self",
        "net",
        "web",
        "down",
        "fore",
        "after",
        "data",
        "water",
        "wind",
        "head",
        "land",
    ]
)
_SUFFIXES = frozenset(
    [
        "able",
        "less",
        "like",
        "ness",
        "ship",
        "wise",
        "ward",
        "wards",
        "hood",
        "some",
        "proof",
        "line",
        "land",
        "works",
        "work",
        "side",
        "time",
        "watts",
        "watt",
        "meter",
        "meters",
        "metre",
        "metres",
        "men",
        "man",
        "woman",
        "women",
        "way",
        "ways",
        "in",
        "on",
        "up",
        "off",
        "out",
        "over",
        "he",
        "her",
        "his",
        "it",
        "to",
        "as",
        "at",
        "an",
        "is",
        "or",
        "so",
        "no",
        "be",
        "by",
        "do",
    ]
)


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
    """Is `word`, or what it is an inflection of, in the English dictionary?"""
    counts = word_counts()
    word = word.casefold()
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    stems = [word]
    if word.endswith("s"):
        stems.append(word[:-1])
    return any(counts.get(stem, 0) >= least for stem in stems)


@cache
def word_counts() -> dict[str, int]:
    """English words (lower case) with how often they occur in a large corpus."""
    from spellchecker import SpellChecker

    return dict(SpellChecker(language="en").word_frequency.dictionary)
