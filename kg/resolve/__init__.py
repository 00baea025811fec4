"""Mentions and claims of many articles in; entities, facts and the reasons of every merge out."""

from kg.resolve.across import resolve, resolve_mentions

__all__ = ["resolve", "resolve_mentions"]
