"""When things were founded, announced, signed, started and completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.rules.base import Found, is_denied_at
from kg.names import classify
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.sentences import Sentence

_FOUNDING = frozenset(
    ["founded", "established", "set", "formed", "created", "incorporated", "inaugurated", "opened"]
    + ["started", "launched", "born"]
)
_OF_PROJECTS = frozenset(["started", "launched"])
"""Verbs of founding that are said of a project more often than of an institution."""
_SIGNED = frozenset(
    ["signed", "signing", "adopted", "concluded", "renewed", "ratified", "initialled", "sealed", "agreed"]
    + ["extended"]
)
_ANNOUNCED = frozenset(
    ["announced", "announces", "approved", "proposed", "unveiled", "presented", "selected", "decided"]
    + ["cleared", "conceived", "planned", "disclosed", "commissioned", "awarded"]
)
_COMPLETED = frozenset(
    ["completed", "complete", "finished", "finish", "close", "closed", "closes", "end", "ended", "ends"]
    + ["concludes", "until", "till", "expires", "through", "decommissioned", "delivered", "finalized"]
    + ["ready", "retired"]
)
_STARTED = frozenset(
    [
        "launched",
        "launch",
        "launches",
        "opened",
        "opens",
        "open",
        "opening",
        "began",
        "begin",
        "begins",
        "begun",
    ]
    + ["started", "starts", "start", "inaugurated", "kicked", "held", "released", "issued", "debuted"]
    + ["commenced", "installed", "switched", "entered", "enter", "runs", "run", "running", "operating"]
    + ["operation", "service", "built", "founded", "established", "set", "took", "takes", "place", "since"]
    + ["from", "online", "going", "went", "go", "introduced", "broken", "laid", "erected", "operational"]
    + [
        "created",
        "put",
        "meet",
        "meets",
        "met",
        "convene",
        "convened",
        "formed",
        "lasted",
        "handed",
        "lifted",
    ]
    + ["rose", "flew", "fly"]
)
_TRIGGERS = (
    (Predicate.SIGNED_ON, _SIGNED),
    (Predicate.ANNOUNCED_ON, _ANNOUNCED),
    (Predicate.COMPLETED_ON, _COMPLETED),
    (Predicate.STARTED_ON, _STARTED),
)
# Words that say a time only with what follows ("set up", "took effect") or when they are no noun ("a run").
_WITH_PARTICLE = frozenset(["set", "put", "took", "takes"])
_PARTICLES = frozenset(["up", "into", "in", "effect", "place", "off"])
_ALSO_NOUNS = frozenset(
    ["run", "start", "launch", "service", "operation", "go", "place", "open", "enter", "fly"]
)
_SPEECH = frozenset(["said", "says", "reported", "told", "added", "wrote", "confirmed", "stated"])
_PASSIVE = frozenset(["was", "were", "been", "is", ",", "which"])
_WINDOW = 14
"""How many items may stand between a verb and its date."""
_SUBJECT_REACH, _OBJECT_REACH = 20, 14


def find_dated(sentence: Sentence) -> Iterator[Found]:
    """Facts that give a project or an institution a date; a span gives a start and an end."""
    if not sentence.has_kind(0, len(sentence.items), Kind.PROJECT, Kind.INSTITUTION):
        return
    for index in sentence.dates():
        span = sentence.items[index].date
        if span is None:
            continue
        plan = _name_before_bracket(sentence, index)
        if plan is not None and span.last is not None:
            yield Found(plan, Predicate.STARTED_ON, span.first, 0.5)
            yield Found(plan, Predicate.COMPLETED_ON, span.last, 0.5)
            continue
        trigger = _trigger(sentence, index)
        if trigger is None:
            continue
        verb, predicate = trigger
        subject = _subject(sentence, verb, index, predicate)
        if subject is None or is_denied_at(sentence, verb):
            continue
        if sentence.items[subject].kind is Kind.INSTITUTION:
            if sentence.word_at(verb) in _FOUNDING and span.last is None:
                yield Found(subject, Predicate.FOUNDED_ON, span.first, 0.7)
        elif span.last is not None:
            yield Found(subject, Predicate.STARTED_ON, span.first, 0.65)
            yield Found(subject, Predicate.COMPLETED_ON, span.last, 0.65)
        else:
            yield Found(subject, predicate, span.first, 0.65)


def _trigger(sentence: Sentence, date: int) -> tuple[int, Predicate] | None:
    """The verb that a date belongs to: the nearest before it in its clause, else the nearest after."""
    for position in range(date - 1, max(-1, date - 1 - _WINDOW), -1):
        item = sentence.items[position]
        if item.date and sentence.word_at(date - 1) not in ("and", "in", "on"):
            # The verb before belongs to the earlier date.
            break
        if item.word in (";", "but", "while"):
            break
        if item.word in _SPEECH:
            # "..., the observatory reported on Friday": the day of the report.
            return None
        predicate = _predicate(sentence, position)
        if predicate is not None:
            return position, predicate
    for position in range(date + 1, min(len(sentence.items), date + 1 + _WINDOW)):
        if sentence.items[position].word in (";", "but", "while"):
            break
        predicate = _predicate(sentence, position)
        if predicate is not None:
            return position, predicate
    return None


def _predicate(sentence: Sentence, index: int) -> Predicate | None:
    word = sentence.word_at(index)
    if word == "place" and sentence.word_at(index - 1) not in _WITH_PARTICLE:
        return None
    if word in _WITH_PARTICLE and sentence.word_at(index + 1) not in _PARTICLES:
        return None
    if word in _ALSO_NOUNS and sentence.word_at(index - 1) in ("a", "the", "its"):
        return None
    return next((predicate for predicate, words in _TRIGGERS if word in words), None)


def _subject(sentence: Sentence, verb: int, date: int, predicate: Predicate) -> int | None:
    """What the date is told of: what stands before the verb, else what the verb acts on."""
    before = sentence.previous_of_kind(verb, Kind.PROJECT, Kind.INSTITUTION, limit=_SUBJECT_REACH)
    if before is not None and sentence.items[before].kind is Kind.PROJECT:
        return before
    founding = sentence.word_at(verb) in _FOUNDING
    if before is not None and founding and _is_told_of(sentence, before, verb):
        return before
    after = sentence.next_of_kind(verb + 1, Kind.PROJECT, _OBJECT_REACH, through_commas=True)
    if before is not None and founding and after is None:
        passive = any(sentence.word_at(position) in _PASSIVE for position in range(before + 1, verb + 1))
        if passive:
            return before
    if founding and verb <= 1:
        # "Founded in 1954, | X ..."
        named = sentence.next_of_kind(date + 1, Kind.INSTITUTION, 4, through_commas=True)
        if named is not None:
            return named
    if after is not None:
        return after
    if predicate in (Predicate.STARTED_ON, Predicate.COMPLETED_ON):
        return sentence.previous_of_kind(date, Kind.PROJECT, limit=date)
    return None


def _is_told_of(sentence: Sentence, subject: int, verb: int) -> bool:
    """ "X was | founded", "X, | founded", "X, which was | founded": the verb can tell of nothing else."""
    if sentence.word_at(verb) in _OF_PROJECTS:
        return False
    words = [sentence.word_at(position) for position in range(subject + 1, verb)]
    return words in ([","], ["was"], ["is"], [",", "which", "was"], ["which", "was"], ["has", "been"])


def _name_before_bracket(sentence: Sentence, date: int) -> int | None:
    """ "the Beijing Action Plan (2025-2027)": the plan."""
    named = date - 2
    if named < 0 or sentence.word_at(date - 1) != "(" or sentence.word_at(date + 1) != ")":
        return None
    is_project = sentence.items[named].kind is Kind.PROJECT
    return named if is_project and classify(sentence.label(named)) else None
