"""Worlds of MiniGrid environments: the current grid, with its keys, doors, balls and boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.mazes.masks import connected_cells
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import COLOURS
from gridemp.progress import Progress
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.dynamics import Bodies, Dynamics
from gridemp.worlds.moves import HANDS, HEADINGS, OFFSETS, TURNS
from gridemp.worlds.things import Kind, Things
from gridemp.worlds.unwrapped import name_of, unwrapped
from gridemp.worlds.world import World
from gridemp.worlds.world_fields import fields_of

ACTIONS = (*TURNS, "forward", *HANDS, "done")  # in MiniGrid's order
ENDS = {"lava": "T", "goal": "G"}
LETTERS = {"grey": "k"} | {colour.strip(): letter for letter, colour in COLOURS.items()}


def from_minigrid(
    env: Any,
    actions: Sequence[str] | None = None,
    *,
    within: int | None = None,
    progress: Progress | None = None,
) -> World:
    """World of a MiniGrid environment, with its grid and what the agent carries as they are now.

    The agent turns, steps forward, picks up keys, balls and boxes, drops them on an empty cell,
    opens and closes doors, unlocks them with a key of their colour, and opens boxes, which leaves
    their contents. Lava and goals are absorbing, as the episode ends there. Missions that end an
    episode in other ways, as in Memory, RedBlueDoors or BabyAI, and the step limit are left out.

    Parameters
    ----------
    env : gymnasium.Env
        A MiniGrid environment, wrapped or not, that has been reset.
    actions : sequence of str, optional
        Some of MiniGrid's actions, which are "left", "right", "forward", "pickup", "drop",
        "toggle" and "done"; by default all seven, in this order.
    within : int, optional
        Build only the states that can be reached in this many steps; the world is then valid for
        horizons up to this number. Large environments with many objects need it.
    progress : callable, optional
        Called with the fraction done, from 0 to 1: the states built, of the number allowed.

    Returns
    -------
    World
        World whose states are the cell and heading of the agent, what it carries, and what lies
        and stands where. The start states come first: everything as it is now, but the agent in
        any free cell and heading that walls, locked doors, lava and goals do not cut off from it;
        in lava or a goal, it has a heading in which it can step there. The maze is cropped to the
        cells that walls do not cut off; its letters show the agent's cell as the start, lava as
        traps, balls and boxes alike, and colours of keys and locked doors only.

    Raises
    ------
    GridempError
        If `env` is not a MiniGrid environment or has not been reset, obstacles move by themselves,
        there is no such action, a box contains what hands cannot use, or there are too many
        states.

    Examples
    --------
    >>> import gridemp
    >>> import gymnasium
    >>> import minigrid
    >>> env = gymnasium.make("MiniGrid-DoorKey-5x5-v0")
    >>> _ = env.reset(seed=0)
    >>> world = gridemp.from_minigrid(env)
    >>> print(world.maze)
    #####
    #.Y.#
    #y#.#
    #S#G#
    #####
    >>> len(world.cell), gridemp.empowerment(world, 5).peak
    (270, Peak(x=0, y=2, bits=5.129283016944966, outcomes=35, ties=1))
    """
    check_kinds(from_minigrid, locals(), "within")
    base = unwrapped(env)
    name = name_of(base)
    _check(base, name)
    names = ACTIONS if actions is None else tuple(actions)
    if not names or len(set(names)) < len(names) or not set(names) <= set(ACTIONS):
        raise GridempError(
            f"`actions` must be different names from {', '.join(ACTIONS)}, not {', '.join(names)}"
        )
    scene = scene_of(base, name)
    conditions = Conditions(
        moves="turn",
        stay="done" in names,
        noise="none",
        hands=not set(HANDS).isdisjoint(names),
        holding=scene.things.held,
    )
    dynamics = Dynamics(scene.maze, things=scene.things, absorbing="".join(ENDS.values()))
    starts = _starts(scene, dynamics)
    world = World(**fields_of(scene.maze, conditions, names, dynamics, starts, within, progress))
    return replace(world, finder=partial(state_in, world))


class Scene(NamedTuple):
    """Grid of a MiniGrid environment as it is now.

    Attributes
    ----------
    maze : Maze
        Maze of C floor cells.
    things : Things
        Keys, doors, balls and boxes.
    agent, heading : int
        Cell and heading of the agent.
    """

    maze: Maze
    things: Things
    agent: int
    heading: int


def scene_of(base: Any, name: str) -> Scene:
    """Scene of a MiniGrid environment that is called `name`."""
    grid, (x, y) = base.grid, map(int, base.agent_pos)
    objects = [[grid.get(col, row) for col in range(grid.width)] for row in range(grid.height)]
    passable = np.array([[thing is None or thing.type != "wall" for thing in r] for r in objects])
    floor = np.zeros_like(passable)
    floor[connected_cells(passable, y, x)] = True  # what walls do not cut off from the agent
    rows, cols = np.nonzero(floor)
    top, left = rows.min(), cols.min()
    agent = int(floor[:y].sum() + floor[y, :x].sum())
    letters: dict[tuple[int, int], str] = {}
    placed: dict[int, str] = {}
    kinds = list(_kinds(base.carrying))
    ground = np.ones(len(rows), dtype=bool)
    for cell, (row, col) in enumerate(zip(rows.tolist(), cols.tolist(), strict=True)):
        thing = objects[row][col]
        own = list(_kinds(thing))
        if own:
            kinds += own
            placed[cell], letter = own[0].name, own[0].letter
        elif thing is not None:
            letter = ENDS.get(thing.type, "" if thing.can_overlap() else "B")
            ground[cell] = False
        if thing is not None and letter:
            letters[int(row - top), int(col - left)] = letter
    letters.setdefault((int(y - top), int(x - left)), "S")
    held = kinds[0].name if base.carrying is not None else ""
    if type(base).__name__ == "MemoryEnv":  # where `pickup` toggles instead
        kinds = [kind._replace(portable=False) for kind in kinds]
    return Scene(
        Maze(floor[top : rows.max() + 1, left : cols.max() + 1], name=name, objects=letters),
        Things(dict.fromkeys(kinds), placed, held, ground),
        agent,
        HEADINGS.index("east") + int(base.agent_dir) & 3,
    )


def _kinds(thing: Any) -> Iterator[Kind]:
    """Kind of an object that hands can use, followed by all kinds that it can turn into."""
    kind = None if thing is None else getattr(thing, "type", None)
    if kind == "key":
        letter = LETTERS.get(thing.color, "k")
        yield Kind(letter, f"{thing.color} key", portable=True)
    elif kind == "ball":
        yield Kind("b", f"{thing.color} ball", portable=True)
    elif kind == "box":
        inside = list(_kinds(thing.contains))
        if thing.contains is not None and not inside:
            raise GridempError(
                f"a {thing.color} box contains a {thing.contains.type}, which hands cannot use; "
                "leave it empty, or put a key, a ball, a box or a door into it"
            )
        content = inside[0].name if inside else ""
        name = f"{thing.color} box" + (f" with a {content}" if content else "")
        yield Kind("b", name, portable=True, toggled=content)
        yield from inside
    elif kind == "door":
        opened, closed = f"open {thing.color} door", f"closed {thing.color} door"
        key = f"{thing.color} key"
        if thing.is_locked:
            letter, name = LETTERS.get(thing.color, "k"), f"locked {thing.color} door"
            yield Kind(letter.upper(), name, blocks=not thing.is_open, toggled=opened, key=key)
        states = Kind("D", closed, toggled=opened), Kind("d", opened, blocks=False, toggled=closed)
        yield from reversed(states) if thing.is_open and not thing.is_locked else states


def _starts(scene: Scene, dynamics: Dynamics) -> Bodies:
    """Start states: the agent in the free cells that nothing cuts off for good.

    It can put back each thing and close each door behind it, but it cannot lock a door.
    """
    things = scene.things
    kinds = [things.kinds[number] for number in things.first // things.places]
    blocked = things.obstacles(things.first)
    fixed = [not kind.portable and (not kind.toggled or bool(kind.key)) for kind in kinds]
    seen = {scene.agent, *blocked[fixed].tolist()}
    in_the_way = set(blocked.tolist())
    ends = set() if dynamics.trap is None else set(np.flatnonzero(dynamics.trap).tolist())
    ahead = [dynamics.targets[OFFSETS[way]].tolist() for way in HEADINGS]
    states = {(scene.agent, scene.heading)}
    cells = [scene.agent]
    for cell in cells:  # the list grows in the loop
        if cell in ends:
            continue
        for heading, targets in enumerate(ahead):
            front = targets[cell]
            if cell not in in_the_way:
                states |= {(cell, heading), (front if front in ends else cell, heading)}
            if front not in seen:
                seen.add(front)
                cells.append(front)
    agent, heading = np.array(sorted(states), dtype=np.int32).T
    return dynamics.first(agent, heading)


def state_in(world: World, env: Any) -> int:
    """Number of the state that a MiniGrid environment is in now.

    Parameters
    ----------
    world : World
        World that `from_minigrid` made of this environment, or of one with the same walls.
    env : gymnasium.Env
        The environment.

    Raises
    ------
    GridempError
        If the world does not have this state.
    """
    base = unwrapped(env)
    name = name_of(base)
    _check(base, name)
    scene = scene_of(base, name)
    if not np.array_equal(scene.maze.floor, world.maze.floor):
        raise GridempError(
            f"the walls of {name} differ from those of this world, which was made from "
            f"{world.maze.name}; create a world for it with from_minigrid"
        )
    things, numbers = scene.things, {kind.name: i for i, kind in enumerate(world.kinds)}
    kind, place = np.divmod(things.first, things.places)
    own = np.array([numbers.get(each.name, -1) for each in things.kinds], dtype=np.int32)
    count = 0 if world.things is None else world.things.shape[1]
    gone = [(len(world.kinds) + 1) * things.places - 1] * (count - len(kind))
    codes = np.sort(np.concatenate([own[kind] * things.places + place, gone]))
    same = (world.cell == scene.agent) & (world.heading == scene.heading)
    if world.things is not None and len(codes) == count:
        same &= (world.things == codes).all(axis=1)
    if len(codes) != count or not same.any():
        raise GridempError(
            f"{name} is in a state that this world does not have; create a new world with "
            "from_minigrid, with a larger `within` if you set one"
        )
    return int(same.argmax())


def _check(base: Any, name: str) -> None:
    """Raise a GridempError unless `base` is a MiniGrid environment where only the agent moves."""
    if not all(hasattr(base, field) for field in ("grid", "agent_pos", "agent_dir", "carrying")):
        raise GridempError(f"{name} is not a MiniGrid environment; try from_gymnasium")
    if base.agent_pos is None or base.agent_dir is None or min(base.agent_pos) < 0:
        raise GridempError(f"{name} has no grid yet; call its reset() first")
    if getattr(base, "obstacles", None):
        raise GridempError(
            f"the obstacles of {name} move by themselves, which a world cannot represent; use an "
            "environment without them"
        )
