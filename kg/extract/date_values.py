"""What a date in words stands for: one function for each kind of expression that `dates` finds.

Each takes the context and the regex match, and gives a date, a span of two dates, or None where the
text does not settle it. A date that does not exist raises ValueError.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import PartialDate

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASON_MIDDLE = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = (
    {word: number for number, word in enumerate(_SMALL)}
    | {f"{ten}{joint}{_SMALL[one]}": 10 * tens + one
       for tens, ten in enumerate(_TENS, 2) for one in range(1, 10) for joint in "- "}
    | {ten: 10 * tens for tens, ten in enumerate(_TENS, 2)}
    | {"a": 1, "an": 1, "a hundred": 100, "one hundred": 100}
)  # fmt: skip


@dataclass(slots=True)
class Context:
    """What a resolver may look at beside its own match."""

    text: str
    published: PartialDate | None
    anchor: PartialDate | None = None
    """The date found last: what "the same year" and "two years later" count from."""

    def issue_day(self) -> date | None:
        issue = self.published
        return date(issue.year, issue.month, issue.day) if issue and issue.day else None

    def relative_year(self, word: str) -> int | None:
        """The year of "this year", "the following year"; None where nothing says what it counts from."""
        word = word.lower().removeprefix("the ")
        base = self.published if word in ("this", "last", "next") else self.anchor
        if base is None:
            return None
        return base.year + {"last": -1, "previous": -1, "next": 1, "following": 1}.get(word, 0)

    def nearest_year(self, month: int, day: int, match: re.Match[str]) -> int | None:
        """The year of a day or month named without one, by the issue's date and the tense around it."""
        issue = self.published
        if issue is None or not issue.month:
            return None
        named, now = (month, day), (issue.month, issue.day if day else 0)
        future = _looks_ahead(self.text, match.start(), match.end())
        if future is None:
            months_ahead = (month - issue.month) % 12
            future = months_ahead <= 3 and named > now if month >= issue.month else months_ahead <= 2
        if future and not (day and 0 < _days_between(now, named) <= _JUST_PAST):
            return issue.year + (named < now)
        return issue.year - (named > now)


Value = PartialDate | tuple[PartialDate, PartialDate] | None
Resolver = Callable[[Context, re.Match[str]], Value]


_JUST_PAST = 20
"""Days: a plan for a day that is hardly over would be for a year ahead, less some days."""

# A verb of the future takes the participle after it along: "will be opened".
_TENSE = re.compile(
    r"\b(?:(?P<future>(?:will|shall|should|due|scheduled|planned|plans?|expected|expects?|hopes?|intends?"
    r"|set to|(?:is|are)(?: now)? to|to be|upcoming|coming|next|target|aims?|until|ahead of)\b"
    r"(?: (?!and\b|but\b|that\b|which\b|was\b|were\b|has\b)[\w-]+){0,3}"
    r"|(?:opens?|starts?|begins?|starting|beginning|closes?|arrives?|expires?|ends?|takes? (?:effect|place)"
    r"|comes? into (?:force|effect)|enters? into force|launches|follows|lands)\b)"
    r"|(?P<past>(?:was|were|had|has|have|been|did|ago|last|since|[A-Za-z][a-z]+ed|began|held|met|took|gave"
    r"|made|built|won|put|went|came|became|left|sent|spun|saw|ran|said|wrote|told|grew|chose|brought|taken"
    r"|begun|set up)\b))"
)


def _looks_ahead(text: str, start: int, end: int) -> bool | None:
    """Does the sentence speak of the future at text[start:end]? None where no verb tells.

    The verb before the date decides, the nearest one first ("announced in May, will open in October");
    where there is none, the verb that follows.
    """
    before = re.split(r"[.!?]\s|\n", text[max(0, start - 200) : start])[-1]
    after = re.split(r"[.!?](?:\s|$)|\n", text[end : end + 150])[0]
    verbs = list(_TENSE.finditer(before))
    verb = verbs[-1] if verbs else _TENSE.search(after)
    return verb.lastgroup == "future" if verb else None


