"""Institutions and named projects: which name-like phrases name one, and which of the two.

Four sources, the surest first: the words of the name itself ("Institute of ..."), a short list of names
that the whole field knows ("CERN"), what the text says beside the name, and the look of the name
(`kg.extract.cues`). What one passage tells holds for the name in the whole article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.extract.chunks import find_chunks
from kg.extract.cues import AFTER, BEFORE, kind_by_cue, kind_by_look, looks_like_person, nouns
from kg.names import SMALL_WORDS, NameClass, classify, heads, read_table, read_words
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.extract.chunks import Chunk


@dataclass(frozen=True, slots=True)
class NameMatch:
    """`text[start:end]` names an institution or a project; `score` (0 to 1) says how sure that is."""

    start: int
    end: int
    text: str
    kind: Kind
    score: float


@cache
def known_names() -> dict[str, NameClass]:
    """Names that the whole field knows, and what they name."""
    return {
        row["name"]: NameClass(Kind(row["kind"]), row["subtype"] or "") for row in read_table("known.tsv")
    }


HEAD, KNOWN, ACTING, CUE, CODE, LOOK = 0.9, 0.9, 0.8, 0.75, 0.65, 0.55
"""Scores of the sources: they rank them, and were not fitted to anything."""

# Observatories that carry a nation or a science in their names act as institutions.
_ACTING_NAME = re.compile(
    r"\b(?:Astronomical|Southern|National|Geological|Royal|Radio Astronomy|Volcano|Seismological|Earth) "
    r"(?:Observatory|Facility)$|\b(?:Environment|Development|Research) Programme$"
)
_HEADLINE_VERB = re.compile(
    r" (?:Opens?|Holds?|Goes|Takes?|Gets?|Wins?|Passes|Folds|Rides|Shortens|Watches|Finds|Meets?|Signs?|"
    r"Joins?|Sees|Begins|Starts|Ends|Grows|Launches|Launched|Reaches|Returns|Makes|Builds|Shows|Uncovers|Unveiled|"
    r"Issued|Kicks)\b"
)
_GOVERNMENT = re.compile(
    r"(?<![\w’'-])(?:[A-Z][\w’'-]+ ){1,3}"
    r"(?:municipal|provincial|city|state|federal|regional|local|county|district)? ?"
    r"(?:government|parliament)\b"
)


def find_names(text: str, *, geographic: Collection[str] = ()) -> list[NameMatch]:
    """Every mention of an institution or a project in an article's text, in order, none overlapping.

    `geographic` holds names already known as countries or places; alone they name nothing else, unless
    their own words say so (a gazetteer lists "Stony Brook University" as a place).
    """
    chunks = [
        chunk for chunk in find_chunks(text) if chunk.text not in geographic or _names_institution(chunk.text)
    ]
    votes: dict[str, dict[Kind, float]] = defaultdict(dict)
    for chunk in chunks:
        found = _class_of(text, chunk)
        if found is not None:
            kind, score = found
            votes[chunk.text][kind] = max(votes[chunk.text].get(kind, 0.0), score)
    matches = []
    for chunk in chunks:
        if chunk.text in votes:
            score, kind = max((score, kind) for kind, score in votes[chunk.text].items())
            matches.append(NameMatch(chunk.start, chunk.end, chunk.text, kind, score))
    return _with_governments(text, matches)


def _names_institution(name: str) -> bool:
    told = classify(name) if " " in name else None
    return told is not None and told.kind is Kind.INSTITUTION


def _class_of(text: str, chunk: Chunk) -> tuple[Kind, float] | None:
    name = chunk.text
    if name in known_names():
        return known_names()[name].kind, KNOWN
    told = classify(name) if " " in name else None
    if told is not None:
        if _is_fragment(name) or _HEADLINE_VERB.search(name):
            return None
        return (Kind.INSTITUTION, ACTING) if _ACTING_NAME.search(name) else (told.kind, HEAD)
    if name.lower() in nouns() or name in heads():
        return None
    before, after = text[max(0, chunk.start - BEFORE) : chunk.start], text[chunk.end : chunk.end + AFTER]
    cue = kind_by_cue(before, after)
    if cue is not None and not looks_like_person(name, after):
        return cue, CUE
    look = kind_by_look(name, before, after)
    return None if look is None else (look[0], CODE if look[1] else LOOK)


def _is_fragment(name: str) -> bool:
    """A head word with nothing that tells which one ("National Institute", "Research Centre")."""
    words = [word for word in name.split() if word.lower() not in SMALL_WORDS]
    generic = words[0].lower() in read_words("generic.txt") or words[0] in heads()
    return len(words) <= 2 and words[-1] in heads() and generic


def _with_governments(text: str, matches: list[NameMatch]) -> list[NameMatch]:
    """ "the Chilean government", "Beijing municipal government": the noun is part of the name."""
    found = list(matches)
    taken = {position for match in matches for position in range(match.start, match.end)}
    for government in _GOVERNMENT.finditer(text):
        start = government.start() + (4 if government.group().startswith("The ") else 0)
        if taken.isdisjoint(range(start, government.end())):
            name = text[start : government.end()]
            found.append(NameMatch(start, government.end(), name, Kind.INSTITUTION, HEAD))
    return sorted(found, key=attrgetter("start"))
