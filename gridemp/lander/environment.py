"""The environment LunarLander-v3, played by buttons: several at once do what each one does."""

import os
import warnings
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from gridemp.errors import GridempError, import_extra
from gridemp.typing import Array

FRAMES = 50  # a second
MAX_GRAVITY, MAX_WIND = 12.0, 20.0
TURBULENCE = 0.1  # of the wind, as the defaults of the environment are to each other


class Buttons(NamedTuple):
    """Which engines are on."""

    left: bool
    right: bool
    main: bool


NONE = Buttons(False, False, False)
SINGLE = (  # in the order of the discrete actions but for the main engine
    NONE,
    Buttons(True, False, False),
    Buttons(False, True, False),
    Buttons(False, False, True),
)


@cache
def require_lander() -> Any:
    """The module of Gymnasium that holds the environment, or a MissingExtra with the pip line."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    with warnings.catch_warnings():
        # Bindings that SWIG made say this of themselves, and an old pygame that of its resources.
        warnings.filterwarnings("ignore", "builtin type .* has no __module__", DeprecationWarning)
        warnings.filterwarnings("ignore", "pkg_resources is deprecated")
        for package in ("Box2D", "gymnasium", "pygame"):
            import_extra(package, "lander", "lander")
        from gymnasium.envs.box2d import lunar_lander
    return lunar_lander


def check_conditions(gravity: float, wind: float) -> None:
    """Raise a GridempError if the environment has no such gravity or wind."""
    if not 0 < gravity < MAX_GRAVITY:
        raise GridempError(f"--gravity needs a number above 0 and below 12, not {gravity:g}")
    if not 0 <= wind <= MAX_WIND:
        raise GridempError(f"--wind needs numbers from 0 to 20, not {wind:g}")


def make_lander(
    gravity: float = 10.0,
    wind: float = 0.0,
    *,
    continuous: bool = True,
    render_mode: str | None = None,
) -> Any:
    """The environment, without the limit of its length.

    Parameters
    ----------
    gravity : float
        Downwards, in the environment's units: above 0, below 12.
    wind : float
        The most that it pushes, in the environment's units, from 0 to 20; its turbulence is a
        tenth of it.
    continuous : bool
        Whether its actions are two numbers, as `action` makes them, or one of four.
    render_mode : {"human", "rgb_array"}, optional
        Whether it is drawn.

    Returns
    -------
    gymnasium.envs.box2d.lunar_lander.LunarLander

    Raises
    ------
    GridempError
        If there is no such gravity or wind.
    MissingExtra
        If Gymnasium, Box2D or pygame is not installed.
    """
    check_conditions(gravity, wind)
    require_lander()
    import gymnasium

    made = gymnasium.make(
        "LunarLander-v3",
        continuous=continuous,
        gravity=-gravity,
        enable_wind=wind > 0,
        wind_power=wind,
        turbulence_power=TURBULENCE * wind,
        render_mode=render_mode,
    )
    return made.unwrapped


def set_wind(env: Any, wind: float) -> None:
    """Let another wind blow from the next reset on."""
    env.enable_wind, env.wind_power, env.turbulence_power = wind > 0, wind, TURBULENCE * wind


def action(buttons: Buttons) -> Array:
    """The continuous action, shape (2,), that has the power and direction of the discrete ones."""
    main = 1.0 if buttons.main else -1.0
    return np.array([main, float(buttons.right) - float(buttons.left)])


def heuristic_buttons(env: Any, observation: Any) -> Buttons:
    """What the landing rule that comes with the environment does, as buttons pressed or not.

    Parameters
    ----------
    env : LunarLander
        With continuous actions.
    observation : ndarray, shape (8,)
        As the environment gives it.
    """
    main, side = require_lander().heuristic(env, observation)
    return Buttons(bool(side < -0.5), bool(side > 0.5), bool(main > 0))
