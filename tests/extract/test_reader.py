"""The trained reader as it ships: what it finds, what it bears, what it refuses."""

import shutil
import time
from importlib.resources import files
from pathlib import Path

import pytest

from kg.extract.reader import Reader
from kg.extract.reader_model import Model, ModelError
from kg.model import Article, Mention, PartialDate
from kg.vocab import Kind, Predicate

WEIGHTS = Path(str(files("kg").joinpath("extract", "weights")))
TEXT = (
    "The Lindholm Institute of Oceanography (LIO) leads the Harbour Wave Programme, which was launched in "
    "March 2019.\n\nThe institute, based in Bergen, Norway, works with the University of Porto."
)
HARD = {
    "one word": "Telescope",
    "capitals": "THE LINDHOLM INSTITUTE LEADS THE HARBOUR WAVE PROGRAMME IN NORWAY SINCE 2019.",
    "Chinese": "中国科学院与巴西国家空间研究院于2019年签署协议。" * 20,
    "emoji": "🚀🔭 " * 400,
    "spaces": " \n \t " * 500,
    "no sentence ends": "institute of the project and " * 400,
    "one long word": "x" * 20_000,
    "right to left": "معهد البحوث \u202eABC\u202c 2019",
    "empty": "",
}


def article(text, name="a", title=""):
    return Article(id=name, source=f"{name}.txt", title=title, text=text, published=PartialDate(2024, 5, 17))


@pytest.fixture(scope="module")
def reader():
    return Reader()


@pytest.fixture(scope="module")
def reading(reader):
    return reader.read([article(TEXT)])[0]


def test_names_are_found_with_their_kinds(reading):
    found = {(mention.text, mention.kind) for mention in reading[0]}
    assert {
        ("Lindholm Institute of Oceanography", Kind.INSTITUTION),
        ("LIO", Kind.INSTITUTION),
        ("Harbour Wave Programme", Kind.PROJECT),
        ("University of Porto", Kind.INSTITUTION),
        ("Bergen", Kind.PLACE),
    } <= found


def test_facts_are_found(reading):
    found = {(c.subject.label, c.predicate, getattr(c.object, "label", str(c.object))) for c in reading[1]}
    institute, programme = "Lindholm Institute of Oceanography", "Harbour Wave Programme"
    assert (institute, Predicate.LEADS, programme) in found
    assert (programme, Predicate.STARTED_ON, "2019-03") in found


def test_offsets_hold(reading):
    mentions, claims, _ = reading
    assert mentions
    assert claims
    for part in (*mentions, *(claim.subject for claim in claims)):
        assert TEXT[part.start : part.end] == part.text
    for claim in claims:
        evidence = claim.evidence
        assert TEXT[evidence.start : evidence.end] == evidence.quote
        assert evidence.start <= claim.subject.start < claim.subject.end <= evidence.end
        assert 0 <= evidence.confidence <= 1


def test_claims_keep_to_the_vocabulary_and_to_what_is_mentioned(reading):
    mentions, claims, _ = reading
    for claim in claims:
        kind = claim.object.kind if isinstance(claim.object, Mention) else None
        assert claim.predicate.allows(claim.subject.kind, kind)
        assert claim.subject in mentions
        assert kind is None or claim.object in mentions


def test_names_without_doubt_are_some_of_the_mentions(reading):
    assert "Lindholm Institute of Oceanography" in {mention.text for mention in reading.sure}
    assert set(reading.sure) <= set(reading.mentions)


def test_a_title_is_read_but_not_quoted(reader):
    text = "It was launched by Lindholm University in 2019."
    ((mentions, claims, _),) = reader.read([article(text, title="Harbour Wave Programme opens")])
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(c.evidence.quote in text for c in claims)


def test_a_higher_threshold_keeps_a_part_of_the_claims(reader, reading):
    ((_, few, _),) = reader.read([article(TEXT)], threshold=0.8)
    assert {c.evidence for c in few} <= {c.evidence for c in reading[1]}
    assert all(c.evidence.confidence >= 0.8 for c in few)


@pytest.mark.parametrize("name", HARD)
def test_hard_texts_are_read(reader, name):
    ((mentions, _, _),) = reader.read([article(HARD[name])])
    assert all(HARD[name][m.start : m.end] == m.text for m in mentions)


def test_what_is_found_does_not_depend_on_the_company(reader, reading):
    others = [article(text, name) for name, text in HARD.items()]
    assert reader.read([*others, article(TEXT)])[-1] == reading
    assert Reader(Model(WEIGHTS, threads=3)).read([article(TEXT), *others])[0] == reading


def test_time_grows_with_length_alone(reader):
    started = time.monotonic()
    reader.read([article((TEXT + "\n\n") * 300)])
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    "name", ["tagger.onnx", "relations.onnx", "words.npy", "tokenizer.json", "model.json"]
)
def test_a_damaged_file_is_named_in_one_line(tmp_path, name):
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 0xFF
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError) as error:
        Model(folder)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


def test_swapped_files_are_named(tmp_path):
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    (folder / "tagger.onnx").rename(folder / "other")
    (folder / "relations.onnx").rename(folder / "tagger.onnx")
    (folder / "other").rename(folder / "relations.onnx")
    with pytest.raises(ModelError, match=r"tagger\.onnx: damaged or swapped"):
        Model(folder)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"model\.json"):
        Model(tmp_path)


def test_the_weights_are_small_and_hold_no_pickle():
    paths = sorted(path for path in WEIGHTS.iterdir() if not path.name.startswith("__"))
    assert sum(path.stat().st_size for path in paths) <= 40_000_000
    assert {path.suffix for path in paths} <= {".onnx", ".npy", ".json"}


@pytest.mark.parametrize("name", ["tagger.onnx", "relations.onnx"])
def test_the_networks_compute_in_floats(name):
    # Activations quantised at run time come out differently on different processors.
    network = files("kg").joinpath("extract", "weights", name).read_bytes()
    assert b"DynamicQuantizeLinear" not in network
    assert b"DequantizeLinear" in network
