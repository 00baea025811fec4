"""What an article says of a generic name where it stands: whose ministry, whose institute.

"China's Ministry of Health", "the Vietnamese Ministry of Health", "Ministry of Health of Kenya", "Institute
of Physics, Czech Academy of Sciences". Read from the text around a mention and from the countries in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.names import classify
from kg.resolve.forms import comparison_key, is_generic
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Extraction, Mention


@dataclass(frozen=True, slots=True)
class Context:
    """A name without the country in it, and what is said of whose it is ("" where nothing is)."""

    core: str
    country: str = ""
    parent: str = ""

    def fits(self, other: Context) -> bool:
        """Does nothing speak against one body?"""
        return _fit(self.country, other.country) and _fit(self.parent, other.parent)

    def shares(self, other: Context) -> int:
        """How many of the two say the same."""
        return sum(
            bool(a) and a == b for a, b in ((self.country, other.country), (self.parent, other.parent))
        )

    def joined(self, other: Context) -> Context:
        return Context(self.core, self.country or other.country, self.parent or other.parent)


def _fit(left: str, right: str) -> bool:
    return not left or not right or left == right


# Python 3.11 takes a tenth of a microsecond to find a member of an enumeration.
_COUNTRY, _INSTITUTION, _PART_OF = Kind.COUNTRY, Kind.INSTITUTION, Predicate.PART_OF
_START = attrgetter("start")
_LONGEST = 40
_BEFORE = re.compile(r"(?:[’']s?)? (?:own |national |state )?$")
_AFTER = re.compile(r",? (?:of|in|from) (?:the )?$|, $| \($")
_JOINT = re.compile(r"(?:,|\s+of|,? under|,? part of)\s+(?:the\s+)?$")


def read_contexts(extraction: Extraction) -> dict[Mention, Context]:
    """The context of every mention of an institution."""
    text = extraction.article.text
    countries = [m for m in extraction.mentions if m.kind is _COUNTRY and m.ref]
    institutions = [m for m in extraction.mentions if m.kind is _INSTITUTION]
    parents = {
        claim.subject: comparison_key(claim.object.label)
        for claim in extraction.claims
        if claim.predicate is _PART_OF and not isinstance(claim.object, PartialDate)
    }
    found: dict[Mention, Context] = {}
    by_name: dict[str, Context] = {}
    for mention in institutions:
        if mention.text != mention.label:
            continue
        core, country = _strip_country(mention, countries)
        if not country and is_generic(core):
            country = _country_beside(text, mention, countries)
        parent = parents.get(mention, "") or _parent_after(text, mention, institutions)
        found[mention] = context = Context(core, country, parent)
        by_name.setdefault(mention.label, context)
    for mention in institutions:
        if (label := mention.label) != mention.text:
            # A short form or a description: whose body it is was said where the name stands in full.
            known = by_name.get(label) or Context(label)
            told = known.core != label
            found[mention] = Context(known.core, known.country if told else "", parents.get(mention, ""))
    return found


def _strip_country(mention: Mention, countries: Sequence[Mention]) -> tuple[str, str]:
    """ "Vietnamese Ministry of Health", "Ministry of Health of Vietnam" -> ("Ministry of Health", VN).

    Only where a generic name is left, and not of universities and companies: the Chinese University of
    Hong Kong is no University of Hong Kong.
    """
    first = bisect_left(countries, mention.start, key=_START)
    end = bisect_left(countries, mention.end, lo=first, key=_START)
    for country in countries[first:end]:
        if country.end > mention.end:
            continue
        before = mention.text[: country.start - mention.start].rstrip()
        after = mention.text[country.end - mention.start :]
        if not before:
            core = re.sub(r"^(?:[’']s?)? ", "", after)
        elif not after and re.search(r"(?:\bof(?: the)?|,|\()$", before):
            core = re.sub(r"(?: of(?: the)?|,| \()$", "", before)
        else:
            continue
        told = classify(core)
        if told and told.subtype in ("GovernmentBody", "Academy", "FundingBody") and is_generic(core):
            return core, country.ref
    return mention.label, ""


def _country_beside(text: str, mention: Mention, countries: Sequence[Mention]) -> str:
    index = bisect_left(countries, mention.start, key=_START)
    if index:
        country = countries[index - 1]
        if mention.start - country.end < _LONGEST and _BEFORE.fullmatch(text, country.end, mention.start):
            return country.ref
    for country in countries[index : index + 3]:
        if 0 <= country.start - mention.end < _LONGEST and _AFTER.fullmatch(text, mention.end, country.start):
            return country.ref
    return ""


def _parent_after(text: str, mention: Mention, institutions: Sequence[Mention]) -> str:
    """ "Institute of Physics, Czech Academy of Sciences"; only a higher body, not the next of a list."""
    own = classify(mention.label)
    if own and own.subtype in ("GovernmentBody", "University", "Academy"):
        return ""
    index = bisect_left(institutions, mention.end, key=_START)
    for other in institutions[index : index + 1]:
        if other.start - mention.end < _LONGEST and _JOINT.fullmatch(text, mention.end, other.start):
            told = classify(other.label)
            if told and (told.subtype in ("Academy", "University") or text[mention.end] != ","):
                return comparison_key(other.label)
    return ""
