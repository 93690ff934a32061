"""`gridemp learn`: a lower bound learned by networks, compared with the exact map."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from gridemp.cli.completion import complete_maze
from gridemp.cli.figure_options import (
    ColorOptions,
    MarkOptions,
    PageOptions,
    ScaleOptions,
    map_drawing,
)
from gridemp.cli.file_names import default_name, maze_part, plain
from gridemp.cli.groups import hides, with_options
from gridemp.cli.kind_options import KIND
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import Seed, choice, horizon_option
from gridemp.cli.panel_options import PanelOptions
from gridemp.cli.parse import parse_seed, parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.cli.refuse import refuse
from gridemp.cli.say import announce, say, tell
from gridemp.deep.options import CHOICES, TrainingOptions
from gridemp.engine.empowerment import empowerment
from gridemp.engine.runtime import expected_seconds
from gridemp.errors import GridempError, import_extra
from gridemp.files import checked_output
from gridemp.worlds.environments.name import GYM

if TYPE_CHECKING:
    from gridemp.deep.result import LearnedBound

INTERRUPTED = 130  # exit code of a program that Ctrl-C ends


@dataclass
class MazeOrCheckpointOptions(MapOptions):
    """Options of the exact map, which a checkpoint takes the place of."""

    maze: Annotated[
        str,
        typer.Argument(
            metavar="MAZE",
            help="A maze file, the name of a bundled maze (see gridemp mazes), - for standard "
            "input, gym:ENVIRONMENT for a Gymnasium environment, or a checkpoint: FILE.pt.",
            autocompletion=complete_maze,
        ),
    ]
    horizon: Annotated[
        str, horizon_option(". Needed unless MAZE is a checkpoint", default=False)
    ] = ""


@dataclass
class LearnOptions:
    """Options of the training, as typed."""

    updates: Annotated[str, typer.Option(metavar="K", help="Total number of training updates.")] = (
        str(TrainingOptions.updates)
    )
    seed: Seed = str(TrainingOptions.seed)
    state: Annotated[
        str,
        choice(
            *CHOICES["state"],
            help="Input of the networks: the number of the state, image planes of the maze, or a "
            "picture.",
        ),
    ] = TrainingOptions.state
    trunk: Annotated[
        str,
        choice(
            *CHOICES["trunk"],
            help="Layers that see the state: separate ones for each network, or shared by all.",
        ),
    ] = TrainingOptions.trunk
    dynamics: Annotated[
        str,
        choice(
            *CHOICES["dynamics"],
            help="Model of the world: learned by another network, learned by predicting the "
            "features of the next state, or given.",
        ),
    ] = TrainingOptions.dynamics
    transitions: Annotated[
        str | None,
        typer.Option(
            metavar="K",
            help="Number of transitions to learn from in all.  [default: new ones in each update]",
        ),
    ] = None
    sequences: Annotated[
        str,
        choice(
            *CHOICES["sequences"],
            help="Action sequences in each update: all if there are few, always all, or a sample "
            "drawn from the source.",
        ),
    ] = TrainingOptions.sequences
    reward: Annotated[
        str,
        choice(
            *CHOICES["reward"],
            help="Reward of the policy: the learned bound, or minus the bound.",
        ),
    ] = TrainingOptions.reward
    device: Annotated[
        str, typer.Option(metavar="NAME", help="PyTorch device to train on: cpu, cuda, ...")
    ] = TrainingOptions.device
    checkpoint: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="File (.pt) to save the training state in.  [default: next to the figure]",
        ),
    ] = None
    resume: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Checkpoint to continue from.")
    ] = None

    group: ClassVar[str] = "Training"

    def settings(self) -> TrainingOptions:
        """Settings of the training."""
        return TrainingOptions(
            updates=parse_whole("--updates", self.updates),
            seed=parse_seed("--seed", self.seed),
            state=self.state,
            trunk=self.trunk,
            dynamics=self.dynamics,
            transitions=None
            if self.transitions is None
            else parse_whole("--transitions", self.transitions),
            sequences=self.sequences,
            reward=self.reward,
            device=self.device,
        )


@hides("heading", "bounds", "source", "jobs", *KIND)
@with_options
def learn(
    context: typer.Context,
    options: MazeOrCheckpointOptions,
    page: PageOptions,
    panels: PanelOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    learn_options: LearnOptions,
) -> None:
    """Compare a bound learned by neural networks with the exact map.

    A checkpoint (.pt) in place of the maze is drawn without training.

    Examples
    --------
    gridemp learn klyubin -n 3
    gridemp learn klyubin -n 2 --state pixels --trunk shared
    gridemp learn room -n 2 --updates 500 --device cuda
    """
    import_extra("torch", "gridemp learn", "deep")
    page.check()
    titles = panels.titles(4)
    drawing = map_drawing(colors, scale, marks)
    if options.maze.lower().endswith(".pt"):
        unused = {each.name for kind in (MapOptions, LearnOptions) for each in fields(kind)}
        refuse(context, tuple(sorted(unused - {"maze"})), "a checkpoint has options of its own")
        path = page.path(default_name(plain(Path(options.maze).stem), "learned"))
        loaded = load_learned(Path(options.maze))
        draw(page, loaded, path, titles, drawing)
        print_learned(loaded)
        return
    options.require_horizon(context)
    options.require_empowerment("the learned bound is compared with the exact map")
    settings = learn_options.settings()
    if options.heading != "best":
        raise GridempError("the networks learn all headings at once; leave out --heading")
    world = options.world(whole=True)
    path = page.path(default_name(maze_part(world.maze), f"h{options.steps()}", "learned"))
    checkpoint = checked_output(
        learn_options.checkpoint or path.with_suffix(".pt"),
        (".pt",),
        make_folder=learn_options.checkpoint is None and (page.output is None or page.to_stdout),
    )
    with progress_bar("empowerment", expected_seconds(world, options.steps())) as progress:
        exact = empowerment(world, options.steps(), options.tolerance(), progress)
    from gridemp.deep.training import train

    pictures = None
    if settings.state == "pixels":
        from gridemp.render.pictures import state_pictures
        from gridemp.worlds.environments.pictures import named_pictures

        with progress_bar("pictures", timed=False) as progress:
            pictures = (
                named_pictures(options.maze.removeprefix(GYM), world, progress)
                if options.is_environment
                else state_pictures(world, progress=progress)
            )

    bound = ""

    def report(estimate: float) -> None:
        nonlocal bound
        bound = f"bound {estimate:.2f} bits"

    with interruptible() as stop, progress_bar("learning", timed=False) as progress:
        learned = train(
            exact,
            settings,
            pictures=pictures,
            checkpoint=checkpoint,
            resume=learn_options.resume,
            announce=announce,
            report=report,
            progress=lambda fraction: progress(fraction, bound),
            stop=stop.is_set,
        )
    if learned is None:
        say(f"stopped; go on with --resume {checkpoint}")
        raise typer.Exit(INTERRUPTED)
    draw(page, learned, path, titles, drawing)
    tell(checkpoint)
    print_learned(learned)


def draw(
    page: PageOptions,
    learned: "LearnedBound",
    path: Path,
    titles: list[str] | None,
    drawing: Any,
) -> None:
    """Draw a learned bound and save the figure."""
    from gridemp import render

    page.save(
        lambda width: render.learned_figure(
            learned, width=width, title=page.title, panel_titles=titles, **drawing
        ),
        path,
        [learned.exact.world],
        [learned.exact.steps],
    )


def load_learned(path: Path) -> "LearnedBound":
    """Evaluate what the networks of a checkpoint have learned."""
    from gridemp.deep.checkpoints import read_checkpoint, world_in
    from gridemp.deep.training import load_learned

    world, horizon = world_in(read_checkpoint(path))
    with progress_bar("empowerment", expected_seconds(world, horizon)) as progress:
        exact = empowerment(world, horizon, progress=progress)
    return load_learned(path, exact)


def print_learned(learned: "LearnedBound") -> None:
    """Print how close a learned bound and its policy come to the exact map and the best policy."""
    exact = learned.exact
    states = "" if len(exact.bits) == len(set(exact.cell.tolist())) else ", of all states"
    tell(
        f"exact{states}: {exact.bits.min():.3f} to {exact.bits.max():.3f} bits, "
        f"mean {exact.bits.mean():.3f}\n"
        f"learned bound, evaluated exactly: mean {learned.proved.bits.mean():.3f} bits, below the "
        f"exact map by {learned.gap.mean():.3f} on average and {learned.gap.max():.3f} at most; "
        f"Spearman {learned.agreement:.4f}\n"
        f"policy: after {learned.steps} steps from a random start, in the top tenth of cells with "
        f"probability {learned.top_tenth:.3f}; return {learned.policy_return:.2f} bits, and "
        f"{learned.best_return:.2f} for the best policy"
    )


@contextmanager
def interruptible() -> Iterator[Event]:
    """Yield an event that the first Ctrl-C sets, so that an update can be finished and saved.

    The second Ctrl-C interrupts as usual.
    """
    stop = Event()

    def handle(number: int, frame: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
