"""The date of an issue, from its masthead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in _MONTH_NUMBERS.items()}
_MONTH_NUMBERS["sept"] = 9
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?<![\d,.])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SPAN = r"(?:(?:/|\s*(?:[-–—&]|to|and)\s*)\d{1,2}(?:st|nd|rd|th)?)?"
_OTHER = r"(?:\s*[-–—/]\s*(?:[a-z]{3,9}\.?\s*)?(?:\d{1,2}(?:st|nd|rd|th)?)?)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?!\d)"

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"

_FORMS = [
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?<!\d)(?P<year>(?:1[89]|20)\d\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)",
        r"(?<![\d.])(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-]" + _YEAR,
        _MONTH + r"\s*" + _DAY + _OTHER + r",?\s+" + _YEAR,
        _DAY + _SPAN + r"(?:\s+(?:of\s+)?|-)" + _MONTH + r",?(?:\s+|-)" + _YEAR,
        _DAY + r"\s+" + _MONTH + r"\s*[-–—]\s*\d{1,2}\s+[a-z]{3,9}\.?,?\s+" + _YEAR,
        _YEAR + r"年\s*(?P<month>\d{1,2})月\s*(?P<day>\d{1,2})日",
        _MONTH + r"(?:\s*[-–—/&]\s*[a-z]{3,9})?,?\s+" + _YEAR,
        r"(?<!\d)(?P<year>(?:1[89]|20)\d\d)[-/](?P<month>0[1-9]|1[0-2])(?![\d-])",
    )
]
_ISSUE = re.compile(
    r"\b(?:V(?:ol|OL)(?:ume|UME)?|N(?:o|r|O|R)|I(?:ssue|SSUE)|N(?:umber|UMBER)|Y(?:ear|EAR)|E(?:dition|DITION)"
    r"|E(?:std?|STD?)|F(?:ounded|OUNDED)|\d+ [Pp]ages|P(?:rice|RICE)|FREE)\b"
)
_WEEKDAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b", re.IGNORECASE
)


def find_date(text: str) -> tuple[PartialDate, int] | None:
    """The first date in `text` and how many letters and digits there are beside it and its weekday."""
    for form in _FORMS:
        for match in form.finditer(text):
            date = _as_date(match.groupdict())
            if date:
                rest = _WEEKDAY.sub("", text[: match.start()] + text[match.end() :])
                return date, sum(character.isalnum() for character in rest)
    return None


def _as_date(parts: dict[str, str | None]) -> PartialDate | None:
    month = (parts["month"] or "").lower()
    number = _MONTH_NUMBERS.get(month) or (int(month) if month.isdigit() else 0)
    day = int(parts.get("day") or 0)
    if number > 12 and day <= 12:  # 11/22/2025, as Americans write it
        number, day = day, number
    try:
        return PartialDate(int(parts["year"] or 0), number, day)
    except ValueError:
        return None


def is_dateline(text: str) -> bool:
    """Is this line a part of a masthead that holds a date, and no sentence?

    What stands beside the date must be short: a weekday, a place, a volume.
    """
    if len(text) > 100:
        return False
    found = find_date(text)
    if not found:
        return False
    _, rest = found
    about_issue = bool(_ISSUE.search(text) or _WEEKDAY.search(text) or "|" in text)
    ends = text.rstrip().endswith((".", "?", '"', "”", ",", "-"))
    return rest <= 4 or (about_issue and not ends and rest <= 70)


def issue_date(lines: Iterable[str]) -> PartialDate | None:
    """The most exact date of the masthead lines; the first one where several are as exact."""
    dates = [found[0] for line in lines if (found := find_date(line))]
    return max(dates, key=_exactness, default=None)


def _exactness(date: PartialDate) -> int:
    return bool(date.month) + bool(date.day)
