"""What each line of a page is: body, headline, byline, caption, furniture ... A line's neighbours decide
where the line itself leaves it open."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from statistics import quantiles
from typing import TYPE_CHECKING

from kg.ingest import cues
from kg.ingest.dates import is_dateline
from kg.ingest.junctions import NEW_SENTENCE, Junction, junction
from kg.ingest.lines import Kind, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ingest.lines import Line

_HEADLINE_WORDS = 18
_CAPTION_LINES = 8
_WRAPPED = 90
"""A line of a column is no longer than this."""
_MASTHEAD_REACH = 4


def classify(lines: list[Line]) -> list[Line]:
    """The same lines, each with its kind."""
    lines = list(lines)
    for step in (_close_gaps, _by_cue, _captions, _boxes, _mastheads, _headings, _teasers):
        step(lines)
    return lines


def classify_single(lines: list[Line], title: str) -> list[Line]:
    """The lines of a file that holds one article, whose title is known."""
    lines = list(lines)
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
        if not body and above and (above in wanted or wanted in above) and len(above) * 2 > len(wanted) - 40:
            lines[i] = line.of(Kind.HEADLINE)
        elif not body and line.kind is Kind.BODY and cues.is_name(line.text):
            lines[i] = line.of(Kind.BYLINE)
        body = body or lines[i].kind is Kind.BODY
    return lines


def squeeze(text: str) -> str:
    """Letters and digits only, for comparing titles."""
    return re.sub(r"[\W_]+", "", text.casefold())


def column_width(lines: list[Line]) -> int:
    """The characters that a full line of body text holds; a page of unwrapped paragraphs has no limit."""
    lengths = [len(line.text) for line in lines if line.kind is Kind.BODY and len(line.text) > 15]
    if len(lengths) < 8:
        return 10_000
    wide = int(quantiles(lengths, n=20)[-1])
    return wide if wide <= 110 else 10_000


def breaks_early(line: Line, following: Line, width: int, *, slack: int = 2) -> bool:
    """Would the next word have fitted on this line, with `slack` characters to spare? Then the line was ended
    on purpose."""
    first = following.text.split(" ", 1)[0]
    return len(line.text) + 1 + len(first) + slack <= width


def _close_gaps(lines: list[Line]) -> None:
    """Some files have a blank line after every line of wrapped text; such blank lines mean nothing."""
    start = 0
    for i in range(len(lines) + 1):
        single = i < len(lines) and lines[i].gap and not lines[i].level and len(lines[i].text) <= _WRAPPED
        if single and (i + 1 == len(lines) or lines[i + 1].gap):
            continue
        run = range(start, i)
        text = [lines[j].text for j in run]
        if len(text) >= 5 and 2 * sum(len(t) > 40 and not cues.is_title_case(t) for t in text) > len(text):
            for j in run[1:]:
                lines[j] = replace(lines[j], gap=False)
        start = i + 1


def _starts_fresh(lines: list[Line], i: int) -> bool:
    """Can line `i` begin something new: after a blank line, a heading, or the end of a sentence?"""
    if i == 0 or lines[i].gap or lines[i - 1].kind is not Kind.BODY:
        return True
    above = lines[i - 1].text
    return cues.ends_sentence(above) or bool(cues.CREDIT.search(above))


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
        if not _starts_fresh(lines, i) and not _below_heading(lines, i):
            # A jump line may follow body text cut in mid-sentence; nothing else may.
            if cues.is_jump_to(line.text) or _is_jump_from(line.text):
                lines[i] = line.of(Kind.JUMP_TO if cues.is_jump_to(line.text) else Kind.JUMP_FROM)
            elif line.text.isupper() and (cues.is_box(line.text) or cues.is_furniture(line.text)):
                lines[i] = line.of(Kind.BOX if cues.is_box(line.text) else Kind.FURNITURE)
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


def _in_table(lines: list[Line], i: int) -> bool:
    """Do neighbouring lines have as many cells? Then the bars part the cells of a table, not a menu."""
    bars = lines[i].text.count("|")
    near = [lines[j].text.count("|") for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return bars > 1 and bars in near


def _below_heading(lines: list[Line], i: int) -> bool:
    """Could the line above be a heading, not known as one yet?"""
    above = lines[i - 1].text
    return cues.is_title_case(above) and len(words(above)) <= 10 and not cues.is_open_ended(above)


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
    marks = [i for i, line in enumerate(lines) if line.kind is Kind.FURNITURE and _is_masthead(line.text)]
    for i in marks:
        for j in range(i - 1, max(i - _MASTHEAD_REACH, -1), -1):
            line = lines[j]
            if line.kind is Kind.FURNITURE:
                continue
            if line.kind is not Kind.BODY or not _is_name_of_paper(line):
                break
            lines[j] = line.of(Kind.FURNITURE)
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


def _headings(lines: list[Line]) -> None:
    width = column_width(lines)
    for i, line in enumerate(lines):
        if line.kind is not Kind.BODY or not _starts_fresh(lines, i):
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
        elif _is_headline(lines, i, width):
            lines[i] = line.of(Kind.HEADLINE)
        elif _is_crosshead(lines, i):
            lines[i] = line.of(Kind.CROSSHEAD)


def _reminds(lines: list[Line], i: int) -> bool:
    """Does the line repeat a headline over "From page 1"?"""
    jump = i + 1 < len(lines) and lines[i + 1].kind is Kind.JUMP_FROM and not lines[i + 1].gap
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
    if (
        len(words(line.text)) > 9
        or _reaches_full_stop(lines, i)
        or cues.ends_sentence(line.text)
        or above.kind is not Kind.HEADLINE
    ):
        return False
    alone = len(words(line.text)) == 1 and not cues.is_capitals(line.text)
    if not (cues.is_open_ended(above.text) or cues.begins_small(line.text) or alone):
        return False
    following = lines[i + 1] if i + 1 < len(lines) else None
    if following is None or following.gap or following.kind is not Kind.BODY:
        return True
    if junction(line.text, following.text) is Junction.BROKEN:
        return True
    return not following.text[:1].islower() and not _reaches_full_stop(lines, i)


def _is_headline(lines: list[Line], i: int, width: int) -> bool:
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
    if not cues.is_title_case(line.text) or count < 2:
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
    after_heading = i == 0 or lines[i - 1].kind is not Kind.BODY
    return breaks_early(line, following, width) or after_heading or cues.is_title_case(following.text)


def _follows_headline_words(line: Line, following: Line, lines: list[Line], i: int) -> bool:
    """A headline of two lines whose second begins small: "Holding Their Breath / for Science"."""
    second = cues.is_title_case(f"X {following.text}") and not cues.ends_sentence(following.text)
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
    return risen and len(line.text) > 5 and (alone or first[0] in NEW_SENTENCE)


def _teasers(lines: list[Line]) -> None:
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
