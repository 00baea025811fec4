"""A sentence as the relation rules see it: a row of items, each a word, a mention or a date."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.dates import DateSpan
    from kg.model import Mention

_TOKEN = re.compile(r"['’]s\b|[^\W_](?:[\w'’.-]*\w)?|--|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Item:
    """One step of a sentence; offsets are those of the article's text."""

    start: int
    end: int
    text: str
    mention: Mention | None = None
    date: DateSpan | None = None

    @property
    def kind(self) -> Kind | None:
        return self.mention.kind if self.mention else None

    @property
    def word(self) -> str:
        """The word in lower case; "" for a mention or a date."""
        return "" if self.mention or self.date else self.text.lower()

    @property
    def is_geographic(self) -> bool:
        return self.kind in (Kind.COUNTRY, Kind.PLACE)


_ADJECTIVE = re.compile(r"(?:an|ese|ish|i|ian|ch|ic|ean|Swiss|Thai|Greek|Czech|Dutch|U\.S\.|US|UK|que)$")
_SENTENCE_ENDS = frozenset([".", ";"])
_PHRASE_ENDS = frozenset([".", ";", ":", ",", "(", "who", "which", "that", "and"])
_VERB = re.compile(r"is|are|was|were|has|have|had|will|which|who|that|said|to|by|for|\w{3,}ed")

TOPIC = -1
"""The item index that stands for a sentence's topic."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`article text[start:end]`, cut into items. Mentions never overlap here: the outermost ones count."""

    start: int
    end: int
    text: str
    items: tuple[Item, ...]
    topic: Mention | None = None
    """The project that the text speaks of when the sentence names none."""

    def mention(self, index: int) -> Mention | None:
        """The mention at an item index; `TOPIC` stands for the topic."""
        return self.topic if index == TOPIC else self.items[index].mention

    def label(self, index: int) -> str:
        """The name that the mention at an item index stands for; "" for a word."""
        mention = self.mention(index)
        return mention.label if mention else ""

    def phrase(self, first: int, last: int) -> str:
        """The text from item `first` up to, not including, item `last`."""
        if first >= last:
            return ""
        return self.text[self.items[first].start - self.start : self.items[last - 1].end - self.start]

    def before(self, index: int, limit: int) -> str:
        """The `limit` items before `index`, as text in lower case."""
        return self.phrase(max(0, index - limit), index).lower()

    def after(self, index: int, limit: int) -> str:
        """The `limit` items after `index`, as text in lower case."""
        return self.phrase(index + 1, min(len(self.items), index + 1 + limit)).lower()

    def word_at(self, index: int) -> str:
        """The word at an item index, in lower case; "" for mentions, dates and beyond the sentence."""
        return self.items[index].word if 0 <= index < len(self.items) else ""

    def is_adjective(self, index: int) -> bool:
        """Is the item a country named by its adjective ("Danish")?"""
        mention = self.items[index].mention
        if mention is None or mention.kind is not Kind.COUNTRY or mention.text == mention.label:
            return False
        return bool(_ADJECTIVE.search(mention.text))

    def find_word(self, word: str, first: int, last: int) -> int | None:
        """The first item from `first` up to, not including, `last` that is `word`."""
        return next((i for i in range(first, min(last, len(self.items))) if self.items[i].word == word), None)

    def indices(self, *kinds: Kind) -> list[int]:
        """The items that mention one of `kinds`."""
        return [index for index, item in enumerate(self.items) if item.kind in kinds]

    def dates(self) -> list[int]:
        return [index for index, item in enumerate(self.items) if item.date]

    def has_kind(self, first: int, last: int, *kinds: Kind) -> bool:
        """Does an item from `first` up to, not including, `last` mention one of `kinds`?"""
        return any(item.kind in kinds for item in self.items[first:last])

    def previous_of_kind(self, index: int, *kinds: Kind, limit: int) -> int | None:
        """The nearest item of `kinds` before `index`, at most `limit` items away, not beyond a semicolon."""
        for position in range(index - 1, max(-1, index - 1 - limit), -1):
            if self.items[position].kind in kinds:
                return position
            if self.items[position].word == ";":
                return None
        return None

    def next_of_kind(self, index: int, kind: Kind, limit: int, *, through_commas: bool = False) -> int | None:
        """The first item of `kind` within `limit` items from `index` on, in the same phrase.

        Of "the university's Institute X" it is the institute.
        """
        ends = _SENTENCE_ENDS if through_commas else _PHRASE_ENDS
        for position in range(index, min(len(self.items), index + limit)):
            item = self.items[position]
            if item.kind is kind:
                return self._owned(position, kind)
            if item.word in ends or (item.date and not through_commas):
                return None
        return None

    def skip_brackets_back(self, index: int) -> int:
        """The item before a bracketed part that ends at `index`; `index` itself where none ends."""
        if self.word_at(index) != ")":
            return index
        while index >= 0 and self.word_at(index) != "(":
            index -= 1
        return index - 1

    def groups(self, kind: Kind) -> list[list[int]]:
        """All items of `kind`, those that are coordinated together in one list."""
        groups: list[list[int]] = []
        seen: set[int] = set()
        for index in self.indices(kind):
            if index not in seen:
                group = [index, *self._coordinated_after(index, kind)]
                seen.update(group)
                groups.append(group)
        return groups

    def group_from(self, index: int, kind: Kind, *, limit: int = 5) -> list[int]:
        """The items of `kind` that are coordinated, the first of them within `limit` items from `index` on.

        "by | the Danish firm X in Aarhus, Y (Z) and the University of W": X, Y and W.
        """
        first = self.next_of_kind(index, kind, limit)
        return [] if first is None else [first, *self._coordinated_after(first, kind)]

    def group_to(self, index: int, kind: Kind, *, limit: int = 12) -> list[int]:
        """The coordinated items of `kind` that end last before item `index`, at most `limit` items away."""
        for position in range(index - 1, max(-1, index - 1 - limit), -1):
            if self.items[position].kind is kind:
                return [*self._coordinated_before(position, kind), position]
            if self.items[position].word in (";", ":"):
                break
        return []

    def _owned(self, position: int, kind: Kind) -> int:
        """ "the university's | Institute of Physics": the institute."""
        if self.word_at(position + 1) in ("'s", "’s"):
            for owned in range(position + 2, min(len(self.items), position + 5)):
                if self.items[owned].kind is kind:
                    return owned
        return position

    def _coordinated_after(self, first: int, kind: Kind) -> list[int]:
        group: list[int] = []
        position = first
        while True:
            after = self._skip_modifiers(position + 1, kind)
            separator = self._separator(after)
            if separator == 0:
                return group
            following = self.next_of_kind(after + separator, kind, 5)
            if following is None or self._has_verb(after + separator, following):
                return group
            group.append(following)
            position = following

    def _coordinated_before(self, last: int, kind: Kind) -> list[int]:
        earlier: list[int] = []
        for position in range(last - 1, -1, -1):
            if self.items[position].word in (".", ";"):
                break
            if self.items[position].kind is kind:
                chain = [position, *self._coordinated_after(position, kind)]
                if last not in chain:
                    break
                earlier.insert(0, position)
        return earlier

    def _skip_modifiers(self, index: int, kind: Kind) -> int:
        """Past "(RGI)", "in Mainz, Germany", "of Changwon", which may stand between two coordinated names.

        In a list of countries or places, what follows a comma is the next of the list.
        """
        lists_geography = kind in (Kind.COUNTRY, Kind.PLACE)
        while index < len(self.items):
            if self.word_at(index) == "(":
                close = next(
                    (i for i in range(index, min(index + 8, len(self.items))) if self.word_at(i) == ")"), None
                )
                if close is None:
                    return index
                index = close + 1
            elif (
                self.word_at(index) in ("in", "of", "from", "at", "near") and self._geographic(index + 1)
            ) or (
                not lists_geography
                and self.word_at(index) == ","
                and self._geographic(index + 1)
                and self.word_at(index + 2) in (",", "and", "")
            ):
                index += 2
            elif (
                self.word_at(index) == ","
                and self.word_at(index + 1) in ("in", "of")
                and self._geographic(index + 2)
            ):
                index += 3
            else:
                return index
        return index

    def _geographic(self, index: int) -> bool:
        return index < len(self.items) and self.items[index].is_geographic

    def _separator(self, index: int) -> int:
        """How many items join two names here ("," "and" ", as well as" "together with"); 0 if none."""
        words = tuple(self.word_at(i) for i in range(index, index + 4))
        for pattern in _SEPARATORS:
            if words[: len(pattern)] == pattern:
                return len(pattern)
        return 0

    def _has_verb(self, first: int, last: int) -> bool:
        return any(_VERB.fullmatch(self.word_at(position)) for position in range(first, last))


