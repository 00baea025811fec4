"""Spans of words that name something: from the tagger's probabilities, gathered under names.

A `group` is what the reader takes for one entity of one article: the spans with the same normalised name,
or an acronym and the long form that introduces it. It only steers the reading; `kg.resolve` decides later
which mentions are one entity.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.not_names import is_country, is_no_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from kg.extract.reader_text import Text

INSTITUTION, PROJECT, COUNTRY, PLACE, DATE = range(5)
TAGS = 9
"""O, then B and I of Institution, Project, Country, Place."""
LAYERS = 2
"""Names, and names inside names."""

MIN_PROBABILITY = (0.65, 0.75)
"""The least probability of a span on each layer."""
ACRONYM = re.compile(r"[A-Z][\w&*-]*[A-Z0-9][\w&*-]*")
IN_PARENTHESES = re.compile(r"\s?\(([A-Z][\w&*.-]{1,14})\)")
SMALL_WORDS = frozenset({"the", "of", "and", "for", "in", "on", "a", "an", "to", "s"})


@dataclass(frozen=True, slots=True)
class Span:
    """The words `first` to `last`, both included, of a text."""

    first: int
    last: int
    kind: int
    group: str = ""
    inner: bool = False
    """It lies inside another name."""
    probability: float = 1.0
    value: str = ""
    """What it stands for: the ISO date, the country's name, an acronym's long form."""
    ref: str = ""
    """A registry key that the rule gave, e.g. "iso:BR"."""
    reference: bool = False
    """No name, but a description that stands for one ("the center")."""


def normal(name: str) -> str:
    """The form under which two spellings of a name are one: no case, accents, punctuation, "the", "'s"."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("&", " and ")
    text = re.sub(r"['’]s\b", " ", text)
    text = " ".join(re.sub(r"[^0-9a-z]+", " ", text).split())
    return text.removeprefix("the ")


def decode(text: Text, probabilities: NDArray[np.float32]) -> list[Span]:
    """The spans that the tagger sees. `probabilities`: [words, layers, tags], each row summing to 1.

    An I continues a span whatever its kind; the span's kind is the one with the highest mean.
    """
    spans: dict[tuple[int, int], Span] = {}
    best = probabilities.argmax(-1)
    for layer in range(LAYERS):
        for first, last in _runs(best[:, layer], text.sentence):
            tags = probabilities[first : last + 1, layer]
            means = (tags[:, 1::2] + tags[:, 2::2]).mean(0)
            kind, probability = int(means.argmax()), float(means.max())
            if kind == COUNTRY or probability < MIN_PROBABILITY[layer] or (first, last) in spans:
                continue
            name = text.quote(first, last)
            if _is_name(name) and not is_country(name):
                spans[first, last] = Span(first, last, kind, inner=layer == 1, probability=probability)
    return list(spans.values())


def _runs(tags: NDArray[np.int64], sentence: NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """First and last word of each B I I ... (or I I ... without a B)."""
    word, count = 0, len(tags)
    while word < count:
        if not tags[word]:
            word += 1
            continue
        last = word
        while last + 1 < count and tags[last + 1] and tags[last + 1] % 2 == 0:
            if sentence[last + 1] != sentence[word]:
                break
            last += 1
        yield word, last
        word = last + 1


def _is_name(name: str) -> bool:
    if len(name) < 2 or not normal(name) or is_no_name(name):
        return False
    return bool(re.search(r"[A-Z0-9]", name)) and bool(re.search(r"[^\W\d]", name))


def gather(text: Text, spans: Sequence[Span]) -> list[Span]:
    """Give every span its group and the kind that its group has most, and add missed spans of known names."""
    weights: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(5))
    for span in spans:
        weights[normal(text.quote(span.first, span.last))][span.kind] += span.probability
    long_forms = _long_forms(text, spans)
    roots = {name: long_forms.get(name, name) for name in [*weights, *long_forms]}
    totals: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(5))
    for name, weight in weights.items():
        totals[roots[name]] += weight
    kinds = {name: int(totals[root].argmax()) for name, root in roots.items()}
    written: dict[str, str] = {}
    for span in spans:
        quote = text.quote(span.first, span.last)
        written.setdefault(normal(quote), quote)
    spans = [*spans, *_again(text, spans, kinds)]
    out = []
    for span in spans:
        name = normal(text.quote(span.first, span.last))
        value = written.get(roots[name], "") if roots[name] != name else ""
        out.append(replace(span, kind=kinds[name], group=f"{kinds[name]}:{roots[name]}", value=value))
    return out


