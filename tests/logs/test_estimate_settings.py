"""Settings of an estimate of information."""

import numpy as np
import pytest

from gridemp.errors import GridempError
from gridemp.logs import EstimateSettings, Trial, Windows


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"estimator": "kgs"}, "`estimator` must be ksg or copula or plugin or mixed, not 'kgs'"),
        ({"null": "none"}, "`null` must be shift or shuffle, not 'none'"),
        ({"k": 0}, "`k` must be 1 or more, not 0"),
        ({"shuffles": 5}, "`shuffles` must be 19 or more, not 5"),
        ({"bins": 4}, "ksg needs no bins; leave out `bins` or set `estimator` to plugin"),
        ({"theiler": -1}, "`theiler` must be 0 or more, not -1"),
        (
            {"estimator": "copula", "theiler": 2},
            "copula does not compare neighbours; leave out `theiler` or set `estimator` to ksg or "
            "mixed",
        ),
        (
            {"estimator": "plugin", "theiler": 2},
            "plugin does not compare neighbours; leave out `theiler` or set `estimator` to ksg or "
            "mixed",
        ),
        ({"estimator": "plugin", "bins": 1}, "`bins` must be 2 or more, not 1"),
    ],
)
def test_settings_out_of_range_are_refused(settings, sentence):
    with pytest.raises(GridempError) as error:
        EstimateSettings(**settings)
    assert str(error.value) == sentence


def test_windows_left_out_of_neighbours_are_recorded_if_there_are_any():
    assert "theiler" not in EstimateSettings("ksg").record()
    assert EstimateSettings("mixed", theiler=4).record()["theiler"] == 4


def windows(categories=(), context=False):
    trial = Trial(
        "", "1", np.zeros((9, 1)), np.zeros((9, 1)), np.zeros((9, 1)) if context else None
    )
    texts = dict.fromkeys(categories, ("left", "right"))
    known = ("c",) if context else ()
    return Windows("log", (trial,), ("a",), ("e",), known, "trial", categories=texts)


def test_the_default_estimator_depends_on_the_columns():
    settings = EstimateSettings()
    assert settings.for_windows(windows()).estimator == "ksg"
    assert settings.for_windows(windows(["a"])).estimator == "mixed"
    assert settings.for_windows(windows(["action"])).estimator == "mixed"  # held for some time
    assert EstimateSettings("plugin").for_windows(windows(["a"])).estimator == "plugin"
    assert EstimateSettings("copula").for_windows(windows(["action"])).estimator == "copula"


def test_mixed_with_a_context_has_no_shifts_if_all_are_categories():
    mixed = EstimateSettings("mixed")
    assert mixed.for_windows(windows(["a", "e"], context=True)).null == "shuffle"
    assert mixed.for_windows(windows(["a"], context=True)).null == "shift"
    assert mixed.for_windows(windows(["a", "e"])).null == "shift"
    assert mixed.for_windows(windows(context=True)).null == "shift"
    assert EstimateSettings("mixed").for_windows(windows()).null == "shift"
    assert EstimateSettings("ksg").for_windows(windows(context=True)).null == "shift"


@pytest.mark.parametrize("estimator", ["ksg", "copula"])
def test_estimators_of_amounts_refuse_categories(estimator):
    sentence = f"column 'e' holds categories, which {estimator} would take for amounts; set"
    with pytest.raises(GridempError, match=sentence):
        EstimateSettings(estimator).for_windows(windows(["e"]))
