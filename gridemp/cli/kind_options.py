"""Kinds of empowerment on the command line, and the maps of those that are not open loop."""

from typing import Annotated

import typer

from gridemp.cli.completion import among
from gridemp.cli.help import COMPUTATION
from gridemp.cli.option_types import LISTS, horizon_option
from gridemp.cli.parse import (
    BITS,
    WHOLE,
    fractions,
    parse_number,
    parse_numbers,
    parse_whole,
)
from gridemp.cli.source_option import OPTIMAL, UNIFORM, parse_source, parse_weights
from gridemp.engine.contextual import CONTEXTS, NONE, contextual_empowerment
from gridemp.engine.empowerment import TOLERANCE
from gridemp.engine.first_action import first_action_empowerment
from gridemp.engine.impoverished import SIZE, STEP, impoverished_empowerment
from gridemp.engine.kind import LABELS
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.potential import potential_empowerment
from gridemp.errors import GridempError
from gridemp.progress import Progress, part_of
from gridemp.worlds.world import World

OPEN, POTENTIAL, CONTEXTUAL, FIRST_ACTION, IMPOVERISHED = LABELS
BETWEEN = "a number between 0 and 1"

KindName = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="|".join(LABELS),
        help="Kind of empowerment: of n actions planned at once (open), of policies (potential), "
        "of an agent that knows only a context, of the first action alone, or of a few action "
        "sequences (impoverished).",
        rich_help_panel=COMPUTATION,
        autocompletion=among(*LABELS),
    ),
]
Discount = Annotated[
    str | None,
    typer.Option(
        metavar="G",
        help="Discount of potential empowerment, between 0 and 1; a list such as 0.5,0.95 gives a "
        "map for each. Needed if --kind is potential.",
        rich_help_panel=COMPUTATION,
    ),
]
OneDiscount = Annotated[
    str | None,
    typer.Option(
        "--discount",
        metavar="G",
        help="Discount of potential empowerment, between 0 and 1. Needed if --kind is potential.",
        rich_help_panel=COMPUTATION,
    ),
]
CellKind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar=f"{OPEN}|{POTENTIAL}",
        help="Kind of empowerment: of n actions planned at once (open) or of policies (potential).",
        rich_help_panel=COMPUTATION,
        autocompletion=among(OPEN, POTENTIAL),
    ),
]
Known = Annotated[
    str,
    typer.Option(
        "--context",
        metavar="|".join(CONTEXTS),
        help="Part of its state that the agent knows, in contextual empowerment.",
        rich_help_panel=COMPUTATION,
        autocompletion=among(*CONTEXTS),
    ),
]
Afterwards = Annotated[
    str,
    typer.Option(
        metavar="uniform|W,W,...",
        help="Probabilities of the actions that follow the first one, in first-action empowerment.",
        rich_help_panel=COMPUTATION,
        autocompletion=among(UNIFORM),
    ),
]
Repertoire = Annotated[
    str | None,
    typer.Option(
        metavar="K",
        help="Largest number of action sequences that the agent keeps, in impoverished "
        f"empowerment.  [default: {SIZE}]",
        rich_help_panel=COMPUTATION,
    ),
]
HorizonOfKinds = Annotated[
    str, horizon_option(". Needed unless --kind is potential", default=False)
]
HorizonsOfKinds = Annotated[
    str,
    horizon_option(
        LISTS.format("1,2,5 or 1..4") + ". Needed unless --kind is potential", default=False
    ),
]
OWNERS = {
    "discount": POTENTIAL,
    "known": CONTEXTUAL,
    "afterwards": FIRST_ACTION,
    "repertoire": IMPOVERISHED,
}
KIND = ("kind", *OWNERS)
USUAL = {"discount": None, "known": NONE, "afterwards": UNIFORM, "repertoire": None}


