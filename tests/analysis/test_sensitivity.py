from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from support.strategies import furnished, mazes

import gridemp
from gridemp import ConvergenceWarning, GridempError, Maze, World, empowerment, parse_maze
from gridemp.analysis import perturbations
from gridemp.analysis.perturbations import Task, Tiles, changes, cut, toggles
from gridemp.analysis.sensitivity import Change, expected_sensitivity_seconds, sensitivity
from gridemp.engine.channel_cache import CapacityCache
from gridemp.render.figures.sensitivity import draw_sensitivity, largest_change
from gridemp.render.layout.style import look

TOL = 1e-6


def brute_force(maze, horizon, cell=None, **options):
    """The changes at right, below and solid by whole maps, one loop over all cells."""

    def grid(floor, right, below):
        changed = Maze(floor, right, below, objects=maze.objects)
        world = World.from_maze(changed, within=horizon, **options)
        return empowerment(world, horizon, TOL).one_per_cell().grid()

    def flipped(mask, row, col):
        other = mask.copy()
        other[row, col] = not mask[row, col]
        return other

    height, width = maze.shape
    floor, right, below = maze.floor, maze.wall_right, maze.wall_below
    base = grid(floor, right, below)
    counted = floor if cell is None else flipped(np.zeros_like(floor), *maze.rowcol(*cell))

    def change(*masks):
        return grid(*masks)[counted].mean() - base[counted].mean()

    found = [np.full(mask.shape, np.nan) for mask in (right, below, floor)]
    for r in range(height):
        for c in range(width):
            if not floor[r, c]:
                found[2][r, c] = change(flipped(floor, r, c), right, below)
                continue
            if c + 1 < width and floor[r, c + 1]:
                found[0][r, c] = change(floor, flipped(right, r, c), below)
            if r + 1 < height and floor[r + 1, c]:
                found[1][r, c] = change(floor, right, flipped(below, r, c))
    return found


def assert_all_equal(result, expected, atol):
    for got, truth in zip((result.right, result.below, result.solid), expected, strict=True):
        np.testing.assert_allclose(got, truth, rtol=0, atol=atol)


def some_cell(maze):
    """None, for the mean, or the (x, y) of a floor cell."""
    places = [maze.xy(row, col) for row, col in maze.cells.tolist()]
    return st.one_of(st.none(), st.sampled_from(places))


@settings(max_examples=25)
@given(data=st.data())
def test_every_change_is_that_of_the_maze_rebuilt(data):
    maze = data.draw(st.one_of(mazes(5), furnished(most=3, boxes=1)))
    options = {
        "moves": data.draw(st.sampled_from(["nesw", "king", "turn"])),
        "stay": data.draw(st.booleans()),
        "torus": data.draw(st.sampled_from(["", "", "", "x", "xy"])),
        "sensor": data.draw(st.sampled_from(["state", "state", "position", "column", "walls"])),
    }
    horizon, cell = data.draw(st.integers(1, 4)), data.draw(some_cell(maze))
    result = sensitivity(maze, horizon, cell=cell, **options)
    assert_all_equal(result, brute_force(maze, horizon, cell, **options), 1e-12)
    assert result.gap == 0


@settings(max_examples=8)
@given(data=st.data())
def test_so_it_is_with_noise_up_to_the_gap(data):
    maze = data.draw(st.one_of(mazes(3), furnished(max_side=3, most=2, boxes=0)))
    moves = data.draw(st.sampled_from(["nesw", "turn"]))
    kind = (
        "uniform" if moves == "turn" else data.draw(st.sampled_from(["uniform", "perpendicular"]))
    )
    torus = data.draw(st.sampled_from(["", "", "y"]))
    options = {"moves": moves, "slip": 0.2, "slip_kind": kind, "torus": torus}
    horizon, cell = data.draw(st.integers(1, 2)), data.draw(some_cell(maze))
    result = sensitivity(maze, horizon, cell=cell, tol=TOL, **options)
    assert result.gap <= TOL
    assert_all_equal(result, brute_force(maze, horizon, cell, **options), result.gap + TOL + 1e-12)


def task_of(maze, horizon):
    base = empowerment(World.from_maze(maze), horizon)
    return Task(maze, base, maze.floor, {}, CapacityCache(TOL))