_SEPARATORS = (
    (",", "as", "well", "as"),
    (",", "together", "with"),
    (",", "along", "with"),
    ("as", "well", "as"),
    ("together", "with"),
    ("along", "with"),
    ("jointly", "with"),
    (",", "and"),
    (",", "with"),
    ("and",),
    ("&",),
    ("with",),
    (",",),
)


def make_sentence(
    text: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    dates: Sequence[DateSpan],
    *,
    topic: Mention | None = None,
) -> Sentence:
    """Cut `text[start:end]` into items; `mentions` and `dates` are sorted and may reach beyond it."""
    marked: list[Item] = []
    for mention in _within(mentions, start, end):
        if marked and _is_own_short_form(text, marked[-1], mention):
            # "Rift Geothermal Institute (RGI)" is one item
            marked[-1] = replace(marked[-1], end=mention.end + 1)
        else:
            marked.append(Item(mention.start, mention.end, mention.text, mention=mention))
    starts = [item.start for item in marked]
    dated: list[Item] = []
    for span in _within(dates, start, end):
        before = bisect_left(starts, span.end) - 1
        if before < 0 or marked[before].end <= span.start:
            dated.append(Item(span.start, span.end, text[span.start : span.end], date=span))
    items: list[Item] = []
    position = start
    for item in sorted([*marked, *dated], key=attrgetter("start")):
        items.extend(_words(text, position, item.start))
        items.append(item)
        position = item.end
    items.extend(_words(text, position, end))
    return Sentence(start, end, text[start:end], tuple(items), topic)


def _is_own_short_form(text: str, item: Item, mention: Mention) -> bool:
    same = item.mention is not None and item.mention.label == mention.label
    return (
        same and text[item.end : mention.start].strip() == "(" and text[mention.end : mention.end + 1] == ")"
    )


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Spanned)


def _within(spans: Sequence[_S], start: int, end: int) -> Sequence[_S]:
    first = bisect_left(spans, start, key=attrgetter("start"))
    last = bisect_left(spans, end, key=attrgetter("start"))
    return [span for span in spans[first:last] if span.end <= end]


def _words(text: str, start: int, end: int) -> list[Item]:
    return [Item(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, start, end)]
