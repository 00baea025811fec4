"""What a text says beside a name about the thing it names, and what the look of a name tells.

"the laser maker Baltoptika", "SandWatch, a dust-storm warning system", "a robot called Hmeljko",
"ETRSS-2". Each function looks at the text just before and just after a name.
"""

from __future__ import annotations

import re
from functools import cache

from kg.names import NameClass, read_table, read_words
from kg.vocab import Kind

BEFORE, AFTER = 60, 140
"""How many characters before and after a name the functions here look at."""


@cache
def nouns() -> dict[str, NameClass]:
    """Common nouns ("company", "satellite") and the kind of thing they stand for."""
    return {
        row["word"]: NameClass(Kind(row["kind"]), row["subtype"] or "") for row in read_table("nouns.tsv")
    }


_NAMED_AS = r"(?:called|named|dubbed|known as|christened|nicknamed|codenamed|baptized)"
_NOUN_BEFORE = re.compile(r"([\w-]+)[\"“”' ]*(?:,? " + _NAMED_AS + r")? [\"“']?$")
_CALLED_BEFORE = re.compile(_NAMED_AS + r" [\"“']?(?:the )?$", re.IGNORECASE)
_AFTER_PUNCTUATION = re.compile(r"[,.;:] [\"“']?$")
_APPOSITIVE = re.compile(
    r"[\"”’']?(?: \([^)]{1,40}\))?(?:,| is| was| –| —| --| will be| became)? "
    r"(?:an?|the|its|their|one of the|another) (?P<phrase>[^,.;:()]{2,90})"
)
_PHRASE_ENDS = re.compile(
    r"\b(?:of|for|in|at|on|that|which|who|with|to|from|by|under|and|run|built|led|made|used|based|between|is|"
    r"was|will|has|had|designed|developed|funded|operated|called|named|set|near|off|owned|capable|whose|where|"
    r"when|as|carrying|launched|created|founded|headquartered|dedicated|aimed|since|over|outside|than|known)\b"
)
_DETERMINED = re.compile(r"(?:\b[Tt]he|\b[Aa]n?|['’]s|\b[Ii]ts)(?: [a-z]+)? [\"“']?$")

_PERSON = re.compile(r"[A-Z][a-zà-ÿ'’-]+|[A-Z]{3,}")
_PERSON_AFTER = re.compile(
    r",? (?:who|said|says|a (?:\w+ )?(?:professor|physicist|researcher|scientist|engineer))"
)

_ACTS = re.compile(
    r"(?:'s|’s)? (?:said|says|announced|reported|plans|hopes|leads|runs|operates|coordinates|manages|"
    r"provides|provided|developed|built|designed|signed|joined|supplied|supplies|contributes|contributed|pays|paid|"
    r"hosts|hosted|owns|agreed|made|makes|has (?:built|developed|signed|joined|pledged|agreed|been running)|"
    r"will (?:build|supply|provide|lead|run|send|pay|take part)|and the [A-Z])\b"
)
_AGENT_BEFORE = re.compile(
    r"\b(?:by|with|at|from|joined|between|including|partner|partners|of|and|told|head of|director of|"
    r"engineers at|scientists at|researchers at)(?: the)? $"
)
_POSSESSOR_BEFORE = re.compile(r"\b[A-Z]\w+['’]s $")

_CODE = re.compile(r"[A-Z][\w’'.]*[A-Za-z]-?\d{1,4}[A-Z]?(?:-\d+)?|[A-Z][\w’']+(?:-[A-Z]+)?[- ]\d{1,3}[A-Z]?")
# Letters and a number that name no thing: months, currencies, diseases, parts of a page.
_NO_CODE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|June|July|August|"
    r"September|October|November|December|USD|EUR|RMB|CHF|GBP|SEK|NOK|DKK|PLN|JPY|INR|ISO|COVID|SARS|Omega|"
    r"Group|Article|Figure|Route|Level|Phase|Chapter|Section|Unit|Vitamin|Type|Page|Issue|Vol|Hall|PM|CO|Room|"
    r"Annex|Under|Day|Class|Grade|Gate|Block|Line|Pier|Year|Top|Number|No|H\dN|G|B|C|A|F)[- ]?\d+\w*"
)
_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]*|[A-Z]{2,}[a-z]{2,}\w*|[a-z]{1,2}[A-Z][\w-]+")
_ACRONYM = re.compile(r"[A-Z][A-Z&-]*[A-Z](?:-[A-Z]+)?")


def kind_by_cue(before: str, after: str) -> Kind | None:
    """What the words beside a name call it."""
    preceding = _NOUN_BEFORE.search(before)
    if preceding and preceding[1] in nouns() and not _AFTER_PUNCTUATION.search(before):
        return nouns()[preceding[1]].kind
    appositive = _APPOSITIVE.match(after)
    if appositive:
        phrase = _PHRASE_ENDS.split(appositive["phrase"], maxsplit=1)[0].split()
        noun = phrase[-1].strip("\"”’'") if phrase else ""
        if noun in nouns():
            return nouns()[noun].kind
    if _CALLED_BEFORE.search(before):
        told = [word for word in re.findall(r"[\w-]+", before) if word in nouns()]
        return nouns()[told[-1]].kind if told else Kind.PROJECT
    following = re.match(r"[\"”’']? ([a-z]+)\b", after)
    if following and following[1] in nouns() and _DETERMINED.search(before):
        # "the MBIR reactor", "the Airbus company"; "the Tromso institute" is a place and a noun.
        noun_class = nouns()[following[1]]
        if noun_class.kind is Kind.PROJECT or noun_class.subtype == "Company":
            return noun_class.kind
    return None


def looks_like_person(name: str, after: str) -> bool:
    words = name.split()
    two_or_three = 2 <= len(words) <= 3 and all(_PERSON.fullmatch(word) for word in words)
    return two_or_three and bool(_PERSON_AFTER.match(after))


def kind_by_look(name: str, before: str, after: str) -> tuple[Kind, bool] | None:
    """What the form of an unknown name tells: the kind, and whether it is a code ("ETRSS-2").

    One word in capitals or mixed case is an institution where it acts ("said", "built by"), else a project.
    """
    acts = bool(_ACTS.match(after))
    agent = acts or bool(_AGENT_BEFORE.search(before))
    if _CODE.fullmatch(name) and not _NO_CODE.fullmatch(name):
        return Kind.PROJECT, True
    if " " in name or name in read_words("common_acronyms.txt"):
        return None
    if _ACRONYM.fullmatch(name) and len(name) > 2:
        return (Kind.INSTITUTION, False) if agent else None
    if _CAMEL.fullmatch(name) and len(name) > 4:
        return (Kind.INSTITUTION if agent else Kind.PROJECT), False
    if _POSSESSOR_BEFORE.search(before) and acts:
        # "Mexico's Birmex said"
        return Kind.INSTITUTION, False
    return None
