"""Text as the trained reader sees it: sentences, words, word pieces, windows.

Training and reading share this file, so that a model meets the same input in both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

UNKNOWN, CLS, SEP, MASK = 100, 101, 102, 103
"""Piece numbers of BERT's uncased English vocabulary."""

WORD = re.compile(r"\w+|[^\w\s]")
SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n\s*")
ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Prof|Mr|Mrs|Ms|St|No|Nr|Co|Inc|Ltd|Corp|vs|Sen|Gov|Gen|Fig|Vol|Jr|Sr|al|approx|i\.e|e\.g"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)|\b[A-Z]|\b[A-Z]\.[A-Z])\.$"
)
MAX_SENTENCE = 160
"""Word pieces. A longer sentence (a table, a text without full stops) is cut: windows stay bounded."""

SHAPES = 8
"""How many kinds of words `shape` tells apart."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text cut up. Word `w` is `text[starts[w]:ends[w]]`, made of the pieces `first[w]` to `last[w]`.

    Sentence `s` is the words from `bounds[s]` up to, not including, `bounds[s + 1]`.
    """

    text: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    pieces: NDArray[np.int64]
    shapes: NDArray[np.int64]
    """One of `SHAPES` numbers a piece."""
    bounds: NDArray[np.int64]
    sentence: NDArray[np.int64]
    """The sentence of each word."""

    def quote(self, first: int, last: int) -> str:
        """The text of the words `first` to `last`, both included."""
        return self.text[self.starts[first] : self.ends[last]]

    def words_at(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and the last word that the characters from `start` to `end` touch."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        last = int(np.searchsorted(self.starts, end, side="left")) - 1
        return (first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class Window:
    """Whole sentences read together: pieces `start` to `end` of a text, words `first` up to `stop`."""

    start: int
    end: int
    first: int
    stop: int

    def at(self, piece: int) -> int:
        """The place of a piece of the text in the window's input, which begins with [CLS]."""
        return piece - self.start + 1


def shape(word: str) -> int:
    """The case of a word, which the uncased vocabulary drops."""
    if word.isdigit():
        return 5
    if not word[0].isalnum():
        return 0
    if any(character.isdigit() for character in word):
        return 7
    if word.islower():
        return 1
    if len(word) == 1:
        return 6
    if word.isupper():
        return 3
    return 2 if word[0].isupper() and word[1:].islower() else 4


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Sentences as character spans. A line break always ends one."""
    spans, start = [], 0
    for match in SENTENCE_END.finditer(text):
        ends_line = "\n" in match[0]
        full_stop = not ends_line and text[match.start()] == "."
        if full_stop and ABBREVIATION.search(text, max(start, match.start() - 12), match.start() + 1):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [span for span in spans if text[slice(*span)].strip()]


def cut(text: str, tokenizer: Tokenizer) -> Text:
    """Cut `text` into sentences, words and word pieces."""
    starts: list[int] = []
    ends: list[int] = []
    bounds = [0]
    for begin, end in sentence_spans(text):
        for match in WORD.finditer(text, begin, end):
            starts.append(match.start())
            ends.append(match.end())
        if len(starts) > bounds[-1]:
            bounds.append(len(starts))
    words = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    pieces, first, last = _pieces(words, bounds, tokenizer)
    shapes = np.repeat(np.array([shape(word) for word in words], dtype=np.int64), last - first + 1)
    bounds = _split_long(bounds, first, last)
    sentence = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    return Text(
        text=text,
        starts=np.array(starts, dtype=np.int64),
        ends=np.array(ends, dtype=np.int64),
        first=first,
        last=last,
        pieces=pieces,
        shapes=shapes,
        bounds=np.array(bounds, dtype=np.int64),
        sentence=sentence,
    )


def _pieces(
    words: list[str], bounds: list[int], tokenizer: Tokenizer
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Piece numbers, and each word's first and last piece. A word without pieces becomes one [UNK]."""
    pieces: list[int] = []
    counts = np.zeros(len(words), dtype=np.int64)
    batches = [words[a:b] for a, b in pairwise(bounds)]
    encodings = tokenizer.encode_batch(batches, is_pretokenized=True, add_special_tokens=False)
    for offset, batch, encoding in zip(bounds, batches, encodings, strict=False):
        by_word: list[list[int]] = [[] for _ in batch]
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            if word is not None:
                by_word[word].append(piece)
        for index, ids in enumerate(by_word):
            ids = ids or [UNKNOWN]
            pieces.extend(ids)
            counts[offset + index] = len(ids)
    stops = np.cumsum(counts)
    return np.array(pieces, dtype=np.int64), stops - counts, stops - 1


def _split_long(bounds: list[int], first: NDArray[np.int64], last: NDArray[np.int64]) -> list[int]:
    out = [0]
    for start, stop in pairwise(bounds):
        begin = start
        for word in range(start, stop):
            if last[word] - first[begin] >= MAX_SENTENCE and word > begin:
                out.append(word)
                begin = word
        out.append(stop)
    return out


def windows(text: Text, size: int, overlap: int) -> list[Window]:
    """Windows of whole sentences, each at most `size` pieces, neighbours sharing at most `overlap` pieces."""
    count = len(text.bounds) - 1
    stops = [int(text.last[text.bounds[s + 1] - 1]) + 1 for s in range(count)]
    begins = [int(text.first[text.bounds[s]]) for s in range(count)]
    out = []
    begin = 0
    while begin < count:
        end = begin + 1
        while end < count and stops[end] - begins[begin] <= size:
            end += 1
        out.append(window(text, begin, end))
        if end >= count:
            break
        again = end
        while again > begin + 1 and stops[end - 1] - begins[again - 1] <= overlap:
            again -= 1
        # A window that shares so much that the next sentence does not fit would bring nothing new.
        while again < end and stops[end] - begins[again] > size:
            again += 1
        begin = again
    return out


def window(text: Text, begin: int, end: int) -> Window:
    """The sentences from `begin` up to, not including, `end`."""
    first, stop = int(text.bounds[begin]), int(text.bounds[end])
    return Window(int(text.first[first]), int(text.last[stop - 1]) + 1, first, stop)


def model_input(
    text: Text, window: Window, shapes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Piece numbers and token types of one window, with [CLS] and [SEP]; both [pieces + 2].

    `shapes` is one number a piece of the whole text: `text.shapes`, or those with mentions marked.
    """
    inside = slice(window.start, window.end)
    pieces = np.concatenate([[CLS], text.pieces[inside], [SEP]])
    return pieces, np.concatenate([[0], shapes[inside], [0]])
