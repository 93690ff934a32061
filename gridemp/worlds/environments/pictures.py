"""Pictures of the states of an environment, as the environment itself renders them."""

import copy
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.worlds.environments.name import maker_of, quiet_gymnasium
from gridemp.worlds.unwrapped import name_of, unwrapped
from gridemp.worlds.world import World

Pictures = NDArray[np.uint8]

LONG_SIDE = 96  # pixels, about, to which a larger picture is reduced


def environment_pictures(env: Any, world: World, progress: Progress | None = None) -> Pictures:
    """Render each state of an environment.

    Larger pictures are reduced to about 96 pixels in their longer side, by the means of square
    blocks of pixels.

    Parameters
    ----------
    env : gymnasium.Env
        Environment with the `render_mode` "rgb_array" that has been reset. It is not changed.
    world : World
        World of S states that was made from this environment.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray of uint8, shape (S, H, W, 3)
        RGB pictures, row 0 at the top.

    Raises
    ------
    GridempError
        If the environment does not render pictures, or its steps do not lead to all states.

    Examples
    --------
    >>> import gridemp
    >>> import gymnasium
    >>> env = gymnasium.make("FrozenLake-v1", render_mode="rgb_array")
    >>> _ = env.reset(seed=0)
    >>> world = gridemp.from_gymnasium(env)
    >>> gridemp.environment_pictures(env, world).shape
    (16, 85, 85, 3)
    """
    check_kinds(environment_pictures, locals(), "env")
    progress = progress or ignore
    base = unwrapped(env)
    if getattr(base, "render_mode", None) != "rgb_array":
        raise GridempError(
            f"{name_of(base)} renders no pictures; make it with render_mode='rgb_array'"
        )
    states = len(world.cell)
    found: dict[int, Pictures] = {}
    for state, there in _visited(base, world):
        if state not in found:
            found[state] = reduced(np.asarray(there.render()))
            progress(len(found) / states)
    if len(found) < states:
        raise GridempError(
            f"steps from the current state of {name_of(base)} lead to {len(found)} of the {states} "
            "states of the world; make the world by World.from_env"
        )
    return np.stack([found[state] for state in range(states)])


def named_pictures(name: str, world: World, progress: Progress | None = None) -> Pictures:
    """Render each state of an environment that is given by its name, as in `make_world`."""
    with quiet_gymnasium(name):
        make, arguments = maker_of(name)
        with closing(make(render_mode="rgb_array")) as env:
            env.reset(seed=arguments.get("seed", 0))
            return environment_pictures(env, world, progress)


def _visited(base: Any, world: World) -> Iterator[tuple[int, Any]]:
    """Environments in states of the world, each with the number of its state."""
    if hasattr(base, "P"):
        there = copy.deepcopy(base)
        for state in range(len(world.cell)):
            there.s = state
            yield state, there
        return
    start = world.state_of(base)
    known, waiting = {start}, deque([base])
    yield start, base
    while waiting:
        here = waiting.popleft()
        for action in range(base.action_space.n):
            there = copy.deepcopy(here)
            there.step(action)
            try:
                state = world.state_of(there)
            except GridempError:  # the episode has ended in a state of no interest
                continue
            if state not in known:
                known.add(state)
                waiting.append(there)
                yield state, there


def reduced(picture: Pictures) -> Pictures:
    """Picture with about 96 pixels in its longer side, or fewer if it has fewer."""
    factor = max(1, round(max(picture.shape[:2]) / LONG_SIDE))
    if factor == 1:
        return picture
    height, width = (side // factor for side in picture.shape[:2])
    blocks = picture[: height * factor, : width * factor].reshape(height, factor, width, factor, 3)
    return np.asarray(np.round(blocks.mean(axis=(1, 3))), dtype=np.uint8)