def _days_between(now: tuple[int, int], named: tuple[int, int]) -> int:
    """Roughly how many days of one year the first (month, day) comes after the second."""
    return 31 * (now[0] - named[0]) + now[1] - named[1]


def _month(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _day(text: str | None) -> int:
    return int(re.sub(r"\D", "", text)) if text else 0


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.lower()]


def _add_months(base: PartialDate, months: int) -> PartialDate:
    year, month = divmod(base.year * 12 + base.month - 1 + months, 12)
    return PartialDate(year, month + 1)


def _partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _month_of_week(middle: date) -> PartialDate | None:
    """The month in which the seven days around `middle` lie, if they all do."""
    first, last = middle - timedelta(3), middle + timedelta(3)
    return PartialDate(first.year, first.month) if first.month == last.month else None


def calendar(context: Context, match: re.Match[str]) -> Value:
    """A day or month, or a span of them, the year written, relative ("of that year") or left out."""
    group = match.groupdict()
    month, day = _month(group["mon"]), _day(group.get("d"))
    end_month = _month(group["mon2"]) if group.get("mon2") else month
    end_day = _day(group.get("d2"))
    is_span = bool(group.get("mon2") or end_day)
    turns = is_span and (end_month, end_day) < (month, day)  # over New Year's Eve

    year: int | None
    if group.get("y"):
        year = int(group["y"])
    elif group.get("y2"):
        year = int(group["y2"]) - turns
    elif group.get("year"):
        year = context.relative_year(group["year"])
    else:
        year = context.nearest_year(month, day, match)
    if year is None:
        return None
    first = PartialDate(year, month, day)
    if not is_span:
        return first
    return first, PartialDate(int(group.get("y2") or year + turns), end_month, end_day)


def relative_month(context: Context, match: re.Match[str]) -> Value:
    """ "last November", "this July", "the same May"."""
    month, word = _month(match["mon"]), match["rel"].lower()
    if word.endswith("same"):
        return PartialDate(context.anchor.year, month) if context.anchor else None
    issue = context.published
    if issue is None or not issue.month:
        return None
    shift = {"last": -(month >= issue.month), "next": int(month <= issue.month)}.get(word.split()[0], 0)
    return PartialDate(issue.year + shift, month)


def numeric(context: Context, match: re.Match[str]) -> Value:
    return PartialDate(int(match["y"]), int(match["m"]), int(match["d"]))


def years(context: Context, match: re.Match[str]) -> Value:
    first, last = int(match["y"]), int(match["y2"])
    if last < 100:
        last += first // 100 * 100
    return (PartialDate(first), PartialDate(last)) if first < last <= first + 150 else None


def year(context: Context, match: re.Match[str]) -> Value:
    return PartialDate(int(match["y"]))


def relative_year(context: Context, match: re.Match[str]) -> Value:
    year = context.relative_year(match["year"])
    return PartialDate(year) if year else None


def neighbour_year(context: Context, match: re.Match[str]) -> Value:
    """ "the year after", "a year earlier"."""
    if context.anchor is None:
        return None
    return PartialDate(context.anchor.year + (1 if match["rel"].lower() == "after" else -1))


def issue_year(context: Context, match: re.Match[str]) -> Value:
    """ "the end of the year"."""
    return PartialDate(context.published.year) if context.published else None


def quarter(context: Context, match: re.Match[str]) -> Value:
    """ "the second quarter": its year, as no calendar form says more."""
    month = {"first": 2, "second": 5, "third": 8, "fourth": 11}[match["quarter"].lower()]
    word = match["year"]
    year = context.relative_year(word) if word else context.nearest_year(month, 0, match)
    return PartialDate(year) if year else None


def season(context: Context, match: re.Match[str]) -> Value:
    """ "last autumn": its year."""
    issue = context.published
    if issue is None or not issue.month:
        return None
    month, word = SEASON_MIDDLE[match["season"].lower()], match["rel"].lower().split()[0]
    if word == "last":
        return PartialDate(issue.year - (month + 1 >= issue.month))
    return PartialDate(issue.year + (word == "next" and month <= issue.month))


