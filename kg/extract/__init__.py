"""Articles in, mentions and claims out."""

from kg.extract.pipeline import DEFAULT_READER, READERS, extract

__all__ = ["DEFAULT_READER", "READERS", "extract"]
