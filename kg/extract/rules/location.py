"""Where institutions and projects are, as prepositions, possessives and adjectives say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.cues import nouns
from kg.extract.rules.base import POSSESSIVE, Found
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.sentences import Sentence


class Located(NamedTuple):
    """The item that the text puts at a place, and how sure that is."""

    item: int
    confidence: float


_THINGS = (Kind.INSTITUTION, Kind.PROJECT)
_STOPS = frozenset(
    ["and", "is", "was", "are", "were", "in", "of", "by", "at", "with", "said", "has", "have", "had", "will"]
    + ["to", "for", "on", "from", "which", "that", "who"]
)
_BASED = frozenset(["based", "headquartered", "located", "situated", "seated"])
_LIES = frozenset(["is", "are", "was", "lies", "sits", "stands"])
_SEAT = re.compile(
    r"(?:its|has|have|with|the) (?:seat|headquarters|campus|home|base|offices?|head office)$", re.IGNORECASE
)
_OPENED = frozenset(["opened", "established", "inaugurated", "founded", "up"])
_HELD = frozenset(
    ["held", "opens", "opening", "open", "stands", "takes", "hosted", "convened", "built", "erected"]
    + ["ended", "closed", "closes", "starts", "started", "begins", "began", "launched", "installed"]
    + ["operates", "operating", "runs", "constructed", "completed", "meets", "met", "constructing"]
)
_PREPOSITIONS = frozenset(["in", "of", "at", "near", "on", "outside", "from"])
_OF_INSTITUTIONS = frozenset(["in", "of", "at", "near", "outside"])
_OF_PROJECTS = frozenset(["in", "at", "near", "on", "outside"])
_BEFORE_WIDER = frozenset(
    ["in", "the", "western", "eastern", "northern", "southern", "central", "south", "north", "east", "west"]
    + ["southwest", "northwest", "southeast", "northeast", "city", "province", "state", "capital", "of"]
)
_REACH = 14


def find_locations(sentence: Sentence) -> Iterator[Found]:
    """`locatedIn`, to the place and to the country named with it; "China's P" is `involvesCountry`."""
    for index in sentence.indices(Kind.PLACE, Kind.COUNTRY):
        located = _owner(sentence, index)
        if located is None:
            continue
        item, confidence = located
        is_country = sentence.items[index].kind is Kind.COUNTRY
        of_nation = sentence.word_at(index + 1) in POSSESSIVE or sentence.is_adjective(index)
        if is_country and of_nation and sentence.items[item].kind is Kind.PROJECT:
            yield Found(item, Predicate.INVOLVES_COUNTRY, index, confidence)
            continue
        yield Found(item, Predicate.LOCATED_IN, index, confidence)
        wider = None if is_country else _country_after(sentence, index)
        if wider is not None:
            yield Found(item, Predicate.LOCATED_IN, wider, confidence)
    yield from _appositions(sentence)


def _owner(sentence: Sentence, place: int) -> Located | None:
    after = sentence.word_at(place + 1)
    if after in POSSESSIVE:
        return _after_possessive(sentence, place)
    if after == "-based" or (after == "-" and sentence.word_at(place + 2) == "based"):
        item = sentence.next_of_kind(place + 2, Kind.INSTITUTION, 5)
        return None if item is None else Located(item, 0.75)
    if sentence.items[place].kind is Kind.PLACE and after in nouns():
        # "the Shenzhen company Linsight"
        follows = sentence.has_kind(place + 2, place + 3, Kind.INSTITUTION)
        return Located(place + 2, 0.65) if follows else None
    if sentence.is_adjective(place):
        return _after_adjective(sentence, place)
    return _before_preposition(sentence, place)


def _after_possessive(sentence: Sentence, place: int) -> Located | None:
    """ "Germany's Institute X", "Kenya's second satellite, Y"."""
    for position in range(place + 2, min(place + 8, len(sentence.items))):
        item = sentence.items[position]
        if item.kind in _THINGS:
            return Located(position, 0.7)
        if item.word == "," and sentence.word_at(position - 1) in nouns():
            continue
        if not re.match(r"[a-z\d]", item.word) or item.word in _STOPS:
            return None
    return None


def _after_adjective(sentence: Sentence, place: int) -> Located | None:
    """ "the Danish firm X", "Kenyan Y"."""
    for position in range(place + 1, min(place + 5, len(sentence.items))):
        item = sentence.items[position]
        if item.kind in _THINGS:
            return Located(position, 0.6)
        if not item.word[:1].isalpha() or item.word in _STOPS:
            return None
    return None


def _before_preposition(sentence: Sentence, place: int) -> Located | None:
    """ "X in L", "X (ABC), of L", "X has its seat in L", "X, a company in L", "P was held in L"."""
    preposition = place - 2 if sentence.word_at(place - 1) == "the" else place - 1
    word = sentence.word_at(preposition)
    if word not in _PREPOSITIONS:
        return None
    before = sentence.skip_brackets_back(preposition - 1)
    if sentence.word_at(before) == "," and word in _OF_INSTITUTIONS:
        before = sentence.skip_brackets_back(before - 1)
    if before < 0:
        return None
    kind = sentence.items[before].kind
    if kind is Kind.INSTITUTION and word in _OF_INSTITUTIONS:
        return Located(before, 0.75)
    if kind is Kind.PROJECT and word in _OF_PROJECTS:
        return Located(before, 0.7)
    if sentence.word_at(before) in _LIES and before > 0 and sentence.items[before - 1].kind in _THINGS:
        return Located(before - 1, 0.7)
    if sentence.word_at(before) in _BASED or _SEAT.search(sentence.phrase(max(0, before - 6), before + 1)):
        return _nearest(sentence, before, _THINGS, 0.7)
    apposed = _apposed_to(sentence, before)
    if apposed is not None:
        return Located(apposed, 0.65)
    recent = {sentence.word_at(position) for position in range(before - 4, before + 1)}
    if recent & _OPENED:
        return _nearest(sentence, before, _THINGS, 0.6)
    if recent & _HELD or sentence.items[before].date:
        return _nearest(sentence, before, (Kind.PROJECT,), 0.6)
    return None


def _nearest(sentence: Sentence, index: int, kinds: tuple[Kind, ...], confidence: float) -> Located | None:
    found = sentence.previous_of_kind(index, *kinds, limit=_REACH)
    return None if found is None else Located(found, confidence)


def _apposed_to(sentence: Sentence, index: int) -> int | None:
    """In "X, a company of 40 people | in L": X, when only the words of an apposition stand between."""
    for position in range(index, max(0, index - 9), -1):
        item = sentence.items[position]
        if item.word == ",":
            opens = sentence.word_at(position + 1) in ("a", "an", "the", "one")
            named = position - 1
            return named if opens and sentence.items[named].kind in _THINGS else None
        if item.mention or item.word in _STOPS - {"of", "for"}:
            return None
    return None


def _country_after(sentence: Sentence, place: int) -> int | None:
    """The country named with a place: "L, Q province, | C", "L, the capital of | C", "L in southern | C"."""
    position = place + 1
    while sentence.word_at(position) in (",", "in", "("):
        following = position + 1
        while sentence.word_at(following) in _BEFORE_WIDER:
            following += 1
        if following >= len(sentence.items) or not sentence.items[following].is_geographic:
            return None
        if sentence.items[following].kind is Kind.COUNTRY:
            return None if sentence.word_at(following + 1) in POSSESSIVE else following
        position = following + 1
    return None


def _appositions(sentence: Sentence) -> Iterator[Found]:
    """ "SATREPS, a Japanese programme", "Hughes, an American company", "Linsight, the Shenzhen chipmaker"."""
    for index in sentence.indices(Kind.COUNTRY, Kind.PLACE):
        article = next((i for i in (index - 1, index - 2) if sentence.word_at(i) in ("a", "an", "the")), None)
        if article is None or article < 2 or sentence.word_at(article - 1) != ",":
            continue
        if not re.fullmatch(r"[a-z-]+", sentence.word_at(index + 1)):
            continue
        owner, kind = article - 2, sentence.items[article - 2].kind
        is_place = sentence.items[index].kind is Kind.PLACE
        if kind is Kind.INSTITUTION and (is_place or sentence.is_adjective(index)):
            yield Found(owner, Predicate.LOCATED_IN, index, 0.65)
        elif kind is Kind.PROJECT and sentence.is_adjective(index):
            yield Found(owner, Predicate.INVOLVES_COUNTRY, index, 0.65)
