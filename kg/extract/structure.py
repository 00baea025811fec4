"""Where things are, what they are part of, who founded them, who works with whom, which countries take part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.entities import nouns
from kg.extract.sentences import TOPIC
from kg.names import classify
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.participation import Found
    from kg.extract.sentences import Sentence

_NEGATED = re.compile(r"\b(?:not|never|neither|refused|declined|turned down)\b")
_STOPS = frozenset("and is was are were in of by at with said has have had will to for on from which that who".split())
_BASED = frozenset("based headquartered located situated seated".split())
_HELD = frozenset(
    "held opened opens opening open stands takes hosted convened built erected ended closed closes starts started begins began launched installed operates operating runs constructed completed meets met constructing".split()
)


def find_places_of(sentence: Sentence) -> Iterator[Found]:
    """`locatedIn` of institutions and projects, to the place and to the country named with it."""
    items = sentence.items
    for index in sentence.indices(Kind.PLACE, Kind.COUNTRY):
        owner = _located_owner(sentence, index)
        if owner is None:
            continue
        subject, confidence = owner
        is_country = items[index].kind is Kind.COUNTRY
        of_nation = is_country and (
            sentence.word_at(index + 1) in ("'s", "’s") or _is_adjective(sentence, index)
        )
        if items[subject].kind is Kind.PROJECT and of_nation:
            yield subject, Predicate.INVOLVES_COUNTRY, index, confidence
            continue
        yield subject, Predicate.LOCATED_IN, index, confidence
        if not is_country:
            for wider in _wider(sentence, index):
                yield subject, Predicate.LOCATED_IN, wider, confidence


def _located_owner(sentence: Sentence, index: int) -> tuple[int, float] | None:
    """The item that the text puts at the place or country at `index`."""
    items = sentence.items
    after = sentence.word_at(index + 1)
    # "Germany's Institute X", "Kenya's second satellite, Y"
    if after in ("'s", "’s"):
        for position in range(index + 2, min(index + 8, len(items))):
            if items[position].kind in (Kind.INSTITUTION, Kind.PROJECT):
                return position, 0.7
            if items[position].word == "," and position > index + 2 and items[position - 1].word in nouns():
                continue
            if not re.match(r"[a-z\d]", items[position].word) or items[position].word in _STOPS:
                break
        return None
    # "the Danish firm X", "the Lanzhou-based Institute of Y", "Kenyan X"
    if after in ("-",) and sentence.word_at(index + 2) == "based" or after == "-based":
        for position in range(index + 2, min(index + 7, len(items))):
            if items[position].kind is Kind.INSTITUTION:
                return position, 0.75
        return None
    if items[index].kind is Kind.PLACE and sentence.word_at(index + 1) in nouns():
        # "the Shenzhen company Linsight"
        follows = index + 2 < len(items) and items[index + 2].kind is Kind.INSTITUTION
        return (index + 2, 0.65) if follows else None
    if items[index].kind is Kind.COUNTRY and _is_adjective(sentence, index):
        for position in range(index + 1, min(index + 5, len(items))):
            if items[position].kind in (Kind.INSTITUTION, Kind.PROJECT):
                return position, 0.6
            if (
                not items[position].word
                or not items[position].word[0].isalpha()
                or items[position].word in ("and", "is", "was", "in", "of", "by", "at", "with", "said")
            ):
                break
        return None
    before = sentence.word_at(index - 1)
    if before == "the":
        index, before = index - 1, sentence.word_at(index - 2)
    if before not in ("in", "of", "at", "near", "on", "outside", "from", ","):
        return None
    preposition = index - 1
    left = items[preposition - 1] if preposition >= 1 else None
    if left is None:
        return None
    position = preposition - 1
    if sentence.word_at(position) == ")":
        while position >= 0 and sentence.word_at(position) != "(":
            position -= 1
        position -= 1
    if sentence.word_at(position) == "," and before in ("in", "of", "at", "near"):
        position -= 1
        if sentence.word_at(position) == ")":
            while position >= 0 and sentence.word_at(position) != "(":
                position -= 1
            position -= 1
    if position < 0:
        return None
    if items[position].kind is Kind.INSTITUTION and before not in (",", "from", "on"):
        return position, 0.75
    if items[position].kind is Kind.PROJECT and before in ("in", "at", "near", "on", "outside"):
        return position, 0.7
    if before == ",":
        return None
    # "X, which is based in L", "X has its seat in L", "X, a company in L", "P was held in L"
    phrase = sentence.phrase(max(0, position - 6), position + 1).lower()
    if items[position].word in _BASED or re.search(
        r"(?:its|has|have|with|the) (?:seat|headquarters|campus|home|base|offices?|head office)$", phrase
    ):
        return _nearest_before(sentence, position, (Kind.INSTITUTION, Kind.PROJECT), 14, 0.7)
    appositive = _appositive_owner(sentence, position)
    if appositive is not None:
        return appositive, 0.65
    recent = range(max(0, position - 4), position + 1)
    if any(items[i].word in ("opened", "established", "inaugurated", "founded", "up") for i in recent):
        return _nearest_before(sentence, position, (Kind.PROJECT, Kind.INSTITUTION), 14, 0.6)
    if any(items[i].word in _HELD for i in recent) or items[position].date:
        return _nearest_before(sentence, position, (Kind.PROJECT,), 14, 0.6)
    return None


def _is_adjective(sentence: Sentence, index: int) -> bool:
    mention = sentence.items[index].mention
    return (
        mention is not None
        and bool(mention.name)
        and mention.name != mention.text
        and bool(
            re.search(
                r"(?:an|ese|ish|i|ian|ch|ic|ean|Swiss|Thai|Greek|Czech|Dutch|U\.S\.|US|UK|ss|que)$",
                mention.text,
            )
        )
    )


def _nearest_before(
    sentence: Sentence, index: int, kinds: tuple[Kind, ...], limit: int, confidence: float
) -> tuple[int, float] | None:
    for position in range(index - 1, max(-1, index - 1 - limit), -1):
        if sentence.items[position].kind in kinds:
            return position, confidence
        if sentence.word_at(position) == ";":
            break
    return None


def _appositive_owner(sentence: Sentence, index: int) -> int | None:
    """ "X, a company of 40 people | in L": X, when only the words of an apposition stand between."""
    for position in range(index, max(-1, index - 9), -1):
        item = sentence.items[position]
        if item.word == ",":
            named = sentence.items[position - 1] if position else None
            if (
                sentence.word_at(position + 1) in ("a", "an", "the", "one")
                and named
                and named.kind
                in (
                    Kind.INSTITUTION,
                    Kind.PROJECT,
                )
            ):
                return position - 1
            return None
        if item.mention or item.word in (
            "is",
            "was",
            "has",
            "said",
            "and",
            "were",
            "will",
            "from",
            "with",
            "by",
        ):
            return None
    return None


def _wider(sentence: Sentence, index: int) -> Iterator[int]:
    """ "L, | C": the country (or the wider place) named with a place."""
    items = sentence.items
    position = index + 1
    while position + 1 < len(items):
        if sentence.word_at(position) in (",", "in", "("):
            following = position + 1
            while sentence.word_at(following) in (
                "in",
                "the",
                "western",
                "eastern",
                "northern",
                "southern",
                "central",
                "south",
                "north",
                "east",
                "west",
                "city",
                "province",
                "state",
            ):
                following += 1
            if (
                following < len(items)
                and items[following].is_geographic
                and sentence.word_at(following + 1) not in ("'s",)
            ):
                if items[following].kind is Kind.COUNTRY:
                    yield following
                    return
                position = following + 1
                continue
        return
    return


def find_parts(sentence: Sentence) -> Iterator[Found]:
    """`partOf`: "X of the Y", "Y's X", "X, Academy Y", "X, a unit of Y", "P, part of Q"."""
    items = sentence.items
    for left in sentence.indices(Kind.INSTITUTION, Kind.PROJECT):
        kind = items[left].kind
        if kind is None:
            continue
        for right in range(left + 1, min(len(items), left + 16)):
            if items[right].kind not in (Kind.INSTITUTION, Kind.PROJECT):
                continue
            if items[right].kind is not kind:
                continue
            between = sentence.phrase(left + 1, right).lower()
            if _PART_BETWEEN.fullmatch(between):
                yield left, Predicate.PART_OF, right, 0.75
            elif kind is Kind.INSTITUTION and re.fullmatch(r"['’]s(?: [a-z-]+){0,2}", between):
                yield right, Predicate.PART_OF, left, 0.7
            elif (
                kind is Kind.INSTITUTION
                and re.fullmatch(r"(?: \([^)]*\))?,", between)
                and _is_parent(sentence, left, right)
            ):
                yield left, Predicate.PART_OF, right, 0.7
            break


_PART_BETWEEN = re.compile(
    r"(?:\([^)]*\) ?)?(?:"
    r"(?:of|at|under|within) (?:the|its)?(?: [a-z]+)?"
    r"|,? ?(?:which |that )?(?:is |are |was |itself )?(?:an? |the |itself )?(?:[a-z-]+ ){0,3}(?:part|unit|center|centre|member|branch|body|organ|arm|division|institute|subsidiary|affiliate|department|institution|laboratory|component|element|section|phase|module|instrument|subproject|product)s? of(?: the)?(?: [a-z]+)?"
    r"|,? ?(?:which )?(?:is |was )?(?:affiliated (?:to|with)|attached to|subordinate to|belongs to|belonging to|owned by|run under|within the framework of|carried out under|under the umbrella of|in the framework of|grew out of|within|under)(?: the| its)?(?: [a-z]+)?"
    r")"
)


def _is_parent(sentence: Sentence, left: int, right: int) -> bool:
    """In "X, Y": may Y be what X belongs to (an academy, a university, a ministry; no list)?"""
    if sentence.word_at(right + 1) == "and" or sentence.word_at(left - 1) in (",", "and"):
        return False
    inner, outer = sentence.items[left].mention, sentence.items[right].mention
    if inner is None or outer is None:
        return False
    small, large = classify(inner.label), classify(outer.label)
    return bool(
        small
        and large
        and small.subtype in ("ResearchInstitute", "Laboratory", "Hospital", "")
        and large.subtype in ("Academy", "University", "GovernmentBody")
    )


def find_founders(sentence: Sentence) -> Iterator[Found]:
    """`foundedBy`: "X was set up by Y and the government of C", "Y founded X"."""
    items = sentence.items
    for index, item in enumerate(items):
        if not re.fullmatch(
            r"founded|co-founded|established|established|set|created|formed|opened|launched|initiated",
            item.word,
        ):
            continue
        if item.word == "set" and sentence.word_at(index + 1) != "up":
            continue
        if _NEGATED.search(sentence.phrase(max(0, index - 4), index).lower()):
            continue
        by = next(
            (i for i in range(index + 1, min(len(items), index + 8)) if sentence.word_at(i) == "by"), None
        )
        if by is not None and not any(items[i].kind is Kind.INSTITUTION for i in range(index, by)):
            founded = [i for i in sentence.indices(Kind.INSTITUTION) if i < index]
            projects = [i for i in sentence.indices(Kind.PROJECT) if i < index]
            if not founded or (projects and projects[-1] > founded[-1]):
                continue
            agents = sentence.group_from(by + 1, Kind.INSTITUTION, limit=6) + sentence.group_from(
                by + 1, Kind.COUNTRY, limit=4
            )
            for agent in agents:
                if agent != founded[-1]:
                    yield founded[-1], Predicate.FOUNDED_BY, agent, 0.7
            yield from _pairs(sentence, [a for a in agents if items[a].kind is Kind.INSTITUTION])
        elif item.word not in ("opened", "launched", "initiated") or sentence.word_at(index - 1) not in (
            "was",
            "were",
            "been",
        ):
            agents = sentence.group_to(index, Kind.INSTITUTION, limit=4)
            passive = any(
                sentence.word_at(i) in ("was", "were", "been", "is", ",", "which")
                for i in range(index - 2, index)
            )
            target = sentence.group_from(index + 1, Kind.INSTITUTION, limit=4)
            if agents and target and not passive:
                for agent in agents:
                    yield target[0], Predicate.FOUNDED_BY, agent, 0.65
                yield from _pairs(sentence, agents)


def _pairs(sentence: Sentence, group: list[int]) -> Iterator[Found]:
    from kg.extract.participation import collaborators

    yield from collaborators(sentence, group, 0.6)


_TOGETHER = re.compile(
    r"(?:,? (?:which )?)?(?:.{0,60}\b(?:together with|in (?:close )?(?:collaboration|cooperation|partnership|co-operation) with|jointly with|"
    r"partner(?:s|ed|ing)? with|teamed up with|collaborat\w+ with|cooperat\w+ with|works? with|working with|signed .{0,40} with|"
    r"alongside|developed with|built with|along with|joined forces with|agreement with|shares? .{0,30} with|linked .{0,20} with)) ?(?:the |its )?.{0,25}"
)


def find_collaboration(sentence: Sentence) -> Iterator[Found]:
    """`collaboratesWith`: "X, in collaboration with Y and Z", "X and Y signed", "X and Y jointly"."""
    institutions = sentence.indices(Kind.INSTITUTION)
    for left, right in zip(institutions, institutions[1:], strict=False):
        between = " " + sentence.phrase(left + 1, right).lower()
        if len(between) <= 140 and _TOGETHER.fullmatch(between) and not _NEGATED.search(between):
            partners = sentence.group_from(right, Kind.INSTITUTION)
            group = sentence.group_to(left + 1, Kind.INSTITUTION, limit=1)
            both = list(dict.fromkeys([*group, *partners]))
            yield from _pairs(sentence, both)
    for first in institutions:
        group = sentence.group_from(first, Kind.INSTITUTION, limit=1)
        if len(group) < 2:
            continue
        tail = sentence.phrase(group[-1] + 1, min(len(sentence.items), group[-1] + 9)).lower()
        if re.match(
            r"(?:\([^)]*\) )?(?:,? ?(?:have |has |will |had )?(?:also )?(?:jointly|together|signed|agreed|teamed|joined forces|cooperate|collaborate|co-founded|co-developed|launched a joint|set up|have worked|have run|are to|began working))",
            tail,
        ):
            yield from _pairs(sentence, group)


_PARTY_NOUNS = (
    r"(?:members?|partners?|participants?|countries|parties|signatories|nations|states|delegates|researchers|"
    r"scientists|engineers|institutions|teams|hosts|users|governments)"
)
_BEFORE_LIST = re.compile(
    rf"(?:\b{_PARTY_NOUNS}\b[^.;]{{0,40}}(?:are|were|include|includes|including|from|among them|:|-|–|—|,|of)|between|"
    r"cooperation of|jointly by|brings? together|brought together|(?:joint )?venture of|agreement with|along with|"
    r"together with|such as|among them|signed by|shared by)(?: the)?$"
)
_AFTER_LIST = re.compile(
    r"(?:have |has |had |will |also |are |were |all |now |both |each |the )*(?:signed|agreed|agree|cooperat|work|exchange|"
    r"launched|jointly|share|set up|began|begun|members|partners|parties|proposed|established|built|joined|join|plan|"
    r"co-|put|take part|took part|taking part|contribut|pay|paid|finance|fund|ratified|adopted|participat|pledged)"
)
_JOINS = re.compile(
    r"(?:which |also |has |have |had |will |now |first |on \w+ |last \w+ |in \w+ |since \w+ |been |became |as )*(?:joined|join|joins|signed|"
    r"sign|ratified|acceded|accede|a (?:full |founding )?(?:member|partner)|the \w+ (?:member|state|country)|takes? part|took part|"
    r"participat\w+|paid|pays?|contribut\w+|hosts?|proposed|financ\w+|fund\w+|supports?|provid\w+|supplied|approved|"
    r"launched|initiated|invest\w+|pledged)"
)
_COOPERATION = re.compile(
    r"(?:cooperat|agree|sign|joint|together|collaborat|exchange|partner|pact|accord|treaty|relations|ties|share|work)"
)


def find_countries_of(sentence: Sentence) -> Iterator[Found]:
    """`involvesCountry` and `cooperatesWith`: countries that the text names as parties."""
    countries = sentence.indices(Kind.COUNTRY)
    lower = sentence.text.lower()
    if not countries or _NEGATED.search(lower):
        return
    listed: set[int] = set()
    for first in countries:
        if first in listed:
            continue
        group = sentence.group_from(first, Kind.COUNTRY, limit=1)
        listed.update(group)
        if len(group) < 2:
            continue
        before = sentence.phrase(max(0, first - 10), first).lower()
        after = sentence.phrase(group[-1] + 1, min(len(sentence.items), group[-1] + 8)).lower()
        introduced, acting = _BEFORE_LIST.search(before), _AFTER_LIST.match(after)
        project = _project_near(sentence, first)
        if project is not None and (introduced or acting):
            for country in group:
                yield project, Predicate.INVOLVES_COUNTRY, country, 0.6 if project >= 0 else 0.45
        if len(group) == 2 and (acting or before.endswith("between")) and _COOPERATION.search(lower):
            yield group[0], Predicate.COOPERATES_WITH, group[1], 0.6
    for country in countries:
        after = sentence.phrase(country + 1, min(len(sentence.items), country + 9)).lower()
        if _JOINS.match(after):
            project = _project_near(sentence, country)
            if project is not None:
                yield project, Predicate.INVOLVES_COUNTRY, country, 0.6 if project >= 0 else 0.45
    yield from _nationality_of_apposition(sentence)


def _project_near(sentence: Sentence, index: int) -> int | None:
    """The project of the sentence that is nearest to an item; the topic if the sentence names none."""
    projects = sentence.indices(Kind.PROJECT)
    if projects:
        return min(projects, key=lambda project: (abs(project - index), project))
    return TOPIC if sentence.topic is not None else None


def _nationality_of_apposition(sentence: Sentence) -> Iterator[Found]:
    """ "SATREPS, a Japanese programme", "Hughes, an American company", "Linsight, the Shenzhen chipmaker"."""
    items = sentence.items
    for index in sentence.indices(Kind.COUNTRY, Kind.PLACE):
        article = next((i for i in (index - 1, index - 2) if sentence.word_at(i) in ("a", "an", "the")), None)
        if article is None or article < 2 or sentence.word_at(article - 1) != ",":
            continue
        owner = items[article - 2]
        if not re.fullmatch(r"[a-z-]+", sentence.word_at(index + 1)):
            continue
        if owner.kind is Kind.INSTITUTION and (_is_adjective(sentence, index) or items[index].kind is Kind.PLACE):
            yield article - 2, Predicate.LOCATED_IN, index, 0.65
        elif owner.kind is Kind.PROJECT and items[index].kind is Kind.COUNTRY and _is_adjective(sentence, index):
            yield article - 2, Predicate.INVOLVES_COUNTRY, index, 0.65
