"""Dates as tables, web pages and e-mails write them."""

from __future__ import annotations

from kg.ingest.dates import find_date
from kg.model import PartialDate


def any_date(text: str) -> PartialDate | None:
    """The date that `text` gives in any usual form ("2024-05-03T10:00:00Z", "3 May 2024"), or None."""
    text = text.strip()[:100]
    for length in (10, 7, 4):
        exact = text[:length]
        if text[length : length + 1].isdigit():
            continue
        try:
            return PartialDate.parse(exact)
        except ValueError:
            continue
    found = find_date(text)
    return found[0] if found else None
