"""What made newspaper pages are made of: clean articles of our own, and what stands between articles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

GOLD = Path(__file__).parents[1] / "gold" / "train"

AUTHORS = (
    "By Ida NORD", "By LI Xiaoyun & Tom BAKER", "By Staff Reporters", "By Rui Faria in Horta", "By CHEN Wei",
    "By our correspondent in Accra", "By Maria LOPES, Jan DE WIT & WANG Fei", "By Grace Wanjiru",
)  # fmt: skip
SECTIONS = (
    "SCIENCE", "International Cooperation", "Green Tech", "HEALTH", "STI Frontier", "Energy", "OCEAN",
)  # fmt: skip
BRIEFS = ("IN BRIEF", "WEEKLY REVIEW", "News Digest", "In Short", "NOTED")
PAPERS = (
    "THE HARBOUR SCIENCE POST",
    "Science & Industry Weekly",
    "Continental Courier",
    "DAILY RESEARCH NEWS",
)
CAPTIONS = (
    "A technician checks the antenna of the station before sunrise. (PHOTO: XINHUA)",
    "Students of the field course carry samples down the valley in\nspring. (PHOTO: AKI)",
    "The photo shows the research vessel at its pier, one day before it\nleft. (PHOTO: LUSA)",
    "Visitors look at a model of the bridge. Photo by Lena Okafor",
    "Caption: The second tower is being built. (Image: Courtesy of the museum)",
)
ADVERTS = (
    "ADVERTISEMENT\nMerle & Sons, makers of fine scales\nsince 1894. Harbour Road 7",
    "Subscribe to our newsletter",
    "Call us: +49 30 555 0199",
    "Follow us on WhatsApp | E-paper",
    "www.harbourpost.example",
)
BOXES = (
    "NEW GRAPHIC\n450 hectares of forest planted\n12 countries",
    "New Graphic\n\n3,900 m  depth of the well\n\n60 MW  planned capacity",
    "THE NUMBER\n41 days without rain",
)
TEASERS = (
    "WHO OWNS THE NIGHT SKY?\n\nPAGE 3 | INSIGHTS",
    "PAGE 2 | WORLD\n\nTHE QUIET RETURN OF THE NIGHT TRAIN",
    "In this issue: eels, bricks, cables",
)
_BROKEN = re.compile(r"\w- \w")
_COLLECTION = re.compile(
    r"\b(?:Review|Brief|Week|Letters?|Diary|Circular|Monitor|Information|20\d\d|No\.)(?!\w)|\|"
)
_SMALL = frozenset(
    ["a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "its", "as"]
)
_SENTENCE_END = re.compile(r"[.!?][\"”']?$")


@dataclass(frozen=True)
class Story:
    title: str
    paragraphs: tuple[str, ...]
    byline: str | None = None
    section: str | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def load_stories(folder: Path = GOLD) -> tuple[list[Story], list[Story]]:
    """Long stories and briefs, from files with a title in their front matter and plain prose below."""
    found = [story for path in sorted(folder.glob("[CDEGIL]*.txt")) if (story := _load(path))]
    long = [replace(story, paragraphs=story.paragraphs[:7]) for story in found]
    briefs = [Story(story.title, story.paragraphs[:1]) for story in found if _words(story.paragraphs[0]) < 60]
    return long, briefs


def _load(path: Path) -> Story | None:
    _, matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    title = re.search(r"^title: (.*)$", matter, re.MULTILINE)
    # A prose paragraph is long and ends a sentence; headings, authors and lists are left out.
    prose = [
        " ".join(part.split())
        for part in body.split("\n\n")
        if len(part) > 90 and _SENTENCE_END.search(part.strip()) and not part.startswith(("*", "-", "#"))
    ]
    words = title[1].strip("\"'").split() if title else []
    usable = 3 <= len(words) <= 11 and ":" not in title[1] and len(prose) >= 3 and prose[0][0].isupper()
    usable = usable and not any(map(_BROKEN.search, prose)) and not _COLLECTION.search(title[1])
    return Story(" ".join(map(_risen, words)), tuple(prose)) if usable else None


def _risen(word: str) -> str:
    return word if word in _SMALL else word[:1].upper() + word[1:]


def _words(text: str) -> int:
    return len(text.split())
