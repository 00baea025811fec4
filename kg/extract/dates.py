"""Dates in running text, resolved against the day of issue and against the date mentioned before.

Rules are tried in the order of `_RULES`: the first to claim a stretch of text keeps it, so ranges stand
before single days and explicit dates before relative ones. Only what is certain is given: "a week ago"
is the month in which the whole week lies, or nothing; "a decade ago" is nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import date_values as value
from kg.extract.date_values import MONTH_NAMES, NUMBERS, SEASON_MIDDLE, WEEKDAY_NAMES, Context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.extract.date_values import Resolver
    from kg.model import PartialDate


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# What stands for a name in angle brackets in the patterns below; a digit after the name ("<mon2>") makes
# a second group of the same kind.
_PIECES = {
    "mon": _alternatives([*MONTH_NAMES, *map(str.upper, MONTH_NAMES)])
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
    + r"|(?:JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC)\b\.?",
    "d": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?",
    "y": r"(?:1[5-9]|20)\d\d(?!\d)",
    "wd": _alternatives([*WEEKDAY_NAMES, *map(str.upper, WEEKDAY_NAMES)]),
    "n": r"(?i:\d{1,3}|" + _alternatives(NUMBERS) + ")",
    "year": r"(?i:this|last|next|that|the same|the following|the previous)",
    "season": "|".join(SEASON_MIDDLE),
}

_TO = r"(?: ?[-–—] ?| to | until | till | through )"
_AND = r"(?: ?[-–—] ?| to | until | till | through | and | & )"
_WEEKDAY = r"(?:<wd>,? )?"
_OF_YEAR = r"(?:,? <y>|,? (?:of )?<year> year)"
_QUALIFIER = r"(?:(?:[Mm]id|[Ee]arly|[Ll]ate)[- ])?"

# After a number that only looks like a year.
_UNIT = (
    r"(?! ?(?:mm|cm|km|kg|m|g|t|MW|GW|kW|TB|GB|Hz|K|°|%|percent|per cent|tons?|tonnes?|people|met(?:er|re)s?"
    r"|kilomet\w+|yuan|dollars|euros|hectares|square|cubic|volts|nodes|cores|hours?|students|researchers"
    r"|scientists|engineers|households|million|billion|pages|years|times|species|papers|patents|samples)\b)"
)
_BEFORE_MONTH = (
    *(
        "in",
        "In",
        "by",
        "By",
        "of",
        "since",
        "Since",
        "until",
        "Until",
        "till",
        "from",
        "From",
        "early",
        "Early",
    ),
    *("late", "Late", "mid", "to", "this", "last", "next", "during", "before", "after", "through", "end"),
)


def _compile(pattern: str) -> re.Pattern[str]:
    """Put the pieces in: "<mon2>" becomes the group `mon2` of a month's name."""

    def piece(match: re.Match[str]) -> str:
        return f"(?P<{match[1]}{match[2]}>{_PIECES[match[1]]})"

    return re.compile(
        r"(?<![\w/.$€£+-])(?:" + re.sub(r"(?<!\?P)<([a-z]+)(\d?)>", piece, pattern) + r")(?![\w/])"
    )


