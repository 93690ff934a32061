"""Options of training; importing them does not import PyTorch."""

from dataclasses import dataclass

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError

CHOICES = {
    "state": ("cell", "planes"),
    "dynamics": ("learned", "given"),
    "sequences": ("auto", "listed", "drawn"),
}


@dataclass(frozen=True)
class TrainingOptions:
    """Options of training.

    Attributes
    ----------
    updates : int
        Total number of updates, including those before a checkpoint.
    seed : int
        Seed of all random numbers.
    state : {"cell", "planes"}
        Input of the networks: states as one-hot cells or as image planes.
    dynamics : {"learned", "given"}
        Forward model: learned by a network or the true one.
    sequences : {"auto", "listed", "drawn"}
        Action sequences in an update: all of them, or some drawn from the source distribution. By
        default, all are used if there are at most 125.
    device : str
        PyTorch device of the networks: "cpu", "cuda", "mps", ...

    Raises
    ------
    GridempError
        If `updates` is less than 1, or `state`, `dynamics` or `sequences` has another value.

    Examples
    --------
    >>> from gridemp.deep import TrainingOptions
    >>> TrainingOptions(updates=500, dynamics="given").state
    'cell'
    """

    updates: int = 3000
    seed: int = 0
    state: str = "cell"
    dynamics: str = "learned"
    sequences: str = "auto"
    device: str = "cpu"

    def __post_init__(self) -> None:
        check_kinds(TrainingOptions, vars(self))
        for name, choices in CHOICES.items():
            value = getattr(self, name)
            if value not in choices:
                raise GridempError(f"`{name}` must be {' or '.join(choices)}, not '{value}'")
        if self.updates < 1:
            raise GridempError(f"`updates` must be 1 or more, not {self.updates}")
