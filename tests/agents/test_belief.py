"""Beliefs about walls, the world that they suggest, and what a look is worth."""

import numpy as np
import pytest
from support.explorations import SMALL, true_edges

from gridemp import GridempError, Maze, World, empowerment, parse_maze
from gridemp.agents.belief import prior_belief
from gridemp.engine.channel import window
from gridemp.worlds.noise import slip_kernel


def test_the_chance_of_an_edge_is_the_mean_of_its_beta():
    belief = prior_belief(World.from_maze(SMALL), prior=0.5)
    edge = int(belief.grid.edge[5, 1])  # east of row 1, column 1
    for worked in (True, True, False):
        belief = belief.after(edge, worked)
    p = (np.arange(1_000_000) + 0.5) / 1_000_000
    density = p ** (2.25 - 1) * (1 - p) ** (1.25 - 1)
    mean = density @ p / density.sum()
    assert belief.open_probabilities[0, 1, 1] == pytest.approx(mean, abs=1e-4)
    assert (belief.works.sum(), belief.fails.sum()) == (2, 1)
    others = belief.has_edge.copy()
    others[0, 1, 1] = False
    assert (belief.open_probabilities[others] == 0.5).all()
    assert (belief.open_probabilities[~belief.has_edge] == 0).all()


@pytest.mark.parametrize("torus", ["", "x", "xy"])
@pytest.mark.parametrize("stay", [True, False])
@pytest.mark.parametrize("noise", [(0, "uniform"), (0.3, "uniform"), (0.2, "perpendicular")])
def test_the_believed_world_is_the_mixture_over_actions_and_walls(torus, stay, noise):
    slip, kind = noise
    world = World.from_maze(SMALL, stay=stay, slip=slip, slip_kind=kind, torus=torus)
    belief = prior_belief(world, prior=0.7)
    rng = np.random.default_rng(3)
    for edge in rng.choice(np.flatnonzero(belief.has_edge), 40):
        belief = belief.after(int(edge), bool(rng.random() < 0.4))
    actions = ["north", "east", "south", "west"] + ["stay"] * stay
    kernel = slip_kernel(tuple(actions), slip, kind)
    expected = np.zeros((16, len(actions), 16))
    for s in range(16):
        row, col = divmod(s, 4)
        offsets = [(-1, 0), (0, 1), (1, 0), (0, -1), (0, 0)]
        for b, (drow, dcol) in enumerate(offsets[: len(actions)]):
            to_row, to_col = row + drow, col + dcol
            inside = ("y" in torus or 0 <= to_row < 4) and ("x" in torus or 0 <= to_col < 4)
            place = (to_row % 4, to_col % 4)
            p = 0.0
            if inside and b < 4:  # the edge is written at the western or northern of its cells
                west = (row, col) if dcol > 0 or drow > 0 else place
                way = 0 if dcol else 1
                works, fails = belief.works[way][west], belief.fails[way][west]
                p = (0.35 + works) / (0.7 + works + fails)
            for a in range(len(actions)):
                expected[s, a, place[0] * 4 + place[1]] += kernel[a, b] * p
                expected[s, a, s] += kernel[a, b] * (1 - p)
    believed = belief.world()
    found = np.zeros_like(expected)
    s, a, _ = np.ogrid[:16, : len(actions), :1]
    np.add.at(found, (s, a, believed.successors), believed.probabilities)
    np.testing.assert_allclose(found, expected, atol=1e-15)
    believed.normalised()


@pytest.mark.parametrize("horizon", [1, 3])
@pytest.mark.parametrize("name", ["small", "solid"])
def test_with_all_walls_seen_and_hardly_a_prior_the_map_is_the_true_one(horizon, name):
    maze = SMALL if name == "small" else parse_maze("....\n.#..\n..#.\n....")
    world = World.from_maze(maze)
    belief = prior_belief(world, prior=1e-9)
    for edge, works in enumerate(true_edges(maze).ravel()):
        if belief.has_edge.ravel()[edge]:
            belief = belief.after(edge, bool(works))
    found = empowerment(belief.world(), horizon).grid()[maze.floor]
    np.testing.assert_allclose(found, empowerment(world, horizon).bits, atol=1e-5)


@pytest.mark.parametrize("torus", ["", "x", "xy"])
@pytest.mark.parametrize("horizon", [1, 2, 3])
@pytest.mark.parametrize("slip", [0.0, 0.2])
def test_an_edge_bears_on_the_windows_that_change_with_it_and_no_others(torus, horizon, slip):
    maze = Maze(np.ones((5, 6)))
    belief = prior_belief(World.from_maze(maze, torus=torus, slip=slip))
    before = belief.world()
    for edge in np.flatnonzero(belief.has_edge)[::7].tolist():
        after = belief.after(edge, worked=True).world()
        changed = [
            place
            for place in range(30)
            if window(before, place, horizon).key() != window(after, place, horizon).key()
        ]
        assert belief.affected_places(edge, horizon).tolist() == changed


REFUSED = [
    ({"moves": "king"}, "nesw", "moves"),
    ({"moves": "turn"}, "nesw", "moves"),
    ({"sensor": "row"}, "state", "sensor"),
]


@pytest.mark.parametrize(("world_options", "word", "other"), REFUSED)
def test_other_worlds_are_refused(world_options, word, other):
    with pytest.raises(GridempError, match=f"{other}.*{word}"):
        prior_belief(World.from_maze(SMALL, **world_options))


@pytest.mark.parametrize("letter", list("T$B~^"))
def test_objects_but_for_marks_are_refused(letter):
    with pytest.raises(GridempError, match="objects such as"):
        prior_belief(World.from_maze(parse_maze(f"S.{letter}\n..G")))
    assert prior_belief(World.from_maze(parse_maze("S..\n..G"))).maze.objects == {
        (0, 0): "S",
        (1, 2): "G",
    }


def test_a_world_that_slips_here_and_not_there_is_refused():
    table = World.from_maze(SMALL, slip=0.2)
    chances = np.array(table.probabilities)
    chances[3] = np.eye(5)
    uneven = World(SMALL, table.actions, table.successors, chances, table.sensor, table.cell)
    with pytest.raises(GridempError, match="equally likely everywhere"):
        prior_belief(uneven)
