"""Options of the agent that `gridemp walk` shows, and the checks of their combinations."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, TypedDict

import numpy as np
import typer

from gridemp.agents.agent import POLICIES, check_policy
from gridemp.agents.belief import PRIOR
from gridemp.agents.exploration import CURIOSITY
from gridemp.agents.policies import GAMMA, TEMPERATURE, check_temperature
from gridemp.agents.state_values import check_gamma
from gridemp.agents.walk import check_one_heading, check_steps
from gridemp.cli.figure_options import FIGURES, PageOptions
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import FrameSeconds, choice
from gridemp.cli.parse import BITS, parse_cell, parse_number, parse_seed, parse_whole
from gridemp.cli.refuse import refuse
from gridemp.errors import GridempError
from gridemp.render.films import ANIMATIONS, FRAME_SECONDS
from gridemp.typing import Cell
from gridemp.worlds.world import World

STEPS, EXPLORATION_STEPS = 20, 400


class AgentSettings(TypedDict):
    """Arguments of `Agent` that determine its policy."""

    policy: str
    temperature: float
    gamma: float


@dataclass
class WalkOptions:
    """Options of an agent and of its walk, as typed."""

    start: Annotated[
        str | None,
        typer.Option(
            metavar="X,Y", help="Cell where the agent starts.  [default: the S in the maze]"
        ),
    ] = None
    starts: Annotated[
        str | None,
        choice("all", help="Draw where agents from every cell end up, instead of one walk."),
    ] = None
    steps: Annotated[
        str | None,
        typer.Option(
            metavar="K",
            help="Number of steps of the walk.  "
            f"[default: {STEPS}, or {EXPLORATION_STEPS} with --learn]",
        ),
    ] = None
    policy: Annotated[
        str,
        choice(
            *POLICIES,
            help="Rule for choosing the next step: the one with the highest empowerment, a random "
            "one weighted by empowerment, or the one that promises the most empowerment in future.",
        ),
    ] = "greedy"
    temperature: Annotated[
        str,
        typer.Option(
            metavar="BITS",
            help="Temperature of --policy soft; the lower it is, the closer soft is to greedy.",
        ),
    ] = f"{TEMPERATURE:g}"
    gamma: Annotated[
        str,
        typer.Option(
            metavar="G",
            help="Discount factor of --policy plan, from 0 to below 1; with 0, only the next step "
            "counts.",
        ),
    ] = f"{GAMMA:g}"
    seed: Annotated[
        str,
        typer.Option(metavar="S", help="Random seed for ties, soft choices and noise."),
    ] = "0"
    seconds: FrameSeconds = f"{FRAME_SECONDS:g}"
    learn: Annotated[
        bool,
        typer.Option(
            "--learn", help="Let the agent start without knowing the walls, and learn them."
        ),
    ] = False
    prior: Annotated[
        str,
        typer.Option(
            metavar="S",
            help="With --learn: strength of the prior belief about each wall, in attempted moves.",
        ),
    ] = f"{PRIOR:g}"
    curiosity: Annotated[
        str,
        typer.Option(
            metavar="C",
            help="With --learn: value of one bit of information about the walls, in bits of "
            "empowerment.",
        ),
    ] = f"{CURIOSITY:g}"

    group: ClassVar[str] = "Walk"

    @property
    def everywhere(self) -> bool:
        """True if the agent starts in every cell instead of one."""
        return self.starts is not None

    def check(self, context: typer.Context, options: MapOptions, page: PageOptions) -> None:
        """Raise a GridempError if an option was typed that has no effect with the others."""
        if self.start == "all":
            raise GridempError("--start must be X,Y such as 5,5; for every cell give --starts all")
        if self.starts not in (None, "all"):
            raise GridempError(
                f"--starts must be all, not {self.starts!r}; for one cell give --start"
            )
        page.check(FIGURES if self.everywhere else (*FIGURES, *ANIMATIONS))
        if self.learn:
            refuse(context, ("starts",), "an agent that learns walls starts in one cell")
            refuse(context, ("heading",), "an agent that learns walls has no heading")
            refuse(context, ("policy",), "an agent that learns walls has a policy of its own")
        else:
            reason = "only an agent that learns walls (--learn) uses this option"
            refuse(context, ("prior", "curiosity"), reason)
        if self.everywhere:
            reason = "--starts all follows the agent from every cell to the end, without chance"
            refuse(context, ("start", "steps", "seed"), reason)
        if not page.animated:
            reason = "only animations (.gif, .mp4, .html) have frames"
            refuse(context, ("seconds",), reason)
        options.require_empowerment("the agent follows its exact empowerment")
        check_one_heading(options.heading)

    def agent_settings(self, context: typer.Context) -> AgentSettings:
        """Arguments of `Agent`, checked before any work is done."""
        check_policy(self.policy)
        if self.policy != "soft":
            reason = "only the policy soft has a temperature"
            refuse(context, ("temperature",), reason)
        if self.policy != "plan":
            reason = "only the policy plan has a discount factor"
            refuse(context, ("gamma",), reason)
        temperature = parse_number("--temperature", self.temperature, float, BITS)
        gamma = parse_number("--gamma", self.gamma, float, "a number that is 0 or more and below 1")
        check_temperature(temperature)
        check_gamma(gamma)
        return {"policy": self.policy, "temperature": temperature, "gamma": gamma}

    def check_walk(self, page: PageOptions) -> None:
        """Raise a GridempError if a walk, or a film of it, cannot have these options."""
        seconds, steps = self.frame_seconds(), self.count()
        self.rng()
        if self.start is not None:
            parse_cell("--start", self.start)
        check_steps(steps)
        if page.output is not None and page.animated and not self.learn:
            from gridemp.render.films.encode import check_film
            from gridemp.render.films.walk import check_frames

            check_frames(steps)
            check_film(page.output, seconds)

    def frame_seconds(self) -> float:
        """Seconds for which a frame of an animation is shown."""
        return parse_number("--seconds", self.seconds, float, "a number")

    def count(self) -> int:
        """Number of steps."""
        default = EXPLORATION_STEPS if self.learn else STEPS
        return parse_whole("--steps", str(default) if self.steps is None else self.steps)

    def rng(self) -> np.random.Generator:
        """Random number generator for ties, soft choices and slips."""
        return np.random.default_rng(self.seed_number())

    def seed_number(self) -> int:
        """Seed of the random numbers."""
        return parse_seed("--seed", self.seed)

    def start_cell(self, world: World) -> Cell:
        """Cell (x, y) where the agent starts: the one given, or the one with the S of the maze."""
        if self.start is not None:
            return parse_cell("--start", self.start)
        marks = [place for place, letter in world.maze.objects.items() if letter == "S"]
        if len(marks) != 1:
            problem = "has no S to start at" if not marks else f"has {len(marks)} cells marked S"
            raise GridempError(
                f"{world.maze.name} {problem}; give --start X,Y, or --starts all for every cell"
            )
        return world.maze.xy(*marks[0])
