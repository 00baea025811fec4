"""From what the rules find to claims with their evidence."""

from __future__ import annotations

import pytest
from reading import facts, read

from kg.vocab import Predicate

HALDEN, PROGRAMME, TELESCOPE = "Halden University", "Corvina Programme", "Lumira Telescope"


def test_the_evidence_is_the_sentence() -> None:
    stated = "Halden University leads the Corvina Programme."
    [claim] = read(f"Tides rise.  {stated}\n\nThey fall.").claims
    assert claim.evidence.quote == stated
    assert (claim.evidence.start, claim.evidence.end) == (13, 13 + len(stated))
    assert claim.evidence.extractor == "rules/relations"
    assert 0 < claim.evidence.confidence <= 1


def test_a_fact_stated_twice_has_two_claims() -> None:
    text = "Halden University leads the Corvina Programme. Halden University heads the Corvina Programme."
    assert len(read(text).claims) == 2
    assert len(facts(text)) == 1


def test_symmetric_claims_name_the_first_in_the_alphabet_first() -> None:
    text = "Pellworm University works with Halden University."
    assert facts(text) == {("Halden University", "collaboratesWith", "Pellworm University")}


def test_nothing_stands_in_a_relation_to_itself() -> None:
    text = "Halden University (HU) works with HU. Halden University founded Halden University."
    assert facts(text) == set()


def test_an_endless_sentence_states_nothing() -> None:
    start = "Halden University leads the Corvina Programme"
    assert facts(start + " and sails" * 100 + ".") == {(HALDEN, "leads", PROGRAMME)}
    assert facts(start + " and sails" * 300 + ".") == set()


SPOKEN_OF = "The Baltic Science Fund will contribute 10 million euros."
FUND = "Baltic Science Fund"


@pytest.mark.parametrize(
    ("before", "project"),
    [
        ("The Corvina Programme studies tides. ", PROGRAMME),
        ("The Corvina Programme studies tides. The Lumira Telescope stands. ", TELESCOPE),
        ("The Corvina Programme studies tides.\n\n", PROGRAMME),
        (
            "The Corvina Programme grew. The Corvina Programme grew. The Lumira Telescope stands.\n\n",
            PROGRAMME,
        ),
        ("The Corvina Programme studies tides. The Lumira Telescope stands.\n\n", None),
        ("", None),
    ],
)
def test_the_topic_is_the_last_project_of_the_paragraph_or_the_main_one(
    before: str, project: str | None
) -> None:
    expected = {(FUND, "funds", project)} if project else set()
    assert facts(before + SPOKEN_OF, "funds") == expected


def test_a_project_named_only_later_is_no_topic() -> None:
    assert facts(f"{SPOKEN_OF}\n\nThe Corvina Programme studies tides.", "funds") == set()


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The China-Laos Railway runs.", {"China", "Laos"}),
        ("The Kenya Tide Programme runs.", {"Kenya"}),
        ("The Tide Programme of Kenya runs.", set()),
    ],
)
def test_countries_in_the_name_of_a_project(text: str, countries: set[str]) -> None:
    assert {country for _, _, country in facts(text, "involvesCountry")} == countries


def test_the_name_is_the_evidence_for_the_countries_in_it() -> None:
    quotes = {claim.evidence.quote for claim in read("The China-Laos Railway runs.").claims}
    assert quotes == {"China-Laos Railway"}


def test_a_country_in_an_institutions_name_takes_part_in_nothing() -> None:
    assert not [
        c for c in read("The China-Laos University met.").claims if c.predicate is Predicate.INVOLVES_COUNTRY
    ]
