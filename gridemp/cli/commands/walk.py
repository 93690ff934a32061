"""The command for agents that empowerment alone moves."""

import math
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

from gridemp.agents.agent import Agent, check_policy
from gridemp.agents.belief import PRIOR
from gridemp.agents.exploration import CURIOSITY
from gridemp.agents.policies import GAMMA, TEMPERATURE, check_gamma, check_temperature
from gridemp.cli.figure_options import ANIMATIONS, FIGURES, ColorOptions, PageOptions, ScaleOptions
from gridemp.cli.file_names import cell_name, named
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import GYM, MapOptions
from gridemp.cli.parse import parse_cell, parse_number, parse_seed, parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import announce
from gridemp.cli.walk_learning import walk_learning
from gridemp.errors import GridempError
from gridemp.worlds.cells import check_heading
from gridemp.worlds.states import MAX_STATES
from gridemp.worlds.world import World

STEPS, LEARNING, SEED, SECONDS = 20, 400, 0, 0.5

Start = Annotated[
    str | None,
    typer.Option(metavar="X,Y", help="Where the agent starts.  [default: at the S of the maze]"),
]
Starts = Annotated[
    str | None, typer.Option(metavar="all", help="Draw where every cell flows to instead.")
]
Steps = Annotated[
    str | None,
    typer.Option(
        metavar="K", help=f"How many steps it takes.  [default: {STEPS}, {LEARNING} to learn]"
    ),
]
Policy = Annotated[
    str,
    typer.Option(
        metavar="greedy|soft|plan",
        help="The best next step; better ones the likelier; or the best over time.",
    ),
]
Temperature = Annotated[
    str | None,
    typer.Option(metavar="T", help=f"Of soft, in bits.  [default: {TEMPERATURE:g}]"),
]
Gamma = Annotated[
    str | None,
    typer.Option(metavar="G", help=f"How much plan counts the next step.  [default: {GAMMA:g}]"),
]
Seed = Annotated[
    str | None,
    typer.Option(metavar="S", help=f"Decides ties, soft choices and noise.  [default: {SEED}]"),
]
Seconds = Annotated[
    str | None,
    typer.Option(metavar="T", help=f"How long each frame is shown.  [default: {SECONDS:g}]"),
]
Learn = Annotated[
    bool, typer.Option("--learn", help="An agent that does not know the walls, and explores.")
]
Prior = Annotated[
    str | None,
    typer.Option(metavar="S", help=f"Strength of its prior for each wall.  [default: {PRIOR:g}]"),
]
Curiosity = Annotated[
    str | None,
    typer.Option(
        metavar="C",
        help=f"Bits of empowerment a bit about walls is worth.  [default: {CURIOSITY:g}]",
    ),
]


@with_options
def walk(
    options: MapOptions,
    page: PageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    start: Start = None,
    starts: Starts = None,
    steps: Steps = None,
    policy: Policy = "greedy",
    temperature: Temperature = None,
    gamma: Gamma = None,
    seed: Seed = None,
    seconds: Seconds = None,
    learn: Learn = False,
    prior: Prior = None,
    curiosity: Curiosity = None,
) -> None:
    """Draw the walk of an agent that empowerment alone moves, or where every cell flows to.

    With a .gif, .mp4 or .html output it shows the walk step by step.
    """
    everywhere = starts is not None
    if start == "all":
        raise GridempError("--start needs X,Y such as 5,5; for every cell give --starts all")
    if starts not in (None, "all"):
        raise GridempError(f"--starts needs all, not {starts!r}; for one cell give --start")
    page.check(FIGURES if everywhere else (*FIGURES, *ANIMATIONS))
    if learn:
        _refuse({"--starts": starts}, "an agent learns walls from one start")
        if options.heading != "best":
            raise GridempError("an agent that learns walls looks nowhere; leave out --heading")
        if policy != "greedy":
            raise GridempError("an agent that learns walls plans by itself; leave out --policy")
    else:
        given = {"--prior": prior, "--curiosity": curiosity}
        _refuse(given, "only an agent that learns walls, by --learn, has these")
    if everywhere:
        given = {"--start": start, "--steps": steps, "--seed": seed}
        _refuse(given, "--starts all shows every cell, exactly and to the end")
    film = page.output is not None and page.output.suffix.lower() in ANIMATIONS
    if not film:
        _refuse({"--seconds": seconds}, "only an animation (.gif, .mp4, .html) takes time")
    options.require_empowerment("an agent is moved by its exact empowerment")
    if options.heading == "mean":
        raise GridempError("an agent looks one way at a time; take best, or a heading by name")
    chosen = colors.chosen() | scale.chosen() | {"title": page.title}
    moves = _policy(policy, temperature, gamma) | {"tol": options.tolerance()}
    if everywhere:
        _flow(Agent(options.world(whole=True), options.steps(), **moves), options, page, chosen)
        return
    each = parse_number("--seconds", seconds or str(SECONDS), float, "a number")
    count = parse_whole("--steps", steps or str(LEARNING if learn else STEPS))
    rng = np.random.default_rng(parse_seed("--seed", seed or str(SEED)))
    place = None if start is None else parse_cell("--start", start)
    _check_walk(count, each, page.output if film and not learn else None)
    if learn:
        world = options.world()
        ways = str(prior or PRIOR), str(curiosity or CURIOSITY), each
        place = place or _marked(world)
        walk_learning(options, world, page, colors, scale, place, count, rng, *ways)
        return
    world = _world(options, count, whole=policy == "plan", film=film)
    agent = Agent(world, options.steps(), **moves)
    _walk(agent, place or _marked(world), count, rng, options, page, chosen, each if film else None)


