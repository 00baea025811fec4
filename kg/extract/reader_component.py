"""The trained reader as a component of the spaCy pipeline: `nlp.add_pipe("kg_reader")`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language

from kg.extract.layers import layers
from kg.extract.reader import Reader
from kg.extract.reader_rules import Findings

if TYPE_CHECKING:
    from spacy.tokens import Doc

LAYER = "reader"
SURE_LAYER = "reader/sure"
"""A second voice for the names that the tagger has no doubt about (see `Layers.trusted_mentions`)."""


@cache
def _reader() -> Reader:
    return Reader()


@Language.component("kg_reader")
def kg_reader(doc: Doc) -> Doc:
    """Mentions and claims of the trained reader, in a layer of their own.

    Raises ModelError when the shipped weights are not sound.
    """
    found = layers(doc)
    rules = Findings(found.countries, found.places, found.dates)
    reading = _reader().read_article(found.article, found=rules)
    found.mentions[LAYER], found.claims[LAYER] = reading.mentions, reading.claims
    found.mentions[SURE_LAYER] = reading.sure
    return doc