_RULES: tuple[tuple[re.Pattern[str], Resolver], ...] = tuple(
    (_compile(pattern), resolver)
    for pattern, resolver in [
        (r"<y>-(?P<m>\d\d)-(?P<d>\d\d)", value.numeric),
        (r"<y>/(?P<m>\d\d)/(?P<d>\d\d)", value.numeric),
        (r"(?P<d>\d?\d)\.(?P<m>\d?\d)\.<y>", value.numeric),
        # Day first, as a month beyond twelve does not exist.
        (r"(?P<d>1[3-9]|2\d|3[01])/(?P<m>\d?\d)/<y>", value.numeric),
        # Spans of days.
        (r"<mon> <d>(?:,? <y>)?" + _TO + r"(?:<wd>,? )?<mon2> <d2>(?:,? <y2>)?", value.calendar),
        (r"<d> <mon>(?:,? <y>)?" + _TO + r"(?:<wd>,? )?<d2> <mon2>(?:,? <y2>)?", value.calendar),
        (r"(?<=etween )<mon> <d>(?:,? <y>)? and <mon2> <d2>(?:,? <y2>)?", value.calendar),
        (r"(?<=etween )<d> <mon>(?:,? <y>)? and <d2> <mon2>(?:,? <y2>)?", value.calendar),
        (r"<mon> <d>" + _AND + r"(?:<wd>,? )?<d2>(?! [a-z]+s\b)" + _OF_YEAR + "?", value.calendar),
        (r"<d>" + _AND + r"(?:<wd>,? )?<d2>(?: of)? <mon>" + _OF_YEAR + "?", value.calendar),
        # Days.
        (_WEEKDAY + r"<mon> (?:the )?<d>" + _OF_YEAR + r"?(?!,\d)", value.calendar),
        (_WEEKDAY + r"(?:the )?<d>(?: of)? <mon>" + _OF_YEAR + "?", value.calendar),
        (r"(?P<d>\d\d?(?:st|nd|rd|th)) of (?P<rel>this|last|next) month", value.day_of_month),
        # Months.
        (r"<mon>(?: <y>)?" + _TO + r"<mon2>(?:,? (?:of )?<y2>)?", value.calendar),
        (r"(?<=etween )<mon>(?: <y>)? and <mon2>(?: (?:of )?<y2>)?", value.calendar),
        (_QUALIFIER + r"<mon>(?:,? (?:of )?<y>|,? (?:of )?<year> year)", value.calendar),
        (r"(?P<rel>(?i:last|this|next|the same)(?: past| coming)?) <mon>", value.relative_month),
        # Years.
        (
            r"<y>(?: ?[-–—/] ?| to | until | till | through )(?P<y2>(?:1[5-9]|20)\d\d|\d\d)" + _UNIT,
            value.years,
        ),
        (r"(?<=etween )<y> and (?P<y2>(?:1[5-9]|20)\d\d)" + _UNIT, value.years),
        (r"(?i:(?:early |late |mid-?|the )?(?:spring|summer|autumn|fall|winter) (?:of )?)<y>", value.year),
        (r"(?i:the (?:first|second|third|fourth|last) (?:quarter|half) of )<y>", value.year),
        (_QUALIFIER + r"<y>(?!\.\d|,\d{3}|-\d)" + _UNIT, value.year),
        (r"(?<=[Ii]n )(?P<y>1[0-4]\d\d)(?=[.,;)]| and |$)", value.year),
        # Relative to the issue or to the date before.
        (
            r"(?P<quarter>(?i:first|second|third|fourth)) quarter(?: of <year> year)?(?! of)",
            value.quarter,
        ),
        (r"(?P<rel>(?i:last|this|next)(?: past| coming)?) <season>", value.season),
        (r"(?i:a|one) year ago this (?:week|month)", value.year_ago_this),
        (r"<year> year", value.relative_year),
        (
            r"(?i:the end of the year|later in the year|before the year is out|year[’']s end|year-end)",
            value.issue_year,
        ),
        (r"(?i:the year) (?P<rel>after|before)(?! [a-z])", value.neighbour_year),
        (r"<year> (?P<unit>month|week|day)", value.relative_period),
        (
            r"(?i:over|about|around|some|nearly|almost|roughly|more than|at least) <n> \w+ ago",
            value.vague,
        ),
        (r"<n> (?P<unit>(?i:year|month|week|day))s? (?P<rel>ago today|ago|later|earlier)", value.distance),
        (r"(?i:in )<n> (?P<unit>year|month|week)s?[’'] (?P<rel>time)", value.distance),
        (r"(?P<rel>(?i:today|yesterday|tomorrow))(?![’']s)", value.near_day),
        (r"<wd> \((?P<dom>\d\d?)\)", value.weekday),
        (r"<wd>" + _TO + "<wd2>", value.weekday),
        (r"(?:(?P<rel>(?i:last|next|this)) )?<wd>", value.weekday),
        # A month alone; those that are words or names beside need a word of time before them.
        (r"(?!May|March|MAY|MARCH)<mon>(?! [A-Z]| ?\d)", value.calendar),
        (
            "(?:" + "|".join(f"(?<={word} )" for word in _BEFORE_MONTH) + r")<mon>(?! [A-Z]| ?\d)",
            value.calendar,
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date that `text[start:end]` names; `last` is the end of a span of time ("from 2021 to 2025")."""

    start: int
    end: int
    first: PartialDate
    last: PartialDate | None = None


def _start(claim: tuple[re.Match[str], Resolver]) -> int:
    return claim[0].start()


def find_dates(text: str, published: PartialDate | None) -> list[DateSpan]:
    """The dates in `text`, sorted, never overlapping.

    Without `published` what is relative to the day of issue gives nothing; with a month or a year alone,
    so does what needs more ("on Tuesday").
    """
    taken = bytearray(len(text))
    claims: list[tuple[re.Match[str], Resolver]] = []
    for pattern, resolver in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                claims.append((match, resolver))
    claims.sort(key=_start)

    found: list[DateSpan] = []
    context = Context(text, published)
    for match, resolver in claims:
        try:
            value = resolver(context, match)
        except (ValueError, OverflowError):  # a date that does not exist: February 30, the year 0
            continue
        if value is None:
            continue
        first, last = value if isinstance(value, tuple) else (value, None)
        if last is not None and last < first:
            last = None
        found.append(DateSpan(*match.span(), first, last))
        context.anchor = last or first
    return found
