"""What people decide: read with line numbers, replayed, never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.curation import Curation, Ref, append_decision, find_curation, read_curation
from kg.errors import InputError
from kg.vocab import Kind, Predicate

GOOD = """\
# What we found out.
- same: [Rift Geothermal Institute, RGI]
  note: their own web page says so
- different:
    - {name: Institute of Physics, country: NO}
    - {name: Institute of Physics, article: a1, kind: Institution}
- rename: CERN
  to: European Organization for Nuclear Research
- retype: SESAME
  kind: Project
- drop entity: Weekly Review
- drop fact: {subject: CERN, predicate: leads, object: SESAME}
- add fact: {subject: CERN, predicate: foundedOn, object: 1954-09-29}
  source: Convention of 1953
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "curation.yaml"


def test_every_kind_of_decision_is_read(file):
    file.write_text(GOOD, encoding="utf-8")
    read = read_curation(file)
    assert read.same == ((Ref("Rift Geothermal Institute"), Ref("RGI")),)
    assert read.different[0][0] == Ref("Institute of Physics", country="NO")
    assert read.different[0][1] == Ref("Institute of Physics", Kind.INSTITUTION, article="a1")
    assert read.renamed == ((Ref("CERN"), "European Organization for Nuclear Research"),)
    assert read.retyped == ((Ref("SESAME"), Kind.PROJECT),)
    assert read.dropped_entities == (Ref("Weekly Review"),)
    assert read.dropped_facts[0].predicate is Predicate.LEADS
    assert str(read.added_facts[0].fact.object) == "1954-09-29"
    assert read.added_facts[0].line == 13


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_a_file_without_decisions(file, text):
    file.write_text(text, encoding="utf-8")
    assert read_curation(file) == Curation()


BAD = {
    "- same: [A]\n": (1, "two or more"),
    "- same: [A, B]\n- smae: [A, B]\n": (2, "a decision is one of"),
    "- same: [A, B]\n  kind: Project\n": (2, "no place"),
    "- rename: A\n": (1, "'to' is missing"),
    "- retype: A\n  kind: Person\n": (2, "no kind 'Person'"),
    "- drop fact: {subject: A, predicate: likes, object: B}\n": (1, "no predicate"),
    "- drop fact: {subject: A, object: B}\n": (1, "a subject, a predicate and an object"),
    "- add fact:\n    subject: A\n    predicate: foundedOn\n    object: 2023-02-30\n  source: S\n": (
        4,
        "not a date",
    ),
    "- add fact: {subject: A, predicate: leads, object: B}\n": (1, "'source' is missing"),
    "- drop fact: {subject: {name: A, kind: Country}, predicate: leads, object: B}\n": (1, "does not go"),
    "same: [A, B]\n": (1, "a list of decisions"),
    "- same: [A, B\n": (2, ""),
    "- same: [A, ' ']\n": (1, "a text is expected"),
    '- same: [A, "\\ud800"]\n': (1, "half of a character"),
    "- same: [A, B]\n  same: [C, D]\n": (2, "stands twice"),
}


@pytest.mark.parametrize("text", BAD)
def test_what_is_wrong_is_named_with_its_line(file, text):
    line, problem = BAD[text]
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_curation(file)
    assert str(caught.value).startswith(f"{file}: line {line}: ")
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_an_input_error(file):
    file.write_bytes(b"- same: [caf\xe9, b]")
    with pytest.raises(InputError, match="not UTF-8"):
        read_curation(file)


NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@given(st.lists(st.tuples(NAMES, NAMES), max_size=4))
def test_what_is_appended_is_read_again_and_nothing_is_lost(tmp_path_factory, pairs):
    path = tmp_path_factory.mktemp("curation") / "curation.yaml"
    path.write_text("# first line\n- same: [A, B]", encoding="utf-8")
    for left, right in pairs:
        append_decision(path, {"different": [left, right]})
    read = read_curation(path)
    assert read.same == ((Ref("A"), Ref("B")),)
    assert read.different == tuple((Ref(left), Ref(right)) for left, right in pairs)
    assert path.read_text(encoding="utf-8").startswith(
        "# first line\n- same: [A, B]\n" if pairs else "# first"
    )


def test_a_damaged_file_is_not_appended_to(file):
    file.write_text("- nonsense\n", encoding="utf-8")
    with pytest.raises(InputError):
        append_decision(file, {"same": ["A", "B"]})
    assert file.read_text(encoding="utf-8") == "- nonsense\n"


def test_files_are_found_beside_the_articles(tmp_path, file):
    file.write_text(GOOD, encoding="utf-8")
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "other").mkdir()
    assert find_curation([tmp_path, tmp_path / "a.txt", tmp_path / "other"]) == [file]
