"""What each line of a page is: body, headline, byline, caption, furniture ... A line's neighbours decide
where the line itself leaves it open."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.ingest import cues
from kg.ingest.columns import WRAPPED, starts_fresh
from kg.ingest.dates import is_dateline
from kg.ingest.headings import mark_headings, mark_small_headings, mark_teasers
from kg.ingest.junctions import wants_before
from kg.ingest.lines import Kind, Line, words
from kg.ingest.moved import bring_home

if TYPE_CHECKING:
    from collections.abc import Callable

_CAPTION_LINES = 8
_MASTHEAD_REACH = 4
_LONGEST_HEAD = 60
_FEWEST_PAGES = 3
_BESIDE_TITLE = 20
"""Letters that may stand on the line of a title: the name of a section, a date."""


def classify(lines: list[Line]) -> list[Line]:
    """The same lines, each with its kind."""
    lines = _part_jumps(lines)
    for step in (
        _close_gaps,
        _running_heads,
        _by_cue,
        _captions,
        _boxes,
        _mastheads,
        bring_home,
        mark_headings,
        mark_teasers,
        mark_small_headings,
    ):
        step(lines)
    return lines


def classify_single(lines: list[Line], title: str) -> list[Line]:
    """The lines of a file that holds one article, whose title is known."""
    lines = _part_jumps(lines)
    for step in (_by_cue, _captions):
        step(lines)
    wanted = squeeze(title)
    body = False
    for i, line in enumerate(lines):
        above = squeeze(line.text)
        if (
            line.kind is Kind.BYLINE
            and body
            and re.match(r"(?i)our|from|a\b|interview", line.text)
            and not line.gap
        ):
            lines[i] = line.of(Kind.BODY)
        if not body and above and _repeats_title(line, above, wanted):
            lines[i] = line.of(Kind.HEADLINE)
        elif not body and line.kind is Kind.BODY and cues.is_name(line.text):
            lines[i] = line.of(Kind.BYLINE)
        body = body or lines[i].kind is Kind.BODY
    return lines


def _repeats_title(line: Line, above: str, wanted: str) -> bool:
    """Is the line the title again, a part of it, or the title with a word beside it? A sentence that holds a
    short title is the beginning of the text."""
    if cues.ends_sentence(line.text) and above != wanted:
        return False
    part = above in wanted and len(above) * 2 > len(wanted) - 40
    return part or (wanted in above and len(above) <= len(wanted) + _BESIDE_TITLE)


def squeeze(text: str) -> str:
    """Letters and digits only, for comparing titles."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _part_jumps(lines: list[Line]) -> list[Line]:
    """Give "See page 4" a line of its own where it stands at the end of a paragraph."""
    parted = []
    for line in lines:
        text, jump = cues.without_jump(line.text)
        parted.append(replace(line, text=text) if jump else line)
        if jump:
            parted.append(Line(line.number, jump))
    return parted


def _close_gaps(lines: list[Line]) -> None:
    """Some files have a blank line after every line of wrapped text; such blank lines mean nothing."""
    start = 0
    for i in range(len(lines) + 1):
        authored = i + 1 < len(lines) and cues.is_byline(lines[i + 1].text)
        single = (
            i < len(lines)
            and not authored
            and lines[i].gap
            and not lines[i].level
            and len(lines[i].text) <= WRAPPED
        )
        if single and (i + 1 == len(lines) or lines[i + 1].gap):
            continue
        run = range(start, i)
        text = [lines[j].text for j in run]
        if len(text) >= 5 and (
            2 * sum(len(t) > 40 and not cues.is_title_case(t) for t in text) > len(text)
            or 3 * sum(map(wants_before, text)) > len(text)
        ):
            for j in run[1:]:
                lines[j] = replace(lines[j], gap=False)
        start = i + 1


def _running_heads(lines: list[Line]) -> None:
    """Short lines that stand alone and come back on every page, whatever number is in them."""
    alone = [
        i
        for i, line in enumerate(lines)
        if line.gap and len(line.text) < _LONGEST_HEAD and (i + 1 == len(lines) or lines[i + 1].gap)
    ]
    shapes = Counter(_shape(lines[i].text) for i in alone)
    for i in alone:
        text = lines[i].text
        of_story = cues.is_byline(text) or cues.is_jump_to(text) or _is_jump_from(text) or cues.is_box(text)
        if shapes[_shape(text)] >= _FEWEST_PAGES and not of_story and not cues.ends_sentence(text):
            lines[i] = lines[i].of(Kind.FURNITURE)


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text.casefold())


