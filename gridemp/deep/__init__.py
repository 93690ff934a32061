"""A variational lower bound on empowerment, learned by neural networks and evaluated exactly.

Needs PyTorch: `pip install ".[deep]"` in a clone. The method is that of S. Mohamed and D. J.
Rezende, "Variational information maximisation for intrinsically motivated reinforcement learning"
(2015), arXiv:1509.08731, with a source distribution that is learned as in M. Karl et al.,
"Unsupervised real-time control through variational empowerment" (2017), arXiv:1710.05101.
"""

from typing import TYPE_CHECKING, Any

from gridemp.lazy import load, names_of

if TYPE_CHECKING:
    from gridemp.deep.options import TrainingOptions
    from gridemp.deep.result import LearnedBound
    from gridemp.deep.training import train

# Only `train` imports PyTorch.
HOMES = {
    "LearnedBound": "gridemp.deep.result",
    "TrainingOptions": "gridemp.deep.options",
    "train": "gridemp.deep.training",
}

__all__ = ["LearnedBound", "TrainingOptions", "train"]


if not TYPE_CHECKING:  # type checkers would accept every misspelt name

    def __getattr__(name: str) -> Any:
        return load(__name__, HOMES, name)


def __dir__() -> list[str]:
    return names_of(globals(), __all__)
