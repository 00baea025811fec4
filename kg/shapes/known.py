"""What a node may ask of other nodes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Known:
    """By the name of the node: its classes, and its values of the predicates that paths go on with."""

    classes: dict[str, frozenset[str]]
    values: dict[str, dict[str, Sequence[str]]] = field(default_factory=dict)
    """By predicate, then by node."""

    def forget(self, name: str) -> None:
        self.classes.pop(name, None)
        for by_node in self.values.values():
            by_node.pop(name, None)
