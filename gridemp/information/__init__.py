"""Information theory on plain arrays, in bits: entropies, channel capacity and its bounds.

Nothing here knows about mazes. Of gridemp's dependencies, importing this package loads only NumPy.
"""

from gridemp.information.active_set import active_set_capacity
from gridemp.information.capacity import Capacity, blahut_arimoto
from gridemp.information.correlation import pearson, ranks, spearman
from gridemp.information.critic_bounds import (
    donsker_varadhan_bound,
    info_nce_bound,
    nguyen_wainwright_jordan_bound,
)
from gridemp.information.measures import (
    entropy,
    kl_divergence,
    mutual_information,
    shared_entropy,
    transmitted_information,
)
from gridemp.information.variational import (
    HalfStep,
    alternate,
    best_planning,
    best_source,
    variational_bound,
)
from gridemp.lazy import names_of

__all__ = [
    "Capacity",
    "HalfStep",
    "active_set_capacity",
    "alternate",
    "best_planning",
    "best_source",
    "blahut_arimoto",
    "donsker_varadhan_bound",
    "entropy",
    "info_nce_bound",
    "kl_divergence",
    "mutual_information",
    "nguyen_wainwright_jordan_bound",
    "pearson",
    "ranks",
    "shared_entropy",
    "spearman",
    "transmitted_information",
    "variational_bound",
]


def __dir__() -> list[str]:
    return names_of(globals(), __all__)
