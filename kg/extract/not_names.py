"""What a tagger takes for a name and is none: fragments, people with their titles, newspapers, prizes.

Each rule was counted on the gold corpus: together they take away hardly a name that the gold has.
"""

from __future__ import annotations

import re

from kg.extract.countries import find_countries
from kg.names import read_words

_LOOSE_START = re.compile(r"(?:of|for|and|in|on|to|with|by|from|at)\s|[-–&'’]")
_LOOSE_END = re.compile(r"\s(?:of|for|and|in|on|the|to|with|by|de|du|la|der|di)$|[-–&]$")
_LEGAL_FORM = re.compile(
    r"(?:Co\.?,? ?)?(?:Ltd|LLC|LLP|Sdn|Bhd|Inc|Corp|GmbH|PLC|plc|Pty|AG|AB|Oy|NV|BV|SA|S\.A)\.?"
)
_PERSON = re.compile(r"(?:Prof|Dr|Mr|Mrs|Ms)\b\.? [A-Z]")
_PRESS_OR_PRIZE = re.compile(
    r"\b(?:Journal|Times|Tribune|Herald|Chronicle|Gazette|Weekly|Newspaper|Newsletter|Magazine|Award|Awards)$"
    r"|\bNobel\b"
)
_ORDINAL = re.compile(
    r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth"
    r"|\d+(?:st|nd|rd|th))"
)


def is_no_name(name: str) -> bool:
    """Can `name` be no institution, project or place whatever the text around it says?"""
    words = read_words("no_names.txt")
    return bool(
        name in words
        or (name.lower() in words and not name.isupper())  # EAST is a tokamak
        or name.count("(") != name.count(")")
        or _LOOSE_START.match(name)
        or _LOOSE_END.search(name)
        or _LEGAL_FORM.fullmatch(name)
        or _PERSON.match(name)
        or _PRESS_OR_PRIZE.search(name)
        or _ORDINAL.fullmatch(name)
    )


def is_country(name: str) -> bool:
    """Is all of `name` a country, or the people of one ("Chinese")?"""
    found = find_countries(name)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(name))