@pytest.mark.parametrize(
    ("options", "horizon"),
    [
        ({}, 2),
        ({"moves": "king", "sensor": "walls"}, 1),
        ({"moves": "turn", "stay": False}, 2),
        ({"slip": 0.1}, 1),
    ],
)
def test_tiles_say_what_whole_maps_say(options, horizon):
    tile = 4 * horizon + 2 + 4 * (options.get("sensor") == "walls")
    height, width = tile + 2, tile + 1
    dice = np.random.default_rng(3)
    floor = dice.random((height, width)) < 0.9
    floor[3, 3] = floor[4, 5] = True
    right = dice.random((height, width - 1)) < 0.3
    below = dice.random((height - 1, width)) < 0.3
    maze = Maze(floor, right, below, objects={(3, 3): "T", (4, 5): "B"})
    tiles = cut(task_of(maze, horizon)._replace(options=options), toggles(maze))
    assert tiles.floor.shape[1:] == (tile, tile)
    result = sensitivity(maze, horizon, **options)
    noisy = "slip" in options
    expected = brute_force(maze, horizon, **options)
    assert_all_equal(result, expected, 2 * TOL if noisy else 1e-12)


def test_tiles_are_cut_around_what_is_toggled():
    maze = gridemp.make_maze("perfect", 30, 20, 1)
    task = task_of(maze, 2)
    places = toggles(maze)
    tiles = cut(task, places)
    assert isinstance(tiles, Tiles)
    assert tiles.floor.shape == (len(places), 10, 10)
    for kind, name in ((0, "wall_right"), (1, "wall_below")):
        (chosen,) = np.nonzero(places[:, 0] == kind)
        before, after = tiles[kind][chosen], tiles.toggled()[kind][chosen]
        k, row, col = np.nonzero(before != after)
        np.testing.assert_array_equal(k, np.arange(len(chosen)))
        where = tiles.corners[chosen] + np.stack([row, col], axis=1)
        np.testing.assert_array_equal(where, places[chosen, 1:])
        np.testing.assert_array_equal(before[k, row, col], getattr(maze, name)[tuple(where.T)])


def test_equal_tiles_are_computed_once(monkeypatch):
    maze = Maze(np.ones((20, 30)))
    task = task_of(maze, 2)
    computed = []
    real = perturbations._changes_of_tiles
    monkeypatch.setattr(
        "gridemp.analysis.perturbations._changes_of_tiles",
        lambda task, tiles, progress: (
            computed.append(len(tiles.places)) or real(task, tiles, progress)
        ),
    )
    places = toggles(maze)
    found, off = changes(task, places, lambda fraction: None)
    assert sum(computed) < len(places) / 5
    assert not off.any()
    result = sensitivity(maze, 2)
    row, col = 9, 14
    expected = empowerment(World.from_maze(walled(maze, row, col)), 2).bits.mean()
    assert result.right[row, col] == pytest.approx(expected - task.base.bits.mean(), abs=1e-12)
    assert found[:580].reshape(20, 29)[row, col] == result.right[row, col]


def walled(maze, row, col):
    right = maze.wall_right.copy()
    right[row, col] = True
    return Maze(maze.floor, right, maze.wall_below)


@settings(max_examples=20)
@given(maze=mazes(6), moves=st.sampled_from(["nesw", "king", "turn"]), horizon=st.integers(1, 4))
def test_where_staying_is_an_action_a_door_never_hurts(maze, moves, horizon):
    # A blocked move ends where staying ends, so an open one only adds outcomes.
    result = sensitivity(maze, horizon, moves=moves)
    assert all(change.bits >= -1e-12 for change in result.removals)
    assert all(change.bits <= 1e-12 for change in result.additions)


def test_without_staying_a_wall_can_help_and_on_ice_a_door_can_hurt():
    room = sensitivity(Maze(np.ones((7, 7))), 2, cell=(3, 3), stay=False)
    best = max(change.bits for change in room.additions)
    # A wall to bump into lets one be an odd number of steps away: 3 cells for the one behind it.
    assert best == pytest.approx(np.log2(11 / 9))
    ice = parse_maze("+-+-+-+-+\n|#| |#|#|\n+-+ +-+-+\n|  ~|~  |\n+-+-+-+-+\n")
    (door,) = (c for c in sensitivity(ice, 2, cell=(0, 0)).removals if c.kind == "wall")
    # One no longer stops at (1, 0), where one could go north, but slides past to (3, 0).
    assert door == ("wall", ((1, 0), (2, 0)), pytest.approx(np.log2(2 / 3)))


