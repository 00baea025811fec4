"""What verbs say of institutions and projects."""

from __future__ import annotations

import pytest
from reading import facts

TELESCOPE, PROGRAMME = "Lumira Telescope", "Corvina Programme"
HALDEN, PELLWORM, TIDAL = "Halden University", "Pellworm University", "Institute of Tidal Physics"
PARTICIPATION = ("leads", "develops", "funds", "participatesIn")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Institute of Tidal Physics leads the Corvina Programme.", {(TIDAL, "leads", PROGRAMME)}),
        ("Halden University will lead the Corvina Programme.", {(HALDEN, "leads", PROGRAMME)}),
        ("Halden University plans to build the Lumira Telescope.", {(HALDEN, "develops", TELESCOPE)}),
        ("The Corvina Programme is led by Halden University.", {(HALDEN, "leads", PROGRAMME)}),
        ("The Lumira Telescope is being built by Halden University.", {(HALDEN, "develops", TELESCOPE)}),
        ("Built by Halden University, the Lumira Telescope saw light.", {(HALDEN, "develops", TELESCOPE)}),
        ("Halden University joined the Corvina Programme.", {(HALDEN, "participatesIn", PROGRAMME)}),
        (
            "The Lumira Telescope is financed by the Baltic Science Fund.",
            {("Baltic Science Fund", "funds", TELESCOPE)},
        ),
        (
            "The Corvina Programme, which Halden University runs, studies tides.",
            {(HALDEN, "leads", PROGRAMME)},
        ),
        (
            "Halden University, which runs the Corvina Programme, is old.",
            {(HALDEN, "leads", PROGRAMME)},
        ),
        (
            "Halden University (HU) in Bergen, Norway, leads the Corvina Programme.",
            {(HALDEN, "leads", PROGRAMME)},
        ),
        (
            "Halden University will not only lead the Corvina Programme but also host it.",
            {(HALDEN, "leads", PROGRAMME)},
        ),
        ('"Halden University leads the Corvina Programme," said Olaf Lund.', {(HALDEN, "leads", PROGRAMME)}),
    ],
)
def test_verbs_in_the_active_and_the_passive(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert facts(text, *PARTICIPATION) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Halden University does not lead the Corvina Programme.",
        "Halden University doesn’t lead the Corvina Programme.",
        "Halden University refused to join the Corvina Programme.",
        "The Lumira Telescope was never built by Halden University.",
        "Neither Halden University nor Pellworm University leads the Corvina Programme.",
        "Halden University may lead the Corvina Programme.",
        "Halden University could join the Corvina Programme.",
        "The Corvina Programme would have been led by Halden University.",
        "Halden University left the Corvina Programme.",
        "The lead of Halden University in the Corvina Programme is small.",
        "Halden University praised the design of the Lumira Telescope.",
    ],
)
def test_what_is_denied_doubted_or_only_a_noun_is_no_fact(text: str) -> None:
    assert facts(text, *PARTICIPATION) == set()


@pytest.mark.xfail(strict=True, reason="conditions are not read: only may, might, could and would have")
def test_a_condition_is_no_fact() -> None:
    assert facts("If Halden University leads the Corvina Programme, costs fall.") == set()


def test_may_is_a_doubt_but_a_month_is_none() -> None:
    assert facts("In May Halden University joined the Corvina Programme.", "participatesIn") == {
        (HALDEN, "participatesIn", PROGRAMME)
    }


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Halden University's Institute of Tidal Physics built the Lumira Telescope.", TIDAL),
        ("The university's Institute of Tidal Physics built the Lumira Telescope.", TIDAL),
        ("The Institute of Tidal Physics of Halden University built the Lumira Telescope.", TIDAL),
        ("The Institute of Tidal Physics at the Halden University built the Lumira Telescope.", TIDAL),
        ("Halden University said that Pellworm University built the Lumira Telescope.", PELLWORM),
        ("Praised by Halden University, Pellworm University built the Lumira Telescope.", PELLWORM),
    ],
)
def test_the_part_acts_and_not_the_whole_or_the_speaker(text: str, agent: str) -> None:
    assert facts(text, *PARTICIPATION) == {(agent, "develops", TELESCOPE)}


@pytest.mark.parametrize(
    "text",
    [
        "Halden University and Pellworm University developed the Lumira Telescope.",
        "Halden University, together with Pellworm University, developed the Lumira Telescope.",
        "The Lumira Telescope was developed by Halden University (HU) and Pellworm University.",
        "The Lumira Telescope was developed by Halden University in Bergen and Pellworm University.",
    ],
)
def test_those_who_do_it_together_collaborate(text: str) -> None:
    assert facts(text, "develops", "collaboratesWith") == {
        (HALDEN, "develops", TELESCOPE),
        (PELLWORM, "develops", TELESCOPE),
        (HALDEN, "collaboratesWith", PELLWORM),
    }


def test_more_than_five_take_part_but_are_no_pairs() -> None:
    universities = [f"{name} University" for name in ("Norden", "Oster", "Suder", "Vester", "Halden")]
    text = f"The Lumira Telescope was built by {', '.join(universities)} and Pellworm University."
    assert facts(text, "develops") == {(u, "develops", TELESCOPE) for u in [*universities, PELLWORM]}
    assert facts(text, "collaboratesWith") == set()
