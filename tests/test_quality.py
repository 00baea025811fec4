"""docs/quality.md: made anew it is the same, and it says what is measured."""

import re
import shutil

import pytest
from quality import GOLD, REMEDIES, REPORT, report

from kg.evaluate import calibration_error, in_bins, intervals, load_documents
from kg.score import Score

SOME = ["A03", "D12", "P12"]


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("some")
    for name in SOME:
        for ending in (".json", ".txt"):
            shutil.copy(GOLD / f"{name}{ending}", folder)
    return load_documents(folder)


def test_equal_figures_make_equal_reports_that_keep_what_was_measured_elsewhere(documents):
    kept = "<!-- real pages -->\nas before\n<!-- end of real pages -->\n"
    first = report(documents, kept=kept)
    assert report(documents, kept=kept) == first
    assert kept in first


def test_the_report_says_what_is_measured(measured):
    """Within a hundredth: after a change that moves a figure more, run `make quality`."""
    text = REPORT.read_text(encoding="utf-8")
    count = len(measured.documents)
    for label in ("entities", "relaxed", "strict"):
        row = rf"\| {count} documents \| the trained .* \| {label} \| .* \| .* \| (\.\d+) \["
        assert float(re.search(row, text)[1]) == pytest.approx(getattr(measured, label).f1, abs=0.01)


def test_there_is_a_remedy_for_every_error(measured):
    reasons = {(m.side, m.is_fact, m.why) for document in measured.documents for m in document.mistakes}
    assert reasons <= REMEDIES.keys()


def test_an_interval_holds_its_figure_and_shrinks_with_more_documents():
    few = [Score(hit=3, false=1, missed=2), Score(hit=1, false=2, missed=2), Score(hit=5, missed=1)]
    total = sum(few, Score())
    narrow, wide = intervals(few * 20), intervals(few)
    for name, value in (("p", total.precision), ("r", total.recall), ("f1", total.f1)):
        assert wide[name][0] < narrow[name][0] < value < narrow[name][1] < wide[name][1]


def test_beliefs_that_hold_have_no_calibration_error():
    assert calibration_error([(0.5, True), (0.5, False)]) == 0
    assert calibration_error([(0.9, False)] * 4) == pytest.approx(0.9)
    assert calibration_error([]) == 0
    assert [len(part) for part in in_bins([(0.05, True), (1.0, True)])] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]
