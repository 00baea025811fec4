"""Where name-like phrases begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.chunks import find_chunks


def chunks(text: str) -> list[str]:
    return [chunk.text for chunk in find_chunks(text)]


@pytest.mark.parametrize(
    "name",
    [
        "Institute of Petroleum and Geology",
        "Ministry of Science and Technology",
        "Ministry of Science, Technology and Innovation",
        "Food and Agriculture Organization",
        "University of Tokyo Hospital",
        "Universidad de la Costa",
        "King's College London",
        "Children's Hospital",
        "3rd Tidal Energy Forum",
        "Institute for Research in Marine Biology",
        "U.S. Geological Survey",
        "Tidalix-7",
    ],
)
def test_one_name_stays_whole(name: str) -> None:
    assert chunks(f"yesterday the {name} met") == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the University of Turin and CERN met", ["University of Turin", "CERN"]),
        (
            "the Institute of Tides of the Norwegian Academy of Seas",
            ["Institute of Tides", "Norwegian Academy of Seas"],
        ),
        ("Halden University's Institute of Tides", ["Halden University", "Institute of Tides"]),
        ("Halden University’s rector", ["Halden University"]),
        ("the Universities' Council", ["Universities", "Council"]),
        ("Halden University, Bergen", ["Halden University", "Bergen"]),
        ("Halden University. Pellworm University", ["Halden University", "Pellworm University"]),
        ("Halden University (HU) met", ["Halden University", "HU"]),
        ("the Bergen-based Institute of Tides", ["Institute of Tides"]),
        ("Anna Berg of the Institute of Tides", ["Anna Berg", "Institute of Tides"]),
        ("Halden University President Olaf Lund", ["Halden University", "Olaf Lund"]),
    ],
)
def test_names_that_meet_are_cut(text: str, expected: list[str]) -> None:
    assert chunks(text) == expected


@pytest.mark.parametrize(
    "text", ["", "the tide rises", "In the morning", "On Monday they met", "7 of 10", "'s"]
)
def test_no_name(text: str) -> None:
    assert chunks(text) == []


WORDS = [
    "Institute",
    "University",
    "of",
    "the",
    "and",
    "for",
    "Science",
    "Technology",
    "Halden",
    "Bergen",
    "tide",
]
PIECES = st.sampled_from(
    [*WORDS, "CERN's", "’s", ",", "(", ")", ".", "3rd", "2020", "de", "la", "-", "&", "é", "\n\n"]
)


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_chunks_are_pieces_of_the_text_in_order(text: str) -> None:
    end = 0
    for chunk in find_chunks(text):
        assert end <= chunk.start < chunk.end
        assert text[chunk.start : chunk.end] == chunk.text
        end = chunk.end
