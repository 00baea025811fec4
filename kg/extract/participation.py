"""Who leads, develops, funds or takes part in what: verbs, their agents and what they act on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kg.extract.sentences import TOPIC
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.sentences import Sentence

Found = tuple[int, Predicate, int, float]
"""Item index of the subject, predicate, item index of the object, confidence."""

MAX_COLLABORATORS = 5
"""Beyond five, pairs of collaborators say little and none is listed (guidelines)."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb and the relation of its agent to the project it acts on."""

    pattern: re.Pattern[str]
    predicate: Predicate
    confidence: float


def _verb(words: str, predicate: Predicate, confidence: float) -> Verb:
    return Verb(re.compile(rf"(?:{words})"), predicate, confidence)


VERBS = (
    _verb(
        "led|lead(?:s|ing)?|head(?:s|ed)?|direct(?:s|ed)?|manag(?:es?|ed|ing)|co-?ordinat(?:es?|ed|ing)|"
        "host(?:s|ed|ing)?|organi[sz](?:es?|ed|ing)|operat(?:es?|ed|ing)|runs?|ran|running|overs(?:ees?|aw|een)|"
        "administers?|administered|supervis(?:es?|ed)|(?:co-)?chair(?:s|ed)?|spearhead(?:s|ed)?|steer(?:s|ed)?|"
        "maintain(?:s|ed)?|conven(?:es?|ed)|initiat(?:es?|ed)",
        Predicate.LEADS,
        0.75,
    ),
    _verb(
        "(?:co-)?develop(?:s|ed|ing)?|buil[dt]s?|building|design(?:s|ed)?|creat(?:es?|ed)|construct(?:s|ed|ing)?|"
        "ma[dk]es?|making|manufactur(?:es?|ed)|produc(?:es?|ed)|erect(?:s|ed)?|invent(?:s|ed)?|wrote|written|"
        "compil(?:es?|ed)|assembl(?:es?|ed)|releas(?:es?|ed)|devis(?:es?|ed)|engineered|programmed|bred|drafted|"
        "proposed",
        Predicate.DEVELOPS,
        0.75,
    ),
    _verb(
        "(?:co-)?fund(?:s|ed|ing)?|(?:co-)?financ(?:es?|ed|ing)|sponsor(?:s|ed)?|bankroll(?:s|ed)?|"
        "underwr(?:ites?|itten)|subsidi[sz](?:es?|ed)|pays?|paid|backed|supported",
        Predicate.FUNDS,
        0.75,
    ),
    _verb(
        "join(?:s|ed|ing)?|sign(?:s|ed)|attend(?:s|ed)?|participat(?:es?|ed|ing)|contribut(?:es?|ed|ing)|"
        "co-organi[sz](?:es?|ed)|equip(?:s|ped)?|suppl(?:y|ies|ied)|install(?:s|ed)?|test(?:s|ed)|entered|"
        "provid(?:es?|ed)|deliver(?:s|ed)|uses?|used|donated|housed|initialled|renewed",
        Predicate.PARTICIPATES_IN,
        0.55,
    ),
)
_NEGATED = re.compile(
    r"\b(?:not|never|neither|nor|no longer|refused|declined|without|failed|n['’]t|may|might|could)\b"
)
_BE = frozenset("is are was were be been being".split())
_BETWEEN_VERB_AND_BY = 6


def find_participation(sentence: Sentence) -> Iterator[Found]:
    """Facts about institutions and projects that a verb of the sentence states."""
    if not sentence.indices(Kind.INSTITUTION):
        return
    for index, item in enumerate(sentence.items):
        if not item.word:
            continue
        verb = next((verb for verb in VERBS if verb.pattern.fullmatch(item.word)), None)
        if verb is None or _is_noun(sentence, index) or _negated(sentence, index):
            continue
        agents, projects = _arguments(sentence, index)
        for agent in agents:
            for project in projects:
                yield agent, verb.predicate, project, verb.confidence
        if projects:
            yield from collaborators(sentence, agents, 0.6)
    yield from _phrases(sentence)


