"""Images of states for networks: planes, one for each kind of thing in a maze, or pictures."""

import numpy as np
from numpy.typing import NDArray

from gridemp.deep.options import TrainingOptions
from gridemp.errors import GridempError
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.things import hand_and_places
from gridemp.worlds.world import World

Images = NDArray[np.float32]


def images_of_states(
    world: World, options: TrainingOptions, pictures: NDArray[np.uint8] | None
) -> NDArray[np.floating] | None:
    """Images from which states are encoded: shape (S, P, H, W); None for numbers of states."""
    if options.state == "pixels":
        if pictures is None:
            raise GridempError("the state pixels needs `pictures`, an RGB picture of each state")
        shape = np.shape(pictures)
        if len(shape) != 4 or shape[0] != len(world.cell) or shape[3] != 3:
            raise GridempError(
                f"`pictures` must have the shape ({len(world.cell)}, height, width, 3), with a "
                f"picture of each state, not {shape}"
            )
        return np.moveaxis(np.asarray(pictures, dtype=np.float32) / 255, 3, 1)
    if pictures is not None:
        raise GridempError("only the state pixels takes `pictures`; leave them out")
    return state_planes(world) if options.state == "planes" else None


def state_planes(world: World) -> Images:
    """Image planes of all states of a world.

    The planes are, in this order: the agent's cell, with a plane for each heading if the world has
    headings; boxes, if there are any; for each kind of thing that hands can use, a plane with its
    places and a plane that is 1 everywhere while the agent holds one; and floor, walls to the right
    and walls below.

    Parameters
    ----------
    world : World
        World of S states in a maze of H x W cells.

    Returns
    -------
    ndarray of float32, shape (S, P, H, W)
        P planes of zeros and ones for each state.
    """
    maze, states = world.maze, np.arange(len(world.cell))
    height, width = maze.shape
    places = maze.cells @ [width, 1]

    def plane() -> Images:
        return np.zeros((len(states), height * width), dtype=np.float32)

    headings = np.zeros_like(states) if world.heading is None else world.heading
    agents = [plane() for _ in range(1 if world.heading is None else len(HEADINGS))]
    for heading, agent in enumerate(agents):
        shown = states[headings == heading]
        agent[shown, places[world.cell[shown]]] = 1
    planes = agents
    if world.boxes is not None:
        boxes = plane()
        boxes[states[:, None], places[world.boxes]] = 1
        planes.append(boxes)
    if world.things is not None:
        hand, count = hand_and_places(len(maze.cells))
        kinds, cells = np.divmod(world.things, count)
        for kind in range(len(world.kinds)):
            placed, held = plane(), plane()
            here = (kinds == kind) & (cells < hand)
            rows, _ = np.nonzero(here)
            placed[rows, places[cells[here]]] = 1
            held[((kinds == kind) & (cells == hand)).any(axis=1)] = 1
            planes += [placed, held]
    walls = np.zeros((3, height, width), dtype=np.float32)
    walls[0], walls[1, :, :-1], walls[2, :-1] = maze.floor, maze.wall_right, maze.wall_below
    fixed = np.broadcast_to(walls, (len(states), *walls.shape))
    shaped = np.stack(planes, axis=1).reshape(len(states), len(planes), height, width)
    return np.concatenate([shaped, fixed], axis=1)
