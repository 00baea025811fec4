"""Partial dates as spans of days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.views.dates import joined, span


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023-02", ("2023-02-01", "2023-02-28")),
        ("2024-05-03", ("2024-05-03", "2024-05-03")),
        ("soon", None),
        ("", None),
        ("2024-02-30", None),
    ],
)
def test_a_date_lasts_as_long_as_it_is_vague(text, days):
    assert span(text) == days


def test_spans_join_from_the_first_to_the_last():
    assert joined([span("2020"), None, span("2018-05")]) == ("2018-05-01", "2020-12-31")
    assert joined([None, None]) is None


@given(st.dates())
def test_a_day_lies_within_its_month_and_its_year(day):
    text = day.isoformat()
    for longer in (text[:7], text[:4]):
        first, last = span(longer)
        assert first <= text <= last
