"""What the rules give to the reader: countries, dates, places, and what "the center" stands for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.countries import find_countries
from kg.extract.dates import find_dates
from kg.extract.places import find_places
from kg.extract.reader_spans import (
    COUNTRY,
    DATE,
    INSTITUTION,
    PLACE,
    PROJECT,
    Span,
    add_rules,
    decode,
    gather,
    in_order,
)
from kg.extract.references import find_references
from kg.model import Mention
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kg.extract.countries import CountryMatch
    from kg.extract.dates import DateSpan
    from kg.extract.places import PlaceMatch
    from kg.extract.reader_text import Text
    from kg.model import PartialDate

KIND_OF = {
    INSTITUTION: Kind.INSTITUTION,
    PROJECT: Kind.PROJECT,
    COUNTRY: Kind.COUNTRY,
    PLACE: Kind.PLACE,
}
GAZETTEER_PROBABILITY = 0.5
"""Of a place that the gazetteer has and the tagger passed over."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules found in a stretch of a text that begins at the character `offset`."""

    countries: Sequence[CountryMatch]
    places: Sequence[PlaceMatch]
    dates: Sequence[DateSpan]
    offset: int = 0


def search(text: str, published: PartialDate | None) -> Findings:
    """What the rules find in `text` alone."""
    return Findings(find_countries(text), find_places(text), find_dates(text, published))


def find_spans(
    text: Text,
    probabilities: NDArray[np.float32],
    published: PartialDate | None,
    *,
    found: Sequence[Findings] | None = None,
) -> list[Span]:
    """Everything that the relation model shall see: names, countries, places, dates, references; in order.

    `probabilities`: the tagger's, [words, layers, tags]. `found` is what the rules found in the parts of the
    text, if they have been asked already.
    """
    if found is None:
        found = [search(text.text, published)]
    named = decode(text, probabilities)
    named += [span for part in found for span in place_spans(text, named, part)]
    rules = [span for part in found for span in spans_of(text, part)]
    spans = add_rules(text, gather(text, named), rules)
    return in_order([*spans, *reference_spans(text, spans)])


def place_spans(text: Text, named: Sequence[Span], found: Findings) -> list[Span]:
    """Places of the gazetteer that touch no name."""
    taken = {word for span in named for word in range(span.first, span.last + 1)}
    out = []
    for place in found.places:
        words = text.words_at(place.start + found.offset, place.end + found.offset)
        if words and taken.isdisjoint(range(words[0], words[1] + 1)):
            out.append(Span(*words, PLACE, probability=GAZETTEER_PROBABILITY))
    return out


def reference_spans(text: Text, spans: Sequence[Span]) -> list[Span]:
    """Descriptions of what was named before, in the group of the name that they stand for."""
    labels: dict[str, str] = {}
    for span in spans:
        quote = text.quote(span.first, span.last)
        labels[span.group] = max(labels.get(span.group, ""), quote, key=len)
    groups = {(KIND_OF[s.kind], labels[s.group]): s for s in reversed(spans) if s.kind != DATE}
    named = [
        Mention(
            article="",
            start=int(text.starts[span.first]),
            end=int(text.ends[span.last]),
            text=text.quote(span.first, span.last),
            kind=KIND_OF[span.kind],
            extractor="",
            name=labels[span.group],
        )
        for span in in_order(spans)
        if span.kind != DATE and not (span.kind == COUNTRY and span.inner)
    ]
    bounds = text.bounds
    sentences = [(int(text.starts[a]), int(text.ends[b - 1])) for a, b in pairwise(bounds)]
    out = []
    for found in find_references(text.text, named, sentences):
        words = text.words_at(found.start, found.end)
        if words:
            group = groups[found.kind, found.name].group
            kind = groups[found.kind, found.name].kind
            out.append(Span(*words, kind, group, probability=0.0, value=found.name, reference=True))
    return out


def rule_spans(text: Text, published: PartialDate | None) -> list[Span]:
    """The countries and dates of a text."""
    return spans_of(text, search(text.text, published))


def spans_of(text: Text, found: Findings) -> list[Span]:
    """Countries and dates. A span of time becomes two: the first half of its words and the second."""
    out = []
    for country in found.countries:
        words = text.words_at(country.start + found.offset, country.end + found.offset)
        if words:
            group, ref = f"country:{country.name}", f"iso:{country.alpha2}"
            out.append(Span(*words, COUNTRY, group=group, value=country.name, ref=ref))
    for date in found.dates:
        words = text.words_at(date.start + found.offset, date.end + found.offset)
        if not words:
            continue
        first, last = words
        if date.last is None:
            out.append(Span(first, last, DATE, group=str(date.first), value=str(date.first)))
            continue
        middle = (first + last) // 2
        out.append(Span(first, middle, DATE, group=str(date.first), value=str(date.first)))
        out.append(Span(min(middle + 1, last), last, DATE, group=str(date.last), value=str(date.last)))
    return out


def country_name(name: str) -> str:
    """The short English name of the country that `name` means; `name` itself if it means none."""
    found = find_countries(name)
    return found[0].name if found else name
