"""When things were founded, announced, signed, started and completed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.names import classify
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.sentences import Sentence
    from kg.model import PartialDate

Dated = tuple[int, Predicate, "PartialDate", int, float]
"""Item index of the subject, predicate, date, item index of the date, confidence."""

_FOUND = r"founded|established|set|formed|created|incorporated|inaugurated|opened|started|launched|born|dates"
_TRIGGERS: tuple[tuple[Predicate, re.Pattern[str]], ...] = (
    (
        Predicate.SIGNED_ON,
        re.compile(r"signed|signing|adopted|concluded|renewed|ratified|initialled|sealed|agreed|extended"),
    ),
    (
        Predicate.ANNOUNCED_ON,
        re.compile(
            r"announced|announces|approved|proposed|unveiled|presented|selected|decided|cleared|conceived|planned|launched?-plan|disclosed|commissioned|awarded"
        ),
    ),
    (
        Predicate.COMPLETED_ON,
        re.compile(
            r"completed|complete|finished|finish|closed|closes|ended|ends|concludes|until|till|expires|through|"
            r"decommissioned|delivered|finalized|wrapped|ready|retired|up"
        ),
    ),
    (
        Predicate.STARTED_ON,
        re.compile(
            r"launched|launch|launches|opened|opens|open|opening|began|begin|begins|begun|started|starts|start|inaugurated|kicked|"
            r"held|released|issued|debuted|commenced|installed|switched|entered|enter|runs|run|running|operating|operation|"
            r"service|built|founded|established|set|unfurled|took|takes|place|since|from|online|going|went|go|introduced|"
            r"broken|laid|erected|operational|created|put|meets?|met|convened?|formed|lasted|handed|lifted|rose|flew|fly"
        ),
    ),
)
_WINDOW = 14
"""How many items may stand between a verb and its date."""


def find_dates_of(sentence: Sentence) -> Iterator[Dated]:
    """Facts that give a project or an institution a date."""
    if not sentence.indices(Kind.PROJECT, Kind.INSTITUTION):
        return
    for index in sentence.dates():
        span = sentence.items[index].date
        if span is None:
            continue
        in_brackets = _bracketed_name(sentence, index)
        if in_brackets is not None and span.last is not None:
            yield in_brackets, Predicate.STARTED_ON, span.first, index, 0.5
            yield in_brackets, Predicate.COMPLETED_ON, span.last, index, 0.5
            continue
        trigger = _trigger(sentence, index)
        if trigger is None:
            continue
        verb, predicate = trigger
        subject = _subject(sentence, verb, index, predicate)
        if subject is None or _negated(sentence, verb):
            continue
        kind = sentence.items[subject].kind
        if kind is Kind.INSTITUTION:
            if re.fullmatch(_FOUND, sentence.items[verb].word) and span.last is None:
                yield subject, Predicate.FOUNDED_ON, span.first, index, 0.7
            continue
        if span.last is not None:
            yield subject, Predicate.STARTED_ON, span.first, index, 0.65
            yield subject, Predicate.COMPLETED_ON, span.last, index, 0.65
        else:
            yield subject, predicate, span.first, index, 0.65


def _trigger(sentence: Sentence, date: int) -> tuple[int, Predicate] | None:
    """The verb that the date belongs to: the nearest before it in its clause, else the nearest after."""
    before = range(date - 1, max(-1, date - 1 - _WINDOW), -1)
    after = range(date + 1, min(len(sentence.items), date + 1 + _WINDOW))
    for positions in (before, after):
        for position in positions:
            item = sentence.items[position]
            if item.date and positions is before:
                # the verb before belongs to the earlier date, unless both are coordinated
                if sentence.word_at(date - 1) not in ("and", "in", "on"):
                    break
                continue
            if item.word in (";", "but", "while"):
                break
            predicate = _predicate_of(sentence, position)
            if predicate is not None:
                return position, predicate
    return None


def _predicate_of(sentence: Sentence, index: int) -> Predicate | None:
    word = sentence.word_at(index)
    if not word or (
        word in ("set", "put", "took", "takes")
        and sentence.word_at(index + 1) not in ("up", "into", "in", "effect", "place", "off")
    ):
        return None
    if (
        word == "up"
        or word in ("run", "start", "launch", "service", "operation", "go", "place", "open", "enter", "fly")
        and sentence.word_at(index - 1) in ("a", "the", "its")
    ):
        return None
    for predicate, pattern in _TRIGGERS:
        if pattern.fullmatch(word):
            return predicate
    return None


def _subject(sentence: Sentence, verb: int, date: int, predicate: Predicate) -> int | None:
    """What the date is told of: what stands before the verb, else what the verb acts on."""
    founded = bool(re.fullmatch(_FOUND, sentence.items[verb].word))
    for position in range(verb - 1, max(-1, verb - 20), -1):
        item = sentence.items[position]
        if item.word in (";",):
            break
        if item.kind is Kind.PROJECT:
            return position
        if item.kind is Kind.INSTITUTION:
            passive = any(
                sentence.word_at(i) in ("was", "were", "been", "is", ",", "which")
                for i in range(position + 1, verb + 1)
            )
            followed_by_object = any(
                sentence.items[i].kind is Kind.PROJECT
                for i in range(verb + 1, min(len(sentence.items), verb + 12))
            )
            if founded and not followed_by_object and (passive or verb - position <= 2):
                return position
            break
    for position in range(verb + 1, min(len(sentence.items), verb + 14)):
        item = sentence.items[position]
        if item.kind is Kind.PROJECT:
            return position
        if (
            item.kind is Kind.INSTITUTION
            and founded
            and sentence.word_at(position - 1) in (",", "the")
            and verb <= 1
        ):
            return position
        if item.word in (";", "said"):
            break
    if predicate in (Predicate.STARTED_ON, Predicate.COMPLETED_ON) and sentence.indices(Kind.PROJECT):
        projects = [i for i in sentence.indices(Kind.PROJECT) if i < date]
        return projects[-1] if projects else None
    return None


def _bracketed_name(sentence: Sentence, date: int) -> int | None:
    """ "the Beijing Action Plan (2025-2027)": the plan."""
    if date < 2 or sentence.word_at(date - 1) != "(" or sentence.word_at(date + 1) != ")":
        return None
    if sentence.items[date - 2].kind is not Kind.PROJECT:
        return None
    mention = sentence.items[date - 2].mention
    told = classify(mention.text) if mention else None
    return date - 2 if told else None


def _negated(sentence: Sentence, verb: int) -> bool:
    return bool(
        re.search(
            r"\b(?:not|never|could|may|might|would have|was to have)\b",
            sentence.phrase(max(0, verb - 4), verb).lower(),
        )
    )
