"""Sketches find what the library datasketch finds, and one article of each story is left."""

from __future__ import annotations

from itertools import combinations
from zlib import crc32

import networkx as nx
import numpy as np
import pytest
from datasketch import MinHash, MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingest import sketches
from kg.ingest.duplicates import merge_same
from kg.ingest.shelf import Shelf
from kg.ingest.sketches import BANDS, FEWEST, ROWS, Sketches, shingles, sketch
from kg.model import Article

SENTENCES = [
    f"The {who} of {where} {did} {what} on Monday, and nobody there had seen one before."
    for who, did in (("Institute", "built"), ("Museum", "lost"), ("Harbour", "sold"))
    for where in ("Skerry", "Bergen", "Ulm")
    for what in ("a lamp", "two robots", "the old telescope")
]
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=12).map(" ".join)


def library_sketch(text):
    made = MinHash(num_perm=64, hashfunc=crc32)
    made.update_batch([" ".join(shingle).encode() for shingle in shingles(text)])
    return made


def all_of(texts):
    held = Sketches()
    for text in texts:
        held.append(sketch(text))
    return held


@given(TEXTS)
def test_a_sketch_is_that_of_the_library(text):
    bands = np.frombuffer(sketch(text), "<u4")[ROWS:]
    expected = library_sketch(text if len(shingles(text)) >= FEWEST else "")
    assert bands.tolist() == expected.hashvalues[: BANDS * ROWS].tolist()


def test_bands_are_those_that_the_library_chooses_for_a_likeness():
    index = MinHashLSH(threshold=0.35, num_perm=64)
    assert (index.b, index.r) == (BANDS, ROWS)


def library_candidates(texts):
    index, found = MinHashLSH(threshold=0.35, num_perm=64), set()
    for number, text in enumerate(texts):
        if len(shingles(text)) >= FEWEST:
            made = library_sketch(text)
            found |= {(other, number) for other in index.query(made)}
            index.insert(number, made)
    return found


@pytest.mark.parametrize("at_once", [1, 3, 4096])
@settings(max_examples=40)
@given(st.lists(TEXTS, max_size=9))
def test_candidates_are_those_of_the_library(at_once, texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sketches, "_AT_ONCE", at_once)
        held = all_of(texts)
        runs = list(held.alike(np.arange(len(texts))))
        equal = list(held.equal_texts())
    assert {pair for run in runs for pair in combinations(run, 2)} == library_candidates(texts)
    pairs = {pair for pair in combinations(range(len(texts)), 2) if texts[pair[0]] == texts[pair[1]]}
    assert {pair for run in equal for pair in combinations(run, 2)} == pairs


def stories(texts):
    """The numbers of the texts of each story, by comparing every candidate."""
    same, candidates = nx.Graph(), library_candidates(texts)
    same.add_nodes_from(range(len(texts)))
    for one, other in combinations(range(len(texts)), 2):
        mine, theirs = shingles(texts[one]), shingles(texts[other])
        shared = len(mine & theirs) >= 0.7 * min(len(mine), len(theirs))
        if texts[one] == texts[other] or (shared and (one, other) in candidates):
            same.add_edge(one, other)
    return sorted(map(sorted, nx.connected_components(same)))


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS.filter(bool), max_size=8))
def test_the_articles_of_a_story_become_the_longest_with_all_sources(texts):
    shelf = shelf_of(texts)
    merge_same(shelf, all_of(texts))
    found = [sorted((article.source, *article.also_in)) for article in shelf]
    assert found == [[f"{number}.txt" for number in story] for story in stories(texts)]
    assert len(shelf) == len(found)
    for article, story in zip(shelf, stories(texts), strict=True):
        longest = max(story, key=lambda number: len(texts[number]))
        assert (article.source, article.text) == (f"{longest}.txt", texts[longest])


def shelf_of(texts):
    shelf = Shelf()
    for number, text in enumerate(texts):
        shelf.append(Article(f"id-{number}", f"{number}.txt", "Title", text))
    return shelf


def test_a_thousand_copies_are_one_article_and_no_million_of_comparisons(monkeypatch):
    texts = [f"{' '.join(SENTENCES)} Number {number}." for number in range(1000)]
    shelf, read = shelf_of(texts), []
    real = Shelf.get
    monkeypatch.setattr(Shelf, "get", lambda self, number: read.append(number) or real(self, number))
    merge_same(shelf, all_of(texts))
    assert [len(article.also_in) for article in shelf] == [999]
    assert len(read) < 10_000
