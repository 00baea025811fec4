"""Partial dates as spans of days, for filters: a year lasts from its first day to its last."""

from __future__ import annotations

from calendar import monthrange
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[str, str]
"""First and last day, as ISO text, which sorts as days do."""


@lru_cache(maxsize=10_000)
def span(text: str) -> Span | None:
    """The days of a date as exact as `text` (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`); None for anything else."""
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return None
    last_month = date.month or 12
    last_day = date.day or monthrange(date.year, last_month)[1]
    return (
        str(PartialDate(date.year, date.month or 1, date.day or 1)),
        str(PartialDate(date.year, last_month, last_day)),
    )


def joined(spans: Iterable[Span | None]) -> Span | None:
    """From the first day of any of these spans to the last day of any; None where there is none."""
    known = [item for item in spans if item]
    if not known:
        return None
    return min(first for first, _ in known), max(last for _, last in known)