class KindOptions:
    """Horizon and kind of maps, which share the rest of their options, as typed."""

    horizon: str
    source: str
    tol: str | None
    bounds: bool
    jobs: str | None
    kind: str
    discount: str | None
    known: str
    afterwards: str
    repertoire: str | None

    def check_kind(self) -> None:
        """Raise a GridempError if an option does not fit the kind of empowerment."""
        kind = self.kind
        if kind not in LABELS:
            raise GridempError(f"--kind must be one of {', '.join(LABELS)}, not '{kind[:40]}'")
        if self.known not in CONTEXTS:
            raise GridempError(
                f"--context must be one of {', '.join(CONTEXTS)}, not '{self.known[:40]}'"
            )
        for option, owner in self.settings_of_kinds().items():
            if kind != owner:
                raise GridempError(
                    f"{option} is only for --kind {owner}; add this, or leave out {option}"
                )
        if kind == OPEN:
            return
        if self.bounds:
            raise GridempError(f"there are no bounds on {LABELS[kind]}; leave out --bounds")
        if self.source != OPTIMAL and kind != FIRST_ACTION:
            raise GridempError(f"{LABELS[kind]} has no other source; leave out --source")
        if self.jobs is not None:
            raise GridempError(f"{LABELS[kind]} is computed in one process; leave out --jobs")
        if kind == POTENTIAL and self.horizon:
            raise GridempError(
                "potential empowerment has a discount instead of a horizon; leave out --horizon"
            )
        if kind == POTENTIAL:
            self.discounts()
        if kind == IMPOVERISHED:
            self.size()

    def settings_of_kinds(self) -> dict[str, str]:
        """Options that were given of those that one kind has, each with this kind."""
        return {
            "--context" if name == "known" else f"--{name}": owner
            for name, owner in OWNERS.items()
            if getattr(self, name) != USUAL[name]
        }

    def require_open_loop(self, reason: str) -> None:
        """Raise a GridempError with this reason if a kind, or an option of one, is asked for."""
        given = ["--kind"] * (self.kind != OPEN) + list(self.settings_of_kinds())
        if given:
            raise GridempError(f"{reason}; leave out {given[0]}")

    def require_horizon(self, context: typer.Context) -> None:
        """Raise a UsageError if there is no horizon, unless the kind of empowerment has none."""
        self.check_kind()
        if not self.horizon and self.kind != POTENTIAL:
            context.fail("Missing option '--horizon' / '-n'.")

    def require_one(self) -> None:
        """Raise a GridempError unless there is one horizon, or one discount."""
        self.check_kind()
        if self.kind != POTENTIAL:
            self.steps()
        elif len(self.discounts()) > 1:
            raise GridempError("this command takes one --discount, not a list")

    def steps(self) -> int:
        """Horizon of a command that takes a single one."""
        self._require_steps()
        return parse_whole("--horizon", self.horizon)

    def horizons(self) -> list[int]:
        """Horizons of a command that takes several."""
        self._require_steps()
        return parse_numbers("--horizon", self.horizon, int, WHOLE)

    def _require_steps(self) -> None:
        if self.kind == POTENTIAL:
            raise GridempError(
                "potential empowerment has no horizon, and this command needs one; leave out --kind"
            )

    def discounts(self) -> list[float]:
        """Discounts of the maps of potential empowerment."""
        if self.discount is None:
            raise GridempError(
                "potential empowerment needs a discount; add --discount, such as 0.95"
            )
        values = parse_numbers("--discount", fractions(self.discount), float, BETWEEN)
        for value in values:
            if not 0 < value < 1:
                raise GridempError(f"--discount must be {BETWEEN}, not {value:g}")
        return values

    def size(self) -> int:
        """Largest number of sequences that impoverished empowerment keeps."""
        return SIZE if self.repertoire is None else parse_whole("--repertoire", self.repertoire)

    def count(self) -> int:
        """Number of maps of each world: that of the horizons or discounts."""
        return len(self.discounts() if self.kind == POTENTIAL else self.horizons())

    def tolerance(self) -> float:
        """Largest gap to accept, in bits, of exact values."""
        tol = self.chosen_tolerance()
        return TOLERANCE if tol is None else tol

    def chosen_tolerance(self) -> float | None:
        """Largest gap to accept, in bits, or None if none was typed."""
        return None if self.tol is None else parse_number("--tol", self.tol, float, BITS)

    def given_source(self, world: World) -> str | list[float] | None:
        """Source distribution over single actions, None for the optimal source."""
        return parse_source(self.source, world.actions)

    def maps_of_kind(self, world: World, progress: Progress) -> list[EmpowermentMap]:
        """Compute the maps of a world for each horizon or discount, of a kind but the open loop."""
        tol = self.tolerance()
        settings = self.discounts() if self.kind == POTENTIAL else self.horizons()
        maps = []
        for i, setting in enumerate(settings):
            part = part_of(progress, i, len(settings))
            if self.kind == POTENTIAL:
                maps.append(potential_empowerment(world, setting, tol, part))
            elif self.kind == CONTEXTUAL:
                maps.append(contextual_empowerment(world, int(setting), self.known, tol, part))
            elif self.kind == IMPOVERISHED:
                size = self.size()
                maps.append(impoverished_empowerment(world, int(setting), size, STEP, tol, part))
            else:
                later = parse_weights("--afterwards", self.afterwards, world.actions)
                source = self.given_source(world)
                maps.append(first_action_empowerment(world, int(setting), later, source, tol, part))
        return maps
