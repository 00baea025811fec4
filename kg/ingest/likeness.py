"""How much two texts of a page have in common. A word counts the more, the fewer texts hold it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from math import fsum, log, sqrt
from typing import TYPE_CHECKING

from kg.clean import FUNCTION_WORDS
from kg.ingest.lines import words

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEM = 5
"""Letters compared: "antivenom" is not "venom", but "hunting" is "hunters"."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How telling each word of a page is: the logarithm of how few of its texts hold it."""

    total: int
    texts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Weights:
        counts = Counter(stem for text in texts for stem in stems(text))
        return cls(len(texts), counts)

    def share(self, title: str, text: str | set[str]) -> float:
        """0 to 1: the part of the title's weight that the text holds."""
        held = stems(text) if isinstance(text, str) else text
        return sum(part for stem, part in self.parts(title).items() if stem in held)

    def parts(self, title: str) -> dict[str, float]:
        """What part of the title's weight each of its words has; they add up to 1, or are none."""
        weight = {stem: log((self.total + 1) / max(self.texts[stem], 0.5)) for stem in sorted(stems(title))}
        total = sum(weight.values())
        return {stem: part / total for stem, part in weight.items()} if total > 0 else {}

    def kinship(self, a: set[str], b: set[str]) -> float:
        """0 to 1: how much two texts have in common, as the cosine of their weighted words."""
        both = self._weight(a) * self._weight(b)
        return self._weight(a & b) / sqrt(both) if both > 0 else 0.0

    def _weight(self, found: set[str]) -> float:
        return fsum(log((self.total + 1) / self.texts[stem]) ** 2 for stem in found if self.texts[stem])


def stems(text: str) -> set[str]:
    """The first letters of the words that mean something."""
    parts = (part for word in words(text) for part in re.split(r"[-'’]", word.casefold()))
    return {part[:_STEM] for part in parts if len(part) > 2 and part not in FUNCTION_WORDS}
