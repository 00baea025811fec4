"""What the components of the pipeline hand to each other: one layer of findings for each source.

Every component writes only its own layer, so sources stay apart until `merged` (or the resolver) weighs
them. The layers travel on the spaCy `Doc` as `doc._.kg`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.model import Mention
from kg.names import normalise
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.extract.countries import CountryMatch
    from kg.extract.dates import DateSpan
    from kg.extract.places import PlaceMatch
    from kg.model import Article, Claim


@dataclass(slots=True)
class Layers:
    """All that was found in one article, by the name of the component that found it."""

    article: Article
    dates: list[DateSpan] = field(default_factory=list)
    countries: list[CountryMatch] = field(default_factory=list)
    places: list[PlaceMatch] = field(default_factory=list)
    """Those inside other names, too."""
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    claims: dict[str, list[Claim]] = field(default_factory=dict)

    def all_mentions(self) -> tuple[Mention, ...]:
        """The mentions of every layer, each once, sorted by (start, -end, kind)."""
        found = {mention for layer in self.mentions.values() for mention in layer}
        return tuple(sorted(found, key=_mention_order))

    def trusted_mentions(self, source: str) -> tuple[Mention, ...]:
        """The mentions that a claim is made of, and those of one layer that do not stand on its word alone.

        A name of which no claim says anything needs a second voice: another layer must see a thing of this
        kind under it. What one source alone takes for a name is a fragment or a heading half the time.
        """
        sides = (side for claim in self.all_claims() for side in (claim.subject, claim.object))
        claimed = {side for side in sides if isinstance(side, Mention)}
        said = {name for mention in claimed for name in _names(mention)}
        others = (layer for name, layer in self.mentions.items() if name != source)
        seen = {(mention.kind, name) for layer in others for mention in layer for name in _names(mention)}
        trusted = {
            mention
            for mention in self.mentions[source]
            if any(name in said or (mention.kind, name) in seen for name in _names(mention))
        }
        return tuple(sorted(claimed | trusted, key=_mention_order))

    def all_claims(self) -> tuple[Claim, ...]:
        claims = [claim for _, layer in sorted(self.claims.items()) for claim in layer]
        return tuple(dict.fromkeys(claims))


def layers(doc: Doc) -> Layers:
    """The layers of a doc that `kg.extract.pipeline` made."""
    found = doc._.kg
    if not isinstance(found, Layers):
        raise TypeError("this Doc was not made from an Article")
    return found


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions that stand in no other one; of two that overlap, the longer, then the earlier."""
    starts: list[int] = []
    kept: list[Mention] = []
    for mention in sorted(mentions, key=_longest_first):
        index = bisect_left(starts, mention.start)
        clear_before = index == 0 or kept[index - 1].end <= mention.start
        clear_after = index == len(kept) or mention.end <= kept[index].start
        if clear_before and clear_after:
            starts.insert(index, mention.start)
            kept.insert(index, mention)
    return kept


def _names(mention: Mention) -> set[str]:
    return {normalise(mention.label), normalise(mention.text)}


def _mention_order(mention: Mention) -> tuple[int, int, str, str, str]:
    return (mention.start, -mention.end, mention.kind, mention.label, mention.extractor)


def _longest_first(mention: Mention) -> tuple[int, int, int, str]:
    # A country that is also the whole name of something else ("Georgia" the place) stays a country.
    rank = (Kind.COUNTRY, Kind.INSTITUTION, Kind.PROJECT, Kind.PLACE).index(mention.kind)
    return (mention.start - mention.end, mention.start, rank, mention.label)


if not Doc.has_extension("kg"):
    Doc.set_extension("kg", default=None)
