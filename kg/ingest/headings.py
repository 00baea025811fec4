"""Which lines of a page are headlines, names of sections, authors and headings within a story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.clean import FUNCTION_WORDS
from kg.ingest import cues
from kg.ingest.columns import WRAPPED, breaks_early, column_width, starts_fresh
from kg.ingest.junctions import NEW_SENTENCE, Junction, junction, wants_before
from kg.ingest.lines import Kind, words

if TYPE_CHECKING:
    from kg.ingest.lines import Line

_HEADLINE_WORDS = 18
_FEWEST_WORDS = 25
"""Less text than this above the first headline may be a part of the masthead."""
_MOST_HEADING_LINES = 4
_TELLING = 4
_SLACK = 8
"""Letters by which a line of text is never shorter or longer than its column."""


def mark_headings(lines: list[Line]) -> None:
    """Mark headlines and what goes with them, from top to bottom."""
    for i, line in enumerate(lines):
        if line.kind is not Kind.BODY:
            continue
        if not starts_fresh(lines, i):
            if _heads_byline(lines, i):
                lines[i] = line.of(Kind.LABEL if cues.is_capitals(line.text) else Kind.HEADLINE)
            elif _cuts_in(lines, i):
                lines[i] = line.of(Kind.HEADLINE)
            continue
        if _reminds(lines, i):
            lines[i] = line.of(Kind.HEADLINE)
            continue
        previous = lines[i - 1] if i else None
        if previous and not line.gap and previous.kind in (Kind.HEADLINE, Kind.LABEL) and _follows(lines, i):
            lines[i] = line.of(previous.kind)
            continue
        if (previous and previous.kind is Kind.BYLINE and not line.gap and cues.is_name(line.text)) or (
            _under_headline(lines, i) and (cues.is_name(line.text) or cues.is_byline(line.text))
        ):
            lines[i] = line.of(Kind.BYLINE)
        elif cues.is_label(line) and _label_fits(lines, i):
            lines[i] = line.of(Kind.LABEL)
        elif _is_headline(lines, i):
            lines[i] = line.of(Kind.HEADLINE)
        elif _is_crosshead(lines, i):
            lines[i] = line.of(Kind.CROSSHEAD)
        elif _is_crosshead_of_two(lines, i):
            lines[i : i + 2] = [line.of(Kind.CROSSHEAD), lines[i + 1].of(Kind.CROSSHEAD)]


def _heads_byline(lines: list[Line], i: int) -> bool:
    """Is the line the first of a heading that ends in a byline, below the end of a column in mid-sentence?"""
    for j in range(i, min(i + _MOST_HEADING_LINES, len(lines) - 1)):
        line = lines[j]
        small = j > i and cues.begins_small(line.text) and cues.is_title_case(f"X {line.text}")
        if line.kind is not Kind.BODY or not (small or cues.is_title_case(line.text)):
            return False
        if lines[j + 1].kind is Kind.BYLINE:
            return len(words(line.text)) > 1
    return False


def _cuts_in(lines: list[Line], i: int) -> bool:
    """Does a headline without an author stand between two columns of text cut in mid-sentence?"""
    if i + 1 == len(lines) or lines[i + 1].kind is not Kind.BODY:
        return False
    line, following = lines[i], lines[i + 1]
    telling = [word for word in words(line.text) if word.lower() not in FUNCTION_WORDS]
    sentence = (
        not cues.ends_sentence(line.text) and words(following.text)[:1] and following.text[:1].isupper()
    )
    return bool(
        len(telling) >= _TELLING
        and sentence
        and words(following.text)[0] in NEW_SENTENCE
        and cues.is_title_case(line.text)
        and not cues.is_of_text(line.text)
        and breaks_early(line, following, column_width(lines, i))
    )


def _reminds(lines: list[Line], i: int) -> bool:
    """Does the line repeat a headline over "From page 1"?"""
    if i + 1 == len(lines) or lines[i + 1].kind is not Kind.JUMP_FROM:
        return False
    jump = not lines[i + 1].gap or lines[i].text.endswith(("...", "…"))
    return jump and len(words(lines[i].text)) <= 10 and not re.search(r"[^.]\.$", lines[i].text)


def _under_headline(lines: list[Line], i: int) -> bool:
    return i > 0 and lines[i - 1].kind is Kind.HEADLINE and not (i + 1 < len(lines) and lines[i + 1].gap)


def _label_fits(lines: list[Line], i: int) -> bool:
    """A label stands apart or over a heading: the next line is no continuation of it."""
    if i + 1 == len(lines) or lines[i + 1].gap or lines[i].level:
        return True
    return not lines[i + 1].text[:1].islower()


def _follows(lines: list[Line], i: int) -> bool:
    """Is line `i` the second line of the heading above it?"""
    above, line = lines[i - 1], lines[i]
    if len(words(line.text)) > 9 or cues.ends_sentence(line.text) or above.kind is not Kind.HEADLINE:
        return False
    alone = len(words(line.text)) == 1 and not cues.is_capitals(line.text)
    if not (cues.is_open_ended(above.text) or cues.begins_small(line.text) or alone):
        return False
    following = lines[i + 1] if i + 1 < len(lines) else None
    if following is None or following.gap or following.kind is not Kind.BODY:
        return True
    if junction(line.text, following.text) is Junction.BROKEN or cues.is_name(following.text):
        return True
    return not following.text[:1].islower() and not _reaches_full_stop(lines, i)


def _is_headline(lines: list[Line], i: int) -> bool:
    line = lines[i]
    count = len(words(line.text))
    if not 1 <= count <= _HEADLINE_WORDS or len(line.text) > 130:
        return False
    if cues.ends_sentence(line.text) and not re.search(r"[?!…]\W*$|\.\.\.$", line.text):
        return False
    if not line.text.lstrip("\"'“‘")[:1].isalnum() or line.text.endswith(";"):
        return False
    following = lines[i + 1] if i + 1 < len(lines) else None
    marked = line.level > 0 and count >= 3
    if following and following.kind is Kind.BYLINE and (count >= 2 or marked):
        return count >= 2 and (cues.is_title_case(line.text) or line.gap or marked)
    if marked:
        return True
    if not cues.is_title_case(line.text) or count < 2 or cues.is_of_text(line.text):
        return False
    if following and following.kind is Kind.BODY and following.gap and wants_before(following.text) and i:
        return False
    if following is None or following.gap or following.kind is not Kind.BODY:
        # Set apart by white space: enough, unless it is the ragged end of a column.
        return not line.text.endswith("-") or _closed_below(lines, i)
    if following.text[:1].islower():
        return _follows_headline_words(line, following, lines, i)
    if i and lines[i - 1].kind is Kind.HEADLINE and not line.gap:
        return not _reaches_full_stop(lines, i)
    if junction(line.text, following.text) is Junction.BROKEN:
        return True
    if cues.is_open_ended(line.text) or line.text.endswith("-"):
        return _closed_below(lines, i)
    width = column_width(lines, i)
    if len(line.text) > column_width(lines, i, without=True) + _SLACK:
        return True
    if re.match(r"(?:The|A|An)\s", line.text) and _reaches_full_stop(lines, i):
        # "The China Spallation Neutron / Source ..." begins a text as often as a headline does.
        return count > _TELLING and (
            cues.begins_story(following.text) or breaks_early(line, following, width, slack=_SLACK)
        )
    after_heading = i > 0 and lines[i - 1].kind is not Kind.BODY
    return breaks_early(line, following, width) or after_heading or cues.is_title_case(following.text)


def _follows_headline_words(line: Line, following: Line, lines: list[Line], i: int) -> bool:
    """A headline of two lines whose second begins small: "Holding Their Breath / for Science"."""
    whole = f"{line.text[:-1]}{following.text}" if line.text.endswith("-") else f"X {following.text}"
    second = cues.is_title_case(whole) and not cues.ends_sentence(following.text)
    after = lines[i + 2] if i + 2 < len(lines) else None
    closed = after is None or after.gap or after.kind is not Kind.BODY
    return second and (closed or junction(following.text, after.text if after else "") is Junction.BROKEN)


def _closed_below(lines: list[Line], i: int) -> bool:
    """Does the line below end the heading that line `i` begins?"""
    if i + 1 >= len(lines) or lines[i + 1].gap:
        return False
    below = lines[i + 1]
    end = i + 2 >= len(lines) or lines[i + 2].gap or lines[i + 2].kind is not Kind.BODY
    return len(words(below.text)) <= 6 and end and not cues.ends_sentence(below.text)


def _reaches_full_stop(lines: list[Line], i: int) -> bool:
    """Does the run of lines that begins here hold a sentence? Then it is text, not a list of headlines."""
    for j in range(i, min(i + 12, len(lines))):
        if lines[j].kind is not Kind.BODY or (j > i and lines[j].gap):
            return False
        if re.search(r"[.;](?:\s|$)", lines[j].text):
            return True
    return False


def _is_crosshead(lines: list[Line], i: int) -> bool:
    line = lines[i]
    if i + 1 >= len(lines) or i == 0 or not 1 <= len(words(line.text)) <= 7:
        return False
    following = lines[i + 1]
    if (
        not line.text[:1].isupper()
        or re.search(r"[.,;:!\"”-]$", line.text)
        or following.kind is not Kind.BODY
    ):
        return False
    if any(letter.isdigit() for letter in line.text) or cues.is_open_ended(line.text):
        return False
    first = words(following.text)[:1] or [""]
    risen = following.text[:1].isupper()
    alone = line.gap and following.gap
    short = _ends_short(lines, i)
    return risen and len(line.text) > 5 and (alone or short or first[0] in NEW_SENTENCE)


def _ends_short(lines: list[Line], i: int) -> bool:
    """Does the line leave so much of its column free that it is no line of a paragraph?"""
    width = column_width(lines, i)
    return width <= WRAPPED and breaks_early(lines[i], lines[i + 1], width, slack=_SLACK)


def _is_crosshead_of_two(lines: list[Line], i: int) -> bool:
    """ "Reduction in greenhouse gas emis- / sions", with white space above and below."""
    if i + 2 >= len(lines) or lines[i + 1].gap or not (lines[i].gap and lines[i + 2].gap):
        return False
    block = lines[i : i + 3]
    whole = f"{block[0].text} {block[1].text}"
    return (
        all(line.kind is Kind.BODY for line in block)
        and len(words(whole)) <= 8
        and whole[:1].isupper()
        and block[2].text[:1].isupper()
        and not re.search(r"[.,;:!?\"”-]$", whole)
        and len(block[1].text) * 2 < len(block[2].text) <= WRAPPED
    )


def mark_teasers(lines: list[Line]) -> None:
    """Headlines of other pages: in capitals, or beside a "PAGE 3" line with no text of their own."""
    heads = [line for line in lines if line.kind is Kind.HEADLINE]
    mostly_small = sum(not cues.is_capitals(line.text) for line in heads) >= max(1, len(heads) / 3)
    for i, line in enumerate(lines):
        if line.kind not in (Kind.HEADLINE, Kind.LABEL):
            continue
        near = [lines[j].kind for j in (i - 1, i + 1) if 0 <= j < len(lines)]
        bears_text = i + 1 < len(lines) and lines[i + 1].kind in (Kind.BODY, Kind.BYLINE)
        capitals = cues.is_capitals(line.text)
        if capitals and len(words(line.text)) > 3 and (mostly_small or Kind.PAGE in near):
            if not (bears_text and lines[i + 1].kind is Kind.BYLINE) and not cues.is_briefs(line.text):
                lines[i] = line.of(Kind.FURNITURE)
        elif capitals and line.kind is Kind.HEADLINE and mostly_small:
            lines[i] = line.of(Kind.FURNITURE if i < 6 else Kind.LABEL)


def titles_follow(lines: list[Line]) -> bool:
    """Does the text come before its headline on this page? Then some stands above the first one."""
    count = 0
    for line in lines:
        if line.kind is Kind.HEADLINE:
            return False
        count += len(words(line.text)) if line.kind is Kind.BODY else 0
        if count >= _FEWEST_WORDS:
            return True
    return count > 0


def mark_small_headings(lines: list[Line]) -> None:
    """Two or three words are no headline where headlines stand below their text: set apart they name a
    section, right above text they are headings within a story."""
    if not titles_follow(lines):
        return
    for i, line in enumerate(lines):
        if line.kind is not Kind.HEADLINE or line.level:
            continue
        below = lines[i + 1] if i + 1 < len(lines) else None
        above = lines[i - 1] if i else None
        beside = {near.kind for near in (above, below) if near}
        if beside & {Kind.HEADLINE, Kind.BYLINE, Kind.JUMP_FROM} or below is None:
            continue
        over_text = below.kind is Kind.BODY and not below.gap
        reads_on = over_text and junction(line.text, below.text) is not Junction.BROKEN
        if reads_on and Kind.LABEL not in beside and not _ends_short(lines, i):
            lines[i] = line.of(Kind.BODY)
        elif over_text and len(words(line.text)) <= 3:
            lines[i] = line.of(Kind.CROSSHEAD)
        elif len(words(line.text)) <= 2:
            lines[i] = line.of(Kind.LABEL)
