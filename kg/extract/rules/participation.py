"""Who leads, develops, funds or takes part in what, as verbs say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.rules.base import BE, POSSESSIVE, Found, collaborators, is_denied_at
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.sentences import Sentence


class Verb(NamedTuple):
    """A verb in all its forms, and the relation of its agent to the project it acts on."""

    forms: re.Pattern[str]
    predicate: Predicate
    confidence: float


VERBS = (
    Verb(
        re.compile(
            "led|lead(?:s|ing)?|head(?:s|ed)?|direct(?:s|ed)?|manag(?:es?|ed|ing)|co-?ordinat(?:es?|ed|ing)|"
            "host(?:s|ed|ing)?|organi[sz](?:es?|ed|ing)|operat(?:es?|ed|ing)|runs?|ran|running|"
            "overs(?:ees?|aw|een)|administers?|administered|supervis(?:es?|ed)|(?:co-)?chair(?:s|ed)?|"
            "spearhead(?:s|ed)?|steer(?:s|ed)?|maintain(?:s|ed)?|conven(?:es?|ed)|initiat(?:es?|ed)"
        ),
        Predicate.LEADS,
        0.75,
    ),
    Verb(
        re.compile(
            "(?:co-)?develop(?:s|ed|ing)?|buil[dt]s?|building|design(?:s|ed)?|creat(?:es?|ed)|"
            "construct(?:s|ed|ing)?|ma[dk]es?|making|manufactur(?:es?|ed)|produc(?:es?|ed)|erect(?:s|ed)?|"
            "invent(?:s|ed)?|wrote|written|compil(?:es?|ed)|assembl(?:es?|ed)|releas(?:es?|ed)|"
            "devis(?:es?|ed)|engineered|programmed|bred|drafted|proposed"
        ),
        Predicate.DEVELOPS,
        0.75,
    ),
    Verb(
        re.compile(
            "(?:co-)?fund(?:s|ed|ing)?|(?:co-)?financ(?:es?|ed|ing)|sponsor(?:s|ed)?|bankroll(?:s|ed)?|"
            "underwr(?:ites?|itten)|subsidi[sz](?:es?|ed)|pays?|paid|backed|supported"
        ),
        Predicate.FUNDS,
        0.75,
    ),
    Verb(
        re.compile(
            "join(?:s|ed|ing)?|sign(?:s|ed)|attend(?:s|ed)?|participat(?:es?|ed|ing)|"
            "contribut(?:es?|ed|ing)|co-organi[sz](?:es?|ed)|equip(?:s|ped)?|suppl(?:y|ies|ied)|"
            "install(?:s|ed)?|test(?:s|ed)|entered|provid(?:es?|ed)|deliver(?:s|ed)|uses?|used|donated|"
            "housed|initialled|renewed"
        ),
        Predicate.PARTICIPATES_IN,
        0.55,
    ),
)

# After these a word that may be a verb is a noun: "the lead", "its design", "a host".
_BEFORE_NOUN = frozenset(["the", "a", "an", "its", "their", "of", "this", "in", "for", *POSSESSIVE])
_CLAUSE_ENDS = frozenset([";", ".", "said", "but", "while", "which"])
_QUOTES = frozenset(['"', "“", "”", ";", ":"])
_VERB_TO_BY = 6
_SUBJECT_REACH, _OBJECT_REACH, _PASSIVE_REACH = 22, 14, 25
"""How many items may stand between a verb and its subject, its object, what is done in the passive."""


def find_participation(sentence: Sentence) -> Iterator[Found]:
    """What institutions do to projects, and that those who do it together collaborate."""
    if not sentence.indices(Kind.INSTITUTION) or not sentence.indices(Kind.PROJECT):
        return
    for index, item in enumerate(sentence.items):
        if not item.word or sentence.word_at(index - 1) in _BEFORE_NOUN:
            continue
        verb = next((verb for verb in VERBS if verb.forms.fullmatch(item.word)), None)
        if verb is None or is_denied_at(sentence, index):
            continue
        agents, projects = _arguments(sentence, index)
        for agent in agents:
            for project in projects:
                yield Found(agent, verb.predicate, project, verb.confidence)
        if projects:
            yield from collaborators(sentence, agents, 0.6)


def _arguments(sentence: Sentence, verb: int) -> tuple[list[int], list[int]]:
    """The agents and the projects of a verb."""
    by = sentence.find_word("by", verb + 1, verb + 1 + _VERB_TO_BY)
    if by is not None and not sentence.has_kind(verb + 1, by, Kind.INSTITUTION, Kind.PROJECT):
        agents = sentence.group_from(by + 1, Kind.INSTITUTION, limit=6)
        return agents, _done_to(sentence, verb, agents[-1]) if agents else []
    if _is_passive(sentence, verb) or _is_bare_participle(sentence, verb):
        return [], []
    agents = _subject(sentence, verb)
    if not agents:
        return [], []
    relative = _relative_target(sentence, agents[0])
    return agents, _object(sentence, verb) if relative is None else [relative]


def _is_passive(sentence: Sentence, verb: int) -> bool:
    participle = re.search(r"(?:ed|t|n|de|un|id)$", sentence.word_at(verb))
    return bool(participle) and any(sentence.word_at(i) in BE for i in range(verb - 3, verb))


def _is_bare_participle(sentence: Sentence, verb: int) -> bool:
    """ "the institute leading ...": no finite verb, and too loose to be sure of its object."""
    return sentence.word_at(verb).endswith("ing") and sentence.word_at(verb - 1) not in BE


def _done_to(sentence: Sentence, verb: int, last_agent: int) -> list[int]:
    """What is done in the passive: the project before the verb, or "Built by X, | P ..."."""
    before = sentence.group_to(verb, Kind.PROJECT, limit=_PASSIVE_REACH)
    if before:
        plural = any(sentence.word_at(i) in ("are", "were") for i in range(before[-1], verb))
        return before if plural else before[-1:]
    if verb > 2:
        return []
    opening = sentence.next_of_kind(last_agent + 1, Kind.PROJECT, 8, through_commas=True)
    return [] if opening is None else [opening]


def _subject(sentence: Sentence, verb: int) -> list[int]:
    """Who does it: the institutions nearest before the verb, with no project between."""
    for position in range(verb - 1, max(-1, verb - _SUBJECT_REACH), -1):
        item = sentence.items[position]
        if item.kind is Kind.INSTITUTION:
            group = sentence.group_to(position + 1, Kind.INSTITUTION, limit=1)
            if _is_agent_already(sentence, group[0]):
                if len(group) == 1 or sentence.word_at(position - 1) != ",":
                    return []
                group = [position]  # "Praised by X, | Y built"
            part = _part_of_owner(sentence, group[0])
            return group if part is None else [part]
        if item.kind is Kind.PROJECT and sentence.word_at(position + 1) != ",":
            return []
        if item.word in _QUOTES:
            return []
    return []


def _is_agent_already(sentence: Sentence, index: int) -> bool:
    """ "run by X", "run by the X", "together with X": what X does is said by another word."""
    return sentence.word_at(index - 1) in ("by", "with") or sentence.word_at(index - 2) == "by"


def _part_of_owner(sentence: Sentence, owner: int) -> int | None:
    """In "the Institute X of the Academy Y runs", X runs, not Y."""
    link = owner - 2 if sentence.word_at(owner - 1) == "the" else owner - 1
    if link > 0 and sentence.word_at(link) in ("of", "at"):
        part = link - 1
        return part if sentence.items[part].kind is Kind.INSTITUTION else None
    return None


def _relative_target(sentence: Sentence, first_agent: int) -> int | None:
    """In "P, which the institute X runs": P."""
    for position in range(first_agent - 1, max(-1, first_agent - 6), -1):
        if sentence.word_at(position) in ("which", "that", "whom"):
            return sentence.previous_of_kind(position, Kind.PROJECT, limit=_OBJECT_REACH)
        if sentence.word_at(position) in (",", "."):
            return None
    return None


def _object(sentence: Sentence, verb: int) -> list[int]:
    for position in range(verb + 1, min(len(sentence.items), verb + _OBJECT_REACH)):
        item = sentence.items[position]
        if item.kind is Kind.PROJECT:
            return sentence.group_from(position, Kind.PROJECT)
        if item.word in _CLAUSE_ENDS:
            return []
    return []
