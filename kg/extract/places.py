"""Sub-national places and regions in running text, from a gazetteer and from what stands around a name.

A name in the gazetteer is taken where nothing speaks against it; a small town needs a word of place beside
it, as many share their names with words and people. A name in no gazetteer needs a head noun ("Imja lake")
or a country after it ("at Cadarache, France"). A place inside a longer capitalised name is left to that name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg import gazetteer
from kg.extract.countries import find_countries, is_country_word
from kg.extract.date_values import MONTH_NAMES

_WELL_KNOWN = 300_000
"""Inhabitants from which a city's name is believed without a word of place beside it."""
_MOST_WORDS = 5
_LONGEST_GUESS = 3
"""Words: a longer unknown name after "in" is rarely a place."""


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """`text[start:end]` names a place."""

    start: int
    end: int
    name: str
    """As in the text, but "Geneva" for "GENEVA"."""


_WORD = re.compile(
    r"[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+|-(?:(?:au|de|la|le|sur|en|upon|am)-)?(?=[A-ZÀ-Þ])[^\W\d_]+)*"
)
_JOINT = re.compile(r"\.? (?:(?:de|del|do|da|dos|das|di|la|las|los|el|al|upon|am|of|of the|du|des) ){0,2}")
_DOTTED = frozenset({"St", "Mt", "Ft", "Sta", "Sto"})

_SMALL_HEAD_AFTER = re.compile(r" ([a-z]+)\b(?![-’'])")
_PLACE_OF = re.compile(
    r"\b(?:[Cc]ity|[Tt]own|[Vv]illage|[Pp]rovince|[Ss]tate|[Dd]istrict|[Ii]sland|[Pp]ort|[Cc]ounty|[Rr]egion"
    r"|[Cc]apital|suburb|north|south|east|west|coast|outskirts|streets|shores|banks|side) of $"
)
_PREPOSITION = re.compile(
    r"(?:^|[\s(“\"—–-])(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|to|[Oo]utside|[Aa]round|[Aa]cross|[Bb]etween|into"
    r"|off|via|[Tt]hrough|towards?|beyond|reach(?:es|ed)?|left|visit(?:ed|s)?|[Oo]n|of|for|over|north|south|east|west|central"
    r"|downtown|[a-z]+[’']s|[A-Z]\w+[’']s|nearby) (?:the |nearby |downtown |central |coastal )?$"
)
_AT = re.compile(
    r"(?:^|[\s(“\"])(?:(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ff]rom)(?: the (?:city|town|village|port) of)?"
    r"|(?:town|city|village) of) $"
)
_IN = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside)(?: the (?:city|town|village|port) of)? $")
_SAID = re.compile(r"\b(?:said|says|added|noted|explained|Mr|Ms|Mrs|Dr|Prof)\.? $")
# "Hall 1", "Jakarta-Bandung", but "Seoul-based".
_BOUND = re.compile(r"-(?![a-z])[\w ]|[/&@][\w ]| \d{1,2}\b(?!,? (?:[A-Z]|\d{4}))")
_LIST_JOINT = re.compile(r"(?:,| and|, and| or| to|-|–) $|[–-]$")
# What stands between the place of a dateline and the news: a state, a date, an agency.
_DATELINE = re.compile(
    r"(?:, [A-Z][\w.’' ]{1,25}?)?"
    r"(?:,? ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)?(?:,? \d{4})?)"
    r"(?: ?\([^)\n]{2,40}\))?(?P<dash>[.:]? ?(?:--|—|–| - )|\. [A-Z]|: [A-Z])"
)
_LINE_START = re.compile(r"(?:^|\n)[ \t]*$")

_ARTICLES = frozenset(
    {"the", "a", "an", "this", "that", "its", "their", "our", "in", "at", "on", "of", "from"}
)
# What these words do is told in the file that lists them.
_PLAIN_WORDS = gazetteer.words("plain")
_NOT_PLACES = gazetteer.words("not a place")
_PEOPLE = gazetteer.words("name of people")
_NAMED_AFTER_PLACE = gazetteer.words("named after a place")
_SMALL_HEADS = gazetteer.words("head") | gazetteer.words("small head")
_CAPITAL_HEADS = gazetteer.words("head") | gazetteer.words("capital head")
_HEADS_OF_NAMES = gazetteer.words("head of names")
_HEADS_BEFORE = gazetteer.words("head before")


