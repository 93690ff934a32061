import numpy as np
import pytest

from gridemp.errors import GridempError
from gridemp.logs import columns, read_columns


def test_columns_are_read_by_name(log):
    found = log("\ufeffa, who;b\n1,x;2.5\n".replace(",", ";"), ["b", "a"], ["who"])
    assert found.rows == 1
    assert found.numbers["a"].tolist() == [1.0]
    assert found.numbers["b"].tolist() == [2.5]
    assert found.labels["who"][0] == ("x",)
    found = log('a\twho\r\n1\t"x, y"\r\n\r\n-2e3\tz\r\n3\t"x, y"\r\n', ["a"], ["who"])
    assert found.numbers["a"].tolist() == [1.0, -2000.0, 3.0]
    assert found.labels["who"][1].tolist() == [0, 1, 0]
    assert found.rows == 3


def test_columns_may_be_numbers_or_texts(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("action,wind,x\nleft,5,1\nnone,6,2\n")
    found = read_columns(path, lambda header: (["wind"], ["wind"], ["action", "x"]))
    assert found.labels["action"][0] == ("left", "none")
    assert found.numbers["x"].tolist() == [1.0, 2.0]
    assert found.numbers["wind"].tolist() == [5.0, 6.0]
    assert found.labels["wind"][0] == ("5", "6")
    path.write_text("x\nleft\n1\n")
    with pytest.raises(GridempError, match=r"log.csv, line 3, column 'x': 1 is a number, but"):
        read_columns(path, lambda header: ([], [], ["x"]))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "log.csv is empty; name a log with a line of columns"),
        ("a,b\n", "has columns but no rows"),
        ("a,left\n1,2\n", "has no column 'b'; it has a, left"),
        ("a,bb\n1,2\n", "has no column 'b' (did you mean 'bb'?); it has a, bb"),
        ("a,a,b\n1,2,3\n", "has two columns named 'a'; rename one"),
        (
            "a,b\n1,2\n3,four\n",
            "log.csv, line 3, column 'b': 'four' is not a number; write a number",
        ),
        (
            'a,b\n1,"2,5"\n',
            "line 2, column 'b': '2,5' is not a number; write decimals with a point",
        ),
        ("a;b\n1.5;2,5\n", "line 2, column 'b': '2,5' has a decimal comma, and '1.5' a point"),
        ("a,b\n1,\n", "line 2, column 'b': the cell is empty; write a number"),
        ("a,b\n1,2\n\n1,nan\n", "line 4, column 'b': nan cannot be measured; leave out this row"),
        ("a,b\ninf,2\n", "line 2, column 'a': inf cannot be measured"),
        ("a,b\n1,2,3\n", "line 2: 3 values under 2 columns; write one for each"),
        (b"a,b\n1,\xff\n", "is not UTF-8 text; save the log as CSV in UTF-8"),
        ('a,b\n1,"2\n', "log.csv, line 2 or later: unexpected end of data; write plain CSV"),
        ("a,b\n1,True\n", "line 2, column 'b': 'True' is not a number; write 1 or 0"),
        ("a,b\n1,1_0\n", "line 2, column 'b': '1_0' is not a number; write a number"),
    ],
)
def test_what_is_wrong_in_a_log_is_named_with_its_place(log, text, sentence):
    with pytest.raises(GridempError) as error:
        log(text, ["a", "b"])
    assert sentence in str(error.value)


def test_a_log_that_is_not_there_or_too_large(tmp_path, monkeypatch, log):
    with pytest.raises(GridempError, match=r"none.csv: No such file"):
        read_columns(tmp_path / "none.csv", lambda header: ([], []))
    with pytest.raises(GridempError, match=r"cannot read .*Is a directory"):
        read_columns(tmp_path, lambda header: ([], []))
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as stream:
        stream.truncate(2 * 10**9)  # a hole: it takes no room
    with pytest.raises(
        GridempError, match=r"has 2.0 GB or more, and logs are read up to 1.1 GB; split it"
    ):
        read_columns(huge, lambda header: ([], []))
    reported = []
    monkeypatch.setattr(columns, "ROWS_PER_REPORT", 10)
    (tmp_path / "log.csv").write_text("a\n" + "1\n" * 95)
    read_columns(tmp_path / "log.csv", lambda header: (["a"], []), reported.append)
    assert len(reported) == 9
    assert 0 < reported[0] <= reported[-1] <= 1


def test_rows_with_a_missing_cell_are_left_out_if_told_to(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "who,action,x,y\nA,left,1,\nB,,2,\nA,None,3,\n,left,4,\nA,right,NaN,\nA,up,5,\n"
    )

    def select(header):
        return ["x"], ["who"], ["action"]

    found = read_columns(path, select, skip_missing=True)
    assert (found.rows, found.skipped) == (2, 4)
    assert found.numbers["x"].tolist() == [1.0, 5.0]
    assert found.labels["action"][0] == ("left", "up")
    with pytest.raises(GridempError, match=r"line 3, column 'action': the cell is empty; write a"):
        read_columns(path, select)
    with pytest.raises(GridempError, match=r"each row of .* lacks a cell; leave out a column that"):
        read_columns(path, lambda header: (["y"], []), skip_missing=True)


def test_columns_with_the_same_name_matter_only_if_they_are_read(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("a,,,\n1,x,,\n")  # as of spreadsheets and PsychoPy
    found = read_columns(path, lambda header: (["a"], []))
    assert found.numbers["a"].tolist() == [1.0]


def test_numbers_that_may_be_missing_do_not_leave_out_rows(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("a,better\n1,\n2,4\nNA,5\n3,none\n")
    found = read_columns(path, lambda _: (["a"], [], [], [], ["better"]), skip_missing=True)
    np.testing.assert_array_equal(found.numbers["a"], [1, 2, 3])
    np.testing.assert_array_equal(found.numbers["better"], [np.nan, 4, np.nan])
    assert found.skipped == 1
