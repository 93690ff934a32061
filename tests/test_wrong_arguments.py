"""Every public function refuses arguments of the wrong kind, by name and in one sentence."""

import inspect
import re
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from support.extras import required
from support.public_calls import RESULTS, calls
from support.public_names import WINGS

import gridemp
from gridemp.arguments import MAKERS

WRONG = {
    "a str": "nonsense",
    "a maze": gridemp.Maze([[1, 1]]),
    "a number": 2.5,
    "nothing": None,
    "an array": np.ones((2, 2)),
    "objects": np.array([{}]),
    "a list": ["a"],
}
# Arguments that may be of a kind that is wrong elsewhere; another value of it may be refused.
TAKEN = {
    "a str": "which path name letters player trial by suffix label moves torus sensor kind text "
    "policy estimator null state dynamics emap source context afterwards",
    "a maze": "maze emap",
    "a number": "tol temperature gamma discount curiosity prior slip resolution seconds gravity "
    "wind length",
    "nothing": "estimators values objects cell source settings context sensor estimator z",
    "an array": "floor array states channel source afterwards planning p q joint x y z actions "
    "scores effects context values bits gap transitions successors probabilities numbers labels",
    "objects": "objects",
    "a list": "keys states actions effects context labels names paths",
}
# Packages that calls need
NEEDED = {
    **dict.fromkeys(["train", "load_learned"], "torch"),
    "explore.widget": "anywidget",
    "sweep": "filelock",
    **dict.fromkeys(["open_maps", "phase_diagram", "phase_figure"], "zarr"),
}
# Calls that need more than an argument to be right, such as a screen or a large package, or long.
UNTRIED = {
    "World.from_env",
    "draw_lander_conditions",
    "draw_lander_curve",
    "draw_lander_map",
    "environment_pictures",
    "from_gymnasium",
    "from_minigrid",
    "lander_conditions",
    "lander_curve",
    "lander_map",
    "load_learned",
    "load_map",
    "make_lander",
    "read_columns",
    "read_flight",
    "read_logs",
    "record",
    "record_person",
    "save_conditions_csv",
    "save_csv",
    "save_curve_csv",
    "save_exploration",
    "train",
}


def public_functions():
    """Names of the public functions and classes that take arguments."""
    for wing in ("", *WINGS):
        module = import_module(f"gridemp.{wing}".rstrip("."))
        for name in module.__all__:
            value = getattr(module, name, None)
            is_error = inspect.isclass(value) and issubclass(value, Exception)
            if callable(value) and not is_error and name not in RESULTS:
                yield name


def try_call(function, arguments):
    result = function(**arguments)
    return next(result) if inspect.isgenerator(result) else result


def call_of(name):
    if name in NEEDED:
        required(NEEDED[name])
    return calls()[name]


def test_every_public_function_is_tried():
    required("torch")
    tried = {name.partition(".")[0] for name in calls()}
    without_arguments = {"Buttons", "EmpowermentMaps", "LanderState", "look"}
    assert set(public_functions()) - without_arguments == tried


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(calls()) - UNTRIED))
def test_the_right_arguments_are_accepted(name, folder):
    function, arguments = call_of(name)
    if name == "EmpowermentMap.save":
        arguments = {"path": folder / "map.npz"}
    try_call(function, arguments)


@pytest.mark.parametrize("name", sorted(calls()))
def test_the_wrong_kind_of_argument_is_named(name, folder):
    function, arguments = call_of(name)
    wrong = [
        (argument, kind, value)
        for argument in arguments
        for kind, value in WRONG.items()
        if argument not in TAKEN[kind].split()
    ]
    for argument, kind, value in wrong:
        with pytest.raises(gridemp.GridempError) as error:
            try_call(function, arguments | {argument: value})
        sentence = str(error.value)
        assert re.search(rf"\b{argument}\b|horizon", sentence), (argument, kind, sentence)
        assert "\n" not in sentence


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(calls()))
def test_no_argument_fails_inside(name, folder):
    """Also those of a kind that is right elsewhere are accepted or refused."""
    function, arguments = call_of(name)
    for argument in arguments:
        for kind, value in WRONG.items():
            flown = ("lander_conditions", "lander_curve", "lander_map", "record")
            if name in flown and argument in TAKEN[kind].split():
                continue  # it would be flown
            with suppress(gridemp.GridempError):
                try_call(function, arguments | {argument: value})


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda maze, world, emap: gridemp.empowerment("klyubin", 5),
            "`world` must be a World, not 'klyubin'; World.from_maze makes one",
        ),
        (
            lambda maze, world, emap: gridemp.empowerment(maze, 5),
            "`world` must be a World, not a Maze; World.from_maze makes one",
        ),
        (
            lambda maze, world, emap: gridemp.empowerment(emap, 5),
            "`world` must be a World, not an EmpowermentMap; pass its `world`",
        ),
        (
            lambda maze, world, emap: gridemp.empowerment(world, 2.5),
            "`horizon` must be a whole number, not 2.5",
        ),
        (
            lambda maze, world, emap: gridemp.World.from_maze("klyubin"),
            "`maze` must be a Maze, not 'klyubin'; load_maze reads one, and parse_maze makes one "
            "from text",
        ),
        (
            lambda maze, world, emap: gridemp.World.from_maze(world),
            "`maze` must be a Maze, not a World; pass its `maze`",
        ),
        (
            lambda maze, world, emap: gridemp.horizon_sweep(world, 5),
            "`horizons` must be a list of whole numbers, not 5; give a list, such as [5]",
        ),
        (
            lambda maze, world, emap: gridemp.sweep("room", [1], "a.zarr"),
            "`mazes` must be a list, not 'room'; give a list, such as ['room']",
        ),
        (
            lambda maze, world, emap: gridemp.sweep(5, [1], "a.zarr"),
            "`mazes` must be a list, not 5",
        ),
        (
            lambda maze, world, emap: gridemp.render.panels(emap),
            "`emaps` must be a list of EmpowermentMap, not an EmpowermentMap",
        ),
        (
            lambda maze, world, emap: gridemp.render.panels([emap], cmpa="gray"),
            "panels has no argument `cmpa`; did you mean `cmap`?",
        ),
        (
            lambda maze, world, emap: gridemp.parse_maze(Path("maze.txt")),
            "`text` must be a str, not the path maze.txt",
        ),
        (
            lambda maze, world, emap: gridemp.load_maze(maze),
            "`path` must be a str or the path of a file, not a Maze",
        ),
        (
            lambda maze, world, emap: gridemp.blahut_arimoto([[0.5, 0.6]]),
            "row 0 of the channel sums to 1.1, not 1; divide it by its sum",
        ),
        (
            lambda maze, world, emap: gridemp.logs.ksg([[0.0], [np.nan]], [[1.0], [2.0]]),
            "row 1 of `x` holds NaN or an infinite number; leave out that window",
        ),
    ],
)
def test_sentences(call, sentence):
    maze = gridemp.Maze([[1, 1]])
    world = gridemp.World.from_maze(maze)
    with pytest.raises(gridemp.GridempError) as error:
        call(maze, world, gridemp.empowerment(world, 1))
    assert str(error.value) == sentence


def test_what_makes_an_argument_is_there():
    for remedy in MAKERS.values():
        for path in re.findall(r"\b(?:agents|analysis|deep|lander|logs|sweeps)\.\w+", remedy):
            wing, _, name = path.partition(".")
            assert name in import_module(f"gridemp.{wing}").__all__
