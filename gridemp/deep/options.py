"""Options of training; importing them does not import PyTorch."""

from dataclasses import dataclass

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError

CHOICES = {
    "state": ("cell", "planes", "pixels"),
    "trunk": ("separate", "shared"),
    "dynamics": ("learned", "features", "given"),
    "sequences": ("auto", "listed", "drawn"),
    "reward": ("empowerment", "negative"),
}
CONVOLUTIONS = {"planes": 2, "pixels": 4}  # number, by default
STRIDES = {"planes": 1, "pixels": 2}
MAX_TRANSITIONS = 100_000


@dataclass(frozen=True)
class TrainingOptions:
    """Options of training.

    Attributes
    ----------
    updates : int
        Total number of updates, including those before a checkpoint.
    seed : int
        Seed of all random numbers.
    state : {"cell", "planes", "pixels"}
        Input of the networks: states as numbers, as image planes of the maze, or as pictures.
    trunk : {"separate", "shared"}
        Encoders of the states: one for each use of a state, or one for all.
    convolutions : int, optional
        Number of convolutions, by default 2 for planes and 4 for pictures. Those of pictures have
        stride 2.
    channels : int
        Number of channels of each convolution.
    dynamics : {"learned", "features", "given"}
        Forward model: a network with an output for each next state, a network that predicts the
        features of the next state, or the true model.
    transitions : int, optional
        Number of transitions that agents observe in all; by default they observe more with every
        update.
    sequences : {"auto", "listed", "drawn"}
        Action sequences in an update: all of them, or some drawn from the source distribution. By
        default, all are used if there are at most 125.
    reward : {"empowerment", "negative"}
        Reward of the policy: the learned bound, or minus the bound.
    device : str
        PyTorch device of the networks: "cpu", "cuda", "mps", ...

    Raises
    ------
    GridempError
        If a number is out of range, or another option has a value that it does not take.

    Examples
    --------
    >>> from gridemp.deep import TrainingOptions
    >>> TrainingOptions(updates=500, dynamics="given").state
    'cell'
    """

    updates: int = 3000
    seed: int = 0
    state: str = "cell"
    trunk: str = "separate"
    convolutions: int | None = None
    channels: int = 16
    dynamics: str = "learned"
    transitions: int | None = None
    sequences: str = "auto"
    reward: str = "empowerment"
    device: str = "cpu"

    def __post_init__(self) -> None:
        check_kinds(TrainingOptions, vars(self))
        for name, choices in CHOICES.items():
            value = getattr(self, name)
            if value not in choices:
                raise GridempError(f"`{name}` must be {' or '.join(choices)}, not '{value}'")
        for name in ("updates", "convolutions", "channels", "transitions"):
            number = getattr(self, name)
            if number is not None and number < 1:
                raise GridempError(f"`{name}` must be 1 or more, not {number}")
        if (self.transitions or 0) > MAX_TRANSITIONS:
            raise GridempError(
                f"`transitions` must be {MAX_TRANSITIONS:,} or fewer, not {self.transitions:,}"
            )
        if self.convolutions is not None and self.state == "cell":
            raise GridempError(
                "the state cell has no convolutions; leave out `convolutions`, or set `state` to "
                "planes or pixels"
            )
