import pytest

from gridemp import GridempError
from gridemp.cli.parse import (
    MAX_NUMBERS,
    fractions,
    parse_cell,
    parse_grid,
    parse_interval,
    parse_number,
    parse_numbers,
    parse_seconds,
    parse_seed,
    parse_size,
    parse_whole,
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3", [3]),
        ("1,2,5", [1, 2, 5]),
        ("1..4", [1, 2, 3, 4]),
        ("4..4", [4]),
        ("1..9:4", [1, 5, 9]),
        ("1..8:4,20", [1, 5, 20]),
        (" 1 , 2..3 ", [1, 2, 3]),
    ],
)
def test_lists_and_ranges_of_whole_numbers(text, numbers):
    assert parse_numbers("--horizon", text, int, "a whole number") == numbers


def test_decimal_steps_are_exact():
    texts = parse_numbers("--slip", "0..0.3:0.1", str, "a probability")
    assert texts == ["0.0", "0.1", "0.2", "0.3"]


@pytest.mark.parametrize(
    "text", ["3..1", "0..0.5", "1..2:0", f"0..{MAX_NUMBERS}", "1..2:-1", "", "1,", "x", "1...3"]
)
def test_what_is_no_list_is_refused_by_the_name_of_the_option(text):
    with pytest.raises(GridempError, match="--horizon"):
        parse_numbers("--horizon", text, int, "a whole number")


def test_intervals():
    assert parse_interval("--wind", "0..20", 20) == (0, 20)
    assert parse_interval("--wind", "20..5", 20) == (20, 5)
    assert parse_interval("--wind", "7", 20) == (7, 7)
    for text in ("21", "-1..3", "1..", "..1", "a..b", "nan"):
        with pytest.raises(GridempError, match="--wind must be a number from 0 to 20, or two"):
            parse_interval("--wind", text, 20)


def test_cells_sizes_and_times():
    assert parse_cell("--cell", " 5, -3") == (5, -3)
    assert parse_grid("--grid", "15x10") == parse_grid("--grid", "15×10") == (10, 15)  # noqa: RUF001
    assert parse_size("--size", "30X20") == (30, 20)
    assert parse_seconds("--window", "100ms") == parse_seconds("--window", ".1 s") == 0.1


@pytest.mark.parametrize(
    ("parse", "texts"),
    [
        (parse_cell, ["5", "5;5", "1.5,2", "", "1,2,3"]),
        (parse_grid, ["15", "15x", "-1x3", "1.5x3"]),
        (parse_size, ["3", "3x", "ax3"]),
        (parse_seconds, ["1", "0s", "-1s", "1m", "s"]),
        (parse_seed, ["-1", "x", "1.5", str(2**63)]),
        (parse_whole, ["1.5", "x", ""]),
    ],
)
def test_other_texts_are_refused_by_the_name_of_the_option(parse, texts):
    for text in texts:
        with pytest.raises(GridempError, match=r"^--it must be "):
            parse("--it", text)


def test_long_texts_are_cut_in_errors():
    with pytest.raises(GridempError) as error:
        parse_number("--tol", "9" * 5000 + "x", float, "a number of bits")
    assert len(str(error.value)) < 100


def test_percentages_become_fractions():
    assert fractions("10%") == "0.1"
    assert fractions("0%,5 %,12.5%,100%") == "0,0.05,0.125,1"
    assert fractions("0..30%:5%") == "0..0.3:0.05"
    assert fractions(".5%") == "0.005"
    assert fractions("0.1,x%,%") == "0.1,x%,%"
