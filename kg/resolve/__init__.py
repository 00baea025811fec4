"""Mentions and claims of many articles in; entities, facts and the reasons of every merge out."""

from kg.resolve.across import resolve

__all__ = ["resolve"]
