"""A sentence as the relation rules see it: a row of items, each a word, a mention or a date."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg.model import Mention
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.dates import DateSpan

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

    def phrase(self, first: int, last: int) -> str:
        """The text from item `first` up to, not including, item `last`."""
        if first >= last:
            return ""
        return self.text[self.items[first].start - self.start : self.items[last - 1].end - self.start]

    def word_at(self, index: int) -> str:
        return self.items[index].word if 0 <= index < len(self.items) else ""

    def indices(self, *kinds: Kind) -> list[int]:
        return [index for index, item in enumerate(self.items) if item.kind in kinds]

    def dates(self) -> list[int]:
        return [index for index, item in enumerate(self.items) if item.date]

    def group_from(self, index: int, kind: Kind, *, limit: int = 5) -> list[int]:
        """The items of `kind` that are coordinated, the first of them within `limit` words from `index` on.

        "by | the Danish firm X in Aarhus, Y (Z) and the University of W": X, Y and W.
        """
        first = self._next_of_kind(index, kind, limit)
        return [] if first is None else [first, *self._coordinated_after(first, kind)]

    def group_to(self, index: int, kind: Kind, *, limit: int = 12) -> list[int]:
        """The coordinated items of `kind` that end last before item `index`, at most `limit` items away."""
        for position in range(index - 1, max(-1, index - 1 - limit), -1):
            if self.items[position].kind is kind:
                return [*self._coordinated_before(position, kind), position]
            if self.items[position].word in (";", ":"):
                break
        return []

    def _next_of_kind(self, index: int, kind: Kind, limit: int) -> int | None:
        for position in range(index, min(len(self.items), index + limit)):
            item = self.items[position]
            if item.kind is kind:
                return self._owned(position, kind)
            if item.word in (".", ";", ":", ",", "(", "who", "which", "that", "and") or item.date:
                return None
        return None

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
            after = self._skip_modifiers(position + 1)
            separator = self._separator(after)
            if separator == 0:
                return group
            following = self._next_of_kind(after + separator, kind, 5)
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

    def _skip_modifiers(self, index: int) -> int:
        """Past "(RGI)", "in Mainz, Germany", "of Changwon", which may stand between two coordinated names."""
        while index < len(self.items):
            if self.word_at(index) == "(":
                close = next(
                    (i for i in range(index, min(index + 8, len(self.items))) if self.word_at(i) == ")"), None
                )
                if close is None:
                    return index
                index = close + 1
            elif self.word_at(index) in ("in", "of", "from", "at", "near") and self._geographic(index + 1):
                index += 2
            elif (
                self.word_at(index) == ","
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
        return any(
            re.fullmatch(
                r"(?:is|are|was|were|has|have|had|will|which|who|that|said|to|by|for|\w{3,}ed)",
                self.word_at(i),
            )
            for i in range(first, last)
        )


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
    for span in _within(dates, start, end):
        if not any(item.start < span.end and span.start < item.end for item in marked):
            marked.append(Item(span.start, span.end, text[span.start : span.end], date=span))
    items: list[Item] = []
    position = start
    for item in sorted(marked, key=lambda item: item.start):
        items.extend(_words(text, position, item.start))
        items.append(item)
        position = item.end
    items.extend(_words(text, position, end))
    return Sentence(start, end, text[start:end], tuple(items), topic)


def _is_own_short_form(text: str, item: Item, mention: Mention) -> bool:
    same = item.mention is not None and item.mention.label == mention.label
    return same and text[item.end : mention.start].strip() == "(" and text[mention.end : mention.end + 1] == ")"


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Spanned)


def _within(spans: Sequence[_S], start: int, end: int) -> Sequence[_S]:
    first = bisect_left(spans, start, key=_start)
    last = bisect_left(spans, end, key=_start)
    return [span for span in spans[first:last] if span.end <= end]


def _start(span: _Spanned) -> int:
    return span.start


def _words(text: str, start: int, end: int) -> list[Item]:
    return [Item(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, start, end)]
