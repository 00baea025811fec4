"""What the form of a name tells: its normal form, its acronym, the kind of thing it names.

Pure functions over strings; the word lists are data in `kg/data`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from kg.vocab import Kind

SMALL_WORDS = frozenset(
    ["a", "an", "and", "the", "of", "for", "in", "on", "at", "to", "by", "with", "from", "as", "s"]
    + ["de", "di", "da", "do", "du", "des", "del", "della", "la", "le", "les", "el", "los", "las"]
    + ["von", "van", "der", "den", "und", "y", "e", "et", "en", "für", "fur"]
)
_ARTICLES = frozenset(["the", "a", "an"])
_WORD = re.compile(r"[^\W_]+")
_LONG_WORD = re.compile(r"[\w'’-]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_SPACE = re.compile(r"[\s-]+")
_TOPIC_MARK = re.compile(r"\s+(?:of|for|on|in|de|di|da|du|des|del|della|für|against|to)\s+", re.IGNORECASE)

_ASIDE = re.compile(r"\s*\([^)]*\)|,.*$")
_NUMBER = re.compile(r"[\dIVX]+(?:[-–.]\d+)*|[A-Z]|Phase")
_COMPANY = re.compile(r"\b(?:Co|Ltd|Inc|Corp|GmbH|S\.A|SpA|A/S|AG|plc|LLC|Oy|AB|BV|B\.V)\b\.?")
# A committee or council is an institution; its tenth meeting is an event.
_NUMBERED = re.compile(
    r"(?:\d+(?:st|nd|rd|th)|(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
    r"|twelfth)) "
    r"(?!(?:People's )?(?:Hospital|University|Institute|Design|Research Institute|Academy|Affiliated))"
)


class NameClass(NamedTuple):
    """What a name's head word says: the kind of entity, and a subclass of it ("" where it is open)."""

    kind: Kind
    subtype: str


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a tab-separated table of `kg/data`; lines that start with # are comments."""
    text = files("kg").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def read_words(name: str) -> frozenset[str]:
    """The words of a list of `kg/data`, several a line; lines that start with # are comments."""
    lines = files("kg").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def heads() -> dict[str, NameClass]:
    """Head words of names ("Institute", "Telescope") and what they tell."""
    return {
        row["word"]: NameClass(Kind(row["kind"]), row["subtype"] or "") for row in read_table("heads.tsv")
    }


@lru_cache(maxsize=5_000)  # what asks for a name once, asks several times
def normalise(name: str) -> str:
    """The form under which two spellings of a name are compared: no case, accents, punctuation, article."""
    text = name.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        # Nothing before U+0300 is an accent.
        text = "".join(c for c in decomposed if c < "\u0300" or not unicodedata.combining(c))
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub(" ", text)
    words = _WORD.findall(text.replace("&", " and "))
    if len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    return " ".join(words)


@lru_cache(maxsize=20_000)
def slug(name: str, *, limit: int = 80) -> str:
    """A readable ASCII key for an IRI; "" when nothing of the name can be written in ASCII."""
    ascii_text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_text.lower().replace("'", ""))
    text = "-".join(words)
    return text if len(text) <= limit else text[: limit + 1].rpartition("-")[0] or text[:limit]


@lru_cache(maxsize=20_000)
def content_words(name: str) -> tuple[str, ...]:
    return tuple(word for word in normalise(name).split() if word not in SMALL_WORDS)


@lru_cache(maxsize=20_000)
def initials(name: str) -> str:
    """The first letters of the words that count: "Institute of High Energy Physics" -> "IHEP"."""
    return "".join(word[0] for word in _SPACE.split(name) if word and word.lower() not in SMALL_WORDS).upper()


def letters_match(short: str, long: str) -> bool:
    """Do the letters of `short` stand in this order in `long`, the first one at the start of a word?"""
    letters = [char for char in short.lower() if char.isalnum()]
    words = [word for word in _SPACE.split(long.lower()) if word not in SMALL_WORDS]
    if len(letters) < 2 or len(words) < 2:
        return False
    rest = " ".join(words)
    position = len(rest)
    for index, letter in reversed(list(enumerate(letters))):
        while True:
            position = rest.rfind(letter, 0, position)
            if position < 0:
                return False
            if index > 0 or position == 0 or rest[position - 1] == " ":
                break
    return True


def head_word(name: str) -> str:
    """The word that says what is named: the last one before "of", "for", "on"; numbers and years apart."""
    plain = _ASIDE.sub("", name) if "(" in name or "," in name else name
    words = _TOPIC_MARK.split(plain, maxsplit=1)[0].split()
    while len(words) > 1 and _NUMBER.fullmatch(words[-1]):
        words.pop()
    return words[-1].strip(".,'’") if words else ""


@lru_cache(maxsize=20_000)
def classify(name: str) -> NameClass | None:
    """What the words of a name tell about the thing; None when they tell nothing.

    The head word decides ("China Academy of Space Technology": Academy); where it is unknown, the last
    known word before it ("King Hussein Cancer Center Amman": Center).
    """
    known = heads()
    if _NUMBERED.match(name):
        return NameClass(Kind.PROJECT, "Event")
    head = head_word(name)
    if head in known:
        return known[head]
    if head.isupper() and head.capitalize() in known:
        return known[head.capitalize()]
    company = _COMPANY.search(name)
    if company and company.start():
        return NameClass(Kind.INSTITUTION, "Company")
    for word in reversed(_LONG_WORD.findall(name)[:-1]):
        if word in known:
            return known[word]
    return None
