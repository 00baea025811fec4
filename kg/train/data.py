"""The gold corpus as training examples: texts cut up, spans aligned, facts as labelled pairs.

A corpus is a folder of gold files as `kg.gold` reads them; a name that begins with P is a whole newspaper
page. Documents whose number is divisible by three are held out ("dev"); of the others, those with the number
1 modulo 9 choose the calibration and stay out of the gradient ("tune"). tests/gold/README.md says the same.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import InputError
from kg.extract.reader_pairs import PREDICATES, REACH
from kg.extract.reader_rules import country_name, reference_spans, rule_spans
from kg.extract.reader_spans import COUNTRY, DATE, INSTITUTION, PLACE, PROJECT, Span, in_order
from kg.extract.reader_text import cut
from kg.gold import gold_paths, load_gold
from kg.ingest import read
from kg.model import PartialDate
from kg.train.noise import noisy
from kg.vocab import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

    from kg.extract.reader_text import Text

KIND = {"Institution": INSTITUTION, "Project": PROJECT, "Country": COUNTRY, "Place": PLACE}
NUMBER = {predicate: index for index, predicate in enumerate(PREDICATES)}
Label = tuple[int, int, int]
"""Subject span, object span, predicate."""


@dataclass(slots=True)
class Document:
    """One article with its gold: spans whose group is the gold entity's id (or the date)."""

    name: str
    text: Text
    published: PartialDate
    spans: list[Span]
    gold: dict[str, Any]
    positive: set[Label] = field(default_factory=set)
    """Pairs that the quote shows to state the fact."""
    unknown: set[Label] = field(default_factory=set)
    """Other pairs of the same two entities, and optional facts: no label."""
    missed: int = 0
    """Facts of the gold without a pair of spans."""

    @property
    def is_page(self) -> bool:
        """It comes from a whole page, whose gold is not told apart by article."""
        return self.name.startswith("P")

    @property
    def part(self) -> str:
        match = re.search(r"\d+", self.name)
        number = int(match[0]) if match else 1
        return "dev" if number % 3 == 0 else "tune" if number % 9 == 1 else "train"


def read_corpus(folder: Path, tokenizer: Tokenizer) -> list[Document]:
    """Every article of the corpus; a page gives one document for each article, named alike.

    Raises InputError for a folder without gold, for gold that breaks its rules, and for a text that is
    missing or cannot be read.
    """
    return [_document(name, text, gold, tokenizer) for name, text, gold in _sources(folder)]


def with_noise(
    documents: Sequence[Document], tokenizer: Tokenizer, *, copies: int, seed: int
) -> list[Document]:
    """The documents, and of each `copies` copies with page noise."""
    rng = random.Random(seed)
    plain = [sentence for document in documents for sentence in _plain_sentences(document.text)]
    noise = [
        _document(document.name, *noisy(document.text.text, document.gold, plain, rng), tokenizer)
        for _ in range(copies)
        for document in documents
    ]
    return [*documents, *noise]


def _plain_sentences(text: Text) -> Iterator[str]:
    """The sentences without a capital letter but the first: they name nothing."""
    for first, stop in pairwise(text.bounds):
        sentence = text.quote(first, stop - 1)
        if stop - first > 5 and sentence[1:].islower():
            yield sentence


def _document(name: str, text: str, gold: dict[str, Any], tokenizer: Tokenizer) -> Document:
    document = Document(name, cut(text, tokenizer), PartialDate.parse(gold["published"]), [], gold)
    document.spans = gold_spans(document)
    label(document)
    return document


