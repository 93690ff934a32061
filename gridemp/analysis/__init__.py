"""Analyses of empowerment maps, and of the channels behind them.

These are optimal source distributions, skills and repertoires of single cells, curves over the
horizon, other measures of states for comparison, differences between maps, contexts that lose no
empowerment, and the sensitivity of a map to each wall of its maze.
"""

from gridemp.analysis.alternation import Alternation, cell_alternation
from gridemp.analysis.cell import CellSource, cell_source
from gridemp.analysis.cell_repertoire import Repertoire, cell_repertoire
from gridemp.analysis.centrality import CENTRALITIES, centrality
from gridemp.analysis.context import SufficientContext, sufficient_context
from gridemp.analysis.difference import Difference, difference
from gridemp.analysis.horizon_curve import EmpowermentCurve, empowerment_curve
from gridemp.analysis.measure_kind import MeasureKind
from gridemp.analysis.measures import MEASURES, measure
from gridemp.analysis.plug_in_rollouts import expected_plug_in
from gridemp.analysis.power import PowerEstimate, estimate_power
from gridemp.analysis.sensitivity import sensitivity
from gridemp.analysis.sensitivity_result import Change, Sensitivity
from gridemp.analysis.skills import cell_skills
from gridemp.analysis.small_channel import SmallChannel
from gridemp.engine.discounted_walks import CyclingWalk
from gridemp.engine.potential import Skills
from gridemp.lazy import names_of

__all__ = [
    "CENTRALITIES",
    "MEASURES",
    "Alternation",
    "CellSource",
    "Change",
    "CyclingWalk",
    "Difference",
    "EmpowermentCurve",
    "MeasureKind",
    "PowerEstimate",
    "Repertoire",
    "Sensitivity",
    "Skills",
    "SmallChannel",
    "SufficientContext",
    "cell_alternation",
    "cell_repertoire",
    "cell_skills",
    "cell_source",
    "centrality",
    "difference",
    "empowerment_curve",
    "estimate_power",
    "expected_plug_in",
    "measure",
    "sensitivity",
    "sufficient_context",
]


def __dir__() -> list[str]:
    return names_of(globals(), __all__)
