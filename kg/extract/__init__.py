"""Articles in, mentions and claims out."""

from kg.extract.pipeline import extract

__all__ = ["extract"]