def test_the_mean_is_over_cells_that_are_floor_before_and_after():
    maze = parse_maze("#####\n#.#.#\n#####\n")
    result = sensitivity(maze, 1)
    # Each of the two cells comes to reach itself and the new one: from 0 bits to 1.
    np.testing.assert_allclose(result.solid, [[np.nan, 1.0, np.nan]])
    assert np.isnan(result.right).all()
    assert result.bits == 0
    assert result.best_removals == (Change("cell", ((1, 0),), 1.0),)
    assert result.best_removals[0].place == "at (1, 0)"
    assert result.worst_additions == ()


def test_thin_walls_that_are_drawn_round_a_solid_cell_stay():
    right = np.array([[True, False]])
    result = sensitivity(Maze([[1, 0, 1]], right), 1)
    assert result.solid[0, 1] == pytest.approx(0.5)  # only the right one of the two cells gains
    assert np.isnan(result.right).all()


def test_the_best_door_of_klyubin_and_the_worst_wall():
    maze = gridemp.load_maze("klyubin")
    result = sensitivity(maze, 5)
    (best,) = result.best_removals
    assert best[:2] == ("wall", ((2, 1), (2, 2)))
    assert best.place == "between (2, 1) and (2, 2)"
    row, col = maze.rowcol(2, 2)
    below = maze.wall_below.copy()
    assert below[row, col]
    below[row, col] = False
    opened = Maze(maze.floor, maze.wall_right, below)
    mean = empowerment(World.from_maze(opened), 5).bits.mean()
    assert best.bits == pytest.approx(mean - result.bits, abs=1e-12)
    (worst,) = result.worst_additions
    assert worst[:2] == ("edge", ((6, 1), (6, 2)))  # the mouth of the narrow way
    assert len(result.removals) == maze.wall_right.sum() + maze.wall_below.sum()
    assert len(result.removals) + len(result.additions) == 180
    bits = [change.bits for change in result.removals]
    assert bits == sorted(bits, reverse=True)


def test_the_best_door_of_two_rooms_is_through_the_wall_between_them():
    maze = gridemp.load_maze("two-rooms")
    result = sensitivity(maze, 5)
    between = {maze.xy(row, col) for row, col in np.argwhere(~maze.floor).tolist()}
    assert {change.kind for change in result.best_removals} == {"cell"}
    assert {change.cells[0] for change in result.best_removals} <= between
    assert result.best_removals[0].bits == np.nanmax(result.solid)


def test_far_from_the_cell_that_is_asked_about_nothing_changes():
    maze = gridemp.make_maze("braided", 16, 12, 2)
    result = sensitivity(maze, 2, cell=(3, 4))
    rows, cols = np.nonzero(result.right)
    x, y = maze.xy(rows, cols)
    assert len(x) > 0
    assert (np.minimum(abs(x - 3), abs(x + 1 - 3)) + abs(y - 4) < 2).all()
    assert result.bits == result.base.grid()[maze.rowcol(3, 4)]
    assert result.cell == (3, 4)


def test_all_that_ties_is_named_the_lowest_leftmost_first():
    result = sensitivity(parse_maze("+-+-+-+\n| | | |\n+-+-+-+\n| | | |\n+-+-+-+\n"), 1)
    places = [change.cells for change in result.best_removals]
    assert places[0] == ((0, 0), (1, 0))
    assert len(places) == 7
    assert places[-1] == ((1, 1), (2, 1))


