import csv
import json
from dataclasses import replace
from math import nan

import pytest
from support.logs import simulated_windows

from gridemp.logs import EstimateSettings, measure, rating_study, save_curve

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


def test_entropies_and_ratings_are_written(tmp_path):
    found = measure(simulated_windows(30, 30, 30, 30, players="AB"), COPULA, entropies=True)
    ratings = {(one.player, one.trial): float(i % 3) for i, one in enumerate(found.trials)}
    ratings["B", "4"] = nan
    study = rating_study(found, ratings, "better")
    save_curve(found, tmp_path / "x.csv", ".csv", study)
    with (tmp_path / "x.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["entropy_actions"]) for row in rows] == [
        one.actions for one in found.entropies.trials
    ]
    assert [row["rating"] for row in rows] == ["0.0", "1.0", "2.0", "0.0", "1.0", "2.0", "0.0", ""]
    assert rows[0]["gain"] == ""
    assert float(rows[1]["gain"]) == found.trials[1].bits - found.trials[0].bits
    save_curve(found, tmp_path / "x.json", ".json", study)
    whole = json.loads((tmp_path / "x.json").read_text())
    assert whole["entropies"]["effects"] == "amounts"
    assert len(whole["entropies"]["correlations"]) == 5
    same, following = whole["ratings"]["relations"]
    assert (same["lag"], following["lag"], same["missing"]) == (0, 1, 1)
    assert same["pooled"]["slope"] == study.same.pooled.slope
    assert [line["player"] for line in same["players"]] == ["A"]


def test_a_p_value_that_is_not_given_is_empty(tmp_path):
    found = measure(simulated_windows(30), COPULA)
    found = replace(found, trials=(replace(found.trials[0], p=nan),))
    save_curve(found, tmp_path / "x.csv", ".csv")
    with (tmp_path / "x.csv").open() as stream:
        assert next(csv.DictReader(stream))["p"] == ""
    save_curve(found, tmp_path / "x.json", ".json")
    assert json.loads((tmp_path / "x.json").read_text())["trials"][0]["p"] is None
