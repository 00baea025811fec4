"""Where institutions and projects are."""

from __future__ import annotations

import pytest
from reading import facts

HALDEN, TELESCOPE, FORUM = "Halden University", "Lumira Telescope", "Tidal Energy Forum"
PLACING = ("locatedIn", "involvesCountry")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halden University in Bergen opened a clinic.", {(HALDEN, "Bergen")}),
        ("Halden University is in Bergen, Norway.", {(HALDEN, "Bergen"), (HALDEN, "Norway")}),
        ("Halden University (HU), of Norway, opened a clinic.", {(HALDEN, "Norway")}),
        ("Halden University has its seat in Bergen.", {(HALDEN, "Bergen")}),
        ("Halden University is headquartered in Bergen.", {(HALDEN, "Bergen")}),
        ("The Bergen-based Halden University opened a clinic.", {(HALDEN, "Bergen")}),
        ("Kenya's Halden University opened a clinic.", {(HALDEN, "Kenya")}),
        ("Kenya’s oldest school, Halden University, opened a clinic.", {(HALDEN, "Kenya")}),
        ("Halden University, a Norwegian university, opened a clinic.", {(HALDEN, "Norway")}),
        ("The Norwegian firm Tidalix AS opened a plant.", {("Tidalix AS", "Norway")}),
        ("Tidalix, a company in Bergen, makes pumps.", {("Tidalix", "Bergen")}),
        ("The Lumira Telescope stands in Chile.", {(TELESCOPE, "Chile")}),
        (
            "The Tidal Energy Forum was held in Nairobi, the capital of Kenya.",
            {(FORUM, "Nairobi"), (FORUM, "Kenya")},
        ),
    ],
)
def test_places_of_institutions_and_projects(text: str, expected: set[tuple[str, str]]) -> None:
    assert facts(text, *PLACING) == {(subject, "locatedIn", place) for subject, place in expected}


@pytest.mark.parametrize(
    "text",
    [
        "China's Lumira Telescope saw first light.",
        "China’s first such instrument, the Lumira Telescope, saw first light.",
        "The Lumira Telescope, a Chinese instrument, saw first light.",
    ],
)
def test_a_nations_project_involves_it_and_may_stand_elsewhere(text: str) -> None:
    assert facts(text, *PLACING) == {(TELESCOPE, "involvesCountry", "China")}


@pytest.mark.parametrize(
    "text",
    [
        "Halden University is not in Bergen.",
        "People of Halden University travelled to Nairobi.",
        "Halden University studies lakes in Kenya.",
        "The University of Bergen opened a clinic.",
        "Bergen welcomed the Tidal Energy Forum and Norway's king.",
    ],
)
def test_no_place_is_stated(text: str) -> None:
    assert facts(text, *PLACING) == set()
