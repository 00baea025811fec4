"""Short forms that a text introduces, and where it uses them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import facts, names

from kg.extract.acronyms import find_occurrences
from kg.names import letters_match

SHORT = "rules/acronyms"


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The Deep Tide Initiative (DTI) began.", "DTI", "Deep Tide Initiative"),
        ('The Deep Tide Initiative ("DTI") began.', "DTI", "Deep Tide Initiative"),
        ("The Deep Tide Initiative (the DTI) began.", "DTI", "Deep Tide Initiative"),
        ("The Deep Tide Initiative (DTI, since 2020) began.", "DTI", "Deep Tide Initiative"),
        ("The Institute of Tides, known as IoT, met.", "IoT", "Institute of Tides"),
        ("The Institute of Tides, or IoT, met.", "IoT", "Institute of Tides"),
        ("DTI, short for Deep Tide Initiative, began.", "DTI", "Deep Tide Initiative"),
        ("DTI, which stands for Deep Tide Initiative, began.", "DTI", "Deep Tide Initiative"),
        ("They joined DTI, the Deep Tide Initiative, in May.", "DTI", "Deep Tide Initiative"),
        ("They joined DTI (the Deep Tide Initiative) in May.", "DTI", "Deep Tide Initiative"),
        (
            "The Brazilian Center for Coastal Studies (CNEC) met.",
            "CNEC",
            "Brazilian Center for Coastal Studies",
        ),
    ],
)
def test_short_forms_stand_for_the_name_before_them(text: str, short: str, long: str) -> None:
    assert names(text, SHORT) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "The Institute of Tides (see page 3) met.",
        "The Institute of Tides (Norway) met.",
        "The Institute of Tides (2020) met.",
        "The Institute of Tides (the larger of the two) met.",
        "The Institute of Tides met (IoT).",
        "The tide (DTI) rises.",
        "At CERN, the Institute of Tides met.",
        "For NASA, the Deep Tide Initiative is a model.",
        "Seen by DTIX or the Deep Tide Initiative.",
    ],
)
def test_brackets_that_introduce_nothing(text: str) -> None:
    assert names(text, SHORT) == []


def test_a_short_form_is_found_everywhere_but_not_inside_other_names() -> None:
    text = "DTI met. The Deep Tide Initiative (DTI) began. DTI's DTI-led talks: DTI-2, XDTI, a-DTI, DTIs."
    assert names(text, SHORT) == [("DTI", "Deep Tide Initiative")] * 4


def test_facts_of_a_short_form_are_facts_of_the_long_one() -> None:
    text = "The Institute of Tides (IoT) met. IoT leads the Corvina Programme."
    assert facts(text) == {("Institute of Tides", "leads", "Corvina Programme")}


def test_the_first_introduction_counts() -> None:
    text = "The Deep Tide Initiative (DTI) began. The Dry Terrain Institute (DTI) met."
    assert {long for _, long in names(text, SHORT)} == {"Deep Tide Initiative"}


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("IHEP", "Institute of High Energy Physics", True),
        ("InTide", "Institute of Tides", True),
        ("CNPEM", "Brazilian Center for Coastal Studies", False),
        ("D", "Deep Tide", False),
        ("DT", "Deeptide", False),
    ],
)
def test_letters_of_the_short_form_stand_in_the_long_one(short: str, long: str, expected: bool) -> None:
    assert letters_match(short, long) is expected


SHORT_FORMS = ["AB", "AB-C", "AB C", "Ab", "ÉT", "A.B", "A&B", "ABC"]
TEXTS = st.lists(st.sampled_from([*SHORT_FORMS, " ", "-", "-2", "x", "_", ".", "é"]), max_size=20).map(
    "".join
)


@given(TEXTS, st.sets(st.sampled_from(SHORT_FORMS)))
def test_occurrences_are_those_of_a_search_for_each(text: str, short_forms: set[str]) -> None:
    searched = {
        (match.start(), short)
        for short in short_forms
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?!\w|-\d)", text)
    }
    assert sorted(find_occurrences(text, short_forms)) == sorted(searched)
