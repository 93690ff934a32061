"""The best doors of the explorer, against the library and a maze of three cells."""

from dataclasses import replace

import numpy as np
import pytest
from support.questions import KLYUBIN, ask
from support.toggles import FEW_READINGS

from gridemp import Maze, World, empowerment, load_maze, parse_maze
from gridemp.analysis import sensitivity
from gridemp.web.server import doors
from gridemp.web.server.api import Refusal


def test_the_only_door_of_three_cells():
    found = ask("doors", parse_maze("+-+-+-+\n|   | |\n+-+-+-+"), horizon=1)
    open_mean = (1 + np.log2(3) + 1) / 3
    (best,) = found["best"]
    assert found["mean"] == pytest.approx(2 / 3)
    assert best.pop("gain") == pytest.approx(open_mean - 2 / 3)
    assert best == {"kind": "right", "row": 0, "col": 1, "wall": False}


def test_the_doors_are_those_of_sensitivity_and_raise_the_mean_by_their_gain():
    found = ask("doors", KLYUBIN, horizon=5)
    effects = sensitivity(KLYUBIN, 5)
    gains = sorted([*effects.right[effects.right == effects.right], *effects.below.ravel()])
    assert found["mean"] == effects.bits
    shown = [door["gain"] for door in found["best"]]
    assert shown[:10] == gains[:-11:-1]
    assert shown == sorted(shown, reverse=True)
    assert sum(door["wall"] for door in found["best"]) <= 10
    for door in found["best"]:
        walls = {"right": KLYUBIN.wall_right.copy(), "below": KLYUBIN.wall_below.copy()}
        walls[door["kind"]][door["row"], door["col"]] ^= True
        assert walls[door["kind"]][door["row"], door["col"]] == door["wall"]
        maze = Maze(KLYUBIN.floor, walls["right"], walls["below"])
        after = empowerment(World.from_maze(maze), 5).bits.mean()
        assert after - found["mean"] == pytest.approx(door["gain"])


def test_the_best_wall_to_build_is_among_them_although_many_to_open_are_better():
    maze = parse_maze(FEW_READINGS)
    best = ask("doors", maze, horizon=2, stay=False, sensor="walls")["best"]
    assert [door["wall"] for door in best] == [False] * 10 + [True] * (len(best) - 10)
    effects = sensitivity(maze, 2, stay=False, sensor="walls")
    gains = [*effects.right[~maze.wall_right], *effects.below[~maze.wall_below]]
    assert best[10]["gain"] == np.nanmax(gains) > 0


def test_gains_within_the_gap_are_no_gains(monkeypatch):
    maze = parse_maze("+-+-+-+\n|   | |\n+-+-+-+")
    effects = sensitivity(maze, 1)
    for gap, count in ((0.5, 1), (1.0, 0)):
        vague = replace(effects, gap=gap)
        monkeypatch.setattr(doors, "sensitivity", lambda *args, vague=vague, **options: vague)
        assert len(ask("doors", maze, horizon=1)["best"]) == count


def test_a_maze_without_thin_walls_has_no_door():
    assert ask("doors", load_maze("room"), horizon=3)["best"] == []


def test_doors_that_would_take_too_long_are_refused():
    with pytest.raises(Refusal, match="more than the 60 seconds") as caught:
        ask("doors", load_maze("halls"), horizon=4, slip=0.1)
    assert caught.value.field == "horizon"