def test_progress_rises_from_little_to_one():
    for options in ({}, {"torus": True}, {"slip": 0.1}):
        told = []
        sensitivity(gridemp.load_maze("tunnel"), 1, progress=told.append, **options)
        assert told == sorted(told)
        assert told[0] < 0.5
        assert told[-1] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"cell": (1, 0)}, "the cell x = 1, y = 0 of .* is solid; choose a floor cell"),
        ({"cell": (7, 0)}, "no cell x = 7, y = 0 in .*; x goes from 0 to 2"),
        ({"cell": (-1, 0)}, "no cell x = -1"),
        ({"cell": (0.5, 0)}, "two whole numbers, x and y"),
        ({"cell": 3}, "`cell` is a pair of whole numbers"),
        ({"horizon": 0}, "whole number of steps"),
        ({"horizon": 2.5}, "whole number of steps"),
        ({"moves": "hop"}, "no moves 'hop'"),
        ({"slip": 0.1, "tol": 0}, "tol"),
    ],
)
def test_mistakes_are_one_sentence(arguments, message):
    for maze in (Maze([[1, 0, 1]]), Maze([[1, 0, 1]], objects={(0, 0): "$"})):
        with pytest.raises(GridempError, match=message):
            sensitivity(maze, **{"horizon": 1, **arguments})


def test_too_long_a_noisy_horizon_is_refused_before_any_work():
    told = []
    with pytest.raises(gridemp.HorizonTooLarge):
        sensitivity(gridemp.load_maze("klyubin"), 30, slip=0.1, progress=told.append)
    assert told == []


def test_a_tolerance_that_is_missed_is_said_once():
    with pytest.warns(ConvergenceWarning, match="changes are certified only to") as caught:
        result = sensitivity(
            parse_maze("+-+-+\n|   |\n+-+-+\n|   |\n+-+-+\n"), 2, slip=0.1, tol=1e-18
        )
    assert len(caught) == 1
    assert 0 < result.gap < 1e-9


def test_the_time_expected_grows_with_the_work():
    maze = gridemp.load_maze("klyubin")
    short, long = (expected_sensitivity_seconds(maze, n) for n in (2, 8))
    noisy = expected_sensitivity_seconds(maze, 3, slip=0.1)
    one = expected_sensitivity_seconds(maze, 3, slip=0.1, cell=(5, 5))
    assert 0 < short < long < 1
    assert 1 < noisy < 60
    assert 0 < one < noisy / 10
    assert expected_sensitivity_seconds(maze, 3, torus=True) > expected_sensitivity_seconds(maze, 3)


def artist(ax, gid):
    (found,) = [a for a in (*ax.collections, *ax.lines) if a.get_gid() == gid]
    return found


def test_walls_and_free_edges_are_drawn_where_they_are_in_the_colour_of_their_change():
    maze = Maze(np.ones((2, 2)), wall_right=[[True], [False]])
    result = sensitivity(maze, 1)
    ax = draw_sensitivity(result)
    walls, edges = artist(ax, "cores"), artist(ax, "edges")
    ((segment, bits),) = zip(walls.get_segments(), walls.get_array(), strict=True)
    np.testing.assert_allclose(segment, [[0.5, 1 - 0.42], [0.5, 1 + 0.42]])
    assert bits == result.right[0, 0] > 0
    found = {
        tuple(segment.mean(axis=0)): bits
        for segment, bits in zip(edges.get_segments(), edges.get_array(), strict=True)
    }
    expected = {
        (0.5, 0.0): result.right[1, 0],
        (0.0, 0.5): result.below[0, 0],
        (1.0, 0.5): result.below[0, 1],
    }
    assert found == expected
    for lines in (walls, edges):
        assert lines.get_clim() == (-largest_change(result), largest_change(result))
        assert lines.get_cmap().name == "PuOr"
    casing = artist(ax, "casings")
    assert casing.get_linewidths()[0] > walls.get_linewidths()[0] > edges.get_linewidths()[0]
    np.testing.assert_array_equal(casing.get_colors()[0][:3], [0, 0, 0])
    assert walls.get_zorder() > casing.get_zorder() > edges.get_zorder()


def test_solid_cells_have_the_colour_of_their_change_and_floor_has_none():
    maze = parse_maze("#####\n#.#.#\n#...#\n#####\n")
    result = sensitivity(maze, 2)
    ax = draw_sensitivity(result)
    mesh = ax.collections[0].get_array().reshape(2, 3)
    np.testing.assert_array_equal(mesh.mask, maze.floor)
    assert mesh[0, 1] == result.solid[0, 1] > 0
    assert artist(ax, "solid").get_hatch()
    reach = np.nanmax(np.abs(np.concatenate([result.right.ravel(), result.below.ravel(), mesh[0]])))
    assert ax.collections[0].get_clim() == (-reach, reach)


