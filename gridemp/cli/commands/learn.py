"""`gridemp learn`: a lower bound learned by networks, compared with the exact map."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from gridemp.cli.figure_options import (
    ColorOptions,
    MarkOptions,
    PageOptions,
    ScaleOptions,
    map_drawing,
)
from gridemp.cli.file_names import default_name, maze_part
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import Seed
from gridemp.cli.parse import parse_seed, parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import announce, say, tell
from gridemp.deep.options import TrainingOptions
from gridemp.engine.empowerment import empowerment
from gridemp.errors import GridempError, import_extra
from gridemp.files import checked_output

INTERRUPTED = 130  # exit code of a program that Ctrl-C ends


@dataclass
class LearnOptions:
    """Options of the training, as typed."""

    updates: Annotated[str, typer.Option(metavar="K", help="Rounds of the loop in all.")] = str(
        TrainingOptions.updates
    )
    seed: Seed = str(TrainingOptions.seed)
    state: Annotated[
        str,
        typer.Option(metavar="cell|planes", help="States as one-hot cells or as image planes."),
    ] = TrainingOptions.state
    dynamics: Annotated[
        str, typer.Option(metavar="learned|given", help="Where p(s'|s,a) is from.")
    ] = TrainingOptions.dynamics
    sequences: Annotated[
        str,
        typer.Option(
            metavar="auto|listed|drawn",
            help="All action sequences in each update, or some drawn from the source.",
        ),
    ] = TrainingOptions.sequences
    device: Annotated[
        str, typer.Option(metavar="NAME", help="Where the networks are: cpu, cuda, ...")
    ] = TrainingOptions.device
    checkpoint: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where training is kept.  [default: beside the figure]"),
    ] = None
    resume: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A checkpoint to go on from.")
    ] = None

    def settings(self) -> TrainingOptions:
        """Settings of the training."""
        return TrainingOptions(
            updates=parse_whole("--updates", self.updates),
            seed=parse_seed("--seed", self.seed),
            state=self.state,
            dynamics=self.dynamics,
            sequences=self.sequences,
            device=self.device,
        )


@with_options
def learn(
    options: MapOptions,
    page: PageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    learn_options: LearnOptions,
) -> None:
    """Learn a lower bound by four networks, and hold it against the exact map."""
    import_extra("torch", "gridemp learn", "deep")
    page.check()
    drawing = map_drawing(colors, scale, marks)
    if options.is_environment:
        raise GridempError("networks learn in mazes only; leave out gym:")
    options.require_empowerment("the bound is held against the exact map")
    settings = learn_options.settings()
    if options.heading != "best":
        raise GridempError("networks learn about every heading; leave out --heading")
    world = options.world(whole=True)
    path = page.path(default_name(maze_part(world.maze), f"h{options.steps()}", "learned"))
    checkpoint = checked_output(
        learn_options.checkpoint or path.with_suffix(".pt"),
        (".pt",),
        make_folder=learn_options.checkpoint is None and (page.output is None or page.to_stdout),
    )
    options.announce(world)
    with progress_bar("empowerment") as progress:
        exact = empowerment(world, options.steps(), options.tolerance(), progress)
    from gridemp.deep.training import train

    bound = ""

    def report(estimate: float) -> None:
        nonlocal bound
        bound = f"bound {estimate:.2f} bits"

    with interruptible() as stop, progress_bar("learning") as progress:
        learned = train(
            exact,
            settings,
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
    from gridemp import render

    page.save(
        lambda width: render.learned_figure(learned, width=width, title=page.title, **drawing),
        path,
        [exact.world],
        [exact.horizon],
    )
    tell(checkpoint)
    states = "" if len(exact.bits) == len(set(exact.cell.tolist())) else ", of all states"
    tell(
        f"exact{states}: {exact.bits.min():.3f} to {exact.bits.max():.3f} bits, "
        f"mean {exact.bits.mean():.3f}\n"
        f"learned bound, evaluated exactly: mean {learned.proved.bits.mean():.3f} bits, below the "
        f"exact map by {learned.gap.mean():.3f} in the mean and {learned.gap.max():.3f} at most; "
        f"Spearman {learned.agreement:.4f}\n"
        f"policy: in the top tenth of cells after {learned.steps} steps with probability "
        f"{learned.top_tenth:.3f}, begun anywhere"
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
