"""Errors that a user can mend. Anything else that is raised is a bug and keeps its traceback."""

from __future__ import annotations


class KgError(Exception):
    """The input is wrong; the message names the file and what is wrong, in one line."""


class InputError(KgError):
    """A file that cannot be read as articles."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source
        self.problem = problem


class QueryError(KgError):
    """A SPARQL query that cannot be parsed or run."""


class GraphError(KgError):
    """A graph file that cannot be read."""


class CacheError(KgError):
    """A cache that cannot be used: no space, no permission, or another build in it."""


class EngineError(KgError):
    """Extraction that cannot go on: a worker died, or a cluster cannot be reached."""


class PublishError(KgError):
    """A graph that could not be sent to a store."""