def test_the_best_door_is_ringed_and_named():
    ax = draw_sensitivity(sensitivity(gridemp.load_maze("klyubin"), 5))
    ring = artist(ax, "best")
    assert (ring.get_xdata().tolist(), ring.get_ydata().tolist()) == ([2.0], [1.5])
    lines = ax.get_title().replace("\N{NO-BREAK SPACE}", " ").split("\n")
    assert lines == [
        "klyubin, horizon 5, no noise",
        "best door: between (2, 1) and (2, 2), +0.131 bits",
    ]
    (cax,) = ax.child_axes
    assert cax.get_ylabel() == "change of mean empowerment [bits]"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "wall, if opened",
        "free edge, if walled",
    ]


def test_the_cell_that_is_asked_about_is_marked():
    ax = draw_sensitivity(sensitivity(gridemp.load_maze("klyubin"), 5, cell=(5, 4)))
    mark = artist(ax, "cell")
    assert (*mark.get_xdata(), *mark.get_ydata()) == (5, 4)
    assert ax.child_axes[0].get_ylabel() == "change of empowerment at x = 5, y = 4 [bits]"
    assert "equally good doors" in ax.get_title() or "best door" in ax.get_title()


def test_where_nothing_can_be_gained_no_door_is_ringed():
    without = draw_sensitivity(sensitivity(Maze([[1]]), 1))
    assert without.get_title() == "maze, horizon 1, no noise"
    useless = draw_sensitivity(sensitivity(gridemp.load_maze("klyubin"), 40))
    assert useless.get_title().endswith("\nno door gains anything")
    for ax in (without, useless):
        assert "best" not in [line.get_gid() for line in ax.lines]


def test_it_draws_on_axes_of_yours_with_what_you_leave_out():
    result = sensitivity(gridemp.load_maze("klyubin"), 2)
    figure = Figure(figsize=(6, 5))
    mine = figure.add_axes((0.1, 0.2, 0.6, 0.7))
    ax = draw_sensitivity(
        *(result, mine), title="mine", legend=False, colorbar=False, best=False, limit=0.05
    )
    assert ax is mine
    assert (ax.get_title(), ax.get_legend(), ax.child_axes) == ("mine", None, [])
    assert artist(ax, "edges").get_clim() == (-0.05, 0.05)
    assert not ax.lines


@pytest.mark.parametrize(
    ("shape", "width"),
    [((1, 1), 3.5), ((3, 40), None), ((40, 3), None), ((40, 3), 3.5), ((10, 10), 7.16)],
)
def test_nothing_is_cut_off(shape, width):
    dice = np.random.default_rng(1)
    floor = dice.random(shape) < 0.9
    maze = Maze(floor, dice.random((shape[0], shape[1] - 1)) < 0.3)
    result = sensitivity(maze, 2)
    with look(width=width) as wide:
        ax = draw_sensitivity(result, width=wide)
        figure = ax.figure
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        box = figure.get_tightbbox(canvas.get_renderer())
        smallest = min(text.get_fontsize() for text in figure.findobj(Text))
    assert smallest >= 6
    total, tall = figure.get_size_inches()
    assert box.x0 >= 0
    assert box.y0 >= 0
    assert box.x1 <= total
    assert box.y1 <= tall
    if width is not None:
        assert total == width


@pytest.mark.parametrize(("letters", "horizon"), [("~", 1), ("<>", 2), ("^v", 2)])
def test_what_carries_far_is_felt_beyond_any_tile(letters, horizon):
    dice = np.random.default_rng(0)
    height, width = shape = (4 * horizon + 3, 4 * horizon + 4)
    floor = dice.random(shape) < 0.9
    carrying = np.argwhere(floor & (dice.random(shape) < 0.5)).tolist()
    objects = {tuple(at): str(dice.choice(list(letters))) for at in carrying}
    maze = Maze(floor, dice.random((height, width - 1)) < 0.1, objects=objects)
    result = sensitivity(maze, horizon)
    assert_all_equal(result, brute_force(maze, horizon), 1e-12)


