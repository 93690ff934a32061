"""Results as text in a terminal."""

import numpy as np
from support.logs import simulated_windows
from support.worlds import drawn_world, world_of

import gridemp
from gridemp import Maze, World, empowerment, parse_maze
from gridemp.agents import prior_belief
from gridemp.analysis import cell_source
from gridemp.information import alternate
from gridemp.logs import Columns

MAZE = parse_maze("..#\n...", name="corner")


def test_a_maze_prints_as_its_text():
    assert parse_maze(str(MAZE)) == MAZE
    large = Maze(np.ones((41, 3)))
    assert str(large) == repr(large)


def test_a_world_prints_its_conditions_and_its_maze():
    world = World.from_maze(MAZE, slip=0.1, torus=True)
    first, *others = str(world).splitlines()
    assert first == "corner, 5 actions, torus, slip 0.1"
    assert parse_maze("\n".join(others)) == MAZE
    large = World.from_maze(Maze(np.ones((41, 3))))
    assert str(large) == repr(large)


def test_a_map_prints_its_numbers_where_they_stand():
    lines = str(empowerment(World.from_maze(MAZE), 1)).splitlines()
    assert lines[0] == "corner, horizon 1, no noise, in bits"
    assert [line.split() for line in lines[1:]] == [["1.58", "1.58", "#"], ["1.58", "2.00", "1.00"]]
    assert str(empowerment(World.from_maze(Maze(np.ones((41, 3)))), 1)).startswith(
        "EmpowermentMap("
    )


def test_a_list_of_maps_prints_a_line_for_each():
    emaps = gridemp.horizon_sweep(World.from_maze(MAZE), [1, 2])
    assert str(emaps).splitlines() == [
        "corner, horizon 1, no noise; peak: x = 1, y = 0, 2.00 bits, 4 outcomes",
        "corner, horizon 2, no noise; peak: x = 0, y = 0, 2.32 bits, 5 outcomes; 3 cells share it",
    ]
    assert str(emaps[:0]) == "[]"


def test_a_capacity_prints_as_a_table():
    capacity = gridemp.blahut_arimoto([[0.9, 0.1], [0.1, 0.9]])
    rows = dict(line.split(maxsplit=1) for line in str(capacity).splitlines())
    assert rows == {
        "lower": f"{capacity.lower:.9f} bits",
        "upper": f"{capacity.upper:.9f} bits",
        "gap": f"{capacity.gap:.2g} bits",
        "source": "entropy 1 bits, 2 inputs",
        "iterations": str(capacity.iterations),
        "converged": "yes",
    }
    large = gridemp.blahut_arimoto(np.ones((5000, 1)))
    assert repr(large) == "Capacity(0.000000 to 0.000000 bits, 5000 inputs, 1 iteration, converged)"


def test_other_results_print_in_one_line():
    source = cell_source(drawn_world(), 0, 0, 1)
    assert str(source) == repr(source)


def test_results_with_large_arrays_have_a_short_repr():
    world = world_of("klyubin")
    windows = simulated_windows(20, 30, players="AB")
    column = np.arange(9.0)
    shown = {
        repr(cell_source(world, 5, 5, 2).channel): "SmallChannel(25 sequences, 12 outcomes)",
        repr(prior_belief(world)): f"Belief({world.maze!r}, no noise, 0 moves seen)",
        repr(windows): "Windows('log', 4 trials, 100 windows)",
        repr(windows.trials[0]): "Trial('A', '1', 20 windows)",
        repr(Columns("a.csv", 9, {"x": column}, {"t": (("1",), column)})): (
            "Columns('a.csv', 9 rows, x, t)"
        ),
        repr(next(iter(alternate([[1.0, 0.0], [0.0, 1.0]])))): (
            "HalfStep(nothing updated, 0.000000 to 1.000000 bits)"
        ),
    }
    assert list(shown) == list(shown.values())
