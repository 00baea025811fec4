"""kgazette: newspaper pages in, a knowledge graph of institutions, projects, countries and dates out."""

__version__ = "0.1.0"
