"""Institutions and named projects: which name-like phrases name one, and which of the two.

Four sources, the surest first: the words of the name itself ("Institute of ..."), a short list of names
that the whole field knows ("CERN"), what the text says beside the name ("the laser maker Baltoptika",
"SandWatch, a dust-storm warning system"), and the look of the name ("ETRSS-2"). What one passage tells
holds for the name in the whole article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.chunks import Chunk, find_chunks
from kg.names import SMALL_WORDS, NameClass, classify, heads, read_table
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class NameMatch:
    """`text[start:end]` names an institution or a project; `score` (0 to 1) says how sure that is."""

    start: int
    end: int
    text: str
    kind: Kind
    score: float


@cache
def nouns() -> dict[str, NameClass]:
    """Common nouns ("company", "satellite") and the kind of thing they stand for."""
    return {
        row["word"]: NameClass(Kind(row["kind"]), row["subtype"] or "") for row in read_table("nouns.tsv")
    }


@cache
def known_names() -> dict[str, NameClass]:
    return {
        row["name"]: NameClass(Kind(row["kind"]), row["subtype"] or "") for row in read_table("known.tsv")
    }


HEAD_SCORE, KNOWN_SCORE, CUE_SCORE, LOOK_SCORE = 0.9, 0.9, 0.75, 0.55

_NAMED_AS = r"(?:called|named|dubbed|known as|christened|nicknamed|codenamed|baptized)"
_NOUN_BEFORE = re.compile(r"([\w-]+)[\"“”' ]*(?:,? " + _NAMED_AS + r")? [\"“']?$")
_CALLED_BEFORE = re.compile(_NAMED_AS + r" [\"“']?(?:the )?$", re.IGNORECASE)
_APPOSITIVE = re.compile(
    r"[\"”’']?(?: \([^)]{1,40}\))?(?:,| is| was| –| —| --| will be| became)? (?:an?|the|its|their|one of the|another) "
    r"(?P<phrase>[^,.;:()]{2,90})"
)
_PHRASE_ENDS = re.compile(
    r"\b(?:of|for|in|at|on|that|which|who|with|to|from|by|under|and|run|built|led|made|used|based|between|is|was|"
    r"will|has|had|designed|developed|funded|operated|called|named|set|near|off|owned|capable|whose|where|when|as|"
    r"carrying|launched|created|founded|headquartered|dedicated|aimed|near|since|over|outside|than|known)\b"
)
_SAYS = re.compile(
    r"(?:'s|’s)? (?:said|says|announced|reported|plans|hopes|leads|runs|operates|coordinates|manages|provides|provided|"
    r"developed|built|designed|signed|joined|supplied|supplies|contributes|contributed|pays|paid|hosts|hosted|"
    r"owns|agreed|made|makes|has (?:built|developed|signed|joined|pledged|agreed|been running)|will (?:build|supply|"
    r"provide|lead|run|send|pay|take part)|and the [A-Z])\b"
)
_AGENT_BEFORE = re.compile(
    r"\b(?:by|with|at|from|joined|between|including|partner|partners|of|and|told|head of|director of|"
    r"engineers at|scientists at|researchers at)(?: the)? $"
)
_CODE = re.compile(r"[A-Z][\w’'.]*[A-Za-z]-?\d{1,4}[A-Z]?(?:-\d+)?|[A-Z][\w’']+(?:-[A-Z]+)?[- ]\d{1,3}[A-Z]?")
_CODE_EXCEPT = re.compile(
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|USD|EUR|RMB|CHF|GBP|SEK|NOK|DKK|PLN|JPY|INR|ISO|COVID|SARS|Omega|Group|Article|Figure|Route|Level|Phase|Chapter|Section|Unit|Vitamin|Type|Page|Issue|Vol|"
    r"Hall|PM|CO|Room|Annex|Under|Day|Class|Grade|Gate|Block|Line|Pier|Year|Top|Number|No|H\dN|G|B|C|A|F)[- ]?\d+\w*"
)
_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]*|[A-Z]{2,}[a-z]{2,}\w*|[a-z]{1,2}[A-Z][\w-]+")
_ACRONYM = re.compile(r"[A-Z][A-Z&-]*[A-Z](?:-[A-Z]+)?")
_ACRONYM_EXCEPT = frozenset(
    "AI IT TV DNA RNA PCR GPS GDP CO2 USD RMB CEO PHOTO UTC GMT LED HIV AIDS UV MRI CT VR AR PC USB AM PM OK II "
    "III IV VI VII VIII IX XI XII PDF DIY SME SMEs NGO NGOs STI STEM STI BCI HSR GHG CPC PHD II GNSS LNG EV EVs "
    "MW GW KW TWH FAQ BC AD CE FM HD SIM SMS QR URL IP".split()
)
# Observatories that carry a nation, a city's institute or a science in their names act as institutions.
_ACTING_OBSERVATORY = re.compile(
    r"\b(?:Astronomical|Southern|National|Geological|Royal|Radio Astronomy|Volcano|Seismological|Earth) "
    r"(?:Observatory|Facility)$|\b(?:Environment|Development|Research) Programme$"
)
_HEADLINE_VERB = re.compile(
    r" (?:Opens?|Holds?|Goes|Takes?|Gets?|Wins?|Passes|Folds|Rides|Shortens|Watches|Finds|Meets?|Signs?|Joins?|Sees|"
    r"Begins|Starts|Ends|Grows|Launches|Launched|Reaches|Returns|Makes|Builds|Shows|Uncovers|Unveiled|Issued|Kicks)\b"
)
_GENERIC = frozenset(
    """research vocational technical referral general joint medical training evaluation international science
    national institute centre center university college school laboratory programme project initiative
    federal state regional advanced technology innovation development new first second third""".split()
)
_GOVERNMENT = re.compile(
    r"(?:(?:[A-Z][\w’'-]+ ){1,3}(?:municipal|provincial|city|state|federal|regional|local|county|district)? ?"
    r"(?:government|parliament))\b"
)


def find_names(text: str, *, geographic: Collection[str] = ()) -> list[NameMatch]:
    """Every mention of an institution or a project in an article's text, in order, none overlapping.

    `geographic` holds names already known as countries or places; alone they name nothing else.
    """
    chunks = [
        chunk
        for chunk in find_chunks(text)
        if chunk.text not in geographic or (" " in chunk.text and _names_institution(chunk.text))
    ]
    votes: dict[str, dict[Kind, float]] = defaultdict(lambda: defaultdict(float))
    for chunk in chunks:
        found = _class_of(text, chunk)
        if found is not None:
            kind, score = found
            votes[chunk.text][kind] = max(votes[chunk.text][kind], score)
    matches = []
    for chunk in chunks:
        if chunk.text not in votes:
            continue
        ranked = sorted(votes[chunk.text].items(), key=lambda item: (-item[1], item[0]))
        kind, score = ranked[0]
        matches.append(NameMatch(chunk.start, chunk.end, chunk.text, kind, score))
    return _with_governments(text, matches)


def _names_institution(name: str) -> bool:
    """A gazetteer also lists campuses: "Stony Brook University" is an institution all the same."""
    told = classify(name)
    return told is not None and told.kind is Kind.INSTITUTION


def _class_of(text: str, chunk: Chunk) -> tuple[Kind, float] | None:
    name = chunk.text
    if name in known_names():
        return known_names()[name].kind, KNOWN_SCORE
    before, after = text[max(0, chunk.start - 60) : chunk.start], text[chunk.end : chunk.end + 140]
    by_words = classify(name) if " " in name else None
    if by_words is not None:
        if _is_fragment(name) or _HEADLINE_VERB.search(name):
            return None
        if _ACTING_OBSERVATORY.search(name):
            return Kind.INSTITUTION, HEAD_SCORE - 0.1
        return by_words.kind, HEAD_SCORE
    if name.lower() in nouns() or name in heads():
        return None
    cue = _cue_class(before, after)
    if cue is not None and (" " not in name or not _looks_like_person(name, after)):
        return cue, CUE_SCORE
    return _class_by_look(name, before, after)


def _is_fragment(name: str) -> bool:
    """A head with nothing that tells which one ("National Institute", "Research Centre")."""
    words = [word for word in name.split() if word.lower() not in SMALL_WORDS]
    return len(words) <= 2 and words[-1] in heads() and (words[0].lower() in _GENERIC or words[0] in heads())


def _cue_class(before: str, after: str) -> Kind | None:
    """What the words beside a name call it."""
    preceding = _NOUN_BEFORE.search(before)
    if preceding and preceding[1] in nouns() and not re.search(r"[,.;:] [\"“']?$", before):
        return nouns()[preceding[1]].kind
    appositive = _APPOSITIVE.match(after)
    if appositive:
        phrase = _PHRASE_ENDS.split(appositive["phrase"], maxsplit=1)[0].split()
        if phrase and phrase[-1].strip("\"”’'") in nouns():
            return nouns()[phrase[-1].strip("\"”’'")].kind
    if _CALLED_BEFORE.search(before):
        told = [word for word in re.findall(r"[\w-]+", before) if word in nouns()]
        return nouns()[told[-1]].kind if told else Kind.PROJECT
    following = re.match(r"[\"”’']? ([a-z]+)\b", after)
    if (
        following
        and following[1] in nouns()
        and re.search(r"(?:\b[Tt]he|\b[Aa]n?|['’]s|\b[Ii]ts)(?: [a-z]+)? [\"“']?$", before)
    ):
        noun = nouns()[following[1]]
        return noun.kind if noun.kind is Kind.PROJECT or noun.subtype == "Company" else None
    return None


def _looks_like_person(name: str, after: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= 3
        and all(re.fullmatch(r"[A-Z][a-zà-ÿ'’-]+|[A-Z]{3,}", word) for word in words)
        and bool(
            re.match(
                r",? (?:who|said|says|a (?:\w+ )?(?:professor|physicist|researcher|scientist|engineer))",
                after,
            )
        )
    )


def _class_by_look(name: str, before: str, after: str) -> tuple[Kind, float] | None:
    agent = bool(_AGENT_BEFORE.search(before)) or bool(_SAYS.match(after))
    if _CODE.fullmatch(name) and not _CODE_EXCEPT.fullmatch(name):
        return Kind.PROJECT, LOOK_SCORE + 0.1
    if " " in name:
        return None
    if _ACRONYM.fullmatch(name) and name not in _ACRONYM_EXCEPT and len(name) > 2:
        return (Kind.INSTITUTION, LOOK_SCORE) if agent else None
    if _CAMEL.fullmatch(name) and len(name) > 4 and name not in _ACRONYM_EXCEPT:
        return (Kind.INSTITUTION if agent else Kind.PROJECT), LOOK_SCORE
    if re.search(r"\b[A-Z]\w+['’]s $", before) and agent and _SAYS.match(after):
        return Kind.INSTITUTION, LOOK_SCORE
    return None


def _with_governments(text: str, matches: list[NameMatch]) -> list[NameMatch]:
    """ "the Chilean government", "Beijing municipal government": the noun is lower case but part of the name."""
    taken = [(match.start, match.end) for match in matches]
    for found in _GOVERNMENT.finditer(text):
        start = found.start()
        if found.group().startswith("The "):
            start += 4
        if not any(start < end and begin < found.end() for begin, end in taken):
            name = text[start : found.end()]
            matches.append(NameMatch(start, found.end(), name, Kind.INSTITUTION, HEAD_SCORE))
    return sorted(matches, key=lambda match: (match.start, match.end))
