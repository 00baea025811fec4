"""The forms that a name can take: what two spellings share, what sets near-identical names apart.

Pure functions over strings; `kg.names` holds what other stages need too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg import gazetteer
from kg.clean import word_counts
from kg.names import SMALL_WORDS, classify, content_words, normalise, read_words
from kg.vocab import Kind

_SPELLINGS = {
    "centre": "center",
    "centro": "center",
    "programme": "program",
    "organisation": "organization",
    "defence": "defense",
    "labour": "labor",
    "univ": "university",
    "uni": "university",
    "universidad": "university",
    "universidade": "university",
    "universite": "university",
    "universita": "university",
    "universitat": "university",
    "uniwersytet": "university",
    "universitas": "university",
    "instituto": "institute",
    "institut": "institute",
    "istituto": "institute",
    "inst": "institute",
    "laboratories": "laboratory",
    "laboratoire": "laboratory",
    "laboratorio": "laboratory",
    "lab": "laboratory",
    "labs": "laboratory",
    "dept": "department",
    "min": "ministry",
    "acad": "academy",
    "academie": "academy",
    "academia": "academy",
    "akademie": "academy",
    "natl": "national",
    "nat": "national",
    "nacional": "national",
    "nazionale": "national",
    "intl": "international",
    "sci": "science",
    "sciences": "science",
    "ciencias": "science",
    "tech": "technology",
    "technol": "technology",
    "technologies": "technology",
    "eng": "engineering",
    "engg": "engineering",
    "res": "research",
    "corp": "corporation",
    "co": "company",
    "ltd": "limited",
    "govt": "government",
    "assoc": "association",
    "saint": "st",
}
# Places with a "University of X" and an "X University".
_BOTH_WAYS = frozenset(["lincoln", "miami", "newcastle", "victoria", "washington", "york"])
# The Arabic article, which some write and some do not.
_ARTICLES = frozenset(["al"])
# In small letters they say what the thing is, and are no part of its name: "the Kelp Ladder project".
_KIND_NOUN = re.compile(r" (?<=\w )(?:programme|program|project|initiative|mission|scheme)$")
# Words that say nothing of which company it is.
_LEGAL_FORMS = frozenset(["company", "limited", "inc", "corporation", "gmbh", "plc", "llc", "spa", "ag"])

_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth"]
        + ["seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"],
        start=1,
    )
}
_CARDINALS = {
    word: str(number)
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
    )
}
_ONE_SPELLING = _SPELLINGS | _ORDINALS
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_NUMBERED = re.compile(r"[a-z]*?(\d+)(st|nd|rd|th|[a-z])?")
_ROMAN_WORD = re.compile(r"\b[IVX]+\b")
# A number after one of these is its number in a series, in whatever way it is written.
_SERIES = frozenset(["phase", "stage", "part", "round", "unit", "edition", "mission", "block", "no"])
_ROMAN = {
    ten + one: str(10 * tens + ones)
    for tens, ten in enumerate(["", "x", "xx", "xxx"])
    for ones, one in enumerate(["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"])
}
# What sets one of a pair apart, however alike the rest is: "East China Normal" is not "Central China Normal".
_SIDES = frozenset(
    ["north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"]
    + ["northeast", "northwest", "southeast", "southwest", "upper", "lower", "new", "old"]
    + ["junior", "senior", "affiliated", "mini", "super", "alpha", "beta", "gamma"]
)
_GENERIC_SUBTYPES = frozenset({"GovernmentBody", "Academy", "ResearchInstitute", "FundingBody", "Laboratory"})


@lru_cache(maxsize=50_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words that count, in one spelling: "Univ. of São Paulo" -> ("university", "sao", "paulo")."""
    words = [_ONE_SPELLING.get(word) or _without_ending(word) for word in _with_numbers(name)]
    kept = [word for word in words if word not in SMALL_WORDS and word not in _ARTICLES]
    bare = [word for word in kept if word not in _LEGAL_FORMS]
    return tuple(bare or kept)


@lru_cache(maxsize=20_000)
def _with_numbers(name: str) -> tuple[str, ...]:
    """The words of a normal form, numbers of a series as figures: "Phase One", "Shenzhou XX", "Hall II"."""
    words = normalise(name).split()
    capitals = set(_ROMAN_WORD.findall(name))
    if not capitals and _SERIES.isdisjoint(words):  # as in most
        return tuple(words)
    for index in range(1, len(words)):
        word = words[index]
        if words[index - 1] in _SERIES and word in _CARDINALS:
            words[index] = _CARDINALS[word]
        elif word.upper() in capitals and (word != "x" or words[index - 1] in _SERIES):
            words[index] = _ROMAN.get(word, word)
    return tuple(words)


def _without_ending(word: str) -> str:
    """ "3rd" -> "3"; most words have no figure."""
    match = None if word.isalpha() else _ORDINAL.fullmatch(word)
    return match[1] if match else word


@lru_cache(maxsize=20_000)
def comparison_key(name: str) -> str:
    """Names with the same key are one name: case, accents, articles, spelling, "Algarve University",
    "Kelp Ladder project".

    No other order of words: the Hanoi University of Science and Technology is not the University of
    Science and Technology of Hanoi.
    """
    words = words_of(_KIND_NOUN.sub("", name))
    if len(words) == 2 and _BOTH_WAYS.isdisjoint(words):
        words = tuple(sorted(words))
    elif len(words) > 2 and words[-1] == "university":
        words = (words[-1], *words[:-1])
    return " ".join(words) or normalise(name) or name