def collaborators(sentence: Sentence, group: list[int], confidence: float) -> Iterator[Found]:
    """Each pair of a group that does one thing together."""
    names = list({_label(sentence, i): i for i in group}.values())
    if 2 <= len(names) <= MAX_COLLABORATORS:
        for left, right in combinations(names, 2):
            yield left, Predicate.COLLABORATES_WITH, right, confidence


def _label(sentence: Sentence, index: int) -> str:
    mention = sentence.items[index].mention
    return mention.label if mention else ""


def _is_noun(sentence: Sentence, index: int) -> bool:
    """ "the lead", "its design", "a host of": the word is no verb here."""
    return sentence.word_at(index - 1) in (
        "the",
        "a",
        "an",
        "its",
        "their",
        "of",
        "this",
        "'s",
        "’s",
        "in",
        "for",
    )


def _negated(sentence: Sentence, index: int) -> bool:
    return bool(_NEGATED.search(sentence.phrase(max(0, index - 5), index).lower()))


def _arguments(sentence: Sentence, index: int) -> tuple[list[int], list[int]]:
    """The agents and the projects of the verb at `index`."""
    by = next(
        (
            i
            for i in range(index + 1, min(len(sentence.items), index + 1 + _BETWEEN_VERB_AND_BY))
            if sentence.word_at(i) == "by"
        ),
        None,
    )
    if by is not None and not any(
        sentence.items[i].kind in (Kind.INSTITUTION, Kind.PROJECT) for i in range(index + 1, by)
    ):
        agents = sentence.group_from(by + 1, Kind.INSTITUTION, limit=6)
        if not agents:
            return [], []
        return agents, _passive_subject(sentence, index, agents[-1])
    if _is_passive(sentence, index):
        return [], []
    if sentence.items[index].word.endswith("ing") and sentence.word_at(index - 1) not in _BE | {"been"}:
        return [], []
    agents = _active_subject(sentence, index)
    if not agents:
        return [], []
    relative = _relative_target(sentence, agents[0])
    if relative is not None:
        return agents, [relative]
    return agents, _object(sentence, index)


def _is_passive(sentence: Sentence, index: int) -> bool:
    if not re.search(r"(?:ed|t|n|de|un|id)$", sentence.items[index].word):
        return False
    return any(sentence.word_at(i) in _BE for i in range(index - 3, index)) and not sentence.items[
        index
    ].word.endswith("ing")


def _passive_subject(sentence: Sentence, verb: int, after_agents: int) -> list[int]:
    """What the verb is done to: the nearest project before it, else one just after ("Built by X, P ...")."""
    before = sentence.group_to(verb, Kind.PROJECT, limit=25)
    if before:
        # "P and Q, built by X": only a coordination that ends right at the verb is all meant.
        plural = any(sentence.word_at(i) in ("are", "were") for i in range(before[-1], verb))
        return before if plural else before[-1:]
    if verb <= 2:
        return sentence.group_from(after_agents + 1, Kind.PROJECT, limit=12)[:1] or _project_after_comma(
            sentence, after_agents
        )
    return []


def _project_after_comma(sentence: Sentence, index: int) -> list[int]:
    for position in range(index + 1, min(index + 8, len(sentence.items))):
        if sentence.items[position].kind is Kind.PROJECT:
            return [position]
    return []


def _active_subject(sentence: Sentence, verb: int) -> list[int]:
    """The institutions that do it: those nearest before the verb, with no project or "by" between."""
    for position in range(verb - 1, max(-1, verb - 22), -1):
        item = sentence.items[position]
        if item.kind is Kind.INSTITUTION:
            if sentence.word_at(position - 1) in ("by", "with") or sentence.word_at(position - 2) == "by":
                return []
            group = sentence.group_to(position + 1, Kind.INSTITUTION, limit=1)
            head = _owner_of_part(sentence, group[0])
            return [head] if head is not None else group
        if item.kind is Kind.PROJECT and sentence.word_at(position + 1) != ",":
            return []
        if item.word in (";", ":", '"', "“", "”"):
            return []
    return []


