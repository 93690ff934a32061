import csv
import json
from dataclasses import replace
from math import nan

import pytest
from support.logs import simulated_windows

from gridemp.logs import EstimateSettings, measure, save_curve

COPULA = EstimateSettings("copula", shuffles=19)


@pytest.mark.slow
def test_numbers_are_written_as_they_are(tmp_path):
    found = measure(simulated_windows(30, 30, 30, players="AB", context=True), COPULA)
    save_curve(found, tmp_path / "x.csv", ".csv")
    with (tmp_path / "x.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 6
    assert [float(row["information"]) for row in rows] == [trial.bits for trial in found.trials]
    assert [float(row["without_context"]) for row in rows] == [t.without for t in found.trials]
    names = ["player", "trial", "windows", "information", "low", "high", "null_mean", "null_sd"]
    assert list(rows[0]) == [*names, "p", "null_estimates", "without_context"]
    for name in ("low", "high", "null_mean", "null_sd", "p"):
        assert [float(row[name]) for row in rows] == [getattr(one, name) for one in found.trials]
    save_curve(found, tmp_path / "x.json", ".json")
    whole = json.loads((tmp_path / "x.json").read_text())
    assert whole["unit"] == "bits"
    assert whole["trials"][0]["information"] == found.trials[0].bits
    assert [trend["player"] for trend in whole["trends"]] == ["A", "B", None] * 2
    assert len(whole["means"]) == 3
    one = measure(simulated_windows(30), COPULA)
    save_curve(one, tmp_path / "x.json", ".json")
    assert "without_context" not in json.loads((tmp_path / "x.json").read_text())["trials"][0]
    assert json.loads((tmp_path / "x.json").read_text())["means"][0]["low"] is None


def test_a_p_value_that_is_not_given_is_empty(tmp_path):
    found = measure(simulated_windows(30), COPULA)
    found = replace(found, trials=(replace(found.trials[0], p=nan),))
    save_curve(found, tmp_path / "x.csv", ".csv")
    with (tmp_path / "x.csv").open() as stream:
        assert next(csv.DictReader(stream))["p"] == ""
    save_curve(found, tmp_path / "x.json", ".json")
    assert json.loads((tmp_path / "x.json").read_text())["trials"][0]["p"] is None
