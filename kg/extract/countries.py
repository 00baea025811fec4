"""Countries in running text, by name ("Brazil", "BRAZIL", "the UAE") or adjective ("Brazilian", "Sino-").

The longest name that starts at a word wins, so that "South China Sea" (a name that names no country),
"Papua New Guinea" and "North Korean" keep their parts to themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pycountry

# Written in upper case these are common words or acronyms, or too short to tell.
_NEVER_UPPER_CASE = 4
# "Poles", but no "Danishs".
_NO_PLURAL = ("s", "sh", "nch", "tch", "se", "o", "z")
_LEFT_OUT = frozenset({"AQ"})


@dataclass(frozen=True, slots=True)
class CountryMatch:
    """`text[start:end]` names the country `name` (short, English) with the ISO 3166-1 code `alpha2`."""

    start: int
    end: int
    name: str
    alpha2: str
    adjective: bool
    """Is it only the adjective or the people that the text has ("Brazilian", "Poles")?"""


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    alpha2: str
    """Empty for a name that names no country."""
    country: str
    adjective: bool


def find_countries(text: str) -> list[CountryMatch]:
    """The countries that `text` names, sorted, never overlapping."""
    index, found, position = _index(), list[CountryMatch](), 0
    for word in _WORD.finditer(text):
        if word.start() < position:
            continue
        name = _longest_name(text, word.start(), index.get(word[0], ()))
        if name is None:
            continue
        start, position = word.start(), word.start() + len(name.text)
        if name.alpha2 and _is_meant(text, start, position, name):
            found.append(CountryMatch(start, position, name.country, name.alpha2, name.adjective))
    return found


@cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code -> short English name."""
    return {code: name for code, name, *_ in _rows("countries.tsv")}


def is_country_word(text: str) -> bool:
    """Is this the name, the adjective or the people of a country, whatever it means where it stands?"""
    word = _WORD.match(text)
    return word is not None and any(name.text == text for name in _index().get(word[0], ()))


_WORD = re.compile(r"(?<![\w$])(?:[^\W\d_a-zß-öø-ÿ][^\W\d_]*|the(?= [A-Z]))")


def _longest_name(text: str, start: int, names: tuple[_Name, ...]) -> _Name | None:
    for name in names:  # longest first
        end = start + len(name.text)
        if text.startswith(name.text, start) and not text[end : end + 1].isalnum():
            return name
    return None


# People's names: "Jordan Smith", "Michael Jordan". An organisation's head after it makes it the country.
_GIVEN_NAMES = frozenset({"Jordan", "Chad", "Georgia", "Israel", "Ireland", "France", "Holland", "Jersey"})
_SURNAME_AFTER = re.compile(r" [A-Z][a-z]+(?=[,.;:]| (?:said|says|of the|who|has|was|is|told)\b)")
_NAME_BEFORE = re.compile(r"(?:^|[\s(])([A-Z][a-z]{2,}) $")
_NOT_A_GIVEN_NAME = frozenset(
    {"The", "And", "But", "For", "From", "While", "When", "With", "Since", "After", "Under", "Both", "Like"}
    | {"West", "East", "North", "South", "Western", "Eastern", "Northern", "Southern", "Central", "Modern"}
    | {"Team", "Bank", "Air", "Royal", "Near", "Across", "Outside", "Inside", "Unlike", "Today", "Minister"}
)
_ORGANISATION = re.compile(
    r" (?:University|Institute|National|Academy|Agency|Ministry|Commission|Society|Council|Airlines|Bank"
    r"|Space|Atomic|Science|Research|Museum|Centre|Center|Government|Foundation|Association|Fund|Laboratory)\b"
)
_US_STATE_OF_GEORGIA = re.compile(
    r"(?:\b(?:Atlanta|Athens|Savannah|Augusta|Columbus|Macon|Marietta|Decatur), |\bstate of |\bSouth )$"
)
_IN_THE_US = re.compile(r",? (?:USA?|U\.S\.|United States)\b")

# A language, not a country: "in French", "Chinese-language", "Spanish and Portuguese versions".
_LANGUAGE_BEFORE = re.compile(
    r"\b(?:in|into|speaks?|spoke|speaking|spoken|fluent in|learn(?:s|ed|ing)?|teach(?:es)?|taught)"
    r" (?:[A-Z][a-z]+(?:,| and| or) )*$"
)
_LANGUAGE_END = re.compile(r"[.,;:!?)\"”’]|\s(?:and|or|as|to|by|at|with|but|on)\b|\s*$|\n")
_LANGUAGE_AFTER = re.compile(
    r"-language\b|-speak|:|(?: and [A-Z][a-z]+)?"
    r" (?:language(?! model)|speak|translation|subtitle|dialect|initials)"
)
_NEEDS_LONG_FORM = {"CAR": "Central African Republic", "PNG": "Papua New Guinea"}


def _is_meant(text: str, start: int, end: int, name: _Name) -> bool:
    """Does this name stand for its country here?"""
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    if name.adjective:
        if _LANGUAGE_AFTER.match(after):
            return False
        return not (_LANGUAGE_BEFORE.search(before) and _LANGUAGE_END.match(after))
    if name.text in _GIVEN_NAMES:
        if _SURNAME_AFTER.match(after) and not _ORGANISATION.match(after):
            return False
        given = _NAME_BEFORE.search(before)
        if given and given[1] not in _NOT_A_GIVEN_NAME and not before.endswith(". " + given[1] + " "):
            return False
    if name.alpha2 == "GE":
        return not _US_STATE_OF_GEORGIA.search(before) and not re.match(
            r",? (?:US|U\.S\.|United States)", after
        )
    if name.text == "US" and after.startswith("$"):
        return False
    return _NEEDS_LONG_FORM.get(name.text, "") in text


def _rows(file: str) -> list[list[str]]:
    lines = files("kg").joinpath("extract", "data", file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _index() -> dict[str, tuple[_Name, ...]]:
    """First word of a name -> the names that start with it, longest first."""
    names: dict[str, _Name] = {}

    def add(text: str, code: str, country: str, *, adjective: bool = False) -> None:
        names.setdefault(text, _Name(text, code, country, adjective))
        if len(text) >= _NEVER_UPPER_CASE:
            upper = text.upper()
            names.setdefault(upper, _Name(upper, code, country, adjective))

    for row in _rows("not_countries.tsv"):
        add(row[0], "", "")
    for code, country, others, adjectives in _rows("countries.tsv"):
        for text in (country, *filter(None, others.split(";"))):
            add(text, code, country)
        for text in filter(None, adjectives.split(";")):
            add(text, code, country, adjective=True)
            if not text.endswith(_NO_PLURAL):
                add(text + "s", code, country, adjective=True)
    for entry in pycountry.countries:
        if entry.alpha_2 not in _LEFT_OUT:
            for field in ("name", "official_name", "common_name"):
                if hasattr(entry, field):
                    add(getattr(entry, field), entry.alpha_2, country_names()[entry.alpha_2])

    index: dict[str, list[_Name]] = {}
    for name in names.values():
        word = _WORD.match(name.text)
        if word:
            index.setdefault(word[0], []).append(name)
    return {word: tuple(sorted(group, key=_by_length)) for word, group in index.items()}


def _by_length(name: _Name) -> tuple[int, str]:
    return -len(name.text), name.text
