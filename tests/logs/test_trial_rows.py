import numpy as np
import pytest

from gridemp.errors import GridempError
from gridemp.logs.columns import Columns
from gridemp.logs.trial_rows import rows_of_trials, trial_values


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (["2", "1.5", "10"], [2.0, 1.5, 10.0]),
        (["first", "2"], [1.0, 2.0]),
        (["1", "nan"], [1.0, 2.0]),
        (["2", "2.0"], [1.0, 2.0]),  # two trials do not stand at one place
    ],
)
def test_trials_stand_at_their_numbers_or_in_their_order(names, values):
    assert trial_values(names).tolist() == values


def log_of(trials, wind):
    labels = {}
    for name, texts in (("trial", trials), ("wind", wind)):
        kinds = list(dict.fromkeys(texts))
        labels[name] = tuple(kinds), np.array([kinds.index(text) for text in texts])
    return Columns("log.csv", len(trials), {}, labels)


def test_trials_may_be_numbered_anew_under_each_condition():
    found = rows_of_trials(log_of("1212", "5588"), "", "trial", ["wind"])
    assert [(names[1], under, rows.tolist()) for names, under, rows in found] == [
        ("1", ("5",), [0]),
        ("2", ("5",), [1]),
        ("1", ("8",), [2]),
        ("2", ("8",), [3]),
    ]


def test_conditions_that_change_to_and_fro_within_a_trial_are_refused():
    with pytest.raises(GridempError, match=r"wind change to and fro within a trial of log\.csv"):
        rows_of_trials(log_of("1111", "5858"), "", "trial", ["wind"])


@pytest.mark.parametrize(
    ("trials", "column"), [(["1", "", "2"], "trial"), (["1", "1", "1"], "wind")]
)
def test_names_that_are_missing_in_some_rows_are_refused(trials, column):
    wind = ["5", "5", "5"] if column == "trial" else ["5", "NA", "5"]
    with pytest.raises(GridempError, match=f"column '{column}' of log.csv has no name in row 2"):
        rows_of_trials(log_of(trials, wind), "", "trial", ["wind"])