def relative_period(context: Context, match: re.Match[str]) -> Value:
    """ "last month", "this week", "the same day"."""
    word, unit = match["year"].lower().removeprefix("the "), match["unit"].lower()
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(word, 0)
    if word in ("this", "last") or (word == "next" and unit != "day"):
        if unit == "month" and context.published and context.published.month:
            return _add_months(context.published, step)
        issue = context.issue_day()
        if unit == "week" and issue:
            return _month_of_week(issue + timedelta(3 - issue.weekday() + 7 * step))
        return None
    anchor = context.anchor
    if unit == "month" and anchor and anchor.month:
        return _add_months(anchor, step)
    if unit == "day" and anchor and anchor.day:
        return _partial(date(anchor.year, anchor.month, anchor.day) + timedelta(step))
    return None


def distance(context: Context, match: re.Match[str]) -> Value:
    """ "two months ago", "a year later", "in three years' time": as exact as the unit."""
    number, unit, word = _number(match["n"]), match["unit"].lower(), match["rel"].lower()
    base = context.anchor if word in ("later", "earlier", "before") else context.published
    if base is None:
        return None
    if word in ("ago", "earlier", "before") or word.startswith("ago"):
        number = -number
    if unit == "year":
        if word == "ago today":
            return PartialDate(base.year + number, base.month, base.day)
        return PartialDate(base.year + number)
    if unit == "month":
        return _add_months(base, number) if base.month else None
    if not base.day:
        return None
    day = date(base.year, base.month, base.day) + timedelta(number * (7 if unit == "week" else 1))
    return _partial(day) if unit == "day" else _month_of_week(day)


def year_ago_this(context: Context, match: re.Match[str]) -> Value:
    """ "a year ago this week"."""
    issue = context.published
    if issue is None or not issue.month:
        return None
    return PartialDate(issue.year - 1, issue.month)


def vague(context: Context, match: re.Match[str]) -> Value:
    """ "some twenty years ago" names no date."""
    return None


def near_day(context: Context, match: re.Match[str]) -> Value:
    """ "today", "yesterday", "tomorrow"."""
    word, issue = match["rel"].lower(), context.issue_day()
    if word == "today":
        return context.published
    return _partial(issue + timedelta(1 if word == "tomorrow" else -1)) if issue else None


def day_of_month(context: Context, match: re.Match[str]) -> Value:
    """ "the 14th of this month"."""
    issue = context.published
    if issue is None or not issue.month:
        return None
    base = _add_months(issue, {"last": -1, "next": 1}.get(match["rel"].lower(), 0))
    return PartialDate(base.year, base.month, _day(match["d"]))


def weekday(context: Context, match: re.Match[str]) -> Value:
    """A weekday, or a span of weekdays: the last one up to the issue, or the next one in a plan."""
    issue, group = context.issue_day(), match.groupdict()
    if issue is None:
        return None
    text, start, end = context.text, match.start(), match.end()
    word = (group.get("rel") or "").lower()
    back = (issue.weekday() - WEEKDAY_NAMES.index(match["wd"].capitalize())) % 7
    nearby = text[max(0, start - 25) : end + 25]
    if group.get("dom"):  # "Tuesday (13)": the day of the month tells which week
        return _tuesday_the(int(group["dom"]), issue, back)
    if word == "last":
        first = issue - timedelta(back or 7)
    elif word == "next":
        first = issue + timedelta(7 - back)
    elif re.search(r"\bthis (?:coming )?week\b", nearby):
        first = issue - timedelta(issue.weekday()) + timedelta((issue.weekday() - back) % 7)
    elif _looks_ahead(text, start, end):
        first = issue + timedelta((-back) % 7)
    else:
        first = issue - timedelta(back)
    if not group.get("wd2"):
        return _partial(first)
    days = (WEEKDAY_NAMES.index(match["wd2"].capitalize()) - first.weekday()) % 7
    return _partial(first), _partial(first + timedelta(days))


def _tuesday_the(day_of_month: int, issue: date, back: int) -> PartialDate | None:
    for weeks in (0, -1, 1, 2, 3, 4):  # on or before the issue first, then the nearest
        day = issue - timedelta(back + 7 * weeks)
        if day.day == day_of_month:
            return _partial(day)
    return None
