"""Random mazes, checked against the promise of their kind by plain walks from cell to cell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridemp import GridempError, format_maze, parse_maze
from gridemp.mazes.generate import KINDS, make_maze

SIZES = [
    (1, 1),
    (2, 1),
    (1, 2),
    (30, 1),
    (1, 30),
    (2, 2),
    (3, 3),
    (5, 4),
    (9, 9),
    (10, 3),
    (30, 20),
]
SEEDS = range(4)


def neighbours(maze):
    """The neighbours to which one step leads, for each floor cell as (row, col)."""
    floor = {(int(r), int(c)) for r, c in maze.cells}
    ways = {cell: [] for cell in floor}
    for r, c in floor:
        if (r, c + 1) in floor and not maze.wall_right[r, c]:
            ways[r, c].append((r, c + 1))
            ways[r, c + 1].append((r, c))
        if (r + 1, c) in floor and not maze.wall_below[r, c]:
            ways[r, c].append((r + 1, c))
            ways[r + 1, c].append((r, c))
    return ways


def is_connected(ways):
    start = next(iter(ways))
    seen, todo = {start}, [start]
    while todo:
        for cell in ways[todo.pop()]:
            if cell not in seen:
                seen.add(cell)
                todo.append(cell)
    return len(seen) == len(ways)


def passages(maze):
    return sum(map(len, neighbours(maze).values())) // 2


def dead_ends(maze):
    return {cell for cell, ways in neighbours(maze).items() if len(ways) == 1}


def test_the_walk_finds_whether_a_maze_is_connected():
    assert is_connected(neighbours(parse_maze("...")))
    assert not is_connected(neighbours(parse_maze(".#.")))
    assert not is_connected(neighbours(parse_maze("+-+-+\n| | |\n+-+-+")))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_maze_is_connected_and_has_its_shape_and_name(kind, width, height, seed):
    maze = make_maze(kind, width, height, seed)
    assert maze.shape == (height, width)
    assert maze.name == f"{kind}-{width}x{height}-{seed}"
    assert is_connected(neighbours(maze))
    assert parse_maze(format_maze(maze)) == maze


@given(st.sampled_from(KINDS), *[st.integers(1, 14)] * 2, st.integers(0, 2**70), st.floats(0, 1))
def test_the_same_arguments_give_the_same_maze(kind, width, height, seed, braid):
    maze = make_maze(kind, width, height, seed, braid)
    assert maze == make_maze(kind, np.int64(width), height, seed, braid)
    assert is_connected(neighbours(maze))
    assert parse_maze(format_maze(maze)) == maze


@pytest.mark.parametrize("kind", KINDS)
def test_another_seed_is_another_maze(kind):
    assert len({make_maze(kind, 30, 20, seed) for seed in range(10)}) == 10


def test_a_seed_means_the_same_maze_in_every_version():
    drawing = """\
