"""Sentences, words, word pieces and windows, as the trained reader sees them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.reader_model import shipped_model
from kg.extract.reader_text import MAX_SENTENCE, cut, model_input, sentence_spans, shape, windows

TEXTS = st.text(st.sampled_from("aB c.D1-\n?“é漢🙂"), max_size=300)


@pytest.fixture(scope="module")
def tokenizer():
    return shipped_model().tokenizer


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It opened. Dr. Lee left.", ["It opened. ", "Dr. Lee left."]),
        ("The U.S. Navy came. Now!", ["The U.S. Navy came. ", "Now!"]),
        ("A heading\n\nthen text", ["A heading\n\n", "then text"]),
        ("“Go.” He went.", ["“Go.” ", "He went."]),
        ("about 3.5 km. of pipe", ["about 3.5 km. of pipe"]),
        ("", []),
    ],
)
def test_sentences(text, sentences):
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


@pytest.mark.parametrize(
    ("word", "number"),
    [("the", 1), ("The", 2), ("CERN", 3), ("iFlytek", 4), ("2024", 5), ("A", 6), ("H2", 7), (",", 0)],
)
def test_the_shape_of_a_word(word, number):
    assert shape(word) == number


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_words_stand_where_they_say_and_pieces_belong_to_one_word(tokenizer_text):
    text = cut(tokenizer_text, shipped_model().tokenizer)
    assert list(text.bounds) == sorted(set(text.bounds))
    assert (text.starts < text.ends).all()
    assert not any(c.isspace() for a, b in zip(text.starts, text.ends, strict=True) for c in text.text[a:b])
    assert list(text.first) == [0, *(text.last[:-1] + 1)][: len(text.first)]
    assert len(text.pieces) == len(text.shapes) == (text.last[-1] + 1 if len(text.last) else 0)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(8, 60), st.integers(0, 7))
def test_windows_cover_every_word_and_move_on(raw, size, overlap):
    text = cut(raw, shipped_model().tokenizer)
    found = windows(text, size, overlap)
    covered = {word for window in found for word in range(window.first, window.stop)}
    assert covered == set(range(len(text.starts)))
    assert all(a.first < b.first and a.stop < b.stop for a, b in pairwise(found))


def test_a_window_is_never_longer_than_a_sentence_or_its_size(tokenizer):
    text = cut("word " * 2000 + "End. " * 40, tokenizer)
    assert np.diff(text.bounds).max() <= MAX_SENTENCE
    assert max(w.end - w.start for w in windows(text, 224, 48)) <= 224


def test_a_long_word_is_one_unknown_piece(tokenizer):
    text = cut("x" * 5000, tokenizer)
    assert len(text.pieces) == 1


def test_the_input_of_a_window_is_framed(tokenizer):
    text = cut("Rain fell.", tokenizer)
    (window,) = windows(text, 100, 0)
    pieces, types = model_input(text, window, text.shapes)
    assert (pieces[0], pieces[-1]) == (101, 102)
    assert types.tolist() == [0, 2, 1, 0, 0]


def test_words_at_characters(tokenizer):
    text = cut("The Cairo Accord was signed.", tokenizer)
    assert text.words_at(4, 16) == (1, 2)
    assert text.words_at(3, 4) is None
    assert text.quote(1, 2) == "Cairo Accord"
