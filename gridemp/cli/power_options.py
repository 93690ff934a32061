"""Options of the estimate of POWER."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, TypedDict

import typer

from gridemp.analysis.power import DISCOUNT, MAX_DISCOUNT, SAMPLES, SEED
from gridemp.cli.help import COMPUTATION
from gridemp.cli.parse import parse_number, parse_seed, parse_whole
from gridemp.cli.refuse import refuse
from gridemp.errors import GridempError


class PowerSettings(TypedDict):
    """Arguments of `measure` that determine the estimate of POWER."""

    discount: float
    samples: int
    seed: int


@dataclass
class PowerOptions:
    """Options of the estimate of POWER, as typed."""

    gamma: Annotated[
        str,
        typer.Option(metavar="G", help=f"Discount factor of power, from 0 to {MAX_DISCOUNT}."),
    ] = f"{DISCOUNT:g}"
    samples: Annotated[
        str,
        typer.Option(
            metavar="K", help="Number of random reward functions from which power is estimated."
        ),
    ] = f"{SAMPLES}"
    seed: Annotated[
        str, typer.Option(metavar="S", help="Random seed of these reward functions.")
    ] = f"{SEED}"

    group: ClassVar[str] = COMPUTATION

    def settings(self, context: typer.Context, names: Sequence[str]) -> PowerSettings:
        """Arguments of `measure`, checked before any work is done.

        Parameters
        ----------
        context : typer.Context
            Context of the running command.
        names : sequence of str
            Names of the measures.

        Raises
        ------
        GridempError
            If an option is out of range, or was typed although none of the measures is power.
        """
        if "power" not in names:
            refuse(context, ("gamma", "samples", "seed"), "only the measure power uses this option")
        expected = f"a number from 0 to {MAX_DISCOUNT}"
        discount = parse_number("--gamma", self.gamma, float, expected)
        if not 0 <= discount <= MAX_DISCOUNT:
            raise GridempError(f"--gamma must be {expected}, not {discount:g}")
        samples = parse_whole("--samples", self.samples)
        if samples < 2:
            raise GridempError(f"--samples must be 2 or more, not {samples}")
        return {"discount": discount, "samples": samples, "seed": parse_seed("--seed", self.seed)}
