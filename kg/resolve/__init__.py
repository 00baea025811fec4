"""Mentions and claims of many articles in; entities, facts and the reasons of every merge out."""

from kg.resolve.across import resolve, resolve_mentions
from kg.resolve.alike import Comparer, alike
from kg.resolve.identity import NO_IDENTITIES, read_identities, write_identities

__all__ = [
    "NO_IDENTITIES",
    "Comparer",
    "alike",
    "read_identities",
    "resolve",
    "resolve_mentions",
    "write_identities",
]
