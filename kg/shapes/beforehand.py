"""What can be told of a node from its classes and predicates alone, and so of all nodes that share them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.shapes.constraints import Check
    from kg.shapes.others import Others


def verdict(check: Check, classes: Sequence[str], verbs: Sequence[str]) -> bool | None:
    """That of a check on all nodes with these classes and predicates; None where it depends on more."""
    name, others = cast("str", _Unknown()), cast("Others", _Nobody(classes))
    try:
        return check(others, name, _Verbs(classes, verbs))
    except _DependsOnMore:
        return None


class _DependsOnMore(Exception):  # noqa: N818 (an answer, and no error)
    """The check has looked at what differs from node to node."""


class _Unknown:
    """The name of some node: whoever looks at it depends on it."""

    def _look(self, *_: object) -> NoReturn:
        raise _DependsOnMore

    __getattr__ = __getitem__ = __hash__ = __eq__ = __len__ = __contains__ = _look


class _Nobody:
    """Knows nothing of other nodes, and of the node in question its classes."""

    def __init__(self, classes: Sequence[str]) -> None:
        self._classes = classes

    def has_class(self, name: object, classes: frozenset[str]) -> bool:
        if isinstance(name, _Unknown):
            return not classes.isdisjoint(self._classes)
        raise _DependsOnMore

    def values(self, name: str, verb: str) -> NoReturn:
        raise _DependsOnMore


class _Verbs(Mapping[str, "Sequence[str]"]):
    """Properties of which only the types, and which are there, are known."""

    def __init__(self, classes: Sequence[str], verbs: Sequence[str]) -> None:
        self._classes, self._verbs = classes, verbs

    def __getitem__(self, verb: str) -> Sequence[str]:
        if verb not in self._verbs:
            raise KeyError(verb)
        if verb != "a":
            raise _DependsOnMore
        return self._classes

    def __iter__(self) -> Iterator[str]:
        return iter(self._verbs)

    def __len__(self) -> int:
        return len(self._verbs)
