"""How the page names and marks what the graph holds: kinds of entities, and relations read both ways."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.vocab import Kind, Predicate


@dataclass(frozen=True, slots=True)
class KindStyle:
    """How a kind of entity is drawn. Shape and colour both tell it, so that neither is needed alone."""

    plural: str
    color: str
    dark: str
    """The colour on a light and on a dark ground: the hues of Okabe and Ito (2008), told apart with any
    colour vision, as dark or as light as a contrast of 3 to 1 with the ground asks (WCAG 2.1, 1.4.11)."""
    shape: str
    """A vis-network shape whose label stands outside it."""


KIND_STYLES: dict[str, KindStyle] = {
    Kind.INSTITUTION: KindStyle("Institutions", "#0072b2", "#56b4e9", "dot"),
    Kind.PROJECT: KindStyle("Projects", "#b36b00", "#f0a830", "diamond"),
    Kind.COUNTRY: KindStyle("Countries", "#00795a", "#2fbf94", "square"),
    Kind.PLACE: KindStyle("Places", "#a8487f", "#e08fc0", "triangle"),
}

RELATION_WORDS: dict[str, tuple[str, str]] = {
    Predicate.LEADS: ("leads", "led by"),
    Predicate.DEVELOPS: ("develops", "developed by"),
    Predicate.FUNDS: ("funds", "funded by"),
    Predicate.PARTICIPATES_IN: ("takes part in", "with the participation of"),
    Predicate.COLLABORATES_WITH: ("collaborates with", "collaborates with"),
    Predicate.PART_OF: ("part of", "has the part"),
    Predicate.FOUNDED_BY: ("founded by", "founder of"),
    Predicate.FOUNDED_ON: ("founded", "founded"),
    Predicate.LOCATED_IN: ("located in", "location of"),
    Predicate.INVOLVES_COUNTRY: ("involves", "involved in"),
    Predicate.ANNOUNCED_ON: ("announced", "announced"),
    Predicate.SIGNED_ON: ("signed", "signed"),
    Predicate.STARTED_ON: ("started", "started"),
    Predicate.COMPLETED_ON: ("completed", "completed"),
    Predicate.COOPERATES_WITH: ("cooperates with", "cooperates with"),
}
"""For each relation, what it says of its subject and what it says of its object."""


def relation_words(predicate: str) -> tuple[str, str]:
    """The words for a relation; a predicate from outside the vocabulary is spelled out."""
    words = spaced(predicate).lower()
    return RELATION_WORDS.get(predicate, (words, f"{words} (of)"))


def spaced(local_name: str) -> str:
    """The words in the local name of a class or predicate: "ResearchCouncil" -> "Research council"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", local_name)
    return words[:1].upper() + words[1:].lower()
