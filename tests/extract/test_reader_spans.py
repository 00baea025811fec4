"""From the tagger's probabilities to names, and from names to groups."""

from dataclasses import replace

import numpy as np
import pytest

from kg.extract.reader import without_long_lists
from kg.extract.reader_model import Candidate, shipped_model
from kg.extract.reader_pairs import PREDICATES, candidates
from kg.extract.reader_rules import find_spans, search
from kg.extract.reader_spans import INSTITUTION, PLACE, PROJECT, TAGS, Span, decode, gather, normal
from kg.extract.reader_text import cut, windows
from kg.model import PartialDate
from kg.vocab import Predicate


def cut_text(text):
    return cut(text, shipped_model().tokenizer)


def tagged(text, *names):
    """Probabilities in which the names (name, kind, layer, probability) are tagged."""
    out = np.zeros((len(text.starts), 2, TAGS), dtype=np.float32)
    out[:, :, 0] = 1
    for name, kind, layer, probability in names:
        start = text.text.index(name)
        first, last = text.words_at(start, start + len(name))
        for word in range(first, last + 1):
            out[word, layer, :] = (1 - probability) / (TAGS - 1)
            out[word, layer, 2 * kind + (1 if word == first else 2)] = probability
    return out


def names(text, spans):
    return [(text.quote(s.first, s.last), s.kind) for s in spans]


def test_a_name_inside_a_name_is_found():
    text = cut_text("The Institute of Optics, Lindholm Academy, opened.")
    whole, part = "Institute of Optics, Lindholm Academy", "Lindholm Academy"
    found = decode(text, tagged(text, (whole, INSTITUTION, 0, 0.99), (part, INSTITUTION, 1, 0.99)))
    assert names(text, found) == [(whole, INSTITUTION), (part, INSTITUTION)]


def test_a_doubtful_name_is_left_out():
    text = cut_text("The Condor Telescope opened.")
    assert decode(text, tagged(text, ("Condor Telescope", PROJECT, 0, 0.5))) == []


@pytest.mark.parametrize("word", ["AI", "2024", "university", "R&D"])
def test_what_is_never_a_name(word):
    text = cut_text(f"About {word} again.")
    assert decode(text, tagged(text, (word, INSTITUTION, 0, 0.99))) == []


def test_an_acronym_joins_its_long_form_and_is_found_again():
    text = cut_text("The Harbour Wave Array (HWA) works. Later HWA was moved.")
    spans = gather(text, [Span(*text.words_at(4, 22), PROJECT)])
    assert names(text, spans) == [("Harbour Wave Array", PROJECT), ("HWA", PROJECT), ("HWA", PROJECT)]
    assert len({span.group for span in spans}) == 1
    assert spans[1].value == "Harbour Wave Array"


def test_one_name_has_one_kind():
    text = cut_text("Nadir Lab met. Nadir Lab left. Nadir Lab won.")
    at = [text.words_at(m, m + 9) for m in (0, 15, 31)]
    kinds = (INSTITUTION, PROJECT, INSTITUTION)
    spans = gather(text, [Span(*words, kind) for words, kind in zip(at, kinds, strict=True)])
    assert {span.kind for span in spans} == {INSTITUTION}


def test_the_rules_add_countries_dates_places_and_references():
    text = cut_text("The Condor Telescope in Chile opened in 2019. The telescope, near Antofagasta, is big.")
    found = find_spans(text, tagged(text, ("Condor Telescope", PROJECT, 0, 0.99)), PartialDate(2024, 5, 1))
    telescope = f"{PROJECT}:condor telescope"
    assert [(text.quote(s.first, s.last), s.group) for s in found] == [
        ("Condor Telescope", telescope),
        ("Chile", "country:Chile"),
        ("2019", "2019"),
        ("The telescope", telescope),
        ("Antofagasta", f"{PLACE}:antofagasta"),
    ]


def test_candidates_have_kinds_that_some_predicate_allows():
    text = cut_text("Alpha Lab leads Beta Project. " + "It rained. " * 5 + "Alpha Lab is large.")
    alpha = [
        Span(*text.words_at(a, a + 9), INSTITUTION, group="alpha") for a in (0, text.text.rindex("Alpha"))
    ]
    spans = [alpha[0], Span(*text.words_at(16, 28), PROJECT, group="beta"), alpha[1]]
    (window,) = windows(text, 400, 0)
    pairs = candidates(text, spans, window)
    found = {(int(a), int(b)) for a, b in pairs.pairs}
    assert found == {(0, 1), (2, 1)}
    assert pairs.allowed.any(1).all()
    assert pairs.same[0].tolist() == [0.5, 0, 0.5]


def test_more_than_five_collaborators_give_no_pairs():
    number = PREDICATES.index(Predicate.COLLABORATES_WITH)
    for count, left in [(5, 10), (6, 0)]:
        spans = [Span(i, i, INSTITUTION, group=f"g{i}") for i in range(count)]
        every = [Candidate(i, j, number, 1.0) for i in range(count) for j in range(i + 1, count)]
        assert len(without_long_lists(spans, every)) == left


def test_names_are_compared_without_case_accents_and_articles():
    assert normal("The Évora Lab’s") == normal("EVORA LAB") == "evora lab"


def test_what_the_rules_found_in_the_parts_of_a_text_stands_in_the_whole():
    head, body = "The Condor Telescope in Chile\n\n", "Chile opened it near Antofagasta in 2019."
    text = cut_text(head + body)
    seen = tagged(text, ("Condor Telescope", PROJECT, 0, 0.99))
    issue = PartialDate(2024, 5, 1)
    parts = [search(head, issue), replace(search(body, issue), offset=len(head))]
    assert find_spans(text, seen, issue, found=parts) == find_spans(text, seen, issue)
