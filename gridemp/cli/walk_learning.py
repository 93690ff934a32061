"""What `walk --learn` does: an agent that does not know the walls, and what it believes."""

from functools import partial
from typing import Any

import numpy as np
import typer

from gridemp.agents.belief import PRIOR, no_belief
from gridemp.agents.exploration import CURIOSITY, check_learning, expected_learning_seconds, learn
from gridemp.agents.exploration_record import CLOSE, Learning
from gridemp.cli.figure_options import ANIMATIONS, FIGURES, ColorOptions, PageOptions, ScaleOptions
from gridemp.cli.map_options import GYM, MapOptions
from gridemp.cli.parse import parse_number
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import announce
from gridemp.engine.map import rounded_up
from gridemp.errors import GridempError
from gridemp.worlds.cells import states_in
from gridemp.worlds.world import World


def walk_learning(
    options: MapOptions,
    world: World,
    page: PageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    start: tuple[int, int],
    steps: int,
    rng: np.random.Generator,
    prior: str = f"{PRIOR:g}",
    curiosity: str = f"{CURIOSITY:g}",
    seconds: float = 0.25,
) -> None:
    """Let an agent learn the walls of a maze from a cell, draw what it believes, say how it went.

    Parameters
    ----------
    options, page, colors, scale
        As typed. An animation is written where the output has its suffix.
    world : World
        That of the options.
    start : (x, y)
        Where it is first.
    steps : int
        How many it takes.
    rng : numpy.random.Generator
        Draws among equally good actions, and slips.
    prior, curiosity : str
        As typed: the strength of the prior, and bits of empowerment for a bit of information.
    seconds : float
        How long a frame of an animation is shown.
    """
    page.check((*FIGURES, *ANIMATIONS))
    chosen = colors.chosen() | scale.chosen() | {"title": page.title}
    strength = parse_number("--prior", prior, float, "a number")
    worth = parse_number("--curiosity", curiosity, float, "a number of bits")
    if options.maze.startswith(GYM):
        raise GridempError(
            f"an agent learns the walls of a maze, and {options.maze} has none; give a maze"
        )
    horizon, (x, y) = options.steps(), start
    state = states_in(world, x, y, "best")[0]
    name = f"{world.maze.name.replace('/', '-')}-x{x}-y{y}-h{horizon}-learn.png"
    path = page.path(name, (*FIGURES, *ANIMATIONS))
    animated = path.suffix.lower() in ANIMATIONS
    if animated:
        from gridemp.render.films.encode import check_film

        check_film(path, seconds)
    tol = options.tolerance()
    check_learning(steps, worth, tol)
    no_belief(world, strength)
    announce(expected_learning_seconds(world, horizon, steps))
    with progress_bar("learning") as progress:
        learning = learn(
            world,
            horizon,
            state,
            steps,
            rng,
            prior=strength,
            curiosity=worth,
            tol=tol,
            progress=progress,
        )
    from gridemp import render

    if animated:
        save = partial(render.save_learning, learning)
        page.save_film(save, path, [world], [horizon], seconds_per_frame=seconds, **chosen)
    else:

        def draw(wide: float | None) -> Any:
            return render.learning_figure(learning, width=wide, **chosen)

        page.save(draw, path, [world], [horizon])
    for line in described(learning):
        typer.echo(line)


def described(learning: Learning) -> list[str]:
    """How it went, in a few lines."""
    truth, settled = learning.truth, learning.settled()
    whole = learning.counted.sum() == truth.world.maze.floor.sum()
    where = "everywhere" if whole else "wherever it can get to"
    if settled is None:
        far = rounded_up(float(learning.largest[-1]))
        lines = [
            f"after {_counted(learning.steps, 'step')} still up to {far} bits from the true map"
        ]
    else:
        after = _counted(settled, "step")
        lines = [f"within {CLOSE:g} bits of the true map {where} after {after}"]
    tries, untried = int((learning.tried >= 0).sum()), learning.untried()
    lines.append(f"{_counted(tries, 'move')} tried; {_counted(untried, 'edge')} never tried")
    row, col = learning.path[-1].tolist()
    x, y = truth.world.maze.xy(row, col)
    line = f"at the end: x = {x}, y = {y}, {truth.grid()[row, col]:.2f} bits"
    peak = float(truth.bits.max())
    return [*lines, f"{line} of {peak:.2f} at the peak"]


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
