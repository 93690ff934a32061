"""A map, a curve and means under conditions of Lunar Lander whose numbers are known."""

import numpy as np

from gridemp.lander import Flight, LanderConditions, LanderCurve, LanderMap, LanderState

SETTINGS = {
    "horizon": 2,
    "frames": 20,
    "resolution": 0.1,
    "repeats": 1,
    "gravity": 9.5,
    "wind": 0.0,
}


def known_map():
    return LanderMap(
        x=np.array([-0.5, 0.0, 0.5]),
        y=np.array([0.25, 0.75]),
        bits=np.array([[np.nan, 1.5, 2.5], [2.5, 0.5, 1.0]]),
        seeds=(3,),
        ground=np.zeros((11, 2)),
        pad=(-0.2, 0.2),
        screen=(-1.0, 1.0, 0.0, 1.0),
        **SETTINGS,
    )


def known_curve():
    """A curve of two episodes, whose second state is in the ground of a terrain."""
    heights = (1.0, 0.0, 1.5, 1.25, 1.0)
    flight = Flight(
        player="Ada",
        trial="2",
        times=(0.0, 0.2, 0.4, 0.6, 0.8),
        episodes=("1", "1", "2", "2", "2"),
        states=tuple(LanderState(0.0, y) for y in heights),
        gravity=9.5,
        wind=0.0,
    )
    bits = np.array([1.5, np.nan, 3.0, 2.5, 2.0])
    return LanderCurve(flight=flight, bits=bits, standard_error=bits / 10, seeds=(3, 4), **SETTINGS)


def known_conditions():
    flights = {name: SETTINGS[name] for name in ("horizon", "frames", "resolution", "repeats")}
    return LanderConditions(
        gravities=(2.0, 6.0, 10.0),
        winds=(0.0, 20.0),
        bits=np.array([[3.0, 2.5, 2.25], [2.0, 1.5, 1.0]]),
        standard_error=np.full((2, 3), 0.05),
        places=4,
        seeds=(3, 4),
        **flights,
    )
