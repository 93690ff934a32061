import pytest

from gridemp.errors import GridempError
from gridemp.logs import read_logs

PATTERN = "{player}_{trial}.csv"


@pytest.fixture
def files(tmp_path):
    """A function that writes files by name, and returns their paths."""

    def write(**texts):
        paths = []
        for name, text in texts.items():
            paths.append(tmp_path / f"{name}.csv")
            paths[-1].write_text(text)
        return paths

    return write


def by_name(header):
    return ["x"], [name for name in ("player", "trial") if name in header], ["action"]


def texts_of(log, name):
    texts, codes = log.labels[name]
    return [texts[code] for code in codes]


def test_players_and_trials_come_from_the_names(files):
    paths = files(
        Ada_1="action,x\nleft,1\nup,2\n",
        Bob_1="x,action\n3,right\n",
        Ada_2="action,x\nup,4\n",
    )
    log = read_logs(paths, by_name, PATTERN)
    assert log.numbers["x"].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert texts_of(log, "player") == ["Ada", "Ada", "Bob", "Ada"]
    assert texts_of(log, "trial") == ["1", "1", "1", "2"]
    assert texts_of(log, "action") == ["left", "up", "right", "up"]
    assert log.name == f"{paths[0]} and 2 more"


def test_folders_may_be_part_of_the_pattern(tmp_path):
    (tmp_path / "Ada").mkdir()
    path = tmp_path / "Ada" / "run-3.log.csv"
    path.write_text("action,x\nleft,1\n")
    log = read_logs([path], by_name, "{player}/run-{trial}.log.csv")
    assert (texts_of(log, "player"), texts_of(log, "trial")) == (["Ada"], ["3"])


def test_each_file_is_a_trial_unless_a_column_names_them(files):
    paths = files(first="action,x\nleft,1\n", second="action,x\nup,2\n")
    assert texts_of(read_logs(paths, by_name), "trial") == ["first", "second"]
    assert "trial" not in read_logs(paths[:1], by_name).labels
    paths = files(first="trial,action,x\n7,left,1\n", second="trial,action,x\n8,up,2\n")
    assert texts_of(read_logs(paths, by_name), "trial") == ["7", "8"]


def test_rows_that_are_left_out_are_counted_in_all_files(files):
    paths = files(a="action,x\nleft,\nleft,1\n", b="action,x\n,1\nup,2\n")
    log = read_logs(paths, by_name, skip_missing=True)
    assert (log.rows, log.skipped) == (2, 2)


def test_progress_goes_on_from_file_to_file(files, monkeypatch):
    monkeypatch.setattr("gridemp.logs.columns.ROWS_PER_REPORT", 1)
    paths = files(a="action,x\nleft,1\n", b="action,x\nup,2\n")
    reported = []
    read_logs(paths, by_name, progress=reported.append)
    assert len(reported) == 2
    assert reported[0] <= 0.5 < reported[1] <= 1


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{player}-{trial}.csv", "a_1.csv is not of the form {player}-{trial}.csv of `names`"),
        ("trial.csv", "`names` needs different words in braces, such as {player}_{trial}.csv, not"),
        ("{player}_{player}.csv", "`names` needs different words in braces"),
        ("{}_{trial}.csv", "`names` needs different words in braces"),
        ("{action}_{trial}.csv", "has a column 'action', and `names` has {action}; leave out one"),
    ],
)
def test_patterns_that_do_not_fit_are_refused(files, pattern, sentence):
    paths = files(a_1="action,x\nleft,1\n")
    with pytest.raises(GridempError) as error:
        read_logs(paths, by_name, pattern)
    assert sentence in str(error.value)


def test_columns_hold_the_same_in_all_files(files):
    paths = files(a="action,x\nleft,1\n", b="action,x\n2,1\n")
    sentence = r"column 'action' holds texts in .*a.csv and numbers in .*b.csv; write the same"
    with pytest.raises(GridempError, match=sentence):
        read_logs(paths, by_name)
    with pytest.raises(GridempError, match="'player' is part of file names, which are texts"):
        read_logs(paths, lambda header: (["player"], []), "{player}.csv")
    with pytest.raises(GridempError, match="`paths` needs one file or more"):
        read_logs([], by_name)
