"""Definite descriptions: "the center", "the Estonian institute", "It" stand for what was named before.

A description is resolved only when the nearest paragraphs leave one candidate; otherwise it is left alone,
since a wrong antecedent puts facts on the wrong institution.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.extract.cues import nouns
from kg.model import Mention
from kg.names import classify, normalise
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EXTRACTOR = "rules/references"

_DESCRIPTION = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Tt]heir) "
    r"(?P<modifier>[A-Z][\w’'-]+ |joint |new |whole |same |two-year |three-year |five-year )?"
    r"(?P<noun>[a-z-]+)\b(?! of (?:the )?[A-Z])"
)
# Nouns that may stand for any project, institution or company, whatever its name says.
_ANY_PROJECT = frozenset(
    [
        "project",
        "programme",
        "program",
        "scheme",
        "initiative",
        "undertaking",
        "venture",
        "facility",
        "machine",
    ]
)
_ANY_COMPANY = frozenset(["company", "firm", "startup", "start-up", "maker", "manufacturer"])
_SPELLINGS = {"centre": "center", "programme": "program", "organisation": "organization", "lab": "laboratory"}
_PRONOUN = re.compile(r"(?:It|Its)\b")
_SUBJECT_REACH = 70
"""How far into its sentence, in characters, a name may stand and still be its subject."""
_REACH = 1200
"""How far back, in characters, an antecedent may stand: about three paragraphs."""


def find_references(
    text: str, named: Sequence[Mention], sentences: Sequence[tuple[int, int]]
) -> list[Mention]:
    """Descriptions with their antecedent: `mention.text` is the description, `mention.name` the name.

    `named` are the mentions of institutions, projects, countries and places, sorted by start;
    `sentences` are the spans of the text's sentences.
    """
    references = list(_pronouns(text, named, sentences))
    for match in _DESCRIPTION.finditer(text):
        noun = match["noun"]
        if noun not in nouns():
            continue
        first = bisect_left(named, match.start() - _REACH, key=attrgetter("start"))
        last = bisect_left(named, match.end(), key=attrgetter("start"))
        near = named[first:last]
        if any(m.end > match.start() and m.kind in (Kind.INSTITUTION, Kind.PROJECT) for m in near):
            continue
        antecedent = _antecedent(text, match, noun, near)
        if antecedent is not None:
            references.append(_reference(antecedent, match))
    return references


def _pronouns(text: str, named: Sequence[Mention], sentences: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """ "It" at the start of a sentence: the first institution or project of the sentence before.

    That sentence may end the paragraph before: newspapers start a new one with every thought.
    """
    things = [mention for mention in named if mention.kind in (Kind.INSTITUTION, Kind.PROJECT)]
    for (before, end), (start, _) in pairwise(sentences):
        match = _PRONOUN.match(text, start)
        if match is None:
            continue
        index = bisect_left(things, before, key=attrgetter("start"))
        subject = things[index] if index < len(things) else None
        if subject is not None and subject.end <= end and subject.start - before < _SUBJECT_REACH:
            yield _reference(subject, match)


def _reference(antecedent: Mention, match: re.Match[str]) -> Mention:
    return Mention(
        article=antecedent.article,
        start=match.start(),
        end=match.end(),
        text=match.group(),
        kind=antecedent.kind,
        extractor=EXTRACTOR,
        name=antecedent.label,
    )


def _antecedent(text: str, match: re.Match[str], noun: str, named: Sequence[Mention]) -> Mention | None:
    before = [
        mention
        for mention in named
        if match.start() - _REACH <= mention.start and mention.end <= match.start() and _fits(mention, noun)
    ]
    modifier = (match["modifier"] or "").strip()
    if modifier[:1].isupper():
        before = [mention for mention in before if _has_modifier(text, mention, modifier, named)]
        return before[-1] if len({mention.label for mention in before}) == 1 else None
    if not before:
        return None
    paragraph = text.rfind("\n\n", 0, match.start())
    here = [mention for mention in before if mention.start > paragraph]
    labels = {mention.label for mention in here or before}
    if len(labels) == 1:
        return (here or before)[-1]
    # Several candidates: the one that the paragraph is about is named most; a tie is left alone.
    counts = sorted(((sum(m.label == label for m in before), label) for label in labels), reverse=True)
    if counts[0][0] > counts[1][0]:
        return next(mention for mention in reversed(before) if mention.label == counts[0][1])
    return None


def _fits(mention: Mention, noun: str) -> bool:
    """Can `noun` stand for this mention?"""
    if mention.kind not in (Kind.INSTITUTION, Kind.PROJECT):
        return False
    if nouns()[noun].kind is not mention.kind:
        return False
    plain = _SPELLINGS.get(noun, noun)
    words = {_SPELLINGS.get(word, word) for word in normalise(mention.label).split()}
    if plain in words:
        return True
    told = classify(mention.label)
    if mention.kind is Kind.PROJECT:
        return noun in _ANY_PROJECT or told is None or told.subtype == nouns()[noun].subtype
    if noun in _ANY_COMPANY:
        return told is None or told.subtype == "Company"
    return False


def _has_modifier(text: str, mention: Mention, modifier: str, named: Sequence[Mention]) -> bool:
    """Does the name, or the sentence part around it, hold the modifier ("the *Tromso* institute")?"""
    wanted = normalise(modifier)
    if wanted in normalise(mention.label).split():
        return True
    around = range(mention.start - 60, mention.end + 60)
    key = next(
        (m.label for m in named if m.kind in (Kind.COUNTRY, Kind.PLACE) and normalise(m.text) == wanted), ""
    )
    return bool(key) and any(
        m.label == key for m in named if m.kind in (Kind.COUNTRY, Kind.PLACE) and m.start in around
    )
