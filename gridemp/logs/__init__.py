"""Mutual information of a player's actions and their effects, estimated from logs.

A log is cut into short windows of time. In each window, A stands for the player's actions and E for
their effects; I(A; E) measures how much information the actions carry about the effects.

Estimates need SciPy: `pip install ".[logs]"` in a clone.
"""

# Imported eagerly, so that `ksg`, `power` and others are the functions, not modules of that name.
from gridemp.lazy import names_of
from gridemp.logs.categories import are_codes, as_categories
from gridemp.logs.columns import Columns, read_columns
from gridemp.logs.condition_grid import ConditionGrid, ConditionMean, condition_grid
from gridemp.logs.entropies import Entropies, TrialEntropies
from gridemp.logs.estimate_settings import EstimateSettings
from gridemp.logs.frame_columns import PREVIOUS, FrameColumns
from gridemp.logs.from_frames import windows_of_frames
from gridemp.logs.gaussian_copula import gaussian_copula
from gridemp.logs.kozachenko_leonenko import kozachenko_leonenko
from gridemp.logs.ksg import frenzel_pompe, ksg
from gridemp.logs.learning_curve import LearningCurve, measure
from gridemp.logs.many_files import read_logs
from gridemp.logs.mixed_ksg import mixed_ksg
from gridemp.logs.plug_in import binned, plug_in
from gridemp.logs.power import Power, power
from gridemp.logs.rank_correlations import RankCorrelation
from gridemp.logs.rating_power import RatingPower, rating_power
from gridemp.logs.rating_relation import RatingLine, RatingRelation
from gridemp.logs.ratings import RatingStudy, rate_gains, rating_study, ratings_of
from gridemp.logs.tables import save_curve
from gridemp.logs.trends import Trend, TrialMean
from gridemp.logs.trial_information import TrialInformation
from gridemp.logs.windows import Trial, Windows, windows_of_rows

__all__ = [
    "PREVIOUS",
    "Columns",
    "ConditionGrid",
    "ConditionMean",
    "Entropies",
    "EstimateSettings",
    "FrameColumns",
    "LearningCurve",
    "Power",
    "RankCorrelation",
    "RatingLine",
    "RatingPower",
    "RatingRelation",
    "RatingStudy",
    "Trend",
    "Trial",
    "TrialEntropies",
    "TrialInformation",
    "TrialMean",
    "Windows",
    "are_codes",
    "as_categories",
    "binned",
    "condition_grid",
    "frenzel_pompe",
    "gaussian_copula",
    "kozachenko_leonenko",
    "ksg",
    "measure",
    "mixed_ksg",
    "plug_in",
    "power",
    "rate_gains",
    "rating_power",
    "rating_study",
    "ratings_of",
    "read_columns",
    "read_logs",
    "save_curve",
    "windows_of_frames",
    "windows_of_rows",
]


def __dir__() -> list[str]:
    return names_of(globals(), __all__)
