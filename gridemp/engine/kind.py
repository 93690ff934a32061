"""Kinds of empowerment that a map may hold."""

from dataclasses import dataclass
from typing import Any

from gridemp.errors import GridempError
from gridemp.shown import counted

LABELS = {
    "open": "empowerment",
    "potential": "potential empowerment",
    "contextual": "contextual empowerment",
    "first-action": "first-action empowerment",
    "impoverished": "impoverished empowerment",
}

SETTINGS = {  # that each kind must have, and no other one
    "potential": "discount",
    "contextual": "context",
    "first-action": "afterwards",
    "impoverished": "repertoire",
}


@dataclass(frozen=True)
class Kind:
    """Kind of the empowerment in a map, with the settings that only this kind has.

    Attributes
    ----------
    name : {"open", "potential", "contextual", "first-action", "impoverished"}
        The n-step empowerment of action sequences (open loop) of `empowerment`; or what
        `potential_empowerment`, `contextual_empowerment`, `first_action_empowerment` or
        `impoverished_empowerment` computes.
    discount : float, optional
        Discount of potential empowerment; None for other kinds.
    context : str
        Name of the sensor whose reading is all that the agent knows, in contextual empowerment.
    afterwards : str
        Distribution of the actions after the first one, in first-action empowerment: "uniform", or
        the probabilities.
    repertoire : int
        Largest number of sequences that are kept, in impoverished empowerment; 0 for other kinds.
    step : int
        Number of actions by which these sequences grow at a time; 0 for other kinds.

    Examples
    --------
    >>> from gridemp.engine.kind import Kind
    >>> Kind("potential", discount=0.9).words
    'potential, discount 0.9'
    """

    name: str = "open"
    discount: float | None = None
    context: str = ""
    afterwards: str = ""
    repertoire: int = 0
    step: int = 0

    def __post_init__(self) -> None:
        """Raise a GridempError if there is no such kind."""
        if self.name not in LABELS:
            raise GridempError(f"`kind` must be one of {', '.join(LABELS)}, not '{self.name}'")
        if self.discount is not None:
            check_discount(self.discount)
        for name, setting in SETTINGS.items():
            if bool(getattr(self, setting)) != (self.name == name):
                raise GridempError(f"`{setting}` does not fit the kind {self.name}")

    @property
    def label(self) -> str:
        """Name of the quantity in the labels of figures, without its unit."""
        return LABELS[self.name]

    @property
    def words(self) -> str:
        """Words of the settings in titles; empty if there are none."""
        if self.discount is not None:
            return f"potential, discount {self.discount:g}"
        if self.name == "contextual":
            return "a given context" if self.context == "own" else f"context {self.context}"
        if self.name == "first-action":
            return f"later actions {self.afterwards}"
        if self.name == "impoverished":
            return f"repertoire of {self.repertoire}, grown by {counted(self.step, 'step')}"
        return ""

    def facts(self) -> dict[str, Any]:
        """Name and settings for the records of results; empty for the open loop."""
        settings = {name: value for name, value in vars(self).items() if value and name != "name"}
        return {} if self == OPEN else {"kind": self.name, **settings}


OPEN = Kind()


def check_discount(discount: float) -> None:
    """Raise a GridempError unless a discount lies between 0 and 1."""
    if not 0 < discount < 1:
        raise GridempError(f"`discount` must lie between 0 and 1, not {discount}")


def check_open_loop(kind: Kind) -> None:
    """Raise a GridempError unless a map is one of n-step empowerment, which is needed here."""
    if kind != OPEN:
        raise GridempError(
            f"a map of {kind.label} cannot be used here; give one that `empowerment` has computed"
        )