def _sources(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, text and gold of every article, the text as the ingest gives it, its title before it."""
    for path in gold_paths(folder):
        text = path.with_suffix(".txt")
        reading = read([text])
        if reading.skipped:
            raise InputError(str(text), reading.skipped[0].problem)
        load_gold(path, text.read_text(encoding="utf-8"))
        gold = json.loads(path.read_text(encoding="utf-8"))
        for article in reading.articles:
            yield path.stem, "\n\n".join(filter(None, [article.title, article.text])), gold


def gold_spans(document: Document) -> list[Span]:
    """Where the gold names stand in the text: longest first, at most one level of names inside names."""
    text, entities = document.text, document.gold["entities"]
    names = {
        (" ".join(name.split()), e["id"], KIND[e["type"]])
        for e in entities
        if e["type"] != "Country"
        for name in [*e["names"], *e.get("split_names", [])]
    }
    found: list[tuple[int, int, str, int]] = []
    for name, entity, kind in sorted(names, key=lambda n: (-len(n[0]), n)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text.text):
            start, end = match.span()
            if not any(_clash((start, end), (a, b)) for a, b, *_ in found):
                found.append((start, end, entity, kind))
    spans = []
    for start, end, entity, kind in found:
        depth = sum(a <= start and end <= b and (a, b) != (start, end) for a, b, *_ in found)
        words = text.words_at(start, end)
        if depth < 2 and words:
            spans.append(Span(*words, kind=kind, group=entity, inner=depth == 1))
    countries = {country_name(n): e["id"] for e in entities if e["type"] == "Country" for n in e["names"]}
    for rule in rule_spans(text, document.published):
        if rule.kind == COUNTRY:
            around = [s for s in spans if s.first <= rule.first and rule.last <= s.last]
            if any(s.kind == PLACE and (s.first, s.last) == (rule.first, rule.last) for s in around):
                continue
            group = countries.get(rule.value, f"country:{rule.value}")
            rule = replace(rule, inner=bool(around), group=group)
        spans.append(rule)
    return in_order([*spans, *reference_spans(text, spans)])


def _clash(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """The same span, or two that overlap without one holding the other."""
    return a == b or a[0] < b[0] < a[1] < b[1] or b[0] < a[0] < b[1] < a[1]


def label(document: Document) -> None:
    """Find for each fact the pairs of spans by which its quote states it."""
    text, spans = document.text, document.spans
    squeezed, offsets = _squeeze(text.text)
    by_group: dict[str, list[int]] = defaultdict(list)
    for index, span in enumerate(spans):
        by_group[span.group].append(index)
    for kind in ("facts", "optional"):
        for fact in document.gold.get(kind, []):
            predicate = NUMBER[Predicate(fact["p"])]
            subjects, objects = by_group[fact["s"]], by_group[fact["o"]]
            every = {(i, j, predicate) for i in subjects for j in objects}
            if PREDICATES[predicate].is_symmetric:
                every |= {(j, i, p) for i, j, p in every}
            document.unknown |= every
            at = squeezed.find(_squeeze(fact["quote"])[0])
            if kind == "optional" or at < 0:
                continue
            end = at + len(_squeeze(fact["quote"])[0])
            quote = text.words_at(offsets[at], offsets[end - 1] + 1)
            if quote is None:
                continue
            near = {
                (i, j, predicate)
                for i in _nearest(document, subjects, quote)
                for j in _nearest(document, objects, quote)
            }
            document.missed += not near
            document.positive |= near
            if PREDICATES[predicate].is_symmetric:
                document.positive |= {(j, i, p) for i, j, p in near}
    document.unknown -= document.positive


def _nearest(document: Document, spans: list[int], quote: tuple[int, int]) -> list[int]:
    """Of these spans, those in the quote; else in its sentences; else in the nearest one before, or after."""
    every = document.spans
    inside = [i for i in spans if quote[0] <= every[i].first and every[i].last <= quote[1]]
    if inside or not spans:
        return inside
    sentence = document.text.sentence
    low, high = int(sentence[quote[0]]), int(sentence[quote[1]])
    ranges = [(low, high), *((low - k, low - k) for k in (1, 2)), (high + 1, high + 1)]
    ranges += [(low - k, low - k) for k in range(3, REACH + 1)]
    for first, last in ranges:
        found = [i for i in spans if first <= sentence[every[i].first] <= last]
        if found:
            return found
    return []


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Letters and digits only, lower case, and where each stood: survives line breaks and markup."""
    kept = [(c.lower(), i) for i, c in enumerate(text) if c.isascii() and c.isalnum()]
    return "".join(c for c, _ in kept), [i for _, i in kept]


def tags(document: Document) -> np.ndarray[Any, np.dtype[np.int64]]:
    """BIO tags [words, layers]; a country without its own gold entity stays untagged, as do dates."""
    out = np.zeros((len(document.text.starts), 2), dtype=np.int64)
    for span in document.spans:
        if span.kind == DATE or span.reference or span.group.startswith("country:"):
            continue
        layer, words = int(span.inner), slice(span.first, span.last + 1)
        if not out[words, layer].any():
            out[words, layer] = 2 + 2 * span.kind
            out[span.first, layer] = 1 + 2 * span.kind
    return out
