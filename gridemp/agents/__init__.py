"""Agents that follow empowerment.

Policies and the agents that use them, single steps and whole walks, the flow of all cells to the
attractors of a policy, and agents that explore a maze whose walls they do not know.
"""

from gridemp.agents.agent import POLICIES, Agent
from gridemp.agents.belief import Belief, prior_belief
from gridemp.agents.climb import Step, climb
from gridemp.agents.empowerment_of_states import empowerment_of_states
from gridemp.agents.exploration import Explorer, explore
from gridemp.agents.exploration_record import ExplorationRecord
from gridemp.agents.flow import Flow, flow
from gridemp.agents.maps_along import maps_along
from gridemp.agents.policies import greedy, plan, soft
from gridemp.agents.walk import Walk, start_state, walk
from gridemp.lazy import names_of

__all__ = [
    "POLICIES",
    "Agent",
    "Belief",
    "ExplorationRecord",
    "Explorer",
    "Flow",
    "Step",
    "Walk",
    "climb",
    "empowerment_of_states",
    "explore",
    "flow",
    "greedy",
    "maps_along",
    "plan",
    "prior_belief",
    "soft",
    "start_state",
    "walk",
]


def __dir__() -> list[str]:
    return names_of(globals(), __all__)
