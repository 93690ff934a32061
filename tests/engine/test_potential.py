"""Potential empowerment agrees with that of all policies, and with numbers known from elsewhere."""

import numpy as np
import pytest
from hypothesis import assume, given
from support.policies import capacities, discounts, tables

import gridemp
from gridemp import ConvergenceWarning, GridempError, Maze, World, parse_maze, potential_empowerment
from gridemp.engine import potential
from gridemp.engine.discounted_walks import CyclingWalk, shortest

ROOM = World.from_maze(parse_maze("...\n..."))


def two_rooms(door):
    """Rooms of 8 x 4 cells, with a door in one row of the wall between them."""
    right = np.zeros((8, 7), bool)
    right[:, 3] = True
    right[door, 3] = False
    return World.from_maze(Maze(np.ones((8, 8)), right))


def assert_agrees(world, discount):
    """Raise an AssertionError unless the intervals meet those of the channel of all policies."""
    emap = potential_empowerment(world, discount)
    for bits, gap, capacity in zip(emap.bits, emap.gap, capacities(world, discount), strict=True):
        assert 0 <= bits <= capacity.upper + 1e-9
        assert bits + gap >= capacity.lower - 1e-9
        assert gap <= 1e-6


@pytest.mark.parametrize("discount", [0.5, 0.9])
def test_all_policies_of_a_room(discount):
    assert_agrees(ROOM, discount)


@given(tables(), discounts)
def test_all_policies_of_any_table(world, discount):
    assert_agrees(world, discount)


def test_the_comparison_with_all_policies_can_fail(monkeypatch):
    monkeypatch.setattr(potential, "skills", lambda *_: (1.0, 0.0))
    with pytest.raises(AssertionError):
        assert_agrees(ROOM, 0.5)


@given(tables(), discounts)
def test_more_actions_never_hurt(world, discount):
    assume(len(world.actions) > 1)
    fewer = World.from_successors(world.successors[:, :-1, 0])
    more, less = (potential_empowerment(each, discount) for each in (world, fewer))
    assert (more.bits + more.gap >= less.bits - 1e-12).all()


@pytest.mark.parametrize(
    ("discount", "corner", "middle"), [(0.5, 0.495077, 0.628609), (0.9, 1.309200, 1.401596)]
)
def test_nats_of_a_small_room(discount, corner, middle):
    nats = np.log(2) * potential_empowerment(ROOM, discount).bits
    np.testing.assert_allclose(nats, [corner, middle, corner] * 2, atol=1e-6)


@pytest.mark.parametrize(
    ("world", "x", "y", "discount", "nats"),
    [
        (World.from_maze(Maze(np.ones((5, 5)))), 0, 0, 0.95, 2.469541),
        (World.from_maze(Maze(np.ones((5, 5)))), 2, 2, 0.95, 2.742194),
        (two_rooms(4), 3, 3, 0.5, 0.974021),
        (two_rooms(4), 4, 3, 0.5, 0.974021),
        (two_rooms(4), 3, 3, 0.95, 3.384645),
        (two_rooms(4), 0, 7, 0.95, 2.773137),
        (two_rooms(0), 3, 7, 0.95, 3.153559),
        (two_rooms(0), 2, 4, 0.5, 0.92681),
    ],
)
def test_nats_of_cells(world, x, y, discount, nats):
    bits = gridemp.analysis.cell_skills(world, x, y, discount).bits
    assert np.log(2) * bits == pytest.approx(nats, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("discount", "lowest", "mean", "highest"),
    [(0.5, 0.571454, 0.80639, 0.974021), (0.95, 2.773137, 3.09671, 3.384645)],
)
def test_nats_of_two_rooms(discount, lowest, mean, highest):
    emap = potential_empowerment(two_rooms(4), discount)
    nats = np.log(2) * emap.bits
    assert emap.gap.max() <= 1e-6
    assert nats.max() == pytest.approx(highest, abs=2e-6)
    assert nats.min() == pytest.approx(lowest, abs=2e-6)
    assert nats.mean() == pytest.approx(mean, abs=5e-6)
    assert emap.peak[:2] == (3, 3)
    assert emap.peak.ties == 2  # the two cells at the door


@pytest.mark.parametrize("targets", [1, 2, 7])
def test_absorbing_targets_one_step_away(targets):
    world = World.from_successors(
        [list(range(1, targets + 1)), *([own] * targets for own in range(1, targets + 1))]
    )
    emap = potential_empowerment(world, 0.7)
    expected = [0.7 * np.log2(targets), *[0.0] * targets]
    np.testing.assert_allclose(emap.bits, expected, atol=1e-6)


def test_a_little_discounting_leaves_the_states_that_can_be_reached():
    emap = potential_empowerment(ROOM, 1 - 1e-9)
    np.testing.assert_allclose(emap.bits, np.log2(6), atol=1e-6)


