"""State of the lander, as it is observed."""

from typing import NamedTuple


class LanderState(NamedTuple):
    """Place, angle and velocities of the lander.

    Attributes
    ----------
    x : float
        Place in half screens from the middle.
    y : float
        Height in half screens above a lander that stands on the pad.
    angle : float
        Angle in radians, counterclockwise; 0 is upright.
    velocity_x, velocity_y : float
        Velocity in half screens per second.
    spin : float
        Angular velocity in radians per second.

    Examples
    --------
    >>> from gridemp.lander import LanderState
    >>> LanderState(0.0, 1.2, velocity_y=-0.3)
    LanderState(x=0.0, y=1.2, angle=0.0, velocity_x=0.0, velocity_y=-0.3, spin=0.0)
    """

    x: float
    y: float
    angle: float = 0.0
    velocity_x: float = 0.0
    velocity_y: float = 0.0
    spin: float = 0.0
