"""Inside one article: names that it gives one thing, by what stands between them or by how they are built."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.names import classify, content_words, initials, letters_match, read_words
from kg.resolve.forms import is_short_form
from kg.resolve.local import INTRODUCED, Link
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.model import Extraction, Mention
    from kg.resolve.local import Key, LocalEntity, ToldApart

_NAMED = (Kind.INSTITUTION, Kind.PROJECT)
# What stands between an old name and a new one.
_RENAMED = re.compile(
    r",? \(?(?:formerly|previously|until \d{4},?|now|today|since renamed"
    r"|(?:was |has been |is )?(?:later )?renamed|changed its name to)(?: known| called)?(?: as)?(?: the)? ",
    re.IGNORECASE,
)


_CLOSE = 40
"""Characters between two names that are spoken of together."""
# What stands between a short form and the long one, where that says enough by itself, and where the letters
# have to fit, too.
_SHORT_FOR = re.compile(
    r",? (?:short|(?:which )?stands|an? (?:acronym|abbreviation)) (?:for|of) (?:the )?[\"“]?"
)
_OR = re.compile(r",? or (?:the )?|, (?:the )?|,? known as |[\"”]? \((?:the |or )?[\"“]?")


def _beside(left: Mention, right: Mention, text: str) -> str:
    """Why the article gives one thing these two names, of which one follows the other; "" if it does not."""
    if _RENAMED.fullmatch(text, left.end, right.start):
        return "renamed"
    short, long = sorted((left.text, right.text), key=len)
    if left.text == short and _SHORT_FOR.fullmatch(text, left.end, right.start):
        return INTRODUCED
    if not is_short_form(short) or is_short_form(long):
        return ""
    is_or = letters_match(short, long) and _OR.fullmatch(text, left.end, right.start)
    return INTRODUCED if is_or and not names_a_part(short, long) else ""


def merge_names(
    extraction: Extraction,
    entities: dict[Key, LocalEntity],
    keys: Mapping[Mention, Key],
    told_apart: ToldApart,
) -> dict[Key, Key]:
    """Join what the article gives several names; return for each key that is gone the one that stays."""
    merged = _merge_neighbours(extraction, entities, keys, told_apart)
    for gone, keep in _merge_short_forms(entities, merged, told_apart).items():
        merged[gone] = keep
    return {key: _final(merged, key) for key in merged}


def _merge_neighbours(
    extraction: Extraction,
    entities: dict[Key, LocalEntity],
    keys: Mapping[Mention, Key],
    told_apart: ToldApart,
) -> dict[Key, Key]:
    """ "The Delta Institute, formerly the Nile Institute", "SALT, short for ...": names of one thing."""
    merged: dict[Key, Key] = {}
    named = [m for m in extraction.mentions if m.kind in _NAMED]
    text = extraction.article.text
    for left, right in _neighbours(named):
        one, two = _final(merged, keys[left]), _final(merged, keys[right])
        if one != two and not told_apart(left.text, right.text) and (reason := _beside(left, right, text)):
            if one[0] is not two[0] and reason != INTRODUCED:
                continue
            # A short form may have been read as another kind of thing: the long one says what it is.
            gone, keep = sorted((one, two), key=_by_length)
            entities[keep].absorb(entities[gone], Link(left.label, right.label, reason, 0.9))
            merged[gone] = keep
    for short, long in _nested(named):
        one, two = _final(merged, keys[short]), _final(merged, keys[long])
        if one != two and one[0] is two[0] and not told_apart(short.text, long.text):
            link = Link(long.label, short.label, "the same words, with and without the place", 0.9)
            entities[two].absorb(entities[one], link)
            merged[one] = two
    return merged


_OF_PLACE = re.compile(r" (?:of|in|to) (?:the )?(?P<place>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?)")


def _nested(named: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Two readings of one name by two finders: "Stefan Institute", "Stefan Institute of Ljubljana"."""
    for _, same_start in groupby(named, key=attrgetter("start")):
        longest: dict[Kind, Mention] = {}
        for mention in same_start:
            if mention.text != mention.label:
                continue
            long = longest.setdefault(mention.kind, mention)
            if long is mention or len(mention.text.split()) < 3:
                continue
            rest = _OF_PLACE.fullmatch(long.text, mention.end - mention.start)
            if (
                rest
                and not classify(f"X {rest['place']}")
                and rest["place"].lower() not in read_words("topics.txt")
            ):
                yield mention, long


