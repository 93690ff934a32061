"""`gridemp walk`: agents that follow empowerment."""

import math
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridemp.agents.agent import Agent
from gridemp.agents.exploration import Explorer, explore
from gridemp.cli.command_words import command
from gridemp.cli.figure_options import (
    FIGURES,
    ColorOptions,
    MarkOptions,
    ScaleOptions,
    map_drawing,
)
from gridemp.cli.file_names import cell_part, default_name, maze_part
from gridemp.cli.groups import hides, with_options
from gridemp.cli.kind_options import KIND
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import output_option
from gridemp.cli.panel_options import PanelOptions
from gridemp.cli.parse import BITS, parse_number
from gridemp.cli.progress import progress_bar
from gridemp.cli.refuse import refuse
from gridemp.cli.report_options import ReportPageOptions
from gridemp.cli.walk_options import WalkOptions
from gridemp.errors import GridempError
from gridemp.render.films import ANIMATIONS
from gridemp.report.provenance import record
from gridemp.typing import Cell, Indices
from gridemp.worlds.cells import check_heading, states_in
from gridemp.worlds.states import MAX_STATES
from gridemp.worlds.things import KINDS
from gridemp.worlds.world import World

if TYPE_CHECKING:
    from gridemp.render.layout.drawing_options import MapDrawing


@dataclass
class WalkPageOptions(PanelOptions, ReportPageOptions):
    """Options of the file of a figure or an animation of a walk, of its size and its panels."""

    output: Annotated[
        Path | None,
        output_option(
            "File to write: .png, .pdf or .svg; .gif, .mp4 or .html for an animation; - for "
            "standard output.  [default: a file in figures/]"
        ),
    ] = None


@hides("bounds", "source", "jobs", *KIND)
@with_options
def walk(
    context: typer.Context,
    options: MapOptions,
    page: WalkPageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    walk_options: WalkOptions,
) -> None:
    """Draw the walk of an agent that follows empowerment.

    If the output file ends in .gif, .mp4 or .html, the walk is animated step by step.

    Examples
    --------
    gridemp walk klyubin -n 5 --start 0,9
    gridemp walk four-rooms -n 3 --starts all
    gridemp walk room -n 3 --start 0,0 --steps 5 -o walk.gif
    """
    walk_options.check(context, options, page)
    if page.animated or not (walk_options.everywhere or walk_options.learn):
        reason = "only the figures of --starts all and --learn have panels that can be given titles"
        refuse(context, ("panel_titles",), reason)
    drawing = map_drawing(colors, scale, marks)
    settings = walk_options.agent_settings(context)
    tol = options.tolerance()
    if walk_options.everywhere:
        titles = page.titles(2)
        world = options.world(whole=True)
        agent = Agent(world, options.steps(), tol=tol, **settings)
        draw_flow(agent, options, page, titles, drawing)
        return
    walk_options.check_walk(page)
    if walk_options.learn:
        draw_exploration(options.world(), walk_options, options, page, drawing)
        return
    world = walked_world(walk_options, options, page)
    agent = Agent(world, options.steps(), tol=tol, **settings)
    draw_walk(agent, walk_options, options, page, drawing)


def draw_walk(
    agent: Agent,
    walk_options: WalkOptions,
    options: MapOptions,
    page: WalkPageOptions,
    drawing: "MapDrawing",
) -> None:
    """Take a walk, save it as a figure or an animation, and print it."""
    from gridemp import render
    from gridemp.agents.maps_along import maps_along
    from gridemp.agents.walk import start_state
    from gridemp.agents.walk import walk as take_walk
    from gridemp.report.agent_records import walk_facts
    from gridemp.report.walk_text import walk_lines

    world, horizon, heading = agent.world, agent.horizon, options.heading
    cell = walk_options.start_cell(world)
    parts = maze_part(world.maze), f"h{horizon}", "walk", cell_part(cell)
    path = page.path(default_name(*parts), (*FIGURES, *ANIMATIONS))
    states = drawn_states(world, heading, cell)
    compute_empowerment(agent, states)
    start = start_state(agent, *cell, heading)
    with progress_bar("walk") as progress:
        path_walked = take_walk(agent, start, walk_options.count(), walk_options.rng(), progress)
    if page.animated:
        with progress_bar("maps") as progress:
            emaps = maps_along(agent, path_walked.states, heading, progress)
        save = partial(
            render.save_walk,
            emaps,
            path_walked,
            seconds_per_frame=walk_options.frame_seconds(),
            title=page.title,
            **drawing,
        )
        page.save_film(save, path, record([world], [horizon], command()))
    else:
        emap = agent.map(states).one_per_cell(heading)

        def draw(width: float | None) -> Any:
            return render.draw_trail(
                emap, path_walked, width=width, title=page.title, **drawing
            ).figure

        page.save(draw, path, [world], [horizon])
    seed = walk_options.seed_number()
    page.report(
        path,
        "\n".join(walk_lines(path_walked)),
        lambda: walk_facts(path_walked, agent, seed),
    )


