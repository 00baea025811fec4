"""Where extraction runs: in this process, in several, on several machines; and what need not run again."""

from kg.engine.base import Engine, Extractor, one_process
from kg.engine.cluster import dask
from kg.engine.comparing import dask_comparer
from kg.engine.incremental import extract_all, open_cache
from kg.engine.pool import cores, processes
from kg.engine.unchanged import LastBuild, Outcome

__all__ = [
    "Engine",
    "Extractor",
    "LastBuild",
    "Outcome",
    "cores",
    "dask",
    "dask_comparer",
    "extract_all",
    "one_process",
    "open_cache",
    "processes",
]
