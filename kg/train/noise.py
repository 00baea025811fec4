"""Newspaper pages are not clean: copies of training articles with what a page leaves between the lines.

Furniture, headings, bylines, credits, adverts and pieces of other articles are put between the paragraphs;
sentences break off, words are hyphenated, headings stand in capitals. All that names nothing, or is a name
in another dress; the gold stays as it is, but for the new dresses.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

FIRST = "Amara Bruno Chen Dalia Emeka Farid Greta Hiro Ines Jonas Keiko Lars Mina Noor Olga Priya Rosa Tariq"
LAST = (
    "Abate Bauer Castillo Dube Eriksen Fofana Gruber Haddad Ivanov Joshi Kowal LIU MORENO OKAFOR Petrov ZHANG"
)
CREDITS = (
    "Xinhua|AFP|VCG|Harbour Press|Morning Courier|file photo|Archive|Handout|Staff|Science Wire|AP|Reuters"
)
SECTIONS = (
    "World|Opinion|In Brief|Science & Technology|Tech Digest|Weekly Review|Focus|Editor's Pick|Letters|Health"
    "|International Cooperation|Voice of Readers|Green Living|Data Corner|Inside This Issue|Business|Travel"
    "|Innovation Frontier|People|Campus Life|Top Stories|Around the Globe|Insight|Life Sciences|Hi! Tech"
    "|Energy Transition|Culture"
)
JOURNALS = (
    "Nature|Science|The Lancet|Cell|Ocean Letters|Physical Review B|Advances in Agronomy|Soil Biology Today"
    "|Annals of Polar Research|Journal of Applied Optics|Nature Energy|Proceedings of Hydrology"
)
AWARDS = (
    "Nobel Prize in Physics|Golden Compass Award|National Science Prize|Order of Merit|Young Inventor Medal"
    "|Lindqvist Prize|Fields Medal|Best Paper Award"
)
LANGUAGES = "Swahili|Quechua|Mandarin|Catalan|Hausa|Finnish|Tamil|Maori"
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTHS = "January March April June July September October December"
LINES = (
    "By {first} {last}",
    "By {first} {last} and {first} {last}",
    "{first} {last}, Staff Writer",
    "Editor: {first} {last}",
    "Edited by {first} {last}  |  Page designer: {first} {last}",
    "(PHOTO: {credit})",
    "({credit})",
    "Source: {credit}",
    "Photo by {first} {last}/{credit}",
    "{first} {last} checks a sample in the laboratory. (PHOTO: {credit})",
    "Visitors look at a model during the exhibition. ({credit})",
    "{section}",
    "{upper}",
    "PAGE {number}  |  {upper}",
    "VOL.{number}-NO.{number}",
    "{month} {number}-{number}, 2024",
    "{day}, {month} {number}",
    "{number} {upper} {day}, {month} {number}, 2023",
    "See page {number}",
    "Continued from Page {number}",
    "Turn to P{number}",
    "E-PAPER  WECHAT ACCOUNT  SUBSCRIBE",
    "www.morning-courier.example",
    "Scan the QR code to read more stories online.",
    "SALE! Up to {number} percent off Garden Furniture. Call 555-01{number}. Only this {day}.",
    "Learn Chess with Master {last}: evening classes every {day}.",
    "WANTED: Night Porter for the Hotel Bellavista. Apply in writing to Box {number}.",
    "Weather: Sunny, {number} degrees. Light Winds from the South.",
    "{number}%  share of Renewable Energy in Total Output",
    "Key Facts: {number} Countries, {number} Research Teams, One Goal",
    "The findings were published in {journal} on {day}.",
    "The study appeared in the journal {journal}, volume {number}.",
    "Professor {first} {last} received the {award} in 2019.",
    "He speaks {language}, English and a little {language}.",
    '"We are proud of the results," {last} told {credit}.',
    "Dr {first} {last} is an engineer who writes about Artificial Intelligence and Clean Energy.",
    "The views do not represent those of this newspaper.",
    "| | ■ ~ {number} —",
)
SLOTS = {
    "first": FIRST.split(),
    "last": LAST.split(),
    "credit": CREDITS.split("|"),
    "section": SECTIONS.split("|"),
    "upper": SECTIONS.upper().split("|"),
    "journal": JOURNALS.split("|"),
    "award": AWARDS.split("|"),
    "language": LANGUAGES.split("|"),
    "day": DAYS.split(),
    "month": MONTHS.split(),
}
NOISE = 0.2
"""How often a line of noise, or one more, stands before a paragraph."""
Gold = dict[str, Any]


def noisy(text: str, gold: Gold, plain: Sequence[str], rng: random.Random) -> tuple[str, Gold]:
    """A copy of an article with page noise, and of its gold.

    `text` is a title and paragraphs with empty lines between them; `plain` are sentences without names.
    """
    gold = copy.deepcopy(gold)
    title, *lines = text.split("\n\n")
    if rng.random() < 0.2:
        title = _in_capitals(title, gold)
    out = [title]
    for line in lines:
        while rng.random() < NOISE:
            out.append(_line(plain, rng))
        chance = rng.random()
        if chance < 0.08:
            out += _broken(line, plain, rng)
        elif chance < 0.14 and len(out) > 1:
            out[-1] = f"{out[-1]} {line}"
        elif chance < 0.24:
            out.append(_hyphenated(line, gold, rng))
        else:
            out.append(line)
    out.append(_line(plain, rng))
    return "\n\n".join(out), gold


def _line(plain: Sequence[str], rng: random.Random) -> str:
    """A line that names nothing."""
    words = rng.choice(plain).rstrip(".").split()
    chance = rng.random()
    if chance < 0.3:
        heading = " ".join(words[: rng.randint(2, 9)])
        return heading.upper() if rng.random() < 0.2 else _title_case(heading)
    if chance < 0.45:
        at = rng.randrange(len(words))
        return " ".join(words[at : at + rng.randint(2, 15)])
    return re.sub(r"\{(\w+)\}", _filler(rng), rng.choice(LINES))


def _filler(rng: random.Random) -> Callable[[re.Match[str]], str]:
    """What fills the slots of `LINES`."""

    def fill(match: re.Match[str]) -> str:
        slot = match[1]
        return str(rng.randint(1, 30)) if slot == "number" else rng.choice(SLOTS[slot])

    return fill


def _title_case(text: str) -> str:
    return " ".join(w if len(w) < 4 and w.islower() else w[:1].upper() + w[1:] for w in text.split())


def _in_capitals(title: str, gold: Gold) -> str:
    for entity in gold["entities"]:
        entity["names"] += [name.upper() for name in entity["names"] if name in title]
    return title.upper()


def _broken(line: str, plain: Sequence[str], rng: random.Random) -> list[str]:
    """A paragraph that breaks off between two lower-case words, with a line of noise in the gap or none."""
    gaps = [m.start() for m in re.finditer(r"(?<=[a-z]) (?=[a-z])", line)]
    if not gaps:
        return [line]
    at = rng.choice(gaps)
    between = [_line(plain, rng)] if rng.random() < 0.5 else []
    return [line[:at], *between, line[at + 1 :]]


def _hyphenated(line: str, gold: Gold, rng: random.Random) -> str:
    """A paragraph with one long word in two pieces; a name with this word gets a new form in the gold."""
    words = list(re.finditer(r"\b[A-Za-z]{7,}\b", line))
    if not words:
        return line
    word = rng.choice(words)
    at = rng.randint(3, len(word[0]) - 3)
    split = word[0][:at] + rng.choice(("- ", "-", " ")) + word[0][at:]
    for entity in gold["entities"]:
        entity["names"] += [n.replace(word[0], split) for n in entity["names"] if word[0] in n]
    return line[: word.start()] + split + line[word.end() :]
