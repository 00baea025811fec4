"""Name-like phrases: runs of capitalised words, with the small words that hold a long name together.

A chunk is only a candidate. It is cut where two names meet ("Institute of Geology | of the Estonian
Academy of Sciences", "CERN | and | the European Space Agency") and kept whole where one name needs the
small word ("Institute of Petroleum and Geology", "Food and Agriculture Organization").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.names import heads, read_words
from kg.vocab import Kind

WORD = re.compile(r"(?:U\.S\.|[^\W_](?:[\w'’&+/.·-]*[\w+])?)")
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ]|[a-z]{1,2}[A-Z]|\d+[A-Z]|\d+(?:st|nd|rd|th)\b")
_JOINERS = frozenset(
    [
        "of",
        "for",
        "on",
        "de",
        "di",
        "da",
        "do",
        "du",
        "des",
        "del",
        "della",
        "la",
        "le",
        "for",
        "für",
        "van",
        "von",
    ]
)
# "the Lanzhou-based Institute": what the hyphen joins is no part of the name.
_COMPOUND = re.compile(
    r"-(?:based|led|backed|funded|born|built|made|owned|run|trained|wide|style|developed|like)$"
)
_POSSESSIVE = re.compile(r"['’]s?$")
# Possessives inside a name, where what follows belongs to the same name.
_KEEPS_POSSESSIVE = frozenset(
    ["king", "queen", "children", "people", "women", "men", "world", "master", "st", "trinity", "master's"]
)

_TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "professor", "sir", "dame", "president", "minister", "ambassador"]
)


def _openers() -> frozenset[str]:
    return read_words("openers.txt")


def _topics() -> frozenset[str]:
    return read_words("topics.txt")


_TOPIC_ENDING = re.compile(
    r"(?:logy|graphy|nomy|ics|istry|ture|ment|tion|sity|rgy|ries|ering|ety|ation|ulture)$"
)


def _is_topic(word: str) -> bool:
    """Is `word` (lower case) a field that institutions have in their names?"""
    return word in _topics() or (len(word) > 6 and bool(_TOPIC_ENDING.search(word)))


@dataclass(frozen=True, slots=True)
class Chunk:
    """`text[start:end]` looks like a name."""

    start: int
    end: int
    text: str

    @property
    def words(self) -> list[str]:
        return self.text.split()


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str

    @property
    def is_capital(self) -> bool:
        return bool(_CAPITAL.match(self.text))

    @property
    def lower(self) -> str:
        return self.text.lower()


def find_chunks(text: str) -> list[Chunk]:
    """All name-like phrases of `text`, in order, never overlapping."""
    words = [_Word(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
    chunks: list[Chunk] = []
    position = 0
    while position < len(words):
        if not _may_start(text, words, position):
            position += 1
            continue
        end = _end_of_chunk(text, words, position)
        start, stop = words[position].start, words[end].end
        possessive = _POSSESSIVE.search(text[start:stop])
        if possessive and not re.search(r"s['’]$", text[start:stop]):
            stop = start + possessive.start()
        if stop > start:
            chunks.append(Chunk(start, stop, text[start:stop]))
        position = end + 1
    return chunks


def _may_start(text: str, words: list[_Word], position: int) -> bool:
    word = words[position]
    if not word.is_capital or _COMPOUND.search(word.text):
        return False
    if re.fullmatch(r"\d+(?:st|nd|rd|th)", word.text):
        return (
            position + 1 < len(words)
            and _adjacent(text, word, words[position + 1])
            and words[position + 1].is_capital
        )
    return not (
        word.lower in _openers() and not (word.text.isupper() and len(word.text) > 1 and word.lower != "mr")
    )


def _adjacent(text: str, left: _Word, right: _Word) -> bool:
    return text[left.end : right.start] in (" ", " & ", " – ", "–", "/")


def _end_of_chunk(text: str, words: list[_Word], start: int) -> int:
    """The index of the last word of the chunk that begins at word `start`."""
    end = start
    while end + 1 < len(words):
        here, after = words[end], words[end + 1]
        if _POSSESSIVE.search(here.text) and _POSSESSIVE.sub("", here.lower) not in _KEEPS_POSSESSIVE:
            break
        if text[here.end : after.start] == ", " and _continues_topic_list(text, words, start, end):
            end += 1
            continue
        if not _adjacent(text, here, after):
            break
        if after.is_capital or re.fullmatch(r"\d{1,4}(?:\.\d)?", after.text):
            if after.lower in _TITLES:
                break
            end += 1
            continue
        step = _joined(text, words, start, end)
        if not step:
            break
        end += step
    while end > start and not (words[end].is_capital or words[end].text[0].isdigit()):
        end -= 1
    return end


def _joined(text: str, words: list[_Word], start: int, end: int) -> int:
    """How many words to go on when small words follow word `end`; 0 when the name stops here."""
    rest = words[end + 1 : end + 4]
    if len(rest) < 2:
        return 0
    if rest[0].lower == "and" and rest[1].is_capital and _adjacent(text, rest[0], rest[1]):
        return 2 if _and_inside_name(text, words, start, end) else 0
    if rest[0].lower == "in" and rest[1].lower in _topics() and rest[1].is_capital:
        return 2
    if rest[0].lower not in _JOINERS:
        return 0
    step = 2
    if rest[1].lower in ("the", "la", "los", "las") and len(rest) > 2:
        step = 3
    target = words[end + step] if end + step < len(words) else None
    if target is None or not (target.is_capital or re.fullmatch(r"\d{4}", target.text)):
        return 0
    if target.lower in _openers() and not target.text.isupper():
        return 0
    if any(not _adjacent(text, words[i], words[i + 1]) for i in range(end, end + step)):
        return 0
    if rest[0].lower in ("of", "for", "on") and _new_name_follows(text, words, start, end, end + step):
        return 0
    return step


def _new_name_follows(text: str, words: list[_Word], start: int, end: int, target: int) -> bool:
    """After "of": does a name of its own begin ("of the Chinese Academy of Sciences")?"""
    if start == end and words[end].text in heads():
        # "University | of Tokyo Hospital": a bare head word names nothing yet
        return False
    has_topic = any(word.lower in ("of", "for") for word in words[start : end + 1])
    known = heads()
    if not any(word.text in known for word in words[start : end + 1]):
        # "Shang Chaoqiu of the Yunnan ..." - a person, or a bare name, and a new name
        return words[end].lower != "port"
    following: list[_Word] = []
    for index in range(target, min(target + 6, len(words))):
        if index > target and not _adjacent(text, words[index - 1], words[index]):
            break
        if not words[index].is_capital:
            break
        following.append(words[index])
    next_head = next((known[word.text] for word in following if word.text in known), None)
    if next_head is None:
        # "Institute of Physics of Rome": the second "of" belongs to the name only before a place.
        return False
    if next_head.kind is not Kind.INSTITUTION or following[0].text in ("Research",):
        return False
    return has_topic or words[end].text in known


def _and_inside_name(text: str, words: list[_Word], start: int, end: int) -> bool:
    """Does "and" after word `end` stand inside one name?"""
    after = words[end + 2]
    left = [word.lower for word in words[start : end + 1]]
    known = heads()
    has_of = any(word in ("of", "for", "on", "in") for word in left)
    if not (_is_topic(words[end].lower) or has_of):
        return False
    if has_of:
        # "Ministry of Science and Technology" goes on; "University of Turin and CERN" does not.
        return _is_topic(after.lower) and _is_topic(words[end].lower)
    if words[end].text in known and words[end].lower not in _topics():
        return False
    return _is_topic(after.lower) or after.text in known


def _continues_topic_list(text: str, words: list[_Word], start: int, end: int) -> bool:
    """ "Ministry of Science, | Technology and Innovation": a list of topics inside one name."""
    if not (_is_topic(words[end].lower) and _is_topic(words[end + 1].lower)):
        return False
    if not words[end + 1].is_capital:
        return False
    has_of = any(word.lower in ("of", "for", "on") for word in words[start : end + 1])
    tail = text[words[end + 1].end : words[end + 1].end + 40]
    return has_of and bool(re.match(r"(?:,? (?:and|&) [A-Z]|, [A-Z]\w+,? (?:and|&) [A-Z])", tail))
