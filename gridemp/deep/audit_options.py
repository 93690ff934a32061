"""Estimators that can be audited, and the options of an audit; neither imports PyTorch."""

from dataclasses import dataclass

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError

#: Estimators by name, with the words that figures use for them.
ESTIMATORS = {
    "plug-in": "plug-in",
    "miller-madow": "plug-in, Miller-Madow",
    "info-nce": "InfoNCE",
    "mine-dv": "MINE, Donsker-Varadhan",
    "mine-jsd": "MINE, Jensen-Shannon",
    "variational": "variational bound",
}
COUNTING = ("plug-in", "miller-madow")  # those without a network
LEAST = {"rollouts": 1, "repeats": 2, "seed": 0, "updates": 1, "batch": 2}
MAX_BATCH = 4096  # InfoNCE compares all pairs of a batch


@dataclass(frozen=True)
class AuditOptions:
    """Budget and settings of an audit, the same for all estimators.

    Attributes
    ----------
    rollouts : int
        Number of rollouts after each first action from each start, 1 or more.
    repeats : int
        Number of repetitions with rollouts and networks of their own, 2 or more.
    seed : int
        Seed of all random numbers.
    updates : int
        Number of gradient steps of each network.
    batch : int
        Number of rollouts in each gradient step, from 2 to 4096. InfoNCE is at most log2 of it.

    Raises
    ------
    GridempError
        If a number is too small or too large.

    Examples
    --------
    >>> from gridemp.deep import AuditOptions
    >>> AuditOptions(rollouts=20).repeats
    10
    """

    rollouts: int = 10
    repeats: int = 10
    seed: int = 0
    updates: int = 1000
    batch: int = 128

    def __post_init__(self) -> None:
        check_kinds(AuditOptions, vars(self))
        for name, least in LEAST.items():
            if getattr(self, name) < least:
                raise GridempError(f"`{name}` must be {least} or more, not {getattr(self, name)}")
        if self.batch > MAX_BATCH:
            raise GridempError(f"`batch` must be {MAX_BATCH} or less, not {self.batch}")


def checked_estimators(names: "list[str] | tuple[str, ...]") -> tuple[str, ...]:
    """Return the names of estimators; raise a GridempError if one is unknown or stands twice."""
    if not names:
        raise GridempError(f"there is nothing to audit; name `estimators`: {', '.join(ESTIMATORS)}")
    for name in names:
        if name not in ESTIMATORS:
            raise GridempError(
                f"there is no estimator '{name[:40]}'; `estimators` may hold "
                f"{', '.join(ESTIMATORS)}"
            )
        if list(names).count(name) > 1:
            raise GridempError(f"`estimators` holds {name} twice; leave out one of them")
    return tuple(names)
