"""A map of Lunar Lander whose numbers are known."""

import numpy as np

from gridemp.lander import LanderMap


def known_map():
    return LanderMap(
        x=np.array([-0.5, 0.0, 0.5]),
        y=np.array([0.25, 0.75]),
        bits=np.array([[np.nan, 1.5, 2.5], [2.5, 0.5, 1.0]]),
        horizon=2,
        frames=20,
        resolution=0.1,
        repeats=1,
        gravity=9.5,
        wind=0.0,
        seeds=(3,),
        ground=np.zeros((11, 2)),
        pad=(-0.2, 0.2),
        screen=(-1.0, 1.0, 0.0, 1.0),
    )
