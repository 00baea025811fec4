"""Which institutions work together, which countries take part in a project, which cooperate."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.rules.base import Found, collaborators, is_denied, pairs
from kg.extract.sentences import TOPIC
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.sentences import Sentence

_FARTHEST = 140
"""How many characters may stand between two institutions that a phrase joins."""

_TOGETHER = re.compile(
    r"(?:.{0,60}\b(?:together with|in (?:close )?(?:collaboration|co-?operation|partnership) with|"
    r"jointly with|partner(?:s|ed|ing)? with|teamed up with|collaborat\w+ with|cooperat\w+ with|"
    r"works? with|working with|signed .{0,40} with|alongside|developed with|built with|along with|"
    r"joined forces with|agreement with|shares? .{0,30} with|linked .{0,20} with)) ?(?:the |its )?.{0,25}"
)
_ACT_TOGETHER = re.compile(
    r"(?:\([^)]*\) )?,? ?(?:have |has |will |had )?(?:also )?(?:jointly|together|signed|agreed|teamed|"
    r"joined forces|cooperate|collaborate|co-founded|co-developed|launched a joint|set up|have worked|"
    r"have run|are to|began working)"
)
_PARTY = (
    r"(?:members?|partners?|participants?|countries|parties|signatories|nations|states|delegates|researchers|"
    r"scientists|engineers|institutions|teams|hosts|users|governments)"
)
# Before a list of countries: "its members are", "researchers from", "an agreement between".
_BEFORE_LIST = re.compile(
    rf"(?:\b{_PARTY}\b[^.;]{{0,40}}(?:are|were|includes?|including|from|among them|:|-|–|—|,|of)|between|"
    r"cooperation of|jointly by|brings? together|brought together|(?:joint )?venture of|agreement with|"
    r"along with|together with|such as|among them|signed by|shared by)(?: the)?$"
)
# After a list of countries: "have signed", "are members".
_AFTER_LIST = re.compile(
    r"(?:have |has |had |will |also |are |were |all |now |both |each |the )*(?:signed|agree|cooperat|work|"
    r"exchange|launched|jointly|share|set up|began|begun|members|partners|parties|proposed|established|"
    r"built|join|plan|co-|put|take part|took part|taking part|contribut|pay|paid|finance|fund|ratified|"
    r"adopted|participat|pledged)"
)
# After one country: "joined", "became the 14th state to accede".
_JOINS = re.compile(
    r"(?:which |also |has |have |had |will |now |first |on \w+ |last \w+ |in \w+ |since \w+ |been |became |"
    r"as )*(?:join|signed?\b|ratified|accede|a (?:full |founding )?(?:member|partner)|"
    r"the \w+ (?:member|state|country)|takes? part|took part|participat|paid|pays?\b|contribut|hosts?\b|"
    r"proposed|financ|fund|supports?\b|provid|supplied|approved|launched|initiated|invest|pledged)"
)
_COOPERATION = re.compile(
    r"cooperat|agree|sign|joint|together|collaborat|exchange|partner|pact|accord|treaty|relations|ties|share|work"
)


def find_collaboration(sentence: Sentence) -> Iterator[Found]:
    """`collaboratesWith`: "X, in collaboration with Y and Z", "X and Y signed"."""
    for left, right in pairwise(sentence.indices(Kind.INSTITUTION)):
        between = " " + sentence.phrase(left + 1, right)
        if len(between) <= _FARTHEST and _TOGETHER.fullmatch(between.lower()) and not is_denied(between):
            partners = sentence.group_from(right, Kind.INSTITUTION)
            group = sentence.group_to(left + 1, Kind.INSTITUTION, limit=1)
            yield from collaborators(sentence, list(dict.fromkeys([*group, *partners])), 0.6)
    for group in sentence.groups(Kind.INSTITUTION):
        if len(group) > 1 and _ACT_TOGETHER.match(sentence.after(group[-1], 8)):
            yield from collaborators(sentence, group, 0.6)


def find_countries(sentence: Sentence) -> Iterator[Found]:
    """`involvesCountry` and `cooperatesWith`: countries that the text names as parties."""
    lower = sentence.text.lower()
    if not sentence.indices(Kind.COUNTRY) or is_denied(sentence.text):
        return
    for group in sentence.groups(Kind.COUNTRY):
        if len(group) < 2:
            continue
        before, after = sentence.before(group[0], 10), sentence.after(group[-1], 7)
        acting = _AFTER_LIST.match(after)
        if acting or _BEFORE_LIST.search(before):
            yield from _involved(sentence, group)
        if (acting or before.endswith("between")) and _COOPERATION.search(lower):
            yield from pairs(sentence, group, Predicate.COOPERATES_WITH, 0.6)
    for country in sentence.indices(Kind.COUNTRY):
        if _JOINS.match(sentence.after(country, 8)):
            yield from _involved(sentence, [country])


def _involved(sentence: Sentence, countries: list[int]) -> Iterator[Found]:
    """The countries take part in the project nearest to them; in the topic if the sentence names none."""
    projects = sentence.indices(Kind.PROJECT)
    if projects:
        first = countries[0]
        project = min(projects, key=lambda index: (abs(index - first), index))
    elif sentence.topic is not None:
        project = TOPIC
    else:
        return
    for country in countries:
        yield Found(project, Predicate.INVOLVES_COUNTRY, country, 0.45 if project == TOPIC else 0.6)
