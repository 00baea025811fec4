"""Institutions that work together, countries that take part, countries that cooperate."""

from __future__ import annotations

from itertools import combinations

import pytest
from reading import facts

TOWNS = ["Alnes", "Brekke", "Duved", "Ekkero", "Fosser", "Gjovik", "Holmen"]
HALDEN, PELLWORM, PROGRAMME = "Halden University", "Pellworm University", "Corvina Programme"


@pytest.mark.parametrize(
    "text",
    [
        "Halden University, in collaboration with Pellworm University, studies tides.",
        "Halden University works with Pellworm University.",
        "Halden University and Pellworm University signed a memorandum.",
        "Halden University (HU) has teamed up with the Pellworm University.",
        "In May Halden University signed, on 3 May, an agreement with Pellworm University.",
    ],
)
def test_two_that_work_together(text: str) -> None:
    assert facts(text, "collaboratesWith") == {(HALDEN, "collaboratesWith", PELLWORM)}


@pytest.mark.parametrize(
    "text",
    [
        "Halden University and Pellworm University did not sign a memorandum.",
        "Halden University has no agreement with Pellworm University.",
        "Halden University could work with Pellworm University.",
        "Halden University and Pellworm University are old.",
        "Halden University closed. Pellworm University works with schools.",
    ],
)
def test_two_that_do_not(text: str) -> None:
    assert facts(text, "collaboratesWith") == set()


def listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1]


@pytest.mark.parametrize("count", [2, 3, 5, 6, 7])
def test_pairs_are_listed_up_to_five(count: int) -> None:
    names = sorted(f"{n} University" for n in TOWNS[:count])
    pairs = {(a, "collaboratesWith", b) for a, b in combinations(names, 2)} if count <= 5 else set()
    assert facts(f"{listed(names)} jointly study tides.", "collaboratesWith") == pairs
    countries = ["Chile", "Ghana", "Kenya", "Norway", "Peru", "Spain", "Uruguay"][:count]
    pairs = {(a, "cooperatesWith", b) for a, b in combinations(countries, 2)} if count <= 5 else set()
    assert facts(f"{listed(countries)} signed an agreement.", "cooperatesWith") == pairs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Corvina Programme is an agreement between Kenya and Norway.", {"Kenya", "Norway"}),
        ("Kenya joined the Corvina Programme.", {"Kenya"}),
        (
            "Researchers from Kenya, Norway and Peru work in the Corvina Programme.",
            {"Kenya", "Norway", "Peru"},
        ),
        (
            "The Corvina Programme studies tides. Its members are Kenya, Norway and Peru.",
            {"Kenya", "Norway", "Peru"},
        ),
        ("Kenya has not joined the Corvina Programme.", set()),
        ("Kenya may join the Corvina Programme.", set()),
        ("The Corvina Programme studies birds that fly to Kenya.", set()),
    ],
)
def test_countries_that_take_part(text: str, expected: set[str]) -> None:
    assert facts(text, "involvesCountry") == {(PROGRAMME, "involvesCountry", name) for name in expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya and Norway signed an agreement on fisheries.", {("Kenya", "cooperatesWith", "Norway")}),
        ("Cooperation between Kenya and Norway grows.", {("Kenya", "cooperatesWith", "Norway")}),
        ("Kenya and Norway did not sign an agreement.", set()),
        ("The road between Kenya and Uganda is long.", set()),
        ("Kenya and Norway are far away.", set()),
    ],
)
def test_countries_that_cooperate(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert facts(text, "cooperatesWith") == expected
