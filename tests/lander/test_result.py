from dataclasses import replace

import pytest
from support.lander_maps import known_map
from support.landers import rows

from gridemp.lander import save_csv


@pytest.fixture
def known():
    return known_map()


def test_the_peak_is_the_lowest_of_equal_ones(known):
    assert known.peak == (0.5, 0.25, 2.5)
    assert known.lowest == 0.5


def test_the_caption_says_that_it_is_an_estimate(known):
    assert known.caption == (
        "Lunar Lander, estimate, 2 x 400 ms, resolution 0.1, 1 run of each of 16 sequences, "
        "gravity 9.5, wind 0, seed 3"
    )


def test_the_caption_and_the_table_of_several_seeds(known, tmp_path):
    several = replace(known, seeds=(3, 4, 9), standard_error=known.bits / 8)
    assert several.caption.endswith(", mean of 3 seeds")
    save_csv(several, tmp_path / "map.csv")
    table = rows(tmp_path / "map.csv")
    errors = [(row["standard_error"], row["seed"]) for row in table]
    assert errors[0] == ("0.1875", "3 4 9")
    save_csv(known, tmp_path / "one.csv")
    assert {row["standard_error"] for row in rows(tmp_path / "one.csv")} == {""}


def test_each_row_of_the_table_has_a_place_and_all_settings(known, tmp_path):
    save_csv(known, tmp_path / "map.csv")
    table = rows(tmp_path / "map.csv")
    places = [(row["x"], row["y"], row["bits"]) for row in table]
    assert places == [
        ("0", "0.25", "1.5000"),
        ("0.5", "0.25", "2.5000"),
        ("-0.5", "0.75", "2.5000"),
        ("0", "0.75", "0.5000"),
        ("0.5", "0.75", "1.0000"),
    ]
    settings = {"kind": "estimate", "horizon": "2", "window_ms": "400", "resolution": "0.1"}
    settings |= {"runs": "1", "gravity": "9.5", "wind": "0", "seed": "3"}
    assert all({name: row[name] for name in settings} == settings for row in table)