def _owner_of_part(sentence: Sentence, index: int) -> int | None:
    """ "the Institute X of the Academy Y runs": X runs, not Y."""
    if index >= 2 and sentence.word_at(index - 1) in ("the", "of"):
        start = index - 1 if sentence.word_at(index - 1) == "of" else index - 2
        if sentence.word_at(start) in ("of", "at") and sentence.items[start - 1].kind is Kind.INSTITUTION:
            return start - 1
    return None


def _relative_target(sentence: Sentence, first_agent: int) -> int | None:
    """ "P, which the institute X runs": P."""
    for position in range(first_agent - 1, max(-1, first_agent - 6), -1):
        if sentence.word_at(position) in ("which", "that", "whom"):
            for back in range(position - 1, max(-1, position - 14), -1):
                if sentence.items[back].kind is Kind.PROJECT:
                    return back
            return None
        if sentence.word_at(position) in (",", "."):
            return None
    return None


def _object(sentence: Sentence, verb: int) -> list[int]:
    for position in range(verb + 1, min(len(sentence.items), verb + 14)):
        item = sentence.items[position]
        if item.kind is Kind.PROJECT:
            return [position, *[i for i in sentence.group_from(position, Kind.PROJECT) if i != position]]
        if item.kind is Kind.INSTITUTION and sentence.word_at(position - 1) not in (
            "with",
            "the",
            "and",
            ",",
            "of",
            "'s",
        ):
            return []
        if item.word in (";", ".", "said", "but", "while", "which"):
            return []
    return []


_LEAD_PHRASE = re.compile(
    r"(?:in charge|responsible|under the (?:direction|guidance|auspices|leadership|aegis))"
)
_MEMBERS = re.compile(
    r"(?:members?|partners?|participants?|parties|consortium|brings together|unites|involves|involving|include|includes|including|comprises|signatories)"
)
_MONEY = re.compile(
    r"(?:funding|money|financing|grant|grants|budget|cost|costs|bill|loan|funds|sum|support|million|billion|euros|dollars)"
)


def _phrases(sentence: Sentence) -> Iterator[Found]:
    """What is said without one of the verbs: "X is in charge of P", "the partners in P are X and Y"."""
    projects = sentence.indices(Kind.PROJECT)
    institutions = sentence.indices(Kind.INSTITUTION)
    if not institutions or _NEGATED.search(sentence.text):
        return
    if not projects:
        yield from _told_of_topic(sentence)
        return
    lower = sentence.text.lower()
    for project in projects:
        for institution in institutions:
            low, high = sorted((project, institution))
            between = sentence.phrase(low + 1, high).lower()
            if len(between) > 120 or ";" in between:
                continue
            if institution < project and re.search(
                r"(?:in charge of|responsible for|the (?:organi[sz]er|host|operator|leader|coordinator)s? of)",
                between,
            ):
                yield institution, Predicate.LEADS, project, 0.7
            elif project < institution and re.search(
                r"under the (?:direction|guidance|leadership) of", between
            ):
                yield institution, Predicate.LEADS, project, 0.7
            elif institution < project and re.search(
                r"(?:pays? for|paid for|put .{2,30} into|invest\w* .{2,40} in|gave .{2,40} (?:to|for)|pledged .{2,30} (?:to|for)|donated)",
                between,
            ):
                yield institution, Predicate.FUNDS, project, 0.65
            elif (
                project < institution
                and _MONEY.search(between)
                and re.search(r"(?:from|by)(?: the)?(?: [a-z]+)?$", between)
            ):
                yield institution, Predicate.FUNDS, project, 0.6
            elif institution < project and re.fullmatch(
                r".{0,30}(?:takes? part in|taking part in|took part in|(?:is|are) (?:a |the )?(?:partners?|members?) (?:in|of)|belongs? to|works? on) ?(?:the |a )?.{0,25}",
                between,
            ):
                yield institution, Predicate.PARTICIPATES_IN, project, 0.6
        listed = _member_list(sentence, project)
        for member in listed:
            yield member, Predicate.PARTICIPATES_IN, project, 0.55
        if listed and not re.search(r"(?:members|signatories)", lower):
            yield from collaborators(sentence, listed, 0.5)


