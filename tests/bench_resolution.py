"""Time resolution and registry look-ups on made-up names: `python tests/bench_resolution.py [ORGANISATIONS]`.

Resolution is timed for 1 000, 10 000 and 100 000 names of articles, of which about a third name a thing that
another article has named, some in another spelling; the last column is the exponent of the growth. With
ORGANISATIONS (120000 is the size of ROR) a register of so many is compiled and looked up in.
"""

import sys
from collections import Counter
from itertools import pairwise
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from kg import console
from kg.registry import compile_index, open_registry
from kg.registry.formats import Organisation
from kg.resolve.cluster import cluster
from kg.resolve.local import LocalEntity
from kg.vocab import Kind

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "il")]
FIELDS = [
    "Physics",
    "Chemistry",
    "Marine Biology",
    "Soil Science",
    "Optics",
    "Energy",
    "Medicine",
    "Robotics",
    "Water",
]
FORMS = [
    "University of {place}",
    "{place} University of Technology",
    "{place} Institute of {field}",
    "National Centre for {field} of {place}",
    "{place} {field} Laboratory",
    "Institute of {field}",
    "Ministry of {field} of {place}",
    "{place} {field} Company",
]
COUNTRIES = ["iso:CN", "iso:VN", "iso:KE", "iso:BR", "iso:DE", "iso:KZ", ""]


def mixed(number: int, salt: int) -> int:
    """A number that looks like chance and is none (after Knuth's multiplicative hashing)."""
    return ((number + 1) * 2654435761 + salt * 40503) % 2**32 >> 7


def place(number: int) -> str:
    parts = [SYLLABLES[mixed(number, salt) % len(SYLLABLES)] for salt in range(2 + number % 3)]
    return "".join(parts).capitalize()


def name(number: int) -> str:
    field = FIELDS[mixed(number, 7) % len(FIELDS)]
    return FORMS[mixed(number, 8) % len(FORMS)].format(place=place(mixed(number, 9) % 40_000), field=field)


def local_entity(number: int, of: int) -> LocalEntity:
    thing = mixed(number, 1) % max(1, of * 2 // 3)
    text = name(thing)
    if mixed(number, 2) % 20 == 0:
        text = text.replace("University", "Univ.").replace("Institute", "Insitute")
    country = COUNTRIES[thing % len(COUNTRIES)]
    around = (country,) if country else ()
    return LocalEntity(f"a{number}", Kind.INSTITUTION, Counter([text]), country=country, around=around)


def time_clusters(of: int) -> tuple[float, int]:
    entities = [local_entity(number, of) for number in range(of)]
    started = process_time()
    groups, _ = cluster(entities)
    return process_time() - started, len(groups)


def bench_clusters(sizes: list[int]) -> None:
    timed = [(of, *time_clusters(of)) for of in sizes]
    growth = ["", *(f"{log(b[1] / a[1]) / log(b[0] / a[0]):.2f}" for a, b in pairwise(timed))]
    rows = [
        (str(of), str(groups), f"{seconds:.2f}", f"{seconds / of * 1e6:.0f}", exponent)
        for (of, seconds, groups), exponent in zip(timed, growth, strict=True)
    ]
    headers = ("names", "entities", "CPU seconds", "µs/name", "growth")
    print(console.table(headers, rows, right=frozenset(headers)), end="")


def bench_registry(of: int) -> None:
    made = (
        Organisation(
            f"ror:{number:09d}",
            name(number),
            (f"{place(number)} Institut",),
            (place(number)[:4].upper(),),
            "KE",
        )
        for number in range(of)
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registry.sqlite"
        started = process_time()
        compile_index(made, path)
        compiled = process_time() - started
        registry = open_registry(path)
        times = []
        for number in range(0, of, max(1, of // 2000)):
            asked = name(number) if number % 2 else name(number).replace("i", "y", 1)
            started = process_time()
            registry.match([asked], countries=frozenset({"KE"}))
            times.append((process_time() - started) * 1000)
        registry.close()
        times.sort()
        size = path.stat().st_size / 1e6
        mean, most = sum(times) / len(times), times[len(times) * 99 // 100]
        print(f"{of} organisations: {compiled:.1f} s of CPU, {size:.0f} MB")
        print(f"a look-up: {mean:.2f} ms of CPU on average, {most:.2f} ms at most for 99 of 100")


if __name__ == "__main__":
    bench_clusters([1_000, 10_000, 100_000])
    if len(sys.argv) > 1:
        bench_registry(int(sys.argv[1]))
