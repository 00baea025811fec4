"""Dates of mastheads."""

from __future__ import annotations

import pytest

from kg.ingest.dates import find_date, is_dateline, issue_date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("NOVEMBER 22-23, 2025", "2025-11-22"),
        ("FEBRUARY 28 - MARCH 1, 2026", "2026-02-28"),
        ("Vol. 6 / Nr. 19 / 5 October 2018", "2018-10-05"),
        ("Friday 7 November 2025", "2025-11-07"),
        ("Friday, November 8th, 2019", "2019-11-08"),
        ("YEAR VIII - No. 203      19.08.2022", "2022-08-19"),
        ("Number 44 / 2024-11-29", "2024-11-29"),
        ("2020.11.19 (Thu.)", "2020-11-19"),
        ("May 2025", "2025-05"),
        ("OCTOBER 2022", "2022-10"),
        ("Wednesday, 3rd August, 2022", "2022-08-03"),
        ("ISSUE 57 | THURSDAY, 2 SEPTEMBER 2021 | FREE", "2021-09-02"),
        ("Sept. 4, 2023", "2023-09-04"),
        ("4-5 June 2021", "2021-06-04"),
        ("11/22/2025", "2025-11-22"),
        ("July-August 2020", "2020-07"),
        ("31 February 2020", "2020-02"),
    ],
)
def test_every_form_of_a_masthead_date_is_read(line: str, date: str) -> None:
    found = find_date(line)
    assert found is not None
    assert str(found[0]) == date
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "The network was agreed upon in Bangkok in September 2019.",
        "May 2018 and renewed last year for another",
        "2024-13-45",
        "Kyoto-19",
        "",
    ],
)
def test_a_sentence_and_a_day_that_does_not_exist_are_no_masthead(line: str) -> None:
    assert not is_dateline(line)


def test_the_most_exact_date_is_the_date_of_the_issue() -> None:
    assert str(issue_date(["May 2025", "16 May 2025", "17 May 2025"])) == "2025-05-16"
    assert issue_date(["no date here"]) is None
