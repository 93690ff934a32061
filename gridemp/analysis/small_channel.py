"""The complete channel of one state, if it has few action sequences."""

from dataclasses import dataclass

from gridemp.shown import counted
from gridemp.typing import Array


@dataclass(frozen=True, eq=False, repr=False)
class SmallChannel:
    """Complete n-step channel of one state, for up to 125 action sequences.

    Attributes
    ----------
    names : tuple of str
        Names of the A**n action sequences, such as "NNE"; a dot means stay.
    probabilities : ndarray, shape (A**n, Y)
        p(outcome | sequence), with the outcomes in the order of the `CellSource`.
    weights : ndarray, shape (A**n,)
        Source distribution: the probability of each sequence.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import cell_source
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."))
    >>> channel = cell_source(world, 0, 0, horizon=1).channel
    >>> channel
    SmallChannel(5 sequences, 2 outcomes)
    >>> dict(zip(channel.names, channel.weights.round(3).tolist()))
    {'N': 0.125, 'E': 0.5, 'S': 0.125, 'W': 0.125, '·': 0.125}
    """

    names: tuple[str, ...]
    probabilities: Array
    weights: Array

    def __repr__(self) -> str:
        sequences, outcomes = self.probabilities.shape
        return f"SmallChannel({counted(sequences, 'sequence')}, {counted(outcomes, 'outcome')})"
