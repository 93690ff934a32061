"""Lunar Lander: logs of play, and an estimate of the lander's empowerment.

The physics is that of Gymnasium's LunarLander-v3. Needs Gymnasium with Box2D:
`pip install ".[lander]"` in a clone.
"""

from typing import TYPE_CHECKING, Any

from gridemp.lazy import load, names_of

if TYPE_CHECKING:
    from gridemp.lander.conditions import LanderConditions, lander_conditions, save_conditions_csv
    from gridemp.lander.empowerment_curve import LanderCurve, lander_curve, save_curve_csv
    from gridemp.lander.empowerment_map import lander_map
    from gridemp.lander.environment import Buttons, make_lander
    from gridemp.lander.flight import Flight, read_flight
    from gridemp.lander.frame_log import record
    from gridemp.lander.human_player import record_person
    from gridemp.lander.map_settings import MapSettings
    from gridemp.lander.recording_settings import RecordingSettings
    from gridemp.lander.result import LanderMap, save_csv
    from gridemp.lander.state import LanderState

# Recording a log imports nothing that only the estimate of a map needs.
HOMES = {
    "Buttons": "gridemp.lander.environment",
    "Flight": "gridemp.lander.flight",
    "LanderConditions": "gridemp.lander.conditions",
    "LanderCurve": "gridemp.lander.empowerment_curve",
    "LanderMap": "gridemp.lander.result",
    "LanderState": "gridemp.lander.state",
    "MapSettings": "gridemp.lander.map_settings",
    "RecordingSettings": "gridemp.lander.recording_settings",
    "lander_conditions": "gridemp.lander.conditions",
    "lander_curve": "gridemp.lander.empowerment_curve",
    "lander_map": "gridemp.lander.empowerment_map",
    "make_lander": "gridemp.lander.environment",
    "read_flight": "gridemp.lander.flight",
    "record": "gridemp.lander.frame_log",
    "record_person": "gridemp.lander.human_player",
    "save_conditions_csv": "gridemp.lander.conditions",
    "save_csv": "gridemp.lander.result",
    "save_curve_csv": "gridemp.lander.empowerment_curve",
}

__all__ = [
    "Buttons",
    "Flight",
    "LanderConditions",
    "LanderCurve",
    "LanderMap",
    "LanderState",
    "MapSettings",
    "RecordingSettings",
    "lander_conditions",
    "lander_curve",
    "lander_map",
    "make_lander",
    "read_flight",
    "record",
    "record_person",
    "save_conditions_csv",
    "save_csv",
    "save_curve_csv",
]


if not TYPE_CHECKING:  # type checkers would accept every misspelt name

    def __getattr__(name: str) -> Any:
        return load(__name__, HOMES, name)


def __dir__() -> list[str]:
    return names_of(globals(), __all__)