def _member_list(sentence: Sentence, project: int) -> list[int]:
    """ "P, a project of X, Y and Z", "the partners in P are X and Y", "P brings together X and Y"."""
    for position in range(project + 1, min(len(sentence.items), project + 16)):
        word = sentence.word_at(position)
        if _MEMBERS.fullmatch(word) or (
            word in ("of", "between")
            and re.search(
                r"(?:project|programme|program|initiative|venture|effort|study|scheme|undertaking|collaboration|agreement|pact)$",
                sentence.phrase(project + 1, position).lower(),
            )
        ):
            group = sentence.group_from(position + 1, Kind.INSTITUTION, limit=6)
            if group:
                return group
        if sentence.items[position].kind is Kind.PROJECT:
            return []
    return []


_PAYS = re.compile(
    r"(?:pays?|paid|financ\w+|fund\w+|contribut\w+|provid\w+|gave|gives|lent|lends|pledged|put|covers?|bears?|shares?|added|"
    r"granted|donated|invest\w+|backs|backed|has (?:put|given|pledged|lent|added|backed))\b"
)
_AMOUNT = re.compile(
    r"(?:million|billion|percent|per cent|\bhalf\b|\bthird|quarter|budget|cost|costs|bill|money|funding|sum|loan|grant|[$€£¥])"
)
_COMES_FROM = re.compile(
    r"(?:comes?|came|coming|is|are|was|were|provided|paid|covered|borne|financed|funded|met|shared|loan|grant|money|"
    r"rest|half|third|funding)(?: mostly| mainly| largely| also| partly)? (?:from|by)(?: the| its)?$"
)


def _told_of_topic(sentence: Sentence) -> Iterator[Found]:
    """What is said of a project named before: who pays for it, who the members and the leaders are."""
    if sentence.topic is None:
        return
    lower = sentence.text.lower()
    seen: set[int] = set()
    for index in sentence.indices(Kind.INSTITUTION):
        if index in seen:
            continue
        group = sentence.group_from(index, Kind.INSTITUTION, limit=1)
        seen.update(group)
        before = sentence.phrase(max(0, index - 8), index).lower()
        after = sentence.phrase(group[-1] + 1, min(len(sentence.items), group[-1] + 6)).lower()
        predicate = _role_in_topic(lower, before, after)
        if predicate is None:
            continue
        for agent in group:
            yield agent, predicate, TOPIC, 0.45
        if predicate is Predicate.PARTICIPATES_IN:
            yield from collaborators(sentence, group, 0.4)


def _role_in_topic(sentence: str, before: str, after: str) -> Predicate | None:
    if _AMOUNT.search(sentence) and (_COMES_FROM.search(before) or _PAYS.match(after)):
        return Predicate.FUNDS
    if re.match(r"(?:is|are) (?:in charge|responsible for the (?:project|programme|program))|coordinates?\b|leads?\b", after):
        return Predicate.LEADS
    if re.search(r"\b(?:partners|members|participants|partner)(?: in \w+)? (?:are|is|include|includes|were|from)(?: the)?$", before):
        return Predicate.PARTICIPATES_IN
    if re.match(r"(?:also )?(?:take|takes|took) part|(?:is|are) (?:also )?(?:partners?|members?|involved)|joined\b|contribut", after):
        return Predicate.PARTICIPATES_IN
    return None