def _walk(
    agent: Agent,
    place: tuple[int, int],
    steps: int,
    rng: np.random.Generator,
    options: MapOptions,
    page: PageOptions,
    chosen: dict[str, Any],
    seconds: float | None,
) -> None:
    """Take a walk, draw it, or film it if a frame has seconds, and tell it."""
    from gridemp import render
    from gridemp.agents.walk import maps_along, start_in
    from gridemp.agents.walk import walk as take_walk
    from gridemp.report.walk_text import walk_lines

    world, horizon = agent.world, agent.horizon
    path = page.path(
        f"{named(world)}-h{horizon}-walk-{cell_name(place)}.png", (*FIGURES, *ANIMATIONS)
    )
    shown = _shown(world, options.heading, place)
    _learn(agent, shown)
    start = start_in(agent, *place, options.heading)
    with progress_bar("walk") as progress:
        way = take_walk(agent, start, steps, rng, progress)
    if seconds is None:
        emap = agent.map(shown).one_per_cell(options.heading)
        page.save(
            lambda width: render.draw_trail(emap, way, width=width, **chosen).figure,
            path,
            [world],
            [horizon],
        )
    else:
        with progress_bar("maps") as progress:
            emaps = maps_along(agent, way.states, options.heading, progress)
        page.save_film(
            partial(render.save_walk, emaps, way),
            path,
            [world],
            [horizon],
            seconds_per_frame=seconds,
            **chosen,
        )
    typer.echo("\n".join(walk_lines(way)))


def _flow(agent: Agent, options: MapOptions, page: PageOptions, chosen: dict[str, Any]) -> None:
    """Draw where every cell flows to, and tell it."""
    from gridemp import render
    from gridemp.agents.basins import flow as find_flow
    from gridemp.report.walk_text import basin_lines

    world, horizon = agent.world, agent.horizon
    path = page.path(f"{named(world)}-h{horizon}-flow.png")
    shown = _shown(world, options.heading)
    _learn(agent, shown)
    with progress_bar("flow") as progress:
        found = find_flow(agent, shown, options.heading, progress)
    page.save(
        lambda width: render.draw_flow(found, width=width, **chosen), path, [world], [horizon]
    )
    typer.echo("\n".join(basin_lines(found)))


def _world(options: MapOptions, steps: int, *, whole: bool, film: bool) -> World:
    """The world that a walk of so many steps needs, with boxes as far as it can push them."""
    if options.maze.startswith(GYM):
        return options.world()
    maze = options.load()  # once, as it may be a pipe
    if whole or not maze.where("$").any():
        return options.world_of(maze, whole=True)
    possible = math.comb(len(maze.cells), int(maze.where("$").sum())) * len(maze.cells)
    if film and possible * (4 if options.moves == "turn" else 1) <= MAX_STATES:
        return options.world_of(maze, whole=True)  # so that the maps have all cells
    try:
        within = steps + options.steps()
        return World.from_maze(maze, within=within, **options.world_options())
    except GridempError as error:
        raise GridempError(f"{error}; fewer --steps help, too") from None


def _shown(world: World, heading: str, place: tuple[int, int] | None = None) -> NDArray[np.intp]:
    """The states of the map, after all that can be wrong with where the agent starts."""
    from gridemp.worlds.cells import states_in

    check_heading(world, heading)
    if place is not None:
        states_in(world, *place, heading)
    starts = np.arange(len(world.cell)) if world.starts is None else world.starts
    return starts.astype(np.intp)


def _learn(agent: Agent, shown: NDArray[np.intp]) -> None:
    """Work out the empowerment that is drawn, and all that a plan has to know."""
    states = agent.needs(shown) if agent.policy == "plan" else shown
    announce(agent.expected_seconds(states))
    with progress_bar("empowerment") as progress:
        agent.learn(states, progress)


def _policy(policy: str, temperature: str | None, gamma: str | None) -> dict[str, Any]:
    """What makes an `Agent` move, checked before any work is done."""
    check_policy(policy)
    if policy != "soft":
        _refuse({"--temperature": temperature}, f"{policy} knows no temperature, only soft does")
    if policy != "plan":
        _refuse({"--gamma": gamma}, f"{policy} looks one step ahead, only plan has a gamma")
    warm = parse_number("--temperature", temperature or str(TEMPERATURE), float, "a number of bits")
    later = parse_number("--gamma", gamma or str(GAMMA), float, "a number from 0 up to but not 1")
    check_temperature(warm)
    check_gamma(later)
    return {"policy": policy, "temperature": warm, "gamma": later}


def _refuse(options: dict[str, str | None], why: str) -> None:
    """Raise a GridempError if an option is given that has no effect."""
    for option, given in options.items():
        if given is not None:
            raise GridempError(f"{why}; leave out {option}")


def _check_walk(steps: int, seconds: float, film: Path | None) -> None:
    """Raise a GridempError if no walk or no film can be so long, before any work is done."""
    from gridemp.agents.walk import check_steps

    check_steps(steps)
    if film is not None:
        from gridemp.render.films.encode import check_film
        from gridemp.render.films.walk import check_frames

        check_frames(steps)
        check_film(film, seconds)


def _marked(world: World) -> tuple[int, int]:
    """The cell with the one S of a maze."""
    marks = [place for place, letter in world.maze.objects.items() if letter == "S"]
    if len(marks) != 1:
        there = "has no S to start at" if not marks else f"has {len(marks)} S"
        raise GridempError(
            f"{world.maze.name} {there}; give --start X,Y, or --starts all for every cell"
        )
    return world.maze.xy(*marks[0])