def _by_cue(lines: list[Line]) -> None:
    tests: list[tuple[Kind, Callable[[str], object]]] = [
        (Kind.JUMP_TO, cues.is_jump_to),
        (Kind.JUMP_FROM, _is_jump_from),
        (Kind.PAGE, cues.is_page),
        (Kind.BOX, cues.is_box),
        (Kind.BYLINE, cues.is_byline),
        (Kind.FURNITURE, is_dateline),
        (Kind.FURNITURE, cues.is_furniture),
        (Kind.FURNITURE, cues.is_edited),
    ]
    imprint = False
    for i, line in enumerate(lines):
        if imprint and not line.gap:
            lines[i] = line.of(Kind.FURNITURE)
            continue
        imprint = False
        if line.kind is not Kind.BODY:
            continue
        if not starts_fresh(lines, i) and not _below_heading(lines, i):
            kind = _interrupting(line.text)
            lines[i] = line.of(kind) if kind else line
            continue
        for kind, test in tests:
            if _in_table(lines, i):
                break
            if test(line.text):
                lines[i] = line.of(kind)
                imprint = _goes_on(lines[i])
                break
    for i, line in enumerate(lines[:-1]):
        # "Edited by" below a headline and above the text names the author; elsewhere it is the imprint.
        if line.kind is Kind.BYLINE and re.match(r"(?i)edited by", line.text):
            above = i > 0 and cues.is_title_case(lines[i - 1].text) and lines[i - 1].kind is Kind.BODY
            if not (above and lines[i + 1].kind is Kind.BODY and not cues.ends_sentence(lines[i - 1].text)):
                lines[i] = line.of(Kind.FURNITURE)
    if lines and lines[-1].kind is Kind.BYLINE and re.match(r"(?i)edited by", lines[-1].text):
        lines[-1] = lines[-1].of(Kind.FURNITURE)


def _interrupting(text: str) -> Kind | None:
    """What may stand right below body text that is cut in mid-sentence."""
    if cues.is_jump_to(text):
        return Kind.JUMP_TO
    if _is_jump_from(text):
        return Kind.JUMP_FROM
    if cues.is_address(text):
        return Kind.FURNITURE
    if text.startswith("PAGE ") and cues.is_page(text):
        return Kind.PAGE
    if text.isupper():
        return Kind.BOX if cues.is_box(text) else Kind.FURNITURE if cues.is_furniture(text) else None
    return None