def test_tiles_that_come_to_look_alike_keep_their_own_change():
    # Without its wall either is an open field with a trap east of the middle.
    right, below = np.zeros((16, 33), dtype=bool), np.zeros((15, 34), dtype=bool)
    right[8, 8] = below[8, 25] = True
    maze = Maze(np.ones((16, 34)), right, below, objects={(8, 9): "T", (8, 26): "T"})
    places = np.array([[0, 8, 8], [1, 8, 25]])
    tiles = cut(task_of(maze, 2), places).toggled()
    for part in tiles[:5]:
        np.testing.assert_array_equal(part[0], part[1])
    result = sensitivity(maze, 2)
    whole = empowerment(World.from_maze(maze), 2).bits.mean()
    opened = [Maze(maze.floor, np.zeros_like(right), below), Maze(maze.floor, right)]
    expected = [
        empowerment(
            World.from_maze(Maze(m.floor, m.wall_right, m.wall_below, objects=maze.objects)), 2
        ).bits.mean()
        - whole
        for m in opened
    ]
    assert abs(expected[0] - expected[1]) > 1e-6
    assert result.right[8, 8] == pytest.approx(expected[0], abs=1e-12)
    assert result.below[8, 25] == pytest.approx(expected[1], abs=1e-12)


def test_tiles_alike_but_for_the_cell_asked_about_keep_their_own_change():
    maze = Maze(np.ones((9, 9)))
    assert cut(task_of(maze, 1), toggles(maze)).floor.shape[1:] == (6, 6)
    result = sensitivity(maze, 1, cell=(4, 4))
    assert_all_equal(result, brute_force(maze, 1, (4, 4)), 1e-12)
    assert (result.right < -1e-3).sum() == (result.below < -1e-3).sum() == 2  # its four sides


@pytest.mark.parametrize("torus", ["", "x"])
def test_a_change_is_as_uncertain_as_the_wider_of_both_maps(torus):
    maze = Maze(np.ones((3, 3)), objects={(0, 0): "T"})
    options = {"slip": 0.2, "torus": torus}
    base = empowerment(World.from_maze(maze, **options), 2, 1e-9)
    places = toggles(maze)

    def off(gap, tol):
        gaps = np.full(len(base.bits), gap)
        task = Task(maze, replace(base, gap=gaps), maze.floor, options, CapacityCache(tol))
        return changes(task, places, lambda fraction: None)[1]

    rough, fine = off(0.0, 0.5), off(0.0, 1e-9)
    assert (fine <= 1e-9).all()
    assert rough.max() > 1e-4  # that of the new map alone
    old = off(0.25, 1e-9)
    assert (old <= 0.25 + 1e-12).all()
    # The mean over nine cells, of those that can come upon the change, which whole maps do not ask.
    assert old.max() == pytest.approx(0.25 if torus else 0.25 * 7 / 9)
    assert (off(0.25, 0.5) >= np.maximum(rough, old) - 1e-12).all()


def test_doors_that_the_certificate_cannot_tell_apart_tie():
    result = sensitivity(gridemp.load_maze("klyubin"), 5)
    gains = np.array([change.bits for change in result.removals])
    losses = np.array([change.bits for change in result.additions])
    assert len(result.best_removals) == 1
    for rank in (1, 2, 5):
        least = (gains[0] - gains[rank]) / 2
        assert least > 0
        within = replace(result, gap=least * 1.001)
        assert len(within.best_removals) == (gains >= gains[0] - 2 * within.gap).sum() > rank
        assert within.best_removals == result.removals[: len(within.best_removals)]
        short = replace(result, gap=least * 0.999)
        assert len(short.best_removals) <= rank
        assert len(within.worst_additions) == (losses <= losses[0] + 2 * within.gap).sum()


def test_a_door_that_may_gain_nothing_is_neither_ringed_nor_named():
    maze = parse_maze("+-+-+-+-+\n|     | |\n+ + + + +\n|       |\n+-+-+-+-+\n")
    result = sensitivity(maze, 2)
    (door,) = result.removals
    assert door.bits > 0
    for share, sure in ((0.51, False), (0.49, True)):
        ax = draw_sensitivity(replace(result, gap=share * door.bits))
        title = ax.get_title().replace("\N{NO-BREAK SPACE}", " ").replace("\n", " ")
        assert ("no door gains anything" in title) is not sure
        assert (f"best door: {door.place}, +" in title) is sure
        ringed = [line.get_xydata().tolist() for line in ax.lines if line.get_gid() == "best"]
        assert ringed == ([[[2.5, 1.0]]] if sure else [])