def find_places(text: str) -> list[PlaceMatch]:
    """The places that `text` names, sorted, never overlapping."""
    reader = _Reader(text)
    found: list[PlaceMatch] = []
    for run in _runs(text):
        index = 0
        while index < len(run):
            match = reader.place_at(run, index, found[-1].end if found else -1)
            index += 1
            if match is not None:
                found.append(match)
                while index < len(run) and run[index][0] < match.end:
                    index += 1
    return found


_Words = list[tuple[int, int]]


def _runs(text: str) -> list[_Words]:
    """Capitalised words that follow each other, as spans; small joints ("de", "of the") may stand between."""
    runs: list[_Words] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not text[start].isupper():
            continue
        if runs:
            gap = text[runs[-1][-1][1] : start]
            previous = text[slice(*runs[-1][-1])]
            if _JOINT.fullmatch(gap) and (gap[0] != "." or previous in _DOTTED):
                runs[-1].append((start, end))
                continue
        runs.append([(start, end)])
    return runs


class _Reader:
    """One text, with its countries."""

    def __init__(self, text: str) -> None:
        self.text = text
        countries = find_countries(text)
        self.country_at = {match.start: match for match in countries if not match.adjective}
        self.in_country = {position for match in countries for position in range(match.start, match.end)}

    def place_at(self, run: _Words, first: int, last_place: int) -> PlaceMatch | None:
        """The longest place whose name starts with word `first` of the run, or None."""
        start = run[first][0]
        if start in self.in_country or not self._may_start(run, first):
            return None
        for last in range(min(len(run), first + _MOST_WORDS), first, -1):
            end = run[last - 1][1]
            if last < len(run) and not self._head_follows(run, last):
                continue
            match = self._known(start, end, last_place) or self._by_head(run, first, last)
            if match is not None:
                return match
        if len(run) - first <= _MOST_WORDS:
            return self._unknown(start, run[-1][1], last_place)
        return None

    def _word(self, span: tuple[int, int]) -> str:
        return self.text[span[0] : span[1]]

    def _may_start(self, run: _Words, first: int) -> bool:
        """Is the name not the tail of a longer one?"""
        word, start = self._word(run[first]), run[first][0]
        if (
            word.lower() in _PLAIN_WORDS
            and len(run) > first + 1
            and self._word(run[-1]).lower() not in _CAPITAL_HEADS
            and not gazetteer.lookup(self._pair(run, first))
        ):
            return False
        if self.text[start - 1 : start] in ("-", "’", "'", "/", "&", "@"):
            return False
        if first == 0:
            return True
        before = self.text[max(0, start - 40) : start]
        joint = self.text[run[first - 1][1] : start]
        if joint == " of ":
            return bool(_PLACE_OF.search(before)) or not any(
                self._word(span).lower() in _NAMED_AFTER_PLACE for span in run[:first]
            )
        return joint == " " and self._word(run[first - 1]).lower() in _PLAIN_WORDS

    def _pair(self, run: _Words, first: int) -> str:
        return self.text[run[first][0] : run[first + 1][1]]

    def _head_follows(self, run: _Words, index: int) -> bool:
        return index == len(run) - 1 and self._word(run[index]).lower() in _CAPITAL_HEADS

    def _known(self, start: int, end: int, last_place: int) -> PlaceMatch | None:
        """A name of the gazetteer, where it stands like a place."""
        name = self.text[start:end]
        places = gazetteer.lookup(name)
        if not places or (name.isupper() and len(name) < 4) or self._joined(end):
            return None
        if _SAID.search(self.text[max(0, start - 12) : start]):
            return None
        key = gazetteer.place_key(name)
        country = self._country_after(end)
        if key in _NOT_PLACES:
            trusted = False
            beside = country is not None and bool(_AT.search(self.text[max(0, start - 25) : start]))
        else:
            trusted = places[0].is_region or (places[0].population >= _WELL_KNOWN and key not in _PEOPLE)
            beside = trusted or country is not None or self._stands_like_a_place(start, end, last_place)
        if not beside:
            return None
        head = self._small_head(end)
        if head and self.text[end + 1 : head] in _HEADS_OF_NAMES:
            end = head
        return self._match(start, end)

    def _stands_like_a_place(self, start: int, end: int, last_place: int) -> bool:
        before, after = self.text[max(0, start - 25) : start], self.text[end : end + 60]
        return bool(
            _PREPOSITION.search(before)
            or (0 <= last_place < start and _LIST_JOINT.fullmatch(self.text[last_place:start]))
            or re.match(r"-(?:based|area|born)\b", after)
            or self._small_head(end)
            or self._is_dateline(start, end)
        )

    def _by_head(self, run: _Words, first: int, last: int) -> PlaceMatch | None:
        """A name with its head noun: "Shizuoka Prefecture", "Lake Baikal", "Imja lake"."""
        if last != len(run):
            return None
        start, end = run[first][0], run[last - 1][1]
        words = [self._word(span).lower() for span in run[first:last]]
        if words[0] in _ARTICLES or self._joined(end):
            return None
        if " of " in self.text[start:end] and words[0] not in _SMALL_HEADS:  # "Technology of Hunan Province"
            return None
        if len(words) > 1 and (words[-1] in _CAPITAL_HEADS or words[0] in _HEADS_BEFORE):
            return self._match(start, end)
        return None

    def _unknown(self, start: int, end: int, last_place: int) -> PlaceMatch | None:
        """A name of no gazetteer: a country after it, a small head noun, or a dateline."""
        name = self.text[start:end]
        if name.lower() in _PLAIN_WORDS or self._joined(end):
            return None
        if len(name) < 4 or re.search(r"[a-z][A-Z]", name) or is_country_word(name):
            return None
        before = self.text[max(0, start - 40) : start]
        at = bool(_AT.search(before))
        country = self._country_after(end)
        if at and country is not None:
            return self._match(start, end)
        if gazetteer.place_key(name) in _NOT_PLACES:
            return None
        head = self._small_head(end)
        if head and not re.search(r"(?:^|[.!?\n][”\"’)]? ?)$", before):
            return self._match(start, head)
        if self._is_dateline(start, end, sure=True) or self.text.startswith("-based", end):
            return self._match(start, end)
        if (
            _IN.search(before)
            and not name.isupper()
            and " of " not in name
            and name.count(" ") < _LONGEST_GUESS
            and name.split(" ", 1)[0] not in MONTH_NAMES  # "In May Halden Dynamics said"
        ):
            return self._match(start, end)
        return None

    def _small_head(self, end: int) -> int:
        """The end of the small head noun right after `end`, or 0."""
        match = _SMALL_HEAD_AFTER.match(self.text, end)
        return match.end() if match and match[1] in _SMALL_HEADS else 0

    def _joined(self, end: int) -> bool:
        """Does a hyphen, a slash or a number bind the name to what follows?"""
        return bool(_BOUND.match(self.text, end))

    def _country_after(self, end: int) -> str | None:
        """The country (its code, "" for an unknown one) that a comma adds: "Cadarache, France"."""
        match = re.match(r",(?: in)? ", self.text[end : end + 5])
        if not match:
            return None
        start = end + match.end()
        if start in self.country_at:
            return self.country_at[start].alpha2
        words = re.match(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*", self.text[start : start + 40])
        for region in gazetteer.lookup(words[0]) if words else ():
            if region.is_region:
                return region.alpha2
        return None

    def _is_dateline(self, start: int, end: int, *, sure: bool = False) -> bool:
        """ "GENEVA, March 5 (Agency) --" at the start of a paragraph; `sure` asks for capitals and a dash."""
        if not _LINE_START.search(self.text[max(0, start - 3) : start]):
            return False
        match = _DATELINE.match(self.text, end)
        if not match or not sure:
            return bool(match)
        return self.text[start:end].isupper() and match["dash"].strip(" .:")[:1] in ("-", "–", "—")

    def _match(self, start: int, end: int) -> PlaceMatch:
        name = self.text[start:end]
        if name.isupper():
            name = re.sub(r"[^\W\d_]+", _capitalised, name)
        return PlaceMatch(start, end, name)


def _capitalised(match: re.Match[str]) -> str:
    return match[0].capitalize()
