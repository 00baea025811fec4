"""What one line says about itself: generic cues of newspaper pages, no context needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.clean import FUNCTION_WORDS, words_of
from kg.ingest.dates import MONTH, is_dateline
from kg.ingest.lines import words

if TYPE_CHECKING:
    from kg.ingest.lines import Line

_PAGE_REF = r"(?:on\s+)?(?:page|pg?\.|p)\s*[A-Z]?\d{1,3}"
_JUMP_TO = re.compile(
    rf"[(\[*>→ ]*(?:see|continue[sd]?|cont['’.]?d?\.?|turn|to|more|full story|read more|story)\b"
    rf"(?:\s+[a-z]+){{0,3}}?,?\s*{_PAGE_REF}[)\].* →]*",
    re.IGNORECASE,
)
_JUMP_FROM = re.compile(
    rf"(?P<title>.*?)[\s.…:|(\[-]*\b(?:continued\s+|cont['’.]?d?\.?\s+)?from\s+{_PAGE_REF}[)\].* ]*",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?i:page)\s+[A-Z]?\d{1,3}\b(?:\s*[|:/–-].*)?|.{0,80}\bPAGE\s+[A-Z]?\d{1,3}|\d{1,3}\s*\|.*|.*\|\s*\d{1,3}"
)
_NAME = (
    r"(?:[A-Z]\.\s?)*(?:(?:al|de|da|di|dos|van|von|der|den|bin|ibn|el|la|le|du|y)\s+)*[A-ZÀ-ÞČ-Ž][\w'’.-]*"
)
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{0,4}}"
_BYLINE = re.compile(
    rf"(?:by|edited by|compiled by|written by|text by|reported by|words by|story by|interview(?: by)?:?)\s+"
    rf"(?:our\s.{{1,60}}|staff\b.{{0,50}}|a\s.{{1,50}}|{_NAMES}(?:\s*(?:,|&|;|and)\s*{_NAMES}){{0,6}}"
    rf"(?:,?\s+(?:in|at|from|for)\s+.{{1,50}})?)[.,;]?",
    re.IGNORECASE,
)
_CORRESPONDENT = re.compile(
    r"(?:from\s+)?(?:our|a|special|staff)\b.{0,40}\b(?:correspondents?|reporters?|writers?)\b.{0,40}"
    r"|staff reporters?",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,3}[A-Z][\w'’-]+(?:,\s*[A-Z].{0,30})?")
_NAME_AND_CITY = re.compile(r"(?:[A-Z][\w'’-]+ ){1,3}?[A-Z][\w'’-]+, [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?")
_SURNAME_IN_CAPITALS = re.compile(r"(?:[A-Z]{2,}(?:-[A-Z]+)? [A-Z][a-z]+|[A-Z][a-z]+ [A-Z]{2,}(?:-[A-Z]+)?)")
CREDIT = re.compile(
    r"\((?:file\s+)?(?:photos?|images?|pictures?|pic|photographs?|graphics?|illustration|credit|courtesy)\b"
    r"[^()]{0,80}\)?|\([^()]{0,30}\bphotos?\)|\bphotos?(?:\s+by|:)\s+[A-Z][^.]{0,60}$",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?:new\s+graphic|info\s?graphics?|graphic of the (?:week|day|month)|graphic"
    r"|(?:the\s+)?numbers?(?: of the \w+)?"
    r"|.{0,30}\b(?:in|by the) (?:numbers|figures)|facts?\s?(?:box|file|& figures| and figures)|at a glance)",
    re.IGNORECASE,
)
_BRIEFS = re.compile(
    r"\b(?:briefs?|in brief|round-?up|shorts?|short (?:notes|waves)|noted|notes|digest|weekly review|week in|"
    r"in short|news in|at a glance|nuggets|snippets|bulletins?|short cuts|in passing)\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:wechat|weibo|whatsapp|twitter|facebook|newsletter)(?:\s+account)?|(?:scan\b.*)|(?:.*\be-\s?paper\b.*)"
    r"|(?:follow|like|find|visit|join|write to|contact|subscribe|download|advertise|call)"
    r"\s+(?:us|to|with|our|@).*"
    r"|advertise?ment\w*|sponsored|read (?:also|more).*|related(?: (?:stories|articles|links))?:?.*"
    r"|\[print\](?:\s*\[?(?:send|share|e-?mail|pdf)\]?)*|\[.{1,20}\](?:\s*\[.{1,20}\])+"
    r"|share(?: this.*)?|tags?:.*"
    r"|(?:all rights reserved|copyright|©|imprint|publisher|printed (?:and published|in|at|by)|free copy)\b.*"
    r"|editors?(?:-in-chief)?:.*|(?:price|tel|fax|e-?mail|circulation):.*"
    r"|(?:issn|isbn|rni|mci|hotline|tel|fax|price)\b[.:]?\s*(?:no\b|[(+\d]).*"
    r"|(?:founded|est(?:d|ablished)?)\b\.?(?: in)? \d{4}|free .{0,20}newspaper\b.{0,60}"
    r"|.*\ball rights reserved\.?|source:.*|(?:in this issue|inside|contents|service info|what's inside)"
    r"|next issue.*|(?:\w+ )?edition|comments? ?\(?\d*\)?|home|back to top"
    r"|(?:www\.|https?://)\S+.*|\S+@\S+\.\w+|@\w+(?:\s.*)?|[\w.-]+\.(?:example|com|org|net|cn|info)\b(?:\s*\|.*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"e-?\s?paper|www\.|https?:|[\w.-]+\.(?:example|com|org|net|cn|info)\b|\S+@", re.IGNORECASE
)
_EDITED = re.compile(r"(?:edited|layout|design(?:ed)?|page editor|copy editor)\b(?: by|:).*", re.IGNORECASE)
_PRICE = re.compile(
    r"(?:[\w .]{1,20}, )?(?:(?:Rs\.?|[$€£¥₹])\s?[\d.,]+|[\d.,]+\s(?:won|yen|cents|rupees|soles|pesos|euros?))"
)
_VOLUME = re.compile(
    r"(?:vol(?:ume)?|no|nr|n°|№|issue|number|year|año)\b[.:]?\s*(?:\d|[IVXLC]+\b).{0,60}", re.IGNORECASE
)
_PLACES = re.compile(r"[A-Z][\w. ]+(?:\s+[-/|•·–]\s+[A-Z][\w. ]+){2,}")
_SECTION_WORDS = words_of(
    "agriculture agri ai archaeology arts astronomy atmosphere belt biodiversity biology biotech books "
    "business campus chemistry china climate commentary computing conservation cooperation "
    "cover culture data digital earth ecology economy editorial education energy engineering "
    "environment expat exchange exchanges facilities feature features focus food forum frontier "
    "frontiers future geoscience global green health heritage history hi-tech industry in innovation "
    "insight insights international interview large letters life local materials medicine nature news "
    "ocean oceans opinion orbit pathway people physics policy portrait profile quantum regional "
    "research review road round-up s&t sci sci-tech science society space special sti story "
    "sustainability talent talents tech technology today top topic transition transport trends "
    "viewpoint voice voices water week weekly wildlife women world young youth"
)
_SMALL = words_of(
    "a an the be is are of in on at to for from by with and or but nor as is via vs v per its than into over "
    "under off up out that it no not after amid among between about against through de la le du van "
    "von"
)
_OPEN = words_of(
    "a an the of in on to for from by with and or but as via vs into than its their between among "
    "against through amid across toward towards at is are"
)
_DATED = re.compile(
    r"[A-Z][^!?]{2,40}?\b(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2})\b"
    r".{0,30}?(?:\s(?:--|[-–—])(?:\s|$)|[.:]\s)"
    r"|[A-Z]{3}[A-ZÀ-Þ/ ,'’-]*\b.{0,50}?\s(?:--|[-–—])(?:\s|$)"
)
""" "NAIROBI, Sept. 12 (Rift Newswire) - ", "Vienna, 18 October 2024 -- ", "TROMSØ (NNB) – "."""
_PLACED = re.compile(
    r"[A-Z]{3}[A-ZÀ-Þ/ ,'’-]*[:.]\s"
    r"|[A-Z][\w’']+(?:, [A-Z]\w+(?: [A-Z]\w+)*)?(?: \([^()]{2,20}\))? (?:--|[-–—]) "
)
""" "ISLAMABAD: ", "Apia - "; headlines may begin so, too."""
_OF_TEXT = re.compile(
    r"(?:In|On|By|Since|From|Until|At|After|Before|Under|During)\s(?:[A-Za-z]+\s)?\d.*|According to\b.*"
    rf"|.*\([^)]*|.*\b\d{{1,2}}\s{MONTH}.*|.*\b{MONTH}\s\d.*"
)
_END = re.compile(r"[.!?…。](?:[\"'”’)\]]|\s)*$")


def ends_sentence(text: str) -> bool:
    text = text[-20:]
    return bool(_END.search(text)) and not re.search(
        r"(?:\b(?:Dr|Prof|Mr|Mrs|Ms|St|No|Vol|vs|Gen|Sen|Rep|Jr|Inc|Ltd|Co|approx|ca)|\b[A-Z])\.$", text
    )


def begins_story(text: str) -> bool:
    """Does the text begin with the place that it was written in?"""
    return bool(_DATED.match(text) or _PLACED.match(text))


def is_of_text(text: str) -> bool:
    """Does the line say something that no headline does: when and where it was written, a date, half a
    parenthesis?"""
    return bool(_DATED.match(text) or _OF_TEXT.fullmatch(text))


def is_title_case(text: str) -> bool:
    """Do the words that matter begin with a capital or a digit, as in an English headline?"""
    tokens = [token for token in re.findall(r"[^\s]+", text) if token[:1].isalnum() or len(token) > 1]
    weighty = [t.strip("\"'“”‘’([{") for t in tokens if t.strip("\"'“”‘’.,:;!?").lower() not in _SMALL]
    if not weighty:
        return False
    risen = sum(
        1 for token in weighty if token[:1].isupper() or token[:1].isdigit() or not token[:1].isalpha()
    )
    first = text.strip("\"'“‘")[:1]
    return risen == len(weighty) and (first.isupper() or first.isdigit())


def is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.9 * len(letters)


def is_open_ended(text: str) -> bool:
    """Does a headline want more words ("Innovation Corridor Across")?"""
    last = words(text)[-1:] or [""]
    return text.endswith(("-", ",", ":", "–", "&")) or last[0].lower() in _OPEN


def begins_small(text: str) -> bool:
    """Does a line of a headline begin in mid-phrase: "for Science", "Against the Wind"?"""
    first = words(text)[:1] or [""]
    return text[:1].islower() or first[0].lower() in _OPEN - {"a", "an", "the", "their", "its", "from", "by"}


def is_jump_to(text: str) -> bool:
    return len(text) < 60 and bool(_JUMP_TO.fullmatch(text))


def jump_from(text: str) -> str | None:
    """The words that remind of the headline in "Tuna ... From page 1"; None for any other line."""
    match = _JUMP_FROM.fullmatch(text) if len(text) < 100 else None
    return match["title"].strip(" .…|:-(") if match else None


_INLINE_JUMP = re.compile(
    rf"(?<=[.!?\"”,])\s+(?=(?:see|continued?s?|turn to)\s+(?:on\s+)?{_PAGE_REF}$)", re.IGNORECASE
)


def without_jump(text: str) -> tuple[str, str]:
    """Part "... expedition. See page 4" in two; the second is empty where no jump line ends the text."""
    parts = _INLINE_JUMP.split(text, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 else (text, "")


def is_page(text: str) -> bool:
    return len(text) < 100 and bool(_PAGE.fullmatch(text)) and not is_dateline(text)


def is_byline(text: str) -> bool:
    """ "By LI Na & Marco FERRI", "By our correspondent in Moshi"."""
    if len(text) > 120 or len(words(text)) > 16:
        return False
    if re.match(r"(?i)(?:by|edited by)\s", text) and not re.match(
        r"(?i)(?:\w+ by|by)\s+(?:our|staff|a)\b", text
    ):
        # "By 2030 ..." and "By neutralizing the virus" are no names.
        name = re.sub(r"(?i)^(?:\w+ )?by\s+", "", text)
        if not name[:1].isupper() or not is_title_case(re.split(r",?\s(?:in|at|from|for)\s", name)[0]):
            return False
    return bool(_BYLINE.fullmatch(text) or _CORRESPONDENT.fullmatch(text))


def is_name(text: str) -> bool:
    """Could this line, right below a headline, be the name of its author alone?"""
    forms = (_INITIALS, _NAME_AND_CITY, _SURNAME_IN_CAPITALS)
    return len(text) < 60 and any(form.fullmatch(text) for form in forms)


def is_box(text: str) -> bool:
    return len(text) < 50 and bool(_BOX.fullmatch(text))


def is_briefs(text: str) -> bool:
    return len(text) < 50 and bool(_BRIEFS.search(text))


def is_edited(text: str) -> bool:
    return len(text) < 150 and bool(_EDITED.fullmatch(text))


def is_address(text: str) -> bool:
    """Nothing but an address in the web, or the name of an electronic edition."""
    return " " not in text and bool(_ADDRESS.match(text)) and bool(_FURNITURE.fullmatch(text))


def is_furniture(text: str) -> bool:
    if len(text) > 160 or (text[:1].islower() and not _ADDRESS.match(text)):
        return False
    parts = [part.strip() for part in text.split("|")]
    short_parts = len(parts) > 2 and all(len(part) < 40 for part in parts)
    return bool(
        _FURNITURE.fullmatch(text)
        or (len(text) < 90 and _VOLUME.fullmatch(text) and not ends_sentence(text))
        or _PLACES.fullmatch(text)
        or _PRICE.fullmatch(text)
        or short_parts
        or not any(letter.isalnum() for letter in text)
    )


def is_label(line: Line) -> bool:
    """Could this line name a section?"""
    found = words(line.text)
    if (
        not 1 <= len(found) <= 4
        or is_open_ended(line.text)
        or ends_sentence(line.text)
        or line.text[:1].isdigit()
    ):
        return False
    if is_briefs(line.text):
        return is_title_case(line.text)
    parts = {part.lower() for word in found for part in [word, *word.split("-")]}
    subjects = parts - FUNCTION_WORDS
    if len(found) == 2 and is_title_case(line.text) and found[1].lower() in _SECTION_WORDS:
        return True  # a name of its own for a usual section: "Hi! Tech"
    return (is_capitals(line.text) and len(found) <= 3) or (
        is_title_case(line.text)
        and len(subjects & _SECTION_WORDS) >= max(1, len(subjects) - (line.level > 0))
    )
