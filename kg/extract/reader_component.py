"""The trained reader as a component of the spaCy pipeline: `nlp.add_pipe("kg_reader")`."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from spacy.language import Language

from kg.extract.layers import layers
from kg.extract.reader import Reader
from kg.extract.reader_model import shipped_model
from kg.extract.reader_rules import Findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

LAYER = "reader"
SURE_LAYER = "reader/sure"
"""A second voice for the names that the tagger has no doubt about (see `Layers.trusted_mentions`)."""


@Language.factory("kg_reader", default_config={"threads": None})
def kg_reader(nlp: Language, name: str, threads: int | None) -> Callable[[Doc], Doc]:
    """Mentions and claims of the trained reader, in a layer of their own.

    `threads` read at once; by default as many as there are cores. A document raises ModelError when the
    shipped weights are not sound.
    """
    return partial(_read, threads=threads)


def _read(doc: Doc, *, threads: int | None) -> Doc:
    found = layers(doc)
    rules = Findings(found.countries, found.places, found.dates)
    reading = _reader(threads).read_article(found.article, found=rules)
    found.mentions[LAYER], found.claims[LAYER] = reading.mentions, reading.claims
    found.mentions[SURE_LAYER] = reading.sure
    return doc


@cache
def _reader(threads: int | None) -> Reader:
    return Reader(shipped_model(threads=threads))
