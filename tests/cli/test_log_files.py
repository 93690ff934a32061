from pathlib import Path

import pytest

from gridemp import GridempError
from gridemp.cli.log_files import log_paths


def test_a_pattern_stands_for_its_files(empty_folder):
    for name in ("b.csv", "a.csv", "c[1].csv", "d.txt"):
        (empty_folder / name).touch()
    assert log_paths([Path("*.csv")]) == [Path("a.csv"), Path("b.csv"), Path("c[1].csv")]
    assert log_paths([Path("c[1].csv"), Path("none.csv"), Path("-")]) == [
        Path("c[1].csv"),
        Path("none.csv"),
        Path("-"),
    ]
    with pytest.raises(GridempError, match=r"^no file matches \*.json; name a log$"):
        log_paths([Path("*.json")])