def _in_table(lines: list[Line], i: int) -> bool:
    """Do neighbouring lines have as many cells? Then the bars part the cells of a table, not a menu."""
    bars = lines[i].text.count("|")
    near = [lines[j].text.count("|") for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return bars > 1 and bars in near


def _below_heading(lines: list[Line], i: int) -> bool:
    """Could the line above be a heading, not known as one yet?"""
    above = lines[i - 1].text
    title = cues.is_title_case(above) or (cues.begins_small(above) and cues.is_title_case(f"X {above}"))
    return title and len(words(above)) <= 10 and not cues.is_open_ended(above)


def _is_jump_from(text: str) -> bool:
    return cues.jump_from(text) is not None


def _goes_on(line: Line) -> bool:
    """Is this the first line of an imprint or a source note that fills more lines?"""
    return line.kind is Kind.FURNITURE and bool(
        re.match(r"(?i)(?:imprint|source:|printed|copyright|published)", line.text) and len(line.text) > 25
    )


def _captions(lines: list[Line]) -> None:
    for i, line in enumerate(lines):
        opened = cues.CREDIT.search(line.text)
        split = (
            i > 0
            and not line.gap
            and not cues.CREDIT.search(lines[i - 1].text)
            and cues.CREDIT.search(f"{lines[i - 1].text} {line.text}")
        )
        if not opened and not split:
            continue
        start = i
        while start > 0 and i - start < _CAPTION_LINES and lines[start].kind in (Kind.BODY, Kind.CAPTION):
            above = lines[start - 1]
            if lines[start].gap and not _is_credit_alone(lines, start, i):
                break
            if (
                above.kind is not Kind.BODY
                or (cues.ends_sentence(above.text) and lines[start].text[:1].isupper())
            ) and not (above.kind is Kind.BODY and _is_second_sentence(lines, start)):
                break
            start -= 1
        end = i
        if opened and "(" in opened.group() and ")" not in opened.group():
            while (
                end + 1 < len(lines)
                and end - i < 2
                and not lines[end + 1].gap
                and ")" not in lines[end].text[-2:]
            ):
                end += 1
        for j in range(start, end + 1):
            lines[j] = lines[j].of(Kind.CAPTION)


def _is_credit_alone(lines: list[Line], start: int, i: int) -> bool:
    """ "(PHOTO: X)" on a line of its own belongs to what stands above the blank line."""
    return start == i and lines[i].text.startswith("(")


def _is_second_sentence(lines: list[Line], start: int) -> bool:
    """A caption of two sentences shows only where it is set apart by a blank line before the first."""
    for j in range(start - 1, max(start - 4, -1), -1):
        if lines[j].kind is not Kind.BODY:
            return False
        if lines[j].gap:
            return not any(cues.ends_sentence(lines[k].text) for k in range(j, start - 1))
    return False


def _boxes(lines: list[Line]) -> None:
    for i in [i for i, line in enumerate(lines) if line.kind is Kind.BOX]:
        for j in range(i + 1, min(i + 9, len(lines))):
            if lines[j].kind is not Kind.BODY or not _in_box(lines, j, first=j == i + 1):
                break
            lines[j] = lines[j].of(Kind.BOX)


def _in_box(lines: list[Line], j: int, *, first: bool) -> bool:
    line = lines[j]
    following = lines[j + 1] if j + 1 < len(lines) else None
    if following and following.kind is Kind.BYLINE:
        return False
    if line.level and not any(letter.isdigit() for letter in line.text):
        return False
    if first:
        return len(line.text) < 250
    goes_on = line.text[:1].islower() or not re.search(r"[A-Za-z]", lines[j - 1].text)
    if lines[j - 1].kind is Kind.BOX and (goes_on or cues.is_open_ended(lines[j - 1].text)):
        return len(line.text) < 160
    if line.text[:1].isdigit() and len(line.text) < 80:
        return True
    short = any(letter.isdigit() for letter in line.text) and len(words(line.text)) <= 9
    return short and not cues.ends_sentence(line.text) and not line.text.endswith("-")


def _mastheads(lines: list[Line]) -> None:
    """The name of the newspaper stands right above its date or volume, its motto below or between."""
    at = {line.number for line in lines if line.kind is Kind.FURNITURE and _is_masthead(line.text)}
    menus = {
        a.number for a, b in pairwise(lines) if a.number == b.number and Kind.FURNITURE in (a.kind, b.kind)
    }
    for i, line in enumerate(lines):
        if line.number in at | menus and line.kind is Kind.BODY and len(line.text) < 60:
            lines[i] = line.of(Kind.FURNITURE)  # another cell of the same line
    names: set[int] = set()
    marks = [i for i, line in enumerate(lines) if line.kind is Kind.FURNITURE and _is_masthead(line.text)]
    for i in marks:
        for j in range(i - 1, max(i - _MASTHEAD_REACH, -1), -1):
            line = lines[j]
            if j in names:
                break
            if line.kind is Kind.FURNITURE:
                continue
            if line.kind is not Kind.BODY or not _is_name_of_paper(line):
                break
            lines[j] = line.of(Kind.FURNITURE)
            names.add(j)
            if not (j > 0 and not line.gap and cues.is_capitals(lines[j - 1].text)):
                break
        for j in range(i + 1, min(i + 3, len(lines))):
            line = lines[j]
            alone = j + 1 >= len(lines) or lines[j + 1].gap or lines[j + 1].kind is not Kind.BODY
            motto = not cues.is_title_case(line.text) and len(line.text) < 60 and alone and not line.gap
            if line.kind is not Kind.BODY or cues.ends_sentence(line.text) or not motto:
                break
            lines[j] = line.of(Kind.FURNITURE)


def _is_masthead(text: str) -> bool:
    return is_dateline(text) or bool(re.match(r"(?i)(?:vol|no|nr|issue|number|year|est)", text))


def _is_name_of_paper(line: Line) -> bool:
    few = len(words(line.text)) <= 8
    return (
        few
        and not cues.ends_sentence(line.text)
        and (cues.is_title_case(line.text) or cues.is_capitals(line.text))
    )