def test_headings_and_boxes():
    turning = World.from_maze(parse_maze(".."), moves="turn")
    assert_agrees(turning, 0.5)
    pushing = World.from_maze(parse_maze("..$."))
    emap = potential_empowerment(pushing, 0.9)
    assert len(emap.bits) < len(pushing.cell)


def test_progress():
    fractions = []
    room = World.from_maze(Maze(np.ones((4, 4))))
    potential_empowerment(room, 0.5, progress=fractions.append)
    assert fractions == [1 / 3, 2 / 3, 1]  # a corner, a side and the middle


def test_cells_that_look_alike_have_the_same_value():
    room = World.from_maze(Maze(np.ones((4, 4))))
    grid = potential_empowerment(room, 0.9).grid()
    for image in (grid.T, grid[::-1], grid[:, ::-1]):
        np.testing.assert_array_equal(grid, image)
    each = [gridemp.analysis.cell_skills(room, x, 0, 0.9).bits for x in range(4)]
    np.testing.assert_allclose(grid[-1], each, atol=1e-6)


@pytest.mark.parametrize("rounds", [1, 2])
def test_intervals_hold_after_few_rounds(rounds, monkeypatch):
    room = World.from_maze(Maze(np.ones((5, 5))))
    exact = potential_empowerment(room, 0.95)
    monkeypatch.setattr(potential, "MAX_ROUNDS", rounds)
    with pytest.warns(ConvergenceWarning, match=r"of 25 states are certified only .*; raise `tol`"):
        emap = potential_empowerment(room, 0.95)
    assert (emap.bits <= exact.bits + exact.gap).all()
    assert (emap.bits + emap.gap >= exact.bits).all()
    assert (emap.gap > 1e-6).all()


@pytest.mark.parametrize("discount", [0, 1, -0.5, 2, np.nan])
def test_discounts_out_of_range(discount):
    with pytest.raises(
        GridempError, match=f"^`discount` must lie between 0 and 1, not {discount}$"
    ):
        potential_empowerment(ROOM, discount)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"sensor": "row"}, "a sensor that tells all states apart; build the world without"),
    ],
)
def test_other_worlds_are_refused(options, words):
    with pytest.raises(GridempError, match=words):
        potential_empowerment(World.from_maze(parse_maze("...\n..."), **options), 0.5)


def test_worlds_with_too_few_or_too_many_states_are_refused(monkeypatch):
    maze = parse_maze("..$.")
    with pytest.raises(GridempError, match="built for 1 step; build it without `within`"):
        potential_empowerment(World.from_maze(maze, within=1), 0.5)
    monkeypatch.setattr(potential, "MAX_STATES", 5)
    with pytest.raises(GridempError, match="at most 5 states, and this one has 6"):
        potential_empowerment(ROOM, 0.5)
    monkeypatch.setattr(potential, "MAX_NOISY", 2)
    noisy = World.from_maze(parse_maze("..."), slip=0.1)
    with pytest.raises(GridempError, match="at most 2 states of a noisy world, and this one has"):
        potential_empowerment(noisy, 0.5)


def test_the_map_has_a_discount_and_no_horizon():
    emap = potential_empowerment(ROOM, 0.5)
    assert (emap.horizon, emap.kind.name, emap.kind.discount) == (None, "potential", 0.5)
    assert repr(emap).endswith(", no noise), potential, discount 0.5, 0.71 to 0.91 bits)")


def test_skills_of_noisy_worlds_are_refused():
    noisy = World.from_maze(parse_maze("..."), slip=0.1)
    with pytest.raises(GridempError, match="this one is noisy; build it without slips"):
        gridemp.analysis.cell_skills(noisy, 0, 0, 0.5)


def test_the_tolerance_is_checked():
    with pytest.raises(GridempError, match="`tol` must be a positive number"):
        potential_empowerment(ROOM, 0.5, tol=0)


def test_skills_differ():
    cycle = World.from_successors([[1], [0]])
    skills = gridemp.analysis.cell_skills(cycle, 0, 0, 0.9)
    assert [tuple(walk) for walk in skills.walks] == [((0, 1), 0)]
    torus = World.from_maze(parse_maze("..\n.."), torus="xy", stay=False)
    skills = gridemp.analysis.cell_skills(torus, 0, 0, 0.9)
    rows = potential.walks_of(torus, 0.9).occupancies(list(skills.walks))
    assert len(np.unique(rows.round(12), axis=0)) == len(rows)


@pytest.mark.parametrize(
    ("walk", "short"),
    [
        (((0, 1, 0), 1), ((0, 1), 0)),
        (((0, 1, 2, 1, 2), 1), ((0, 1, 2), 1)),
        (((3, 3, 3), 2), ((3,), 0)),
        (((0, 1, 2), 2), ((0, 1, 2), 2)),
    ],
)
def test_the_shortest_form_of_a_walk(walk, short):
    assert tuple(shortest(CyclingWalk(*walk))) == short
