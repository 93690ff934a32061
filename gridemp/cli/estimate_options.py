"""Options of the estimate of information in a log."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from gridemp.cli.option_types import Seed, choice
from gridemp.cli.parse import parse_number, parse_seed, parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import announce

if TYPE_CHECKING:
    from gridemp.logs import LearningCurve, Windows

# Stated here, as importing `gridemp.logs` would slow down --help.
ESTIMATORS, NULLS = ("ksg", "copula", "plugin", "mixed"), ("shift", "shuffle")


@dataclass
class EstimateOptions:
    """Options of the estimate of information, as typed."""

    estimator: Annotated[
        str | None,
        choice(
            *ESTIMATORS,
            help="Method of estimating the information: from nearest neighbours, from the "
            "correlation of ranks, by counting symbols, or from nearest neighbours among amounts "
            "and categories.  [default: ksg, or mixed if there are categories]",
        ),
    ] = None
    k: Annotated[
        str,
        typer.Option("--k", metavar="K", help="Number of nearest neighbours for ksg and mixed."),
    ] = "3"
    theiler: Annotated[
        str,
        typer.Option(
            metavar="W",
            help="Number of windows before and after each one that are left out of its neighbours, "
            "for ksg and mixed.",
        ),
    ] = "0"
    bins: Annotated[
        str | None,
        typer.Option(metavar="B", help="Number of bins in each column for plugin."),
    ] = None
    sample: Annotated[
        str | None,
        typer.Option(
            metavar="N|all",
            help="Number of windows to use from each trial.  [default: as many as in the shortest]",
        ),
    ] = None
    shuffles: Annotated[
        str | None,
        typer.Option(
            metavar="N",
            help="Number of shuffled copies of each trial, which show what to expect by chance.  "
            "[default: 200; with --power, 99]",
        ),
    ] = None
    null: Annotated[
        str,
        choice(
            *NULLS,
            help="Method of shuffling actions: shifting them in time, or putting them in random "
            "order.",
        ),
    ] = "shift"
    seed: Seed = "0"

    group: ClassVar[str] = "Estimate"

    def learning_curve(self, windows: "Windows", *, entropies: bool = False) -> "LearningCurve":
        """Estimate the information in the windows of each trial."""
        from gridemp.logs import EstimateSettings, measure

        sample = None
        if self.sample not in (None, "all"):
            sample = parse_number("--sample", str(self.sample), int, "a whole number, or all")
        settings = EstimateSettings(
            estimator=None if self.estimator is None else self.estimator.lower(),
            k=self.neighbours(),
            bins=None if self.bins is None else parse_whole("--bins", self.bins),
            shuffles=self.shuffle_count(EstimateSettings.shuffles),
            null=self.null,
            seed=parse_seed("--seed", self.seed),
            theiler=parse_whole("--theiler", self.theiler),
        )
        equal = self.sample != "all"
        with progress_bar("information", timed=False) as progress:
            return measure(
                windows,
                settings,
                sample=sample,
                equal=equal,
                entropies=entropies,
                announce=announce,
                progress=progress,
            )

    def neighbours(self) -> int:
        """Number of nearest neighbours."""
        return parse_whole("--k", self.k)

    def shuffle_count(self, default: int) -> int:
        """Number of shuffles of each trial."""
        return parse_whole("--shuffles", str(default) if self.shuffles is None else self.shuffles)
