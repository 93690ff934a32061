import pytest

from gridemp.report.rounding import rounded_up


@pytest.mark.parametrize(
    ("bits", "text"),
    [
        (0.25, "0.25"),
        (0.2501, "0.26"),
        (1.0, "1.00"),
        (0.1, "0.10"),
        (0.0999, "0.1"),
        (0.031, "0.04"),
        (0.03125, "0.04"),
        (1.01e-7, "2e-07"),
        (0.0, "0"),
    ],
)
def test_gaps_are_rounded_up(bits, text):
    assert rounded_up(bits) == text


@pytest.mark.parametrize("bits", [1 / 3, 0.7, 0.07, 1e-3, 7e-9])
def test_no_gap_is_understated(bits):
    assert bits <= float(rounded_up(bits)) <= 2 * bits
