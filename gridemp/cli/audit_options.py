"""Options of an audit of estimators."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import typer

from gridemp.cli.completion import among
from gridemp.cli.option_types import Seed
from gridemp.cli.parse import parse_seed, parse_whole
from gridemp.cli.refuse import refuse
from gridemp.cli.say import say
from gridemp.deep.audit_options import (
    COUNTING,
    ESTIMATORS,
    MAX_BATCH,
    AuditOptions,
    checked_estimators,
)
from gridemp.errors import MissingExtra, import_extra


@dataclass
class EstimatorOptions:
    """Estimators to audit, their budget and their settings, as typed."""

    estimators: Annotated[
        str | None,
        typer.Option(
            metavar="NAME,...",
            help=f"Estimators: {', '.join(ESTIMATORS)}.  [default: all]",
            autocompletion=among(*ESTIMATORS),
        ),
    ] = None
    rollouts: Annotated[
        str,
        typer.Option(
            metavar="K", help="Number of simulated rollouts after each first action in each cell."
        ),
    ] = str(AuditOptions.rollouts)
    repeats: Annotated[
        str,
        typer.Option(metavar="R", help="Number of repetitions with new rollouts and networks."),
    ] = str(AuditOptions.repeats)
    updates: Annotated[
        str, typer.Option(metavar="U", help="Number of gradient steps of each network.")
    ] = str(AuditOptions.updates)
    batch: Annotated[
        str,
        typer.Option(
            metavar="B",
            help=f"Number of rollouts in each gradient step, up to {MAX_BATCH}. InfoNCE is at most "
            "log2 of it.",
        ),
    ] = str(AuditOptions.batch)
    seed: Seed = str(AuditOptions.seed)

    group: ClassVar[str] = "Estimate"

    def names(self, context: typer.Context) -> tuple[str, ...]:
        """Names of the estimators: those typed or, if PyTorch is missing, those without networks.

        Raises
        ------
        GridempError
            If there is no such estimator, or an option was typed that none of them has.
        MissingExtra
            If an estimator was typed that needs PyTorch, and it is missing.
        """
        everything = self.estimators is None
        typed = list(ESTIMATORS) if everything else str(self.estimators).split(",")
        names = checked_estimators([name.strip() for name in typed])
        if learned := [name for name in names if name not in COUNTING]:
            others = ", ".join(learned[:-1])
            words = f"{others} and {learned[-1]}" if others else learned[-1]
            try:
                import_extra("torch", f"the audit of {words}", "deep")
            except MissingExtra as missing:
                if not everything:
                    raise
                say(str(missing))
                names = COUNTING
        if set(names) <= set(COUNTING):
            train = "trains" if len(names) == 1 else "train"
            refuse(context, ("updates", "batch"), f"{' and '.join(names)} {train} no network")
        return names

    def settings(self) -> AuditOptions:
        """Budget and settings, checked."""
        return AuditOptions(
            rollouts=parse_whole("--rollouts", self.rollouts),
            repeats=parse_whole("--repeats", self.repeats),
            seed=parse_seed("--seed", self.seed),
            updates=parse_whole("--updates", self.updates),
            batch=parse_whole("--batch", self.batch),
        )
