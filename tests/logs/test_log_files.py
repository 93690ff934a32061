import gzip
import json
import sys
from datetime import datetime

import pytest
from support.extras import required

from gridemp.errors import GridempError, MissingExtra
from gridemp.logs import log_files, read_columns

RECORDS = [
    {"time": 0.5, "action": "left", "down": True, "x": 1},
    {"time": 1.0, "action": None, "x": 2.5, "more": [1, 2]},
]


def select(header):
    return ["x"], ["action"], [], ["time"]


def check(path, header):
    """All formats hold the same columns."""
    found = read_columns(path, lambda names: header.append(names) or select(names))
    assert found.numbers["x"].tolist() == [1.0, 2.5]
    assert found.numbers["time"].tolist() == [0.5, 1.0]
    texts, codes = found.labels["action"]
    assert [texts[code] for code in codes] == ["left", ""]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("suffix", [".csv", ".txt", ".csv.gz"])
def test_csv_has_three_separators(tmp_path, delimiter, suffix):
    path, header = tmp_path / f"log{suffix}", []
    text = 'time,action,x,"a, b; c"\n0.5,left,1,\n1,,2.5,\n'.replace(",", delimiter)
    content = text.encode("utf-8-sig")
    path.write_bytes(gzip.compress(content) if suffix.endswith("gz") else content)
    check(path, header)
    assert header[0][:3] == ("time", "action", "x")


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".json", ".jsonl.gz"])
def test_json_has_a_row_for_each_object(tmp_path, suffix):
    path, header = tmp_path / f"log{suffix}", []
    lines = "\n".join(map(json.dumps, RECORDS)) + "\n\n"
    text = json.dumps(RECORDS) if suffix == ".json" else lines
    content = text.encode()
    path.write_bytes(gzip.compress(content) if suffix.endswith("gz") else content)
    check(path, header)
    assert header == [("time", "action", "down", "x", "more")]


def test_parquet_is_read_by_pyarrow(tmp_path):
    pyarrow = required("pyarrow")
    parquet = required("pyarrow.parquet")
    columns = {name: [record.get(name) for record in RECORDS] for name in ("time", "action", "x")}
    columns["when"] = [datetime(2024, 1, 1, 12), datetime(2024, 1, 1, 12, 0, 2)]
    columns["down"] = [True, False]
    parquet.write_table(pyarrow.table(columns), tmp_path / "log.parquet")
    check(tmp_path / "log.parquet", [])
    found = read_columns(tmp_path / "log.parquet", lambda names: ([], ["down"], [], ["when"]))
    assert found.numbers["when"].tolist() == [0.0, 2.0]
    assert found.labels["down"][0] == ("True", "False")
    (tmp_path / "bad.parquet").write_text("time,x")
    with pytest.raises(GridempError, match=r"bad.parquet is not a Parquet file; name a log as CSV"):
        read_columns(tmp_path / "bad.parquet", select)


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "log.parquet").write_bytes(b"")
    with pytest.raises(MissingExtra, match=r"reading Parquet needs pyarrow; pip install"):
        read_columns(tmp_path / "log.parquet", select)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"a;b,c\n", "has as many commas as semicolons, so that it is not clear which"),
        ("a.csv.gz", b"a,b\n1,2\n", "is not a whole gzip file; pack the log again"),
        (
            "a.csv.gz",
            gzip.compress(b"time,action,x\n" * 99, mtime=0)[:40],
            "is not a whole gzip file",
        ),
        ("a.jsonl", b'{"x": 1}\n{"x": \n', "line 2 or later is not JSON; write an object on each"),
        ("a.jsonl", b"[1]\n", "line 1 is not a JSON object; write one for each row"),
        ("a.jsonl", b"\n", "is empty; name a log with an object for each row"),
        ("a.json", b'{"x": 1}', "object 1 is not a JSON object"),
        ("a.json", b"17", "is not JSON; write a list of objects"),
        ("a.jsonl", b"\xff\n", "is not UTF-8 text"),
        (
            "a.jsonl",
            b'{"time": 1, "x": [1], "action": 0}',
            "line 1, column 'x': '[1]' is not a num",
        ),
    ],
)
def test_files_that_are_not_of_their_format_are_refused(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(GridempError) as error:
        read_columns(path, select)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


def test_a_packed_file_is_too_large_by_its_content(tmp_path, monkeypatch):
    monkeypatch.setattr(log_files, "MAX_BYTES", 10**5)
    with gzip.open(tmp_path / "log.csv.gz", "wt") as stream:
        stream.write("time,action,x\n" + "0,left,1\n" * 30000)
    assert (tmp_path / "log.csv.gz").stat().st_size < 10**4
    with pytest.raises(
        GridempError, match=r"log.csv.gz has .* GB or more, and logs are read up to"
    ):
        read_columns(tmp_path / "log.csv.gz", select)


def test_the_part_that_is_read_of_a_packed_file_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr("gridemp.logs.columns.ROWS_PER_REPORT", 4_000)
    with gzip.open(tmp_path / "log.csv.gz", "wt") as stream:
        stream.write("time,action,x\n" + "".join(f"{i},left,{i * i}\n" for i in range(120_000)))
    reported = []
    read_columns(tmp_path / "log.csv.gz", select, reported.append)
    assert len(reported) == 30
    assert 0 < reported[0] < reported[15] <= reported[-1] <= 1
