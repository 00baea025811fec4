"""A newspaper of two pages as a PDF, with what real ones have: headlines over several columns, justified and
hyphenated lines, kickers, a picture with its caption, text up the side of the page, a running head, jumps."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsprint import SYLLABLE
from reportlab.lib.pagesizes import A3
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from clippings import Story

WIDTH, HEIGHT = A3
MARGIN, GUTTER, COLUMNS = 40, 12, 5
STEP = (WIDTH - 2 * MARGIN + GUTTER) / COLUMNS
FONT, BOLD, SIZE, LEADING = "Times-Roman", "Times-Bold", 9, 11
PAPER = "THE HARBOUR SCIENCE POST"
CAPTION = (
    "Technicians check the antenna of the station at night, long before the first guests arrive. (PHOTO: AKI)"
)


@dataclass
class Frame:
    """Columns `first` to `last` of the page, from `top` down to `bottom` (points from the lower edge)."""

    first: int
    last: int
    top: float
    bottom: float


class Printer:
    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=A3, invariant=1)

    def finish(self) -> bytes:
        self._canvas.save()
        return self._out.getvalue()

    def say(self, x: float, y: float, text: str, size: float = SIZE, font: str = FONT) -> None:
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, y, text)

    def front(self) -> None:
        self.say(MARGIN, HEIGHT - 80, PAPER, 48, BOLD)
        self.say(MARGIN, HEIGHT - 100, "VOL. 5 NO. 217")
        self.say(WIDTH - 160, HEIGHT - 100, "Friday, 7 June 2024")
        self._canvas.line(MARGIN, HEIGHT - 106, WIDTH - MARGIN, HEIGHT - 106)
        self._canvas.saveState()
        self._canvas.translate(18, 300)
        self._canvas.rotate(90)
        self.say(0, 0, "Printed on recycled paper - postal permit 4711", 6)
        self._canvas.restoreState()

    def turn(self, number: int) -> None:
        self._canvas.showPage()
        self.say(MARGIN, HEIGHT - 40, f"{number}   {PAPER}   Friday, 7 June 2024", 8)

    def picture(self, frame: Frame, height: float) -> None:
        """A grey box with its caption below; the frame shrinks."""
        left, right = _left(frame.first), _left(frame.last) + STEP - GUTTER
        self._canvas.setFillGray(0.7)
        self._canvas.rect(left, frame.top - height, right - left, height, fill=1, stroke=0)
        self._canvas.setFillGray(0)
        y = frame.top - height - 9
        for line, _ in wrap([CAPTION], right - left, 7):
            self.say(left, y, line, 7)
            y -= 8
        frame.top = y - 10

    def headline(self, frame: Frame, title: str, size: float) -> None:
        width = _left(frame.last) + STEP - GUTTER - _left(frame.first)
        for line, _ in wrap([title], width, size, font=BOLD, hyphens=False):
            frame.top -= size
            self.say(_left(frame.first), frame.top, line, size, BOLD)
        frame.top -= 6

    def line(self, frame: Frame, text: str, font: str = BOLD) -> None:
        frame.top -= LEADING
        self.say(_left(frame.first), frame.top, text, SIZE, font)
        frame.top -= 4

    def flow(self, frame: Frame, paragraphs: tuple[str, ...]) -> float:
        """Text in columns of even height; returns where the longest ends."""
        lines = wrap(paragraphs, STEP - GUTTER, SIZE)
        columns = frame.last - frame.first + 1
        rows = -(-len(lines) // columns)
        for n, (text, full) in enumerate(lines):
            column, row = divmod(n, rows)
            self._justified(_left(frame.first + column), frame.top - (row + 1) * LEADING, text, full=full)
        return frame.top - rows * LEADING

    def _justified(self, x: float, y: float, text: str, *, full: bool) -> None:
        spaces = text.count(" ")
        free = STEP - GUTTER - stringWidth(text, FONT, SIZE)
        line = self._canvas.beginText(x, y)
        line.setFont(FONT, SIZE)
        line.setWordSpace(free / spaces if full and spaces else 0)
        line.textLine(text)
        self._canvas.drawText(line)


def _left(column: int) -> float:
    return MARGIN + column * STEP


def wrap(
    paragraphs: tuple[str, ...] | list[str],
    width: float,
    size: float,
    *,
    font: str = FONT,
    hyphens: bool = True,
) -> list[tuple[str, bool]]:
    """Lines that fit, each with whether it is to be justified."""
    lines: list[tuple[str, bool]] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            whole = f"{line} {word}".strip()
            if stringWidth(whole, font, size) <= width:
                line = whole
                continue
            cuts = [at.start() for at in SYLLABLE.finditer(word) if at.start() > 2] if hyphens else []
            fits = [at for at in cuts if stringWidth(f"{line} {word[:at]}-", font, size) <= width]
            lines.append((f"{line} {word[: fits[-1]]}-" if fits else line, True))
            line = word[fits[-1] :] if fits else word
        lines.append((line, False))
    return lines


def newspaper(stories: list[Story], briefs: list[Story]) -> bytes:
    """Three stories, the first of which goes on on page 2, and a column of briefs."""
    printer = Printer()
    printer.front()
    lead, second, third = stories
    jumping = max(len(lead.paragraphs) - 2, 1)
    frame = Frame(0, 2, HEIGHT - 120, 0)
    printer.line(frame, str(lead.section).upper())
    printer.headline(frame, lead.title, 30)
    printer.line(frame, str(lead.byline))
    end = printer.flow(frame, lead.paragraphs[:jumping])
    printer.say(_left(2), end - 14, "See page 2", SIZE, "Times-Italic")
    right = Frame(3, 4, HEIGHT - 120, 0)
    printer.picture(right, 120)
    printer.headline(right, second.title, 20)
    printer.line(right, str(second.byline))
    right.top = printer.flow(right, second.paragraphs) - 24
    low = Frame(0, 2, end - 40, 0)
    printer.headline(low, third.title, 24)
    printer.line(low, str(third.byline))
    printer.flow(low, third.paragraphs)
    printer.line(right, "IN BRIEF")
    for brief in briefs:
        column = Frame(3, 4, right.top, 0)
        printer.headline(column, brief.title, 12)
        right.top = printer.flow(column, brief.paragraphs) - 12
    printer.turn(2)
    rest = Frame(1, 3, HEIGHT - 90, 0)
    printer.headline(rest, lead.title, 18)
    printer.line(rest, "From page 1", "Times-Italic")
    printer.flow(rest, lead.paragraphs[jumping:])
    return printer.finish()
