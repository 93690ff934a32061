"""A variational lower bound learned by neural networks, and an audit of estimators.

The bound is evaluated exactly. Its method is that of S. Mohamed and D. J. Rezende, "Variational
information maximisation for intrinsically motivated reinforcement learning" (2015),
arXiv:1509.08731, with a source distribution that is learned as in M. Karl et al., "Unsupervised
real-time control through variational empowerment" (2017), arXiv:1710.05101. The docstring of
`audit` has the sources of the estimators.

All of it needs PyTorch (`pip install ".[deep]"` in a clone), except for estimators that only count.
"""

from typing import TYPE_CHECKING, Any

from gridemp.lazy import load, names_of

if TYPE_CHECKING:
    from gridemp.deep.audit_options import ESTIMATORS, AuditOptions
    from gridemp.deep.audit_result import Audit, Estimates, Summary
    from gridemp.deep.estimator_audit import audit
    from gridemp.deep.options import TrainingOptions
    from gridemp.deep.result import LearnedBound
    from gridemp.deep.training import load_learned, train

# Only `train` and `load_learned` import PyTorch, and `audit` when it trains networks.
HOMES = {
    "ESTIMATORS": "gridemp.deep.audit_options",
    "Audit": "gridemp.deep.audit_result",
    "AuditOptions": "gridemp.deep.audit_options",
    "Estimates": "gridemp.deep.audit_result",
    "LearnedBound": "gridemp.deep.result",
    "Summary": "gridemp.deep.audit_result",
    "TrainingOptions": "gridemp.deep.options",
    "audit": "gridemp.deep.estimator_audit",
    "load_learned": "gridemp.deep.training",
    "train": "gridemp.deep.training",
}

__all__ = [
    "ESTIMATORS",
    "Audit",
    "AuditOptions",
    "Estimates",
    "LearnedBound",
    "Summary",
    "TrainingOptions",
    "audit",
    "load_learned",
    "train",
]


if not TYPE_CHECKING:  # type checkers would accept every misspelt name

    def __getattr__(name: str) -> Any:
        return load(__name__, HOMES, name)


def __dir__() -> list[str]:
    return names_of(globals(), __all__)