def _neighbours(named: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Names of which one follows the other at once."""
    for index, left in enumerate(named):
        for right in named[index + 1 :]:
            if right.start > left.end + _CLOSE:
                break
            if right.start > left.end:
                yield left, right


def _merge_short_forms(
    entities: dict[Key, LocalEntity], gone: Mapping[Key, Key], told_apart: ToldApart
) -> dict[Key, Key]:
    """Short forms that the article leaves one long form for; returns where each absorbed key went."""
    merged: dict[Key, Key] = {}
    preferred: dict[Key, str] = {}
    # The things with this word, or these initials, in their name: only they are looked at more closely.
    having: dict[str, set[Key]] = defaultdict(set)

    def note_name(key: Key) -> None:
        name = preferred[key] = entities[key].preferred
        for word in (initials(name), *content_words(name)):
            having[word].add(key)

    for key in entities:
        if key[0] in _NAMED and key not in gone:
            note_name(key)
    for key in sorted(preferred, key=_by_length):
        short = preferred[key]
        near = having[next(iter(content_words(short)), "")]
        if " " not in short:
            near = near | having[short.upper()]
        candidates = [
            (other, reason)
            for other in near
            if other != key and other not in merged and other[0] is key[0]
            if (reason := short_form_reason(short, preferred[other]))
            and not told_apart(short, preferred[other])
        ]
        if len(candidates) == 1:
            other, reason = candidates[0]
            entities[other].absorb(entities[key], Link(preferred[other], short, reason, 0.8))
            note_name(other)
            merged[key] = other
    return merged


_JOINT = re.compile(r" (?:of|on|for|in) (?:the )?")


def names_a_part(short: str, long: str) -> bool:
    """ "LMC" beside "Workshop on the Lancang-Mekong Cooperation" stands for the end of that name alone."""
    if not is_short_form(short) or short.upper() == initials(long):
        return False
    ends = (long[match.end() :] for match in _JOINT.finditer(long))
    return any(len(short) > 2 and short.upper() == initials(end) for end in ends)


def _by_length(key: Key) -> tuple[int, Key]:
    return len(key[1]), key


def _final(merged: dict[Key, Key], key: Key) -> Key:
    while key in merged:
        key = merged[key]
    return key


def short_form_reason(short: str, long: str) -> str:
    """Why `short` may be the short form of `long` in one article; "" when it is not."""
    if len(short) >= len(long):
        return ""
    if is_short_form(short) and len(short) > 2 and short.upper() == initials(long):
        return "initials"
    left, right = content_words(short), content_words(long)
    if len(left) >= 2 and len(left) < len(right) and _same_head(short, long) and _inside(left, right):
        return "short form of the same name"
    return ""


def _same_head(short: str, long: str) -> bool:
    """ "Blue Membrane Alliance" may shorten a longer alliance's name, never that of its institute.

    A college is not its university: what is left out must not hold a head word of its own. Nor is the
    second of a series the first: "Siam Photon Source" and "Siam Photon Source II".
    """
    left, right = classify(short), classify(long)
    if left != right or left is None:
        return False
    if long.startswith(f"{short} "):
        # What follows the whole of a name tells a branch apart: "Westlake Polytechnic Malaysia".
        return False
    missing = [word for word in long.split() if word not in short.split()]
    if any(re.fullmatch(r"[\dIVX]+[A-Z]?|Phase|North|South|East|West|New", word) for word in missing):
        return False
    return not any(classify(f"X {word}") for word in missing) and " of " not in long.replace(short, "")


def _inside(short: Sequence[str], long: Sequence[str]) -> bool:
    return any(long[start : start + len(short)] == short for start in range(len(long) - len(short) + 1))
