"""What one article says of one thing: its names, where it belongs, what happens to it and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.vocab import Kind

if TYPE_CHECKING:
    from kg.model import PartialDate
    from kg.vocab import Predicate

Key = tuple[Kind, str, int]
"""Kind, comparison key, and which of several bodies of one generic name."""

ToldApart = Callable[[str, str], bool]
"""Have people said that these two names are of two things?"""

INTRODUCED = "short form introduced in the text"


def never(left: str, right: str) -> bool:
    """Nobody has decided anything."""
    return False


@dataclass(frozen=True, order=True, slots=True)
class Link:
    """Two names that were taken for one, and why."""

    left: str
    right: str
    reason: str
    score: float


@dataclass(slots=True)
class LocalEntity:
    """What one article says of one thing."""

    article: str
    kind: Kind
    names: Counter[str] = field(default_factory=Counter)
    refs: set[str] = field(default_factory=set)
    links: set[Link] = field(default_factory=set)
    cores: dict[str, str] = field(default_factory=dict)
    """Generic names without the country in them: "Vietnamese Ministry of Health" -> "Ministry of Health"."""
    country: str = ""
    """The one country that the article places it in or calls it by; "" if none or several."""
    parent: str = ""
    """The comparison key of what it is said to be part of."""
    around: tuple[str, ...] = ()
    """The countries that the article speaks of, the most frequent first."""

    said: set[tuple[str, str]] = field(default_factory=set)
    """What it does, with whom: ("leads", key of the other), and ("leads by", key) from the other side."""
    dates: dict[Predicate, set[PartialDate]] = field(default_factory=lambda: defaultdict(set))
    settled_name: str = ""
    """The preferred name, once all names are known."""

    @property
    def preferred(self) -> str:
        return self.settled_name or preferred_name(self.names)

    def core(self, name: str) -> str:
        return self.cores.get(name, name)

    def absorb(self, other: LocalEntity, link: Link) -> None:
        self.names.update(other.names)
        self.refs |= other.refs
        self.links |= other.links | {link}
        self.cores.update(other.cores)
        self.country = self.country or other.country
        self.parent = self.parent or other.parent
        self.said |= other.said
        for predicate, dates in other.dates.items():
            self.dates[predicate] |= dates


def preferred_name(names: Counter[str]) -> str:
    """The longest form; of equally long ones the most frequent, then the first in the alphabet.

    A form in capitals (a dateline, a heading) only if there is no other.
    """
    if len(names) == 1:  # as nearly always
        return next(iter(names))
    return min(names, key=lambda name: (name.isupper() and " " in name, -len(name), -names[name], name))