def name_confidence(spans: Iterable[Span]) -> dict[str, float]:
    """For each group, the tagger's highest probability of a span of it."""
    best: dict[str, float] = {}
    for span in spans:
        best[span.group] = max(span.probability, best.get(span.group, 0.0))
    return best


def _long_forms(text: Text, spans: Sequence[Span]) -> dict[str, str]:
    """Normalised acronym -> normalised long form: "Full Name (FN)", or the initials of exactly one name."""
    found: dict[str, str] = {}
    names = {normal(text.quote(s.first, s.last)): text.quote(s.first, s.last) for s in spans}
    for span in spans:
        match = IN_PARENTHESES.match(text.text, int(text.ends[span.last]))
        if match and ACRONYM.fullmatch(match[1]):
            acronym, name = normal(match[1]), normal(text.quote(span.first, span.last))
            if acronym and acronym != name:
                found.setdefault(acronym, name)
    initials = defaultdict(list)
    for name in names:
        words = name.split()
        if len(words) > 2:
            for short in {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in SMALL_WORDS)}:
                initials[short].append(name)
    for name, written in names.items():
        is_short = name not in found and 3 <= len(name) <= 8 and ACRONYM.fullmatch(written)
        if is_short and len(initials[name]) == 1:
            found[name] = initials[name][0]
    return {short: found.get(name, name) for short, name in found.items() if found.get(name) != short}


def _again(text: Text, spans: Sequence[Span], kinds: dict[str, int]) -> list[Span]:
    """Places where a known name stands that the tagger passed over."""
    taken = np.zeros(len(text.starts), dtype=bool)
    for span in spans:
        taken[span.first : span.last + 1] = True
    written = Counter(text.quote(span.first, span.last) for span in spans)
    acronyms = {m[1] for m in IN_PARENTHESES.finditer(text.text) if normal(m[1]) in kinds}
    names = {n for n in written if " " in n or ACRONYM.fullmatch(n) or kinds[normal(n)] == PLACE} | acronyms
    if not names:
        return []
    pattern = re.compile(
        r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))) + r")(?!\w)"
    )
    found = []
    for match in pattern.finditer(text.text):
        words = text.words_at(*match.span())
        if words and not taken[words[0] : words[1] + 1].any():
            taken[words[0] : words[1] + 1] = True
            found.append(Span(*words, kind=kinds[normal(match[0])], probability=0.5))
    return found


def add_rules(text: Text, spans: Sequence[Span], rules: Iterable[Span]) -> list[Span]:
    """Join what the rules found (countries, dates) to the tagger's spans, in the order of the text.

    A country's name that the tagger takes for a place stays a place.
    """
    places = {(span.first, span.last) for span in spans if span.kind == PLACE}
    reach = np.full(len(text.starts), -1)  # the last word of a span that begins at each word or before it
    for span in spans:
        reach[span.first] = max(reach[span.first], span.last)
    reach = np.maximum.accumulate(reach)
    out = list(spans)
    for rule in rules:
        if rule.kind == COUNTRY:
            if (rule.first, rule.last) in places:
                continue
            rule = replace(rule, inner=bool(reach[rule.first] >= rule.last))
        out.append(rule)
    return in_order(out)


def in_order(spans: Iterable[Span]) -> list[Span]:
    """By place, the longer first where two begin together."""
    return sorted(spans, key=lambda span: (span.first, -span.last, span.kind, span.group))
