"""What counts as a fall, and how the baseline is kept."""

import pytest

from tests.catalogus.search.judged import baseline
from tests.catalogus.search.judged.baseline import fallen, read_baseline, write_baseline
from tests.catalogus.search.judged.metrics import Figures

BEFORE = {"name": Figures(0.9, 0.8), "all": Figures(0.5, 0.5)}


@pytest.mark.parametrize(
    ("now", "sentences"),
    [
        (Figures(0.9, 0.8), []),
        (Figures(0.896, 0.796), []),
        (Figures(1.0, 1.0), []),
        (Figures(0.894, 0.8), ["name: nDCG@10 fell from 0.900 to 0.894"]),
        (Figures(1.0, 0.7), ["name: recall@20 fell from 0.800 to 0.700"]),
    ],
)
def test_a_fall_is_more_than_the_tolerance_in_either_figure(now, sentences):
    assert fallen({"name": now, "all": Figures(0.5, 0.5)}, BEFORE) == sentences


def test_a_gain_elsewhere_does_not_hide_a_fall():
    assert len(fallen({"name": Figures(0.1, 0.1), "all": Figures(1.0, 1.0)}, BEFORE)) == 2


def test_kept_to_three_decimals(tmp_path, monkeypatch):
    monkeypatch.setattr(baseline, "FOLDER", tmp_path)
    assert read_baseline("postgres") == {}
    write_baseline("postgres", {"name": Figures(0.12345, 1.0)})
    assert read_baseline("postgres") == {"name": Figures(0.123, 1.0)}
    assert read_baseline("elasticsearch") == {}
