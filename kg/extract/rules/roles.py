"""Who leads, funds or takes part in what, as nouns and set phrases say it.

"X is in charge of P", "money from X", "the partners in P are X and Y". Where the sentence names no
project, it may speak of the one named before it (its topic): "KOICA will contribute 10 million dollars."
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.rules.base import Found, collaborators, is_denied
from kg.extract.sentences import TOPIC
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.sentences import Sentence

_FARTHEST = 120
"""How many characters may stand between an institution and the project that a phrase ties it to."""

_LEADS = re.compile(
    r"in charge of|responsible for|the (?:organi[sz]er|host|operator|leader|coordinator)s? of"
)
_LED = re.compile(r"under the (?:direction|guidance|leadership) of")
_PAYS_FOR = re.compile(
    r"pays? for|paid for|put .{2,30} into|invest\w* .{2,40} in|gave .{2,40} (?:to|for)|"
    r"pledged .{2,30} (?:to|for)|donated"
)
_PAID_FROM = re.compile(
    r"(?:fund|money|financ|grant|budget|cost|bill|loan|sum|support|million|billion|euros|dollars).*"
    r"(?:from|by)(?: the)?(?: [a-z]+)?$"
)
_TAKES_PART = re.compile(
    r".{0,30}(?:takes? part in|taking part in|took part in|(?:is|are) (?:a |the )?(?:partners?|members?) "
    r"(?:in|of)|belongs? to|works? on) ?(?:the |a )?.{0,25}"
)
_MEMBERS = frozenset(
    ["member", "members", "partner", "partners", "participant", "participants", "parties", "consortium"]
    + ["unites", "involves", "involving", "include", "includes", "including", "comprises", "signatories"]
)
_UNDERTAKING = re.compile(
    r"(?:project|programme|program|initiative|venture|effort|study|scheme|undertaking|collaboration|"
    r"agreement|pact)$"
)

_AMOUNT = re.compile(
    r"million|billion|percent|per cent|\bhalf\b|\bthird|quarter|budget|costs?\b|bill|money|funding|sum|loan|"
    r"grant|[$€£¥]"
)
_PAYS = re.compile(
    r"(?:(?:has|have|will) )?(?:pays?|paid|financ\w+|fund\w+|contribut\w+|provid\w+|gave|gives|given|lent|"
    r"lends|pledged|put|covers?|bears?|shares?|added|granted|donated|invest\w+|backs|backed)\b"
)
_COMES_FROM = re.compile(
    r"(?:comes?|came|coming|is|are|was|were|provided|paid|covered|borne|financed|funded|met|shared|loan|"
    r"grant|money|rest|half|third|funding)(?: mostly| mainly| largely| also| partly)? (?:from|by)"
    r"(?: the| its)?$"
)
_IN_CHARGE = re.compile(
    r"(?:is|are) (?:in charge|responsible for the (?:project|programme|program))|coordinates?\b|leads?\b"
)
_PARTNERS_ARE = re.compile(
    r"\b(?:partners?|members|participants)(?: in \w+)? (?:are|is|includes?|were|from)(?: the)?$"
)
_PARTNERS_IN = re.compile(r"\b(?:partners?|members|participants) (?:in|of|to)(?: the)?$")
_IS_PARTNER = re.compile(
    r"(?:also )?(?:take|takes|took) part|(?:is|are) (?:also )?(?:(?:a |the )?(?:partner|member)s?|involved)|"
    r"joined\b|contribut"
)


def find_roles(sentence: Sentence) -> Iterator[Found]:
    """Roles of institutions in the projects of the sentence, or in its topic if it names none."""
    if not sentence.indices(Kind.INSTITUTION) or is_denied(sentence.text):
        return
    projects = sentence.indices(Kind.PROJECT)
    if not projects:
        yield from _roles_in_topic(sentence)
    for project in projects:
        for institution in sentence.indices(Kind.INSTITUTION):
            role = _role(sentence, institution, project)
            if role is not None:
                predicate, confidence = role
                yield Found(institution, predicate, project, confidence)
        members = _member_list(sentence, project)
        for member in members:
            yield Found(member, Predicate.PARTICIPATES_IN, project, 0.55)
        if "members" not in sentence.text and "signatories" not in sentence.text:
            # A list of members does not say that each works with each.
            yield from collaborators(sentence, members, 0.5)


def _role(sentence: Sentence, institution: int, project: int) -> tuple[Predicate, float] | None:
    first, last = sorted((institution, project))
    between = sentence.phrase(first + 1, last).lower()
    if len(between) > _FARTHEST or ";" in between:
        return None
    if project < institution:
        if _LED.search(between):
            return Predicate.LEADS, 0.7
        return (Predicate.FUNDS, 0.6) if _PAID_FROM.search(between) else None
    if _LEADS.search(between):
        return Predicate.LEADS, 0.7
    if _PAYS_FOR.search(between):
        return Predicate.FUNDS, 0.65
    return (Predicate.PARTICIPATES_IN, 0.6) if _TAKES_PART.fullmatch(between) else None


def _member_list(sentence: Sentence, project: int) -> list[int]:
    """ "P, a project of X, Y and Z", "the partners in P are X and Y", "P unites X and Y"."""
    if sentence.word_at(project + 1) in ("are", "is", "include", "includes") and _PARTNERS_IN.search(
        sentence.before(project, 5)
    ):
        return sentence.group_from(project + 2, Kind.INSTITUTION, limit=6)
    for position in range(project + 1, min(len(sentence.items), project + 16)):
        word = sentence.word_at(position)
        undertaking = word in ("of", "between") and _UNDERTAKING.search(
            sentence.phrase(project + 1, position).lower()
        )
        if word in _MEMBERS or undertaking:
            group = sentence.group_from(position + 1, Kind.INSTITUTION, limit=6)
            if group:
                return group
        if sentence.items[position].kind is Kind.PROJECT:
            return []
    return []


def _roles_in_topic(sentence: Sentence) -> Iterator[Found]:
    if sentence.topic is None:
        return
    for group in sentence.groups(Kind.INSTITUTION):
        predicate = _role_in_topic(sentence, group)
        if predicate is None:
            continue
        for agent in group:
            yield Found(agent, predicate, TOPIC, 0.45)
        if predicate is Predicate.PARTICIPATES_IN:
            yield from collaborators(sentence, group, 0.4)


def _role_in_topic(sentence: Sentence, group: list[int]) -> Predicate | None:
    before, after = sentence.before(group[0], 8), sentence.after(group[-1], 5)
    if _AMOUNT.search(sentence.text.lower()) and (_COMES_FROM.search(before) or _PAYS.match(after)):
        return Predicate.FUNDS
    if _IN_CHARGE.match(after):
        return Predicate.LEADS
    if _PARTNERS_ARE.search(before) or _IS_PARTNER.match(after):
        return Predicate.PARTICIPATES_IN
    return None
