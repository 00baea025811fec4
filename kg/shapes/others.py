"""What nodes say of other nodes, held against what those turn out to be.

Nodes come in any order and go at once, so each leaves some bytes only: hashes, of 64 bits and another choice
in each process, of its name, its classes and what paths of two steps may ask of it.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.shapes.compiled import Plan
    from kg.turtle import Properties

_PARTS = 64
"""So that no more than a small part is unpacked at a time."""
_RECENT = 50_000
"""What was asked lately is not noted again: much is said of few."""


class Node(Protocol):
    """A subject with all that is said of it, each thing once, in words of Turtle."""

    @property
    def name(self) -> str: ...
    @property
    def properties(self) -> Properties: ...
    @property
    def beyond(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """By predicate and node, the values of nodes of other groups that paths of two steps go over."""


class Others:
    """Answers questions about nodes that are not at hand with yes, and knows at the end if that was right."""

    def __init__(self) -> None:
        self._sets: dict[frozenset[str], int] = {}
        self._described, self._asked = _Pairs(), _Pairs()
        self._values: list[array[int]] = [array("q") for _ in range(_PARTS)]
        self._asked_values: list[array[int]] = [array("q") for _ in range(_PARTS)]
        self._recent: set[int] = set()
        self._group: dict[str, tuple[frozenset[str], Properties]] = {}
        self._beyond: Mapping[str, Mapping[str, Sequence[str]]] = {}

    def begin(self, group: Sequence[Node], plans: Sequence[Plan]) -> bool:
        """These nodes are at hand now; False if one is there twice. Others may speak of the first only."""
        self._group = {
            node.name: (plan.classes, node.properties) for node, plan in zip(group, plans, strict=True)
        }
        first, plan = group[0], plans[0]
        self._beyond = first.beyond
        self._described.add(first.name, self._number(plan.classes))
        for verb in plan.second_steps:
            said = hash((first.name, verb, *first.properties[verb]))
            self._values[said % _PARTS].append(said)
        return len(self._group) == len(group)

    def has_class(self, name: str, classes: frozenset[str]) -> bool:
        """Is this a member of one of these classes?"""
        at_hand = self._group.get(name)
        if at_hand is not None:
            return not classes.isdisjoint(at_hand[0])
        if self._is_new(hash((name, classes))):
            self._asked.add(name, self._number(classes))
        return True

    def values(self, name: str, verb: str) -> Sequence[str] | None:
        """All values of a predicate, as far as the group at hand tells; None where it does not."""
        at_hand = self._group.get(name)
        if at_hand is not None:
            return at_hand[1].get(verb, ())
        found = self._beyond.get(verb, {}).get(name)
        if found is not None and self._is_new(asked := hash((name, verb, *found))):
            self._asked_values[asked % _PARTS].append(asked)
        return found

    def were_right(self) -> bool:
        """Did each node come once, and was all that was said of others so?"""
        return all(map(self._part_is_right, range(_PARTS)))

    def _part_is_right(self, part: int) -> bool:
        sets = {number: classes for classes, number in self._sets.items()}
        described = dict(self._described.of(part))
        if len(described) < self._described.count(part):
            return False
        # Few pairs for many questions.
        pairs = {(described.get(name, -1), asked) for name, asked in self._asked.of(part)}
        return set(self._asked_values[part]).issubset(self._values[part]) and all(
            number in sets and not sets[number].isdisjoint(sets[asked]) for number, asked in pairs
        )

    def _number(self, classes: frozenset[str]) -> int:
        return self._sets.setdefault(classes, len(self._sets))

    def _is_new(self, question: int) -> bool:
        if question in self._recent:
            return False
        if len(self._recent) == _RECENT:
            self._recent.clear()
        self._recent.add(question)
        return True


class _Pairs:
    """Names, by their hashes, each with a small number; ten bytes a pair."""

    def __init__(self) -> None:
        self._names: list[array[int]] = [array("q") for _ in range(_PARTS)]
        self._numbers: list[array[int]] = [array("H") for _ in range(_PARTS)]

    def add(self, name: str, number: int) -> None:
        hashed = hash(name)
        part = hashed % _PARTS
        self._names[part].append(hashed)
        self._numbers[part].append(number)

    def of(self, part: int) -> Iterator[tuple[int, int]]:
        """All pairs of a name are in one part."""
        return zip(self._names[part], self._numbers[part], strict=True)

    def count(self, part: int) -> int:
        return len(self._names[part])
