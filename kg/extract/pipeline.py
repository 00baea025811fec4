"""The spaCy pipeline: one thin component for each source of findings, in the order in which they build on
each other. The algorithms are plain functions in the modules beside this one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import acronyms, reader_component, references, relations
from kg.extract.components import DEFAULT_READER, READERS
from kg.extract.countries import find_countries
from kg.extract.dates import find_dates
from kg.extract.entities import find_names
from kg.extract.layers import Layers, layers, outermost
from kg.extract.places import find_places
from kg.model import Extraction, Mention
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.countries import CountryMatch
    from kg.extract.places import PlaceMatch
    from kg.model import Article, Claim

_COMPONENTS = (reader_component,)  # importing one registers it with spaCy


BESIDE_THE_READER = 0.65
"""What a rule's confidence is worth where the trained reader reads the same article: of the facts that the
rules then say alone, about 43 in 100 are right on the held-out gold."""
_MOST_WORDS = 100_000
"""spaCy remembers every word that it meets, at half a kilobyte each; of so many it is made to forget them."""


def extract(
    articles: Iterable[Article], *, reader: str = DEFAULT_READER, threads: int | None = None
) -> Iterator[Extraction]:
    """See `kg.extract.extract`."""
    nlp = load(reader, threads)
    for article in articles:
        if len(nlp.vocab.strings) > _MOST_WORDS:
            load.cache_clear()
            nlp = load(reader, threads)
        doc = nlp(make_doc(nlp, article))
        found = layers(doc)
        if reader == "rules":
            mentions = found.all_mentions()
        else:
            mentions = found.trusted_mentions("reader")
            found.claims[relations.EXTRACTOR] = list(
                map(_beside_the_reader, found.claims[relations.EXTRACTOR])
            )
        yield Extraction(article, mentions, found.all_claims())


def _beside_the_reader(claim: Claim) -> Claim:
    confidence = round(BESIDE_THE_READER * claim.evidence.confidence, 3)
    return replace(claim, evidence=replace(claim.evidence, confidence=confidence))


@cache
def load(reader: str = DEFAULT_READER, threads: int | None = None) -> Language:
    """The pipeline of one of `READERS`, made once in a process. It holds no state between articles."""
    nlp = spacy.blank("en")
    nlp.max_length = 50_000_000
    for name in READERS[reader]:
        nlp.add_pipe(name, config={"threads": threads} if name == "kg_reader" else {})
    return nlp


# A run without a space that is longer than any word; spaCy's tokenizer takes the square of its length.
_LONG_RUN = re.compile(r"\S{500}")
_PLAIN_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


def make_doc(nlp: Language, article: Article) -> Doc:
    """The article as a spaCy `Doc`, with empty layers."""
    if _LONG_RUN.search(article.text):
        words = _PLAIN_TOKEN.findall(article.text)
        doc = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
    else:
        doc = nlp.make_doc(article.text)
    doc._.kg = Layers(article)
    return doc


_END = frozenset(".!?")
_CLOSERS = frozenset("\"”’')]»")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:No|Nos|Vol|Dr|Prof|Mr|Mrs|Ms|St|Fig|vs|approx|Gen|Gov|Sen|Rep|Jr|Sr|ca|cf))\.$"
)


@Language.component("kg_sentences")
def sentences(doc: Doc) -> Doc:
    """Sentence starts: after . ! ? and closing quotes, and at every paragraph.

    spaCy's own sentencizer splits after initials ("J. Novak") and knows no paragraphs. All starts are set
    at once: setting them token by token takes time in the square of the text's length.
    """
    text = layers(doc).article.text
    starts, is_start = [], True
    for token in doc:
        starts.append(1 if is_start and not token.is_space else -1)
        paragraph = token.is_space and (is_start or "\n" in token.text)
        is_start = paragraph or (not token.is_space and _ends_sentence(doc, token.i, text))
    values: Any = np.array(starts, dtype=np.int64).view(np.uint64)
    return doc.from_array(["SENT_START"], values)


def _ends_sentence(doc: Doc, index: int, text: str) -> bool:
    token = doc[index]
    if token.text in _CLOSERS:
        before = doc[index - 1].text if index else ""
        if not before or before[-1] not in _END:
            return False
    elif token.text[-1] not in _END:
        return False
    following = doc[index + 1] if index + 1 < len(doc) else None
    if following is None:
        return False
    if following.text in _CLOSERS and not token.whitespace_:
        return False
    if token.text.endswith(".") and _ABBREVIATION.search(
        text[max(0, token.idx - 6) : token.idx + len(token)]
    ):
        return False
    return bool(token.whitespace_ or following.is_space) and not following.text[0].islower()


@Language.component("kg_dates")
def dates(doc: Doc) -> Doc:
    found = layers(doc)
    found.dates = find_dates(found.article.text, found.article.published)
    return doc


@Language.component("kg_countries")
def countries(doc: Doc) -> Doc:
    found = layers(doc)
    found.countries = find_countries(found.article.text)
    found.mentions["rules/countries"] = [
        _geographic(found.article, match, Kind.COUNTRY, "rules/countries", f"iso:{match.alpha2}")
        for match in found.countries
    ]
    return doc


@Language.component("kg_places")
def places(doc: Doc) -> Doc:
    found = layers(doc)
    found.places = find_places(found.article.text)
    found.mentions["rules/places"] = [
        _geographic(found.article, match, Kind.PLACE, "rules/places", "") for match in found.places
    ]
    return doc


def _geographic(
    article: Article, match: CountryMatch | PlaceMatch, kind: Kind, extractor: str, ref: str
) -> Mention:
    text = article.text[match.start : match.end]
    return Mention(article.id, match.start, match.end, text, kind, extractor, name=match.name, ref=ref)


@Language.component("kg_names")
def names(doc: Doc) -> Doc:
    """Institutions and projects. What they contain is no place of its own: "University of *Tokyo*"."""
    found = layers(doc)
    text = found.article.text
    geographic = {mention.text for layer in found.mentions.values() for mention in layer}
    matches = find_names(text, geographic=geographic)
    named = [
        Mention(found.article.id, match.start, match.end, match.text, match.kind, "rules/names")
        for match in matches
    ]
    found.mentions["rules/names"] = named
    inside = set(outermost([*named, *found.mentions["rules/places"]]))
    found.mentions["rules/places"] = [place for place in found.mentions["rules/places"] if place in inside]
    return doc


@Language.component("kg_acronyms")
def short_forms(doc: Doc) -> Doc:
    """Every mention of a short form stands for the long one, wherever the text introduced it."""
    found = layers(doc)
    text = found.article.text
    named = found.mentions["rules/names"]
    kinds = {mention.text: mention.kind for mention in reversed(named)}
    definitions = acronyms.find_definitions(text, named)
    long_forms: dict[str, str] = {}
    for definition in definitions:
        long_forms.setdefault(definition.short, definition.long)
    mentions = [
        Mention(
            found.article.id,
            start,
            start + len(short),
            short,
            kinds[long_forms[short]],
            "rules/acronyms",
            name=long_forms[short],
        )
        for start, short in acronyms.find_occurrences(text, long_forms)
    ]
    found.mentions["rules/acronyms"] = mentions
    found.mentions["rules/names"] = [mention for mention in named if mention.text not in long_forms]
    return doc


@Language.component("kg_references")
def definite_descriptions(doc: Doc) -> Doc:
    found = layers(doc)
    named = outermost(found.all_mentions())
    spans = [(sent.start_char, sent.end_char) for sent in doc.sents]
    found.mentions[references.EXTRACTOR] = references.find_references(found.article.text, named, spans)
    return doc


@Language.component("kg_relations")
def claims(doc: Doc) -> Doc:
    found = layers(doc)
    every = found.all_mentions()
    outer = outermost(every)
    kept = set(outer)
    inner = [mention for mention in every if mention.kind is Kind.COUNTRY and mention not in kept]
    spans = [(sent.start_char, sent.end_char) for sent in doc.sents]
    found.claims[relations.EXTRACTOR] = relations.find_claims(found.article, spans, outer, inner, found.dates)
    return doc