def draw_flow(
    agent: Agent,
    options: MapOptions,
    page: WalkPageOptions,
    titles: list[str] | None,
    drawing: "MapDrawing",
) -> None:
    """Draw the cells where agents from every cell end up, and print them."""
    from gridemp import render
    from gridemp.agents.flow import flow as find_flow
    from gridemp.report.agent_records import flow_facts
    from gridemp.report.walk_text import basin_lines

    world, horizon = agent.world, agent.horizon
    path = page.path(default_name(maze_part(world.maze), f"h{horizon}", "flow"))
    states = drawn_states(world, options.heading)
    compute_empowerment(agent, states)
    with progress_bar("flow") as progress:
        flow = find_flow(agent, states, options.heading, progress)
    page.save(
        lambda width: render.draw_flow(
            flow, width=width, title=page.title, panel_titles=titles, **drawing
        ),
        path,
        [world],
        [horizon],
    )
    page.report(path, "\n".join(basin_lines(flow)), lambda: flow_facts(flow, agent))


def draw_exploration(
    world: World,
    walk_options: WalkOptions,
    options: MapOptions,
    page: WalkPageOptions,
    drawing: "MapDrawing",
) -> None:
    """Let an agent explore a maze whose walls it does not know, draw its belief and print it."""
    from gridemp import render
    from gridemp.report.agent_records import exploration_facts
    from gridemp.report.exploration_text import exploration_lines

    cell = walk_options.start_cell(world)
    prior = parse_number("--prior", walk_options.prior, float, "a number")
    curiosity = parse_number("--curiosity", walk_options.curiosity, float, BITS)
    if options.is_environment:
        raise GridempError(
            f"an agent can learn only the walls of a maze, and {options.maze} is an environment; "
            "name a maze"
        )
    horizon, steps, tol = options.steps(), walk_options.count(), options.tolerance()
    titles = exploration_titles(page, world, steps)
    start = states_in(world, *cell, "best")[0]
    parts = maze_part(world.maze), cell_part(cell), f"h{horizon}", "learn"
    path = page.path(default_name(*parts), (*FIGURES, *ANIMATIONS))
    if page.animated:
        from gridemp.render.films.encode import check_film

        check_film(path, walk_options.frame_seconds())
    explorer = Explorer(world, horizon, prior=prior, curiosity=curiosity, tol=tol)
    with progress_bar("learning", explorer.expected_seconds(steps)) as progress:
        explored = explore(explorer, start, steps, walk_options.rng(), progress)
    if page.animated:
        save = partial(
            render.save_exploration,
            explored,
            seconds_per_frame=walk_options.frame_seconds(),
            title=page.title,
            **drawing,
        )
        page.save_film(save, path, record([world], [horizon], command()))
    else:

        def draw(width: float | None) -> Any:
            return render.exploration_figure(
                explored, width=width, title=page.title, panel_titles=titles, **drawing
            )

        page.save(draw, path, [world], [horizon])
    seed = walk_options.seed_number()
    page.report(
        path,
        "\n".join(exploration_lines(explored)),
        lambda: exploration_facts(explored, prior, seed),
    )


def exploration_titles(page: WalkPageOptions, world: World, steps: int) -> list[str] | None:
    """Titles of the moments and of the true map, as many as the figure may have, or None."""
    if page.panel_titles is None:
        return None
    from gridemp import render
    from gridemp.render.figures.exploration import most_moments

    with render.look(page.style, page.width) as width:
        most = min(most_moments(world.maze.shape, width), steps + 1)
    return page.titles(3, most + 1)  # at least those of the start, the end and the truth


def walked_world(walk_options: WalkOptions, options: MapOptions, page: WalkPageOptions) -> World:
    """Build the world of a walk, with boxes and things as far as the agent can move them."""
    if options.is_environment:
        return options.world(whole=True)
    maze = options.load()  # once, as it may come from a pipe
    boxes = int(maze.where("$").sum())
    if walk_options.policy == "plan" or not (boxes or options.hands):
        return options.world_of(maze, whole=True)
    headings = 4 if options.moves == "turn" else 1
    states = math.comb(len(maze.cells), boxes) * len(maze.cells) * headings
    if options.hands:
        things = sum(int(maze.where(letter).sum()) for letter in KINDS)
        states *= max(len(maze.cells), 3) ** things  # a door has three states, and a key more
    if page.animated and states <= MAX_STATES:
        return options.world_of(maze, whole=True)  # so that the maps have all cells
    within = walk_options.count() + options.steps()
    try:
        return World.from_maze(maze, within=within, **options.world_options())
    except GridempError as error:
        raise GridempError(f"{error}, or take fewer --steps") from None


def drawn_states(world: World, heading: str, cell: Cell | None = None) -> Indices:
    """States of the map that is drawn, after a check that the heading and the start are in it."""
    check_heading(world, heading)
    if cell is not None:
        states_in(world, *cell, heading)
    return world.start_states


def compute_empowerment(agent: Agent, states: Indices) -> None:
    """Compute the empowerment of the states that are drawn and, for a plan, of all it needs."""
    if agent.policy == "plan":
        states = agent.required_states(states)
    with progress_bar("empowerment", agent.expected_seconds(states)) as progress:
        agent.compute(states, progress)