+---+---+---+---+
|               |
+---+---+   +   +
|       |   |   |
+   +---+   +---+
|               |
+---+---+---+---+
"""
    assert format_maze(make_maze("perfect", 4, 3, 0)) == drawing


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_perfect_is_a_spanning_tree(width, height, seed):
    maze = make_maze("perfect", width, height, seed)
    assert maze.floor.all()
    assert passages(maze) == width * height - 1  # and connected, see above


def test_perfect_has_every_spanning_tree():
    # The 2 x 2 grid has four: each leaves out one of its four passages.
    assert len({make_maze("perfect", 2, 2, seed) for seed in range(40)}) == 4


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_braid_opens_dead_ends_of_the_perfect_maze(width, height, seed):
    perfect = make_maze("perfect", width, height, seed)
    none, some, every = (make_maze("braided", width, height, seed, b) for b in (0, 0.5, 1))
    assert none == perfect
    for braided in (some, every):
        assert not (braided.wall_right & ~perfect.wall_right).any()
        assert not (braided.wall_below & ~perfect.wall_below).any()
        assert dead_ends(braided) <= dead_ends(perfect)
        gained = passages(braided) - passages(perfect)
        closed = len(dead_ends(perfect)) - len(dead_ends(braided))
        assert closed / 2 <= gained <= closed
    if min(width, height) > 1:
        assert not dead_ends(every)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_former_dead_end_is_left_alone(seed):
    perfect, braided = (make_maze(kind, 60, 40, seed, 1) for kind in ("perfect", "braided"))
    # Often one fallen wall ends two dead ends; were both opened, it would be a wall for each.
    assert passages(braided) - passages(perfect) < 0.95 * len(dead_ends(perfect))


def test_braid_is_a_probability():
    perfect = len(dead_ends(make_maze("perfect", 60, 60, 0)))
    left = [len(dead_ends(make_maze("braided", 60, 60, 0, b))) for b in (0.25, 0.5, 0.75)]
    # A wall that falls may end a second dead end, so at least so many go.
    assert all(n < perfect * (1 - b) + 30 for n, b in zip(left, (0.25, 0.5, 0.75), strict=True))
    assert perfect > left[0] > left[1] > left[2] > 0


def runs(line):
    """Lengths of the runs of True."""
    ends = np.flatnonzero(np.diff(np.pad(line.astype(int), 1)))
    return ends[1::2] - ends[::2]


@pytest.mark.parametrize("seed", SEEDS)
def test_rooms_are_rooms_with_doors(seed):
    floor = make_maze("rooms", 60, 40, seed).floor
    # A door has walls on two facing sides and floor on the other two; a room cell never has,
    # as rooms are at least four cells wide.
    around = np.pad(floor, 1)
    left, right, up, down = around[1:-1, :-2], around[1:-1, 2:], around[:-2, 1:-1], around[2:, 1:-1]
    doors = floor & ((left & right & ~up & ~down) | (up & down & ~left & ~right))
    rooms = floor & ~doors
    for line in [*rooms, *rooms.T]:
        assert all(4 <= run <= 8 for run in runs(line))
    ways = neighbours(parse_maze("\n".join("".join(".#"[not f] for f in row) for row in rooms)))
    count = 0
    while ways:  # each part is one room: a full rectangle
        start = next(iter(ways))
        room, todo = {start}, [start]
        while todo:
            new = set(ways[todo.pop()]) - room
            room |= new
            todo += new
        height, width = (max(x) - min(x) + 1 for x in zip(*room, strict=True))
        assert len(room) == height * width
        count += 1
        ways = {cell: there for cell, there in ways.items() if cell not in room}
    assert count > 20
    assert count - 1 < doors.sum() < 2 * count  # connected, and a few doors more than a tree


@pytest.mark.parametrize("size", range(1, 9))
def test_a_field_no_larger_than_a_room_is_one_room(size):
    assert make_maze("rooms", size, 9 - size, 0).floor.all()


@pytest.mark.parametrize("seed", SEEDS)
def test_open_has_single_solid_cells(seed):
    solid = ~make_maze("open", 90, 60, seed).floor
    assert 0.09 < solid.mean() < 0.13
    for r, c in np.argwhere(solid):
        assert solid[max(r - 1, 0) : r + 2, max(c - 1, 0) : c + 2].sum() == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_caves_are_roomy_and_smooth(seed):
    floor = make_maze("caves", 60, 40, seed).floor
    assert 0.4 <= floor.mean() < 0.8
    beside = np.concatenate(
        [(floor[:, 1:] == floor[:, :-1]).ravel(), (floor[1:] == floor[:-1]).ravel()]
    )
    assert beside.mean() > 0.8  # of plain noise with that much floor about half are equal


@pytest.mark.parametrize(("width", "height"), [(1, 1), (9, 1), (1, 9), (3, 3)])
def test_a_maze_too_small_for_a_cave_is_all_floor(width, height):
    assert make_maze("caves", width, height, 0).floor.all()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("prefect", 3, 3, 0),
            r"there is no kind of maze 'prefect'; "
            r"choose one of perfect, braided, rooms, open, caves",
        ),
        (("open", 0, 3, 0), "`width` must be a whole number, 1 or more, not 0"),
        (("open", 3, -1, 0), "`height` must be a whole number, 1 or more, not -1"),
        (("open", 2.5, 3, 0), r"`width` must be a whole number, 1 or more, not 2\.5"),
        (("open", 3, "4", 0), "`height` must be a whole number, 1 or more, not '4'"),
        (
            ("open", 1001, 1000, 0),
            "1001 x 1000 is 1,001,000 cells, more than the 1,000,000 allowed; "
            "lower `width` or `height`",
        ),
        (("open", 3, 3, -1), "`seed` must be a whole number, 0 or more, not -1"),
        (("open", 3, 3, None), "`seed` must be a whole number, 0 or more, not None"),
        (("braided", 3, 3, 0, 1.1), r"`braid` must be a probability from 0 to 1, not 1\.1"),
        (("braided", 3, 3, 0, float("nan")), "`braid` must be a probability from 0 to 1, not nan"),
        (("braided", 3, 3, 0, "half"), "`braid` must be a probability from 0 to 1, not 'half'"),
    ],
)
def test_wrong_arguments_are_refused_in_one_sentence(arguments, sentence):
    with pytest.raises(GridempError, match=f"^{sentence}$"):
        make_maze(*arguments)