def is_short_form(name: str) -> bool:
    """A form that can stand for many things: one word in capitals, or a single short word."""
    return " " not in name and (name.isupper() or sum(map(str.isupper, name)) > 1 or len(name) <= 4)


def acronym_forms(name: str) -> set[str]:
    """The name with a run of its words as their initials: "Indian Institute of Technology Bombay" has
    "iit bombay" and others. Runs of three words and more."""
    words = words_of(name)
    runs = ((i, j) for i in range(len(words)) for j in range(i + 3, len(words) + 1))
    short = ((*words[:i], "".join(word[0] for word in words[i:j]), *words[j:]) for i, j in runs)
    return {" ".join(sorted(form)) for form in short if len(form) > 1}


def has_acronym(name: str) -> bool:
    """Is one of several words an acronym ("IIT Bombay")?"""
    words = name.split()
    return len(words) > 1 and any(word.isupper() and len(word) > 2 and word.isalpha() for word in words)


@lru_cache(maxsize=20_000)
def is_generic(name: str) -> bool:
    """A name that says what the body does but not whose it is: many countries have one."""
    told = classify(name)
    if told is None or told.kind is not Kind.INSTITUTION or told.subtype not in _GENERIC_SUBTYPES | {""}:
        return False
    if _is_all_topic(name):
        return True
    head, _, topic = name.partition(" of ")
    return bool(topic) and len(head.split()) == 1 and not _names_a_place(topic)


def _is_all_topic(name: str) -> bool:
    """ "National Research Council", "State Space Agency": nothing but a field and a rank."""
    topics, generic = read_words("topics.txt"), read_words("generic.txt")
    words = [word for word in content_words(name) if not classify(f"X {word.capitalize()}")]
    return bool(words) and all(word in topics or word in generic for word in words)


def _names_a_place(topic: str) -> bool:
    """ "Institute of Physics of *Rome*", "Bank of *Lithuania*": the last words are whose it is."""
    last = topic.rpartition(" of ")[2] if " of " in topic else topic
    return bool(last) and last.split()[-1].lower() not in read_words("topics.txt")


@lru_cache(maxsize=20_000)
def marks(name: str) -> tuple[str, ...]:
    """What numbers a name within its series: "Chang'e-6" -> ("6",), "Siam Photon Source II" -> ("2",)."""
    found = []
    for index, word in enumerate(_with_numbers(name)):
        if word in _ORDINALS:
            found.append(_ORDINALS[word])
        elif not word.isalpha() and (match := _NUMBERED.fullmatch(word)):
            found.append(match[1] + ("" if match[2] in (None, "st", "nd", "rd", "th") else match[2]))
        elif word in _SIDES or (index and len(word) == 1 and word not in SMALL_WORDS):
            found.append(word)
    return tuple(sorted(found))


_FOLDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"rn", "m"),
        (r"0", "o"),
        (r"[1|!]", "l"),
        (r"5", "s"),
        (r"vv", "w"),
        (r"(?:sch|sz|sh|ş)", "s"),
        (r"(?:tsch|tch|ch|cz|ts|tz)", "c"),
        (r"kh|x", "h"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dj|dzh|zh|j", "z"),
        (r"ck|q|k", "c"),
        (r"ou|oo|w", "u"),
        (r"v", "u"),
        (r"[iy]{1,2}(?=[aeou])|(?<=[aeou])[iy]", "i"),
        (r"y", "i"),
        (r"(?<=[aeou])i(?=[aeou])", ""),
        (r"ae", "e"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """One form for the ways in which a foreign word is written: "Nazarbaev" and "Nazarbayev" are equal.

    Also for what OCR confuses. Too coarse to decide alone: `kg.resolve.compare` asks for more.
    """
    for pattern, replacement in _FOLDS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=20_000)
def fold_vowels(word: str) -> str:
    """The same where short vowels are heard in two ways, as in Arabic: "Biruni" and "Beruni"."""
    return fold(word).translate(_VOWELS)


_VOWELS = str.maketrans("eo", "iu")
_MISREAD = (("rn", "m"), ("cl", "d"), ("vv", "w"), ("0", "o"), ("1", "l"), ("|", "l"), ("!", "l"), ("i", "l"))


@lru_cache(maxsize=20_000)
def as_misread(word: str) -> str:
    """One form for words that OCR takes for each other: "Southern" and "Southem", "Helsinki", "Helsinkl".

    Numbers and short words stay as they are: a letter more or less of theirs is meant.
    """
    if len(word) < 4 or sum(char.isdigit() for char in word) > 1:
        return word
    for read, meant in _MISREAD:
        word = word.replace(read, meant)
    return word


@lru_cache(maxsize=20_000)
def is_known_word(word: str) -> bool:
    """An English word or a place: a difference between two of these is meant ("Hunan", "Henan")."""
    return word in word_counts() or word in _place_words()


@cache
def _place_words() -> frozenset[str]:
    # All in one text: four times faster than name by name.
    words = normalise("\n".join(gazetteer.written_names())).split()
    return frozenset(word for word in words if len(word) > 3)
