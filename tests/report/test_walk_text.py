"""Walks and flows in words."""

import re

from support.walkers import (
    flow_of,
    walked,
)

from gridemp.report.walk_text import TIMES, basin_lines, letters, step_lines, walk_lines


def test_what_is_said_of_a_flow():
    _, found = flow_of("klyubin", 3)
    assert basin_lines(found) == [
        "1: (7, 5) and (7, 6), 4.52 bits, 46 of 100 starts (46.0%)",
        "2: (1, 5) and (1, 6), 4.39 bits, 27 of 100 starts (27.0%)",
        "3: (6, 0) and 3 more cells, 3.81 bits, 20 of 100 starts (20.0%)",
        "one of several of these, by chance, 7 of 100 starts (7.0%)",
    ]
    _, many = flow_of("halls", 5)
    lines = basin_lines(many)
    assert lines[10].startswith(f"and {len(many.attractors) - 10} more, ")
    said = [int(line.split(" of 1912 starts")[0].split()[-1]) for line in lines]
    assert sum(said) == 1912
    _, noisy = flow_of("room", 2, slip=0.1)
    assert basin_lines(noisy)[0] == "where agents from every cell end up, if it never slips:"
    assert "bits, within " in basin_lines(noisy)[1]


def test_what_is_said_of_a_walk():
    _, path = walked("room", 5, 4, 4, 8)
    lines = walk_lines(path)
    assert re.fullmatch(r"actions: ([NESW] ){2}(· ){5}·", lines[0])
    assert lines[1] == "start: (4, 4), 5.88 bits"
    assert lines[-2] == "steps 3 to 8: stays at (5, 5), 5.93 bits"
    assert lines[-1] == "gained: 5.88 to 5.93 bits, +0.05 in 2 steps"
    _, still = walked("room", 5, 5, 5, 50)
    assert letters(still) == f"50{TIMES}·"
    assert walk_lines(still)[-1] == "gained: 5.93 to 5.93 bits, +0.00 without moving"
    _, noisy = walked("room", 2, 0, 0, 30, slip=0.5)
    assert any("slips to" in line for line in walk_lines(noisy))
    assert re.search(r"steps?, each within \de-\d+ bits$", walk_lines(noisy)[-1])


def test_long_walks_are_told_in_part():
    _, path = walked("room", 30, 0, 0, 500)
    lines = walk_lines(path)
    assert len(lines) == 44
    (gap,) = [int(m[1]) for line in lines if (m := re.match(r"\.\.\. (\d+) more", line))]
    assert gap + 40 == len(step_lines(path))
    assert lines[-2].startswith(("step 500:", "steps"))
